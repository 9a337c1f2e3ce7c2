#include "output/metrics_reader.h"

#include <cerrno>
#include <filesystem>
#include <fstream>

#include "base/file.h"
#include "output/json_fields.h"

namespace svi_lda {
namespace {

std::optional<double> figure(const JsonFields& fields, const char* name) {
  if (!fields.has(name)) return std::nullopt;
  return fields.number(name);
}

MetricsRecord record_of(const JsonFields& fields) {
  MetricsRecord record;
  record.step = fields.count("step");
  if (fields.has("pass")) {
    record.pass = fields.count("pass");
  } else {
    record.pass.reset();
  }
  record.docs = fields.count("docs");
  record.tokens = fields.count("tokens");
  record.rho = fields.number("rho");
  record.seconds = fields.number("seconds");
  record.tokens_per_second = fields.number("tokens_per_second");
  record.inner_iterations = fields.number("inner_iterations");
  record.slow_path_tokens = fields.count("slow_path_tokens");
  record.held_out_perplexity = figure(fields, "held_out_perplexity");
  if (record.held_out_perplexity) {
    record.held_out_estimator = fields.text("held_out_estimator");
    record.held_out_tokens = fields.count("held_out_tokens");
  }
  record.held_out_standard_error = figure(fields, "held_out_standard_error");
  record.unigram_perplexity = figure(fields, "unigram_perplexity");
  record.corpus_bound_per_token = figure(fields, "corpus_bound_per_token");
  return record;
}

}  // namespace

std::vector<MetricsRecord> read_metrics(const std::string& path) {
  std::vector<MetricsRecord> records;
  if (!std::filesystem::exists(path)) return records;
  std::ifstream in(path, std::ios::binary);
  if (!in) throw io_error(path, "cannot open", errno);
  std::string line;
  for (std::uint64_t number = 1; std::getline(in, line); ++number) {
    if (in.eof()) break;
    try {
      records.push_back(record_of(JsonFields(path, "", line)));
    } catch (const Error& error) {
      throw Error(ErrorKind::kInput, path, number, "not a record of a run: " + error.problem(),
                  "remove the line");
    }
  }
  if (in.bad()) throw io_error(path, "cannot read", errno);
  return records;
}

}  // namespace svi_lda
