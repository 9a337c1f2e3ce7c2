#include "output/sweep_file.h"

#include <charconv>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

#include "base/file.h"
#include "output/json_fields.h"

namespace svi_lda {
namespace {

constexpr int kSweepFormat = 1;

// The figures of a run by name, in the order of the table.
struct Real {
  const char* name;
  double SweepRun::*field;
};
struct Count {
  const char* name;
  std::uint64_t SweepRun::*field;
};
constexpr Real kFigures[] = {{"completion", &SweepRun::completion},
                             {"completion_standard_error", &SweepRun::completion_error},
                             {"bound", &SweepRun::bound},
                             {"unigram", &SweepRun::unigram},
                             {"c_v", &SweepRun::c_v},
                             {"npmi", &SweepRun::npmi},
                             {"umass", &SweepRun::umass},
                             {"exclusivity", &SweepRun::exclusivity},
                             {"diversity", &SweepRun::diversity}};
constexpr Count kCounts[] = {{"duplicate_topics", &SweepRun::duplicates},
                             {"dead_topics", &SweepRun::dead},
                             {"passes", &SweepRun::passes}};
constexpr Real kSeconds = {"train_seconds", &SweepRun::seconds};

nlohmann::ordered_json or_null(double value) {
  return std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json(nullptr);
}

nlohmann::ordered_json to_json(const SweepRun& run) {
  nlohmann::ordered_json json = {{"topics", run.topics}, {"seed", run.seed}, {"run", run.run}};
  for (const Real& real : kFigures) json[real.name] = or_null(run.*real.field);
  for (const Count& count : kCounts) json[count.name] = run.*count.field;
  json[kSeconds.name] = or_null(run.*kSeconds.field);
  return json;
}

double number_or_nan(const JsonFields& fields, const char* name) {
  if (fields.has(name) && fields.json().at(name).is_null()) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  return fields.number(name);
}

SweepRun from_json(const JsonFields& fields) {
  SweepRun run;
  run.topics = fields.integer("topics");
  run.seed = fields.count("seed");
  run.run = fields.text("run");
  for (const Real& real : kFigures) run.*real.field = number_or_nan(fields, real.name);
  for (const Count& count : kCounts) run.*count.field = fields.count(count.name);
  run.*kSeconds.field = number_or_nan(fields, kSeconds.name);
  return run;
}

// The shortest text that reads back as the same number.
std::string text_of(double value) {
  if (!std::isfinite(value)) return {};
  char text[32];
  return {text, std::to_chars(text, text + sizeof(text), value).ptr};
}

}  // namespace

void write_sweep_record(const std::string& path, const SweepRecord& record) {
  nlohmann::ordered_json runs = nlohmann::ordered_json::array();
  for (const SweepRun& run : record.runs) runs.push_back(to_json(run));
  const nlohmann::ordered_json json = {
      {"format", kSweepFormat},
      {"options", nlohmann::ordered_json::parse(record.options_json)},
      {"runs", std::move(runs)}};
  write_file_atomically(path, json_text(path, json, 2) + "\n");
}

SweepRecord read_sweep_record(const std::string& path) {
  const JsonFields fields(path, "", read_file(path));
  if (fields.integer("format") != kSweepFormat) {
    fields.fail("format", "is that of another version of the program");
  }
  SweepRecord record;
  record.options_json = json_text(path, fields.object("options").json(), -1);
  const auto runs = fields.json().find("runs");
  if (runs == fields.json().end() || !runs->is_array()) fields.fail("runs", "is not an array");
  for (const auto& run : *runs) {
    record.runs.push_back(from_json(JsonFields(path, "runs: ", run.dump())));
  }
  return record;
}

std::string differing_options(const std::string& path, const SweepRecord& a, const SweepRecord& b) {
  const JsonFields first(path, "options: ", a.options_json);
  const JsonFields second(path, "options: ", b.options_json);
  std::set<std::string> names;
  for (const auto& [name, value] : first.json().items()) {
    if (!second.has(name) || second.json().at(name) != value) names.insert(name);
  }
  for (const auto& [name, value] : second.json().items()) {
    if (!first.has(name)) names.insert(name);
  }
  std::string text;
  for (const std::string& name : names) text.append(text.empty() ? "--" : ", --").append(name);
  return text;
}

std::string sweep_tsv(const std::vector<SweepRun>& runs) {
  std::string text = "topics\tseed\trun";
  for (const Real& real : kFigures) text.append("\t").append(real.name);
  for (const Count& count : kCounts) text.append("\t").append(count.name);
  text.append("\t").append(kSeconds.name).append("\n");
  for (const SweepRun& run : runs) {
    text.append(std::to_string(run.topics)).append("\t").append(std::to_string(run.seed));
    text.append("\t").append(run.run);
    for (const Real& real : kFigures) text.append("\t").append(text_of(run.*real.field));
    for (const Count& count : kCounts) text.append("\t").append(std::to_string(run.*count.field));
    text.append("\t").append(text_of(run.*kSeconds.field)).append("\n");
  }
  return text;
}

}  // namespace svi_lda
