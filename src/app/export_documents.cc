#include "app/export_documents.h"

#include <spdlog/fmt/fmt.h>

#include <iterator>
#include <vector>

#include "app/export_topics.h"
#include "svi_lda/infer.h"

namespace svi_lda {
namespace {

InferOptions infer_options(const ExportOptions& options) {
  InferOptions result;
  result.run = options.run;
  result.corpus = options.documents;
  result.vocabulary = options.vocabulary;
  result.corpus_format = options.corpus_format;
  result.inner_iterations = options.inner_iterations;
  result.inner_tolerance = options.inner_tolerance;
  result.threads = options.threads;
  return result;
}

}  // namespace

void export_pyldavis(const ExportOptions& options, const Model& model, const ExportSink& sink) {
  sink.open("");
  sink.write("{\"vocab\":" + json_words(model));
  sink.write(",\n\"term_frequency\":" + json_array(model.word_counts));
  sink.write(",\n\"topic_term_dists\":");
  write_json_topics(model, sink);
  sink.write(",\n\"doc_topic_dists\":[");
  std::vector<std::uint64_t> lengths;
  if (!options.documents.empty()) {
    infer(infer_options(options), [&](const InferredDocument& document) {
      if (document.empty) return;
      sink.write(lengths.empty() ? "\n" : ",\n");
      sink.write(json_array(document.theta));
      lengths.push_back(document.tokens);
    });
  }
  sink.write("],\n\"doc_lengths\":" + json_array(lengths) + "}\n");
}

void export_mallet_documents(const ExportOptions& options, const ExportSink& sink) {
  sink.open("doc-topics.txt");
  infer(infer_options(options), [&](const InferredDocument& document) {
    std::string line = fmt::format("{}\t", document.document - 1);
    line += document.id.empty() ? fmt::format("document-{}", document.document)
                                : std::string(document.id);
    for (const double share : document.theta) {
      fmt::format_to(std::back_inserter(line), "\t{}", share);
    }
    sink.write(line += "\n");
  });
}

}  // namespace svi_lda
