#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace svi_lda {

// One report of a run; a line of metrics.jsonl.
struct MetricsRecord {
  std::uint64_t step = 0;
  std::optional<std::uint64_t> pass = 0;  // passes completed; nothing of a stream
  std::uint64_t docs = 0;                 // documents seen over all passes
  std::uint64_t tokens = 0;               // tokens seen over all passes
  double rho = 0.0;                       // step size of this step
  double seconds = 0.0;  // training seconds over all sittings, reading the corpus first apart
  double tokens_per_second = 0.0;      // since the last report
  double inner_iterations = 0.0;       // mean per document since the last report
  std::uint64_t slow_path_tokens = 0;  // document-word pairs done in log space since then
  std::optional<double> held_out_perplexity;
  std::string held_out_estimator;  // its name, where there is a figure
  std::uint64_t held_out_tokens = 0;
  std::optional<double> held_out_standard_error;
  std::optional<double> unigram_perplexity;  // on the same held-out tokens
  // batch, incremental: the corpus bound after the last complete pass, in nats per training token;
  // not a perplexity.
  std::optional<double> corpus_bound_per_token = {};
};

// The record as one line of JSON, fields in the order above, those without a figure left out; ends
// with '\n'. Fails: kNumeric (a figure not finite).
std::string to_json_line(const MetricsRecord& record);

// Appends records to metrics.jsonl, each in one write() and flushed.
class MetricsFile {
 public:
  // Opens for appending after dropping records of steps past `keep_up_to_step` and a torn last
  // line: what an interrupted run wrote after the checkpoint that it goes on from. Creates the file
  // where there is none. Fails: kIo; kInput with the line that is not a record.
  MetricsFile(std::string path, std::uint64_t keep_up_to_step);
  ~MetricsFile();
  MetricsFile(const MetricsFile&) = delete;
  MetricsFile& operator=(const MetricsFile&) = delete;
  // Fails: kIo, leaving no part of the record behind; kNumeric.
  void append(const MetricsRecord& record);

 private:
  std::string path_;
  int fd_ = -1;
};

}  // namespace svi_lda
