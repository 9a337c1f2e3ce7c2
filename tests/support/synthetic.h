#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <vector>

#include "base/random.h"
#include "corpus/document.h"
#include "minibatch/minibatch.h"
#include "model/random_start.h"
#include "model/topics.h"

namespace svi_lda::testing {

// The stream of a test: any number not used by the program.
inline RandomStream test_stream(std::uint64_t index) {
  return RandomStream(20261121, RandomPurpose::kRounding, index);
}

inline Document make_document(const std::map<std::uint32_t, std::uint32_t>& counts) {
  Document document;
  for (const auto& [word, count] : counts) {
    document.words.push_back(word);
    document.counts.push_back(count);
  }
  return document;
}

// Random documents of 1 to max_tokens tokens, words with Zipf-like frequencies.
inline std::vector<Document> random_documents(std::size_t docs, std::uint32_t vocab_size,
                                              std::uint32_t max_tokens, std::uint64_t seed) {
  RandomStream random = test_stream(seed);
  std::vector<Document> out;
  for (std::size_t d = 0; d < docs; ++d) {
    std::map<std::uint32_t, std::uint32_t> counts;
    const auto tokens = 1 + random.below(max_tokens);
    for (std::uint64_t i = 0; i < tokens; ++i) {
      const double u = random.uniform();
      ++counts[std::min(vocab_size - 1,
                        static_cast<std::uint32_t>(u * u * static_cast<double>(vocab_size)))];
    }
    out.push_back(make_document(counts));
  }
  return out;
}

inline Minibatch make_minibatch(const std::vector<Document>& documents, std::uint32_t vocab_size) {
  MinibatchBuilder builder(vocab_size);
  for (std::size_t d = 0; d < documents.size(); ++d) builder.add(documents[d].view(), d + 1);
  Minibatch batch;
  builder.build(batch);
  return batch;
}

inline Topics random_topics(std::uint32_t num_topics, std::uint32_t vocab_size, double eta,
                            std::uint64_t seed) {
  Topics topics(num_topics, vocab_size, eta);
  random_start(topics, seed, Parallel(1));
  return topics;
}

// Topics with lambda = eta + weight on random words: sparse, as trained ones are.
inline Topics sparse_topics(std::uint32_t num_topics, std::uint32_t vocab_size, double eta,
                            double weight, std::uint64_t seed) {
  Topics topics(num_topics, vocab_size, eta);
  RandomStream random = test_stream(seed);
  for (std::uint32_t w = 0; w < vocab_size; ++w) {
    topics.row(w)[random.below(num_topics)] = static_cast<float>(weight * random.uniform());
  }
  topics.set_row_sums(topics.sum_rows(Parallel(1)));
  return topics;
}

// A word that is spread over many topics in a document of another topic: phi is decided between
// E[log theta] of the many (each gets a sliver) and E[log beta] of the one (which has never seen
// the word), and both underflow in float. Word 0 has mass in topics 1 .. num_topics-1, all others
// in topic 0.
inline Topics clashing_topics(std::uint32_t num_topics, std::uint32_t vocab_size, double eta) {
  Topics topics(num_topics, vocab_size, eta);
  for (std::uint32_t k = 1; k < num_topics; ++k) topics.row(0)[k] = 50.0f;
  for (std::uint32_t w = 1; w < vocab_size; ++w) topics.row(w)[0] = 300.0f;
  topics.set_row_sums(topics.sum_rows(Parallel(1)));
  return topics;
}

}  // namespace svi_lda::testing
