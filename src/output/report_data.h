#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "output/metrics.h"
#include "output/report_map.h"
#include "output/report_terms.h"

namespace svi_lda {

// A figure that says what it is.
struct NamedFigure {
  std::string name;  // "completion"
  std::string kind;  // "perplexity", ...: what `value` is
  double value = 0.0;
  std::optional<double> standard_error;
  std::optional<double> nats_per_token;
  std::uint64_t tokens = 0;  // 0 = not said
  std::uint64_t docs = 0;
  std::string on;          // the documents that it was computed on
  std::string definition;  // in words
};

// A document that shows a topic.
struct ShownDocument {
  std::uint64_t number = 0;  // 1-based place in its corpus
  std::string title;         // empty where none was given
  double share = 0.0;        // theta_dk
  std::uint64_t tokens = 0;
};

struct ReportTopic {
  std::uint32_t topic = 0;  // its index in lambda
  double weight = 0.0;      // share of the corpus
  double alpha = 0.0;
  std::vector<ShownDocument> documents;  // by falling share
};

using Facts = std::vector<std::pair<std::string, std::string>>;

// All that the page shows. What a run does not have is empty.
struct ReportData {
  std::string name;         // of the run
  bool unfinished = false;  // a checkpoint of a run that has left no model yet
  bool has_vocabulary = false;
  bool stream = false;     // each document was seen once, there are no passes
  std::uint64_t docs = 0;  // of a stream, those that were seen
  std::uint64_t tokens = 0;
  std::uint32_t vocab_size = 0;
  std::vector<ReportTopic> topics;  // by falling weight
  TopicMap map;                     // by index in lambda
  ReportTerms terms;                // by index in lambda
  std::vector<MetricsRecord> metrics;
  std::vector<NamedFigure> figures;
  std::vector<std::string> warnings;
  std::string documents;  // the corpus that topics[].documents are of; empty = none given
  std::string command;    // that repeats the run; empty where there is no record of it
  std::string command_note;
  Facts facts;    // versions, seed, fingerprint, ...
  Facts options;  // every option with its value
};

}  // namespace svi_lda
