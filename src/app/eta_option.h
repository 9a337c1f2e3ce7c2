#pragma once

#include <string>
#include <vector>

#include "global/eta_step.h"
#include "svi_lda/train.h"

namespace svi_lda {

// What --eta asks for: "auto", "symmetric" or "asymmetric"; a number; or else the path of a file of
// V numbers.

// The rule that options.eta breaks, empty where none; opens nothing.
std::string eta_violation(const TrainOptions& options);

// Whether it is the path of a file.
bool is_eta_file(const std::string& eta);

// Replaces "auto" by what suits the method, K, and a corpus of `tokens` tokens (0: not known, a
// stream's) and V words: 1 / K, less where there are fewer than two tokens a word; by batch and
// incremental "symmetric", from there on. A number becomes its shortest text.
void resolve_eta(TrainOptions& options, double tokens, double vocab_size);

// eta before the first step.
struct StartEta {
  double each = 0.0;          // of every word, or their mean
  std::vector<double> words;  // [V], empty where all have `each`
};
// Of resolved options: where it is learned, from what "auto" says on. Reads the file. Fails: Error
// kInput path:line (not a number, out of range, not V of them), kIo.
StartEta start_eta(const TrainOptions& options, double tokens, std::size_t vocab_size);

EtaLearning eta_learning(const TrainOptions& options);

// Whether words have, or come to have, values of their own.
bool has_eta_per_word(const TrainOptions& options);

// A few words for the log, of resolved options.
std::string describe_eta(const TrainOptions& options);

}  // namespace svi_lda
