#include "app/report_command.h"

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "output/run_options.h"
#include "svi_lda/train.h"

namespace svi_lda {
namespace {

using Json = nlohmann::json;

std::string value_text(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

// Where things lie and how they are run, which the command says itself or leaves to its user.
bool is_left_out(const std::string& name) {
  for (const char* left : {"corpus", "output", "vocab", "held-out", "force", "keep-cache",
                           "profile", "threads", "memory-limit"}) {
    if (name == left) return true;
  }
  return false;
}

void add(std::string& command, const std::string& name, const std::string& value) {
  command.append(" --").append(name).append(" ").append(shell_quoted(value));
}

// Of an update: the rest is the model's own.
bool is_of_update(const std::string& name) {
  for (const char* of_update :
       {"corpus-format", "documents-are", "inference", "passes", "seed", "report-every",
        "checkpoint-every", "keep-checkpoints", "time-limit", "isa", "text", "input-format",
        "text-field", "id-field", "no-header"}) {
    if (name == of_update) return true;
  }
  return false;
}

std::string update_command_of(const RunRecord& record, const Json& options, const Json& defaults) {
  std::string command = "svi-lda update " + shell_quoted(record.update->model_path) + " " +
                        shell_quoted(record.corpus_path);
  for (const auto& path : options.value("further-corpora", std::vector<std::string>())) {
    command.append(" ").append(shell_quoted(path));
  }
  if (!record.vocabulary_path.empty()) add(command, "vocab", record.vocabulary_path);
  if (!record.held_out_path.empty()) add(command, "held-out", record.held_out_path);
  add(command, "step-size", record.update->base.step_size);
  for (const auto& [name, value] : options.items()) {
    if (!is_of_update(name) || value == defaults.at(name)) continue;
    if (value.is_boolean()) {
      command.append(" --").append(name);
    } else if (name != "passes" || value != 1) {
      add(command, name, value_text(value));
    }
  }
  const std::string output = options.value("output", std::string());
  add(command, "output", (output.empty() ? "run" : output) + "-again");
  return command;
}

}  // namespace

std::string shell_quoted(const std::string& word) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:,=@%+";
  if (!word.empty() && word.find_first_not_of(kPlain) == std::string::npos) return word;
  std::string quoted = "'";
  for (const char c : word) {
    if (c == '\'') {
      quoted += "'\\''";
    } else {
      quoted += c;
    }
  }
  return quoted += "'";
}

std::string command_of(const RunRecord& record) {
  const Json options = Json::parse(record.options_json);
  const Json defaults = Json::parse(options_to_json(TrainOptions{}));
  if (record.update) return update_command_of(record, options, defaults);
  std::string command = "svi-lda train " + shell_quoted(record.corpus_path);
  if (!record.vocabulary_path.empty()) add(command, "vocab", record.vocabulary_path);
  if (!record.held_out_path.empty()) add(command, "held-out", record.held_out_path);
  // Training that may end when the held-out perplexity has settled was given no passes, and makes
  // the same of none again.
  const bool settles = options.value("least-gain", 0.0) > 0.0;
  for (const auto& [name, value] : options.items()) {
    if (is_left_out(name) || (name == "passes" && settles)) continue;
    if (name == "least-gain" && !settles) continue;
    if (defaults.contains(name) && defaults.at(name) == value) continue;
    add(command, name, value_text(value));
  }
  const std::string output = options.value("output", std::string());
  add(command, "output", (output.empty() ? "run" : output) + "-again");
  return command;
}

std::string caveat_of(const RunRecord& record) {
  if (!record.end) return "The run has not ended: the command trains to its end.";
  if (record.state == "interrupted") {
    return "The run was stopped by " + record.end->reason + ": the command trains to its end.";
  }
  if (record.end->reason == "time limit") {
    return "The run was ended by its time limit: the command stops where the clock says, which may "
           "be at another step.";
  }
  if (record.corpus_path == "-") {
    return "The corpus came from standard input: give it again there.";
  }
  return {};
}

}  // namespace svi_lda
