#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "corpus/vocabulary.h"
#include "model/topics.h"

namespace svi_lda {

// Topics as another program has left them.
struct TopicsFile {
  Topics topics;              // lambda = the numbers, eta_bar = 0; a word may be 0 in all topics
  bool weighted = false;      // whether the rows' sums differ, so that they say how much of the
                              // corpus a topic has: counts, not probabilities
  Vocabulary vocabulary;      // of the file; empty where it has none
  std::vector<double> alpha;  // [K], of the file; empty where it has none
};

// Reads a matrix of topics x words, probabilities or counts, from
//   .npy  two axes of float32, float64 or integers, in either order
//   .npz  the member of two axes; where there are several, the one called topics, components_,
//         topic_word, beta, phi or lambda. A member vocabulary (strings) names the words, a member
//         alpha (float64, a number a topic) is the Dirichlet parameter of topics
//   text  a line a topic, numbers with tabs, blanks or commas between, plain or gzip; a first line
//         that does not begin with a number names the words
// told apart by content. `vocab_size`: words that the caller knows of, 0 = unknown; where the file
// names its words, their number counts. A matrix with
// that many rows and another number of columns is taken as words x topics; without vocab_size one
// with more rows than columns is refused.
// Fails: kIo; kInput naming the file and what is wrong: neither axis has vocab_size entries, a
// number that is negative or not finite (logs), a topic whose numbers are all 0.
TopicsFile read_topics_file(const std::string& path, std::uint32_t vocab_size);

}  // namespace svi_lda
