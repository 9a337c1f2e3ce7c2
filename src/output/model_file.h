#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "corpus/vocabulary.h"
#include "model/hyperparameters.h"
#include "model/topics.h"
#include "model/training_state.h"

namespace svi_lda {

// Format numbers of what a run leaves; raised when a reader of the old one would go wrong.
// A file says the least number whose readers take it.
inline constexpr int kModelFormat = 2;
inline constexpr int kCheckpointFormat = 2;
inline constexpr int kFormatOfOneEta = 1;  // of both, where all words have the same eta

// The model that an update went on from (app/update.cc), and what is left of it.
struct ModelBase {
  std::uint64_t docs = 0;
  std::uint64_t tokens = 0;
  std::uint64_t fingerprint = 0;
  std::uint64_t step = 0;
  std::string step_size;  // of the update: even, continue, restart
  double share = 1.0;     // of lambda that is still the base's: the product of (1 - rho_t)
};

// What the training corpus was, and how the model came about: the part of a model that is not
// numbers. Nothing in it may differ between two runs of the same corpus, options and seed.
struct ModelMeta {
  std::uint64_t docs = 0;    // non-empty training documents, D; of a stream, what was said of it
  std::uint64_t tokens = 0;  // their tokens
  std::uint64_t fingerprint = 0;
  std::uint64_t step = 0;
  std::optional<std::uint64_t> passes = 0;  // completed; nothing of a stream
  std::uint64_t docs_seen = 0;              // of a stream, by the model
  std::string options_json;                 // a JSON object of the options that shape the result
  std::string version;                      // of the program that wrote it
  std::string vectorizer_json = {};    // how text became words; empty = it was not made from text
  std::optional<ModelBase> base = {};  // of an update, whose docs and tokens are in those above
};

// A trained model in memory. `word_counts` [V]: training tokens of each word.
struct Model {
  Topics topics;
  Hyperparameters hyper;
  Vocabulary vocabulary;
  std::vector<std::uint64_t> word_counts;
  ModelMeta meta;
};

// model.npz: lambda [K x V] float32 fortran order, alpha [K], eta () or [V], vocabulary [V] where
// there is one, word_counts [V], vectorizer.json where there is one, meta.json; the prior of seeded
// words (output/seeded_words_file.h).
// Written to a temporary name, synced, renamed. Equal arguments, equal bytes. `before_it_appears`:
// see NpzWriter::finish(). Fails: kIo; kNumeric (a lambda, alpha or eta that is not finite and
// above 0); nothing is written.
void write_model(const std::string& path, const Topics& topics, const Hyperparameters& hyper,
                 const Vocabulary& vocabulary, const std::vector<std::uint64_t>& word_counts,
                 const ModelMeta& meta, const std::function<void()>& before_it_appears = {});

// checkpoints/step-%08d.npz: M [K x V] float32 verbatim, s, eta_bar () or [V], row_sums [K], alpha,
// eta, vocabulary, word_counts, meta.json (with the stream position and counters), and what the run
// remembers of its documents, of alpha and of gradients (output/document_memory_file.h,
// sample_memory_file.h, alpha_memory_file.h, gradient_memory_file.h). Taking one changes nothing in
// `state`. Step and passes are those of `state`, not of `meta`. Fails: kIo; kNumeric (something not
// finite); nothing is written.
void write_checkpoint(const std::string& path, const TrainingState& state,
                      const Vocabulary& vocabulary, const std::vector<std::uint64_t>& word_counts,
                      const ModelMeta& meta);

// Either file as a model, told apart by meta.json: topics of a checkpoint are in lazy form as
// stored, those of a model have M = lambda (s = 1, eta_bar = 0) and row sums summed anew. Every
// lambda is finite and above 0. Fails: kIo; kInput (damaged, of another version).
Model read_model(const std::string& path);

// A checkpoint as the state to go on from, bit for bit, and what else it holds. Fails as read_model
// does, and with kInput for a model.
struct Checkpoint {
  TrainingState state;
  Vocabulary vocabulary;
  std::vector<std::uint64_t> word_counts;
  ModelMeta meta;
};
Checkpoint read_checkpoint(const std::string& path);

// Numbers in a model or checkpoint without its matrix, which is not read: for `info`. Fails as
// read_model does.
struct ModelFileSummary {
  bool is_checkpoint = false;
  std::uint32_t num_topics = 0;
  std::uint32_t vocab_size = 0;
  bool has_vocabulary = false;
  int format = 0;
  StreamPosition position;  // of a checkpoint
  ModelMeta meta;
  std::vector<double> alpha;
  double eta = 0.0;               // of every word, or their mean
  std::vector<double> eta_words;  // [V], or empty
};
ModelFileSummary summarize_model_file(const std::string& path);

// The checkpoints in `directory` (RUN/checkpoints), newest first, by the step in their names; none
// where the folder does not exist. Fails: kIo.
std::vector<std::string> list_checkpoints(const std::string& directory);
// Path of the checkpoint of `step`: step-00001234.npz, wider where the step is.
std::string checkpoint_path(const std::string& directory, std::uint64_t step);
// Removes all but the newest `keep` checkpoints (keep >= 1), and temporaries of checkpoints
// that a killed process left. Fails: kIo.
void prune_checkpoints(const std::string& directory, std::uint64_t keep);

}  // namespace svi_lda
