#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/parallel.h"
#include "minibatch/minibatch.h"

namespace svi_lda {

// Which words stand in one document, seen through a random projection: of the co-occurrence matrix
// Q, [W x W], the rows times a matrix R of random signs, [W x P], each divided by its sum, so that
// distances between rows are about those of the distributions p(second word | first word).
struct ProjectedCooccurrence {
  std::size_t words = 0;                 // W
  std::size_t dims = 0;                  // P
  std::vector<float> rows;               // [W x P]; 0 for a word that stands in no pair
  std::vector<double> share;             // [W], of each word in the pairs; sums to 1
  std::vector<std::uint64_t> documents;  // [W], how many documents have the word

  const float* row(std::size_t word) const { return rows.data() + word * dims; }
};

// The sign of (word, dim), a function of (seed, word, dim).
float projection_sign(std::uint64_t seed, std::uint64_t word, std::size_t dim);

// Counts Q minibatch by minibatch, by the estimate that is unbiased for each document, of N_d
// tokens n_d:
//   Q = mean over documents of (n_d n_d' - diag(n_d)) / (N_d (N_d - 1))
// Source: Arora et al. 2013, "A practical algorithm for topic modeling with provable guarantees",
// section 4.1. Q itself is never there: n_d' R is taken of a document first, which costs P for each
// entry, in time, and W P floats and P W bytes in all. Documents of less than two tokens have no
// pairs. The result does not depend on the number of threads.
class ProjectedCooccurrenceCounter {
 public:
  ProjectedCooccurrenceCounter(std::uint32_t words, std::size_t dims, std::uint64_t seed);

  // Word ids of the minibatch are below `words`.
  void add(const Minibatch& batch, const Parallel& parallel);
  // Divides the rows by their sums; once, at the end.
  ProjectedCooccurrence finish();

 private:
  void project(const Minibatch& batch, std::size_t d);
  void add_word(const Minibatch& batch, std::size_t i);

  ProjectedCooccurrence result_;
  std::vector<std::int8_t> signs_;  // R, [W x P]
  std::vector<double> sums_;        // of the rows of Q
  std::vector<float> tokens_;       // of the minibatch's documents, N_d
  std::vector<float> projected_;    // n_d' R of them, [S x P]
};

}  // namespace svi_lda
