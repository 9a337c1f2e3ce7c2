#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace svi_lda {

struct ExportOptions {
  std::string run;         // directory, model.npz or checkpoint
  std::string to;          // pyldavis, json, csv, npy, mallet
  std::string documents;   // pyldavis, mallet: corpus whose topic proportions go along; or empty
  std::string vocabulary;  // of the documents: words are mapped to the model's; empty = same ids
  std::string corpus_format = "auto";
  std::int64_t inner_iterations = 100;
  double inner_tolerance = 1e-3;
  std::int64_t threads = 0;
};

// Where the parts of an export go: open(name) begins a part, write(bytes) adds to the part begun
// last. All formats but mallet have one part, whose name is empty.
struct ExportSink {
  std::function<void(const std::string& name)> open;
  std::function<void(std::string_view bytes)> write;
};

// The model in a form that other tools read. Topics are in the order of lambda, words in that of
// the vocabulary, E[beta_kw] = lambda_kw / Sum_w lambda_kw in double with all its digits.
//   pyldavis  the arguments of pyLDAvis.prepare as one JSON object: topic_term_dists [K x V],
//             doc_topic_dists [D x K] and doc_lengths [D] of `documents` without the empty ones
//             (empty lists without `documents`), vocab [V], term_frequency [V]
//   json      topics (topic, weight, alpha), vocabulary, word_counts, topic_word [K x V]
//   csv       header "topic" and the words, a row a topic; RFC 4180
//   npy       topic_word [K x V] float64, C order
//   mallet    topic-word-weights.txt as MALLET's --topic-word-weights-file (topic, word, lambda_kw,
//             which there is count + beta: not normalized), word-topic-counts.txt as its
//             --word-topic-counts-file (lambda_kw - eta rounded to whole tokens), and of
//             `documents` doc-topics.txt as its --output-doc-topics
// Memory: the model, and one row. Fails: Error as the loading of a model and infer(); kUsage (a
// format without such a name, documents with a format that has no place for them); what `sink`
// throws.
void export_model(const ExportOptions& options, const ExportSink& sink);

}  // namespace svi_lda
