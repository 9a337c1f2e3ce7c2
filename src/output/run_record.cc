#include "output/run_record.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <string_view>

#include "base/file.h"
#include "output/json_fields.h"
#include "output/model_base_json.h"

namespace svi_lda {
namespace {

constexpr std::array<std::string_view, 4> kStates = {"reading", "running", "finished",
                                                     "interrupted"};

int format_number(const JsonFields& formats, const std::string& name) {
  const std::uint64_t number = formats.count(name);
  if (number > static_cast<std::uint64_t>(std::numeric_limits<int>::max())) {
    formats.fail(name, "is out of range");
  }
  return static_cast<int>(number);
}

RunFormats read_formats(const std::string& path, const JsonFields& record) {
  const JsonFields fields = record.object("formats");
  RunFormats formats;
  formats.run = format_number(fields, "run");
  if (formats.run != kRunFormat) {
    throw Error(ErrorKind::kInput, path, 0,
                "run format " + std::to_string(formats.run) + ", this program reads format " +
                    std::to_string(kRunFormat),
                "use svi-lda " + record.text("version") + ", which wrote it");
  }
  formats.model = format_number(fields, "model");
  formats.checkpoint = format_number(fields, "checkpoint");
  formats.random = format_number(fields, "random");
  return formats;
}

}  // namespace

std::string run_record_to_json(const std::string& path, const RunRecord& record) {
  nlohmann::ordered_json json;
  json["state"] = record.state;
  json["version"] = record.version;
  json["formats"] = {{"run", record.formats.run},
                     {"model", record.formats.model},
                     {"checkpoint", record.formats.checkpoint},
                     {"random", record.formats.random}};
  json["isa"] = record.isa;
  json["threads"] = record.threads;
  json["corpus_path"] = record.corpus_path;
  json["vocabulary_path"] = record.vocabulary_path;
  json["held_out_path"] = record.held_out_path;
  if (record.corpus) {
    json["corpus"] = {{"fingerprint", hex64_text(record.corpus->fingerprint)},
                      {"docs", record.corpus->docs},
                      {"empty_docs", record.corpus->empty_docs},
                      {"entries", record.corpus->entries},
                      {"tokens", record.corpus->tokens},
                      {"vocab_size", record.corpus->vocab_size}};
  }
  if (record.update) {
    json["update"] = {{"model_path", record.update->model_path},
                      {"base", base_to_json(path, record.update->base)},
                      {"out_of_vocabulary", record.update->out_of_vocabulary}};
  }
  json["options"] = JsonFields(path, "options: ", record.options_json).json();
  if (record.schedule) {
    if (!std::isfinite(record.schedule->seconds)) {
      throw Error(ErrorKind::kNumeric, path, 0, "schedule seconds is not finite");
    }
    json["schedule"] = {{"seconds", record.schedule->seconds}};
  }
  if (record.restart) {
    if (!std::isfinite(record.restart->information)) {
      throw Error(ErrorKind::kNumeric, path, 0, "topic_information is not finite");
    }
    json["restart"] = {{"passes", record.restart->passes},
                       {"topic_information", record.restart->information},
                       {"seed", record.restart->seed},
                       {"reason", record.restart->reason}};
  }
  if (record.end) {
    if (!std::isfinite(record.end->seconds)) {
      throw Error(ErrorKind::kNumeric, path, 0, "seconds is not finite");
    }
    nlohmann::ordered_json end;
    end["step"] = record.end->step;
    if (record.end->passes) {
      end["passes"] = *record.end->passes;
    } else {
      end["stream"] = true;
    }
    end["seconds"] = record.end->seconds;
    end["reason"] = record.end->reason;
    json["end"] = std::move(end);
  }
  return json_text(path, json, 2) + "\n";
}

RunRecord run_record_from_json(const std::string& path, const std::string& json) {
  const JsonFields fields(path, "", json);
  RunRecord record;
  record.formats = read_formats(path, fields);
  record.state = fields.text("state");
  if (std::find(kStates.begin(), kStates.end(), record.state) == kStates.end()) {
    fields.fail("state", "is '" + record.state + "'");
  }
  record.version = fields.text("version");
  record.isa = fields.text("isa");
  record.threads = fields.integer("threads");
  record.corpus_path = fields.text("corpus_path");
  record.vocabulary_path = fields.text("vocabulary_path");
  record.held_out_path = fields.text("held_out_path");
  if (fields.has("corpus")) {
    const JsonFields corpus = fields.object("corpus");
    record.corpus =
        RunCorpus{corpus.hex64("fingerprint"), corpus.count("docs"),   corpus.count("empty_docs"),
                  corpus.count("entries"),     corpus.count("tokens"), corpus.count("vocab_size")};
  }
  record.options_json = json_text(path, fields.object("options").json(), -1);
  if (fields.has("update")) {
    const JsonFields update = fields.object("update");
    record.update = RunUpdate{update.text("model_path"), base_from_json(update.object("base")),
                              update.count("out_of_vocabulary")};
  }
  if (fields.has("schedule")) {
    const JsonFields schedule = fields.object("schedule");
    record.schedule = RunSchedule{schedule.number("seconds")};
    if (!(record.schedule->seconds > 0.0)) schedule.fail("seconds", "is not above 0");
  }
  if (fields.has("restart")) {
    const JsonFields restart = fields.object("restart");
    record.restart = RunRestart{restart.count("passes"), restart.number("topic_information"),
                                restart.count("seed"), restart.text("reason")};
  }
  if (fields.has("end")) {
    const JsonFields end = fields.object("end");
    record.end = RunEnd{end.count("step"), {}, end.number("seconds"), end.text("reason")};
    if (end.has("stream") && end.flag("stream")) {
      record.end->passes.reset();
    } else {
      record.end->passes = end.count("passes");
    }
  }
  return record;
}

void write_run_record(const std::string& path, const RunRecord& record) {
  write_file_atomically(path, run_record_to_json(path, record));
}

RunRecord read_run_record(const std::string& path) {
  return run_record_from_json(path, read_file(path));
}

}  // namespace svi_lda
