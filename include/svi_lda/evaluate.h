#pragma once

#include <cstdint>
#include <string>

namespace svi_lda {

struct EvaluateOptions {
  std::string run;         // directory, model.npz or checkpoint
  std::string corpus;      // path or "-"
  std::string vocabulary;  // of the corpus: words are mapped to the model's; empty = same ids
  std::string corpus_format = "auto";
  std::int64_t inner_iterations = 100;
  double inner_tolerance = 1e-4;
  std::uint64_t seed = 1;  // of the completion split
  std::int64_t threads = 0;
};

// A perplexity with what it was computed from.
struct Estimate {
  double perplexity = 0.0;      // exp(-log_likelihood_per_token)
  double nats_per_token = 0.0;  // minus the mean log likelihood of a token
  double standard_error = 0.0;  // of perplexity, over documents (ratio estimator, delta method)
  std::uint64_t tokens = 0;     // scored
  std::uint64_t docs = 0;       // with at least one scored token
};

struct EvaluateResult {
  Estimate completion;           // second half of each document given its first
  Estimate bound;                // exp(-document bound per token), Hoffman, Blei, Bach 2010, eq. 16
  Estimate unigram;              // add-one training unigram on the tokens that completion scores
  std::uint64_t docs = 0;        // in the file, empty ones included
  std::uint64_t empty_docs = 0;  // without a word of the model's vocabulary
  std::uint64_t tokens = 0;      // within the vocabulary
  std::uint64_t out_of_vocabulary = 0;  // tokens left out
  std::string model;                    // the file that was evaluated
};

EvaluateResult evaluate(const EvaluateOptions& options);

}  // namespace svi_lda
