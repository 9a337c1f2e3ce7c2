#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "svi_lda/text_options.h"

namespace svi_lda {

// Every option of a training run, with its default. Names are those of the command line with '_'
// for '-'. Validated together by violations() before anything is opened.
struct TrainOptions {
  // Input and output
  std::string corpus;  // path (a file, a corpus folder, a folder of files, raw text), or "-"
  std::vector<std::string> further_corpora;  // read after it, as one corpus
  std::string output;                        // RUN, the directory to write
  std::string vocabulary;                    // path; empty = words print as ids
  std::string corpus_format = "auto";        // auto, uci, ldac, svmlight, mtx, vw, npz, mallet
  std::string documents_are = "rows";        // rows, columns: of a matrix (mtx, npz)
  std::uint64_t corpus_size = 0;             // D of a corpus that is trained on while it is read;
                                             // 0 = count it first. Standard input without passes
                                             // is a stream: each document is seen once
  bool keep_cache = false;
  bool force = false;

  // Model
  std::int64_t topics = 0;     // K >= 1, required
  std::string alpha = "auto";  // per topic, Dir(alpha) over topics: one number, K with commas
                               // between, a file of K; or learned from min(0.1, 5 / K) on:
                               // symmetric (one for all topics), asymmetric (one for each), shares
                               // (one for each, their sum as it begins); auto = that number, for
                               // vb asymmetric, for auto and gibbs shares
  std::string eta = "auto";    // per word, Dir(eta) over words: one number, a file of V; or learned
                               // from 1 / K on, less where there are few tokens: symmetric (one for
                               // all words), asymmetric (one for each); auto = that number, or for
                               // batch and incremental symmetric
  std::string seed_words;      // path: words expected in topics, a line a topic; empty = none
  double seed_weight = 1.0;    // prior of a seeded word, in times that the corpus has it

  // Inference
  std::string inference = "auto";      // vb, em, cvb0, gibbs, batch, incremental; auto =
                                       // cvb0 at first, then gibbs
  std::string init = "auto";           // random, documents, anchors; auto = by the method and the
                                       // number of documents
  std::string step = "robbins-monro";  // constant, adaptive
  double rho = 0.05;                   // constant: the step size, (0, 1]
  std::string average = "auto";        // on, off: the mean of lambda over the last quarter of the
                                       // steps as the result; auto = on for auto, gibbs, cvb0
  double kappa = 0.6;                  // (0.5, 1]
  double tau0 = 4.0;                   // >= 0
  std::int64_t batch_size = 0;         // documents a minibatch; 0 = by the number of documents
  std::int64_t passes = 0;             // 0 = by the number of minibatches
  double least_gain = 0.005;           // passes 0: when held-out perplexity falls by less than this
                                       // share from one third of the passes to the next, it is
                                       // enough; 0 = never
  std::int64_t inner_iterations = 0;   // all but gibbs; 0 = 100 (vb), 10
  std::int64_t sweeps = 10;            // gibbs: over each document, those of the burn-in included
  std::int64_t burn_in = 5;            // gibbs: sweeps that do not count, < sweeps
  std::string leave_out = "auto";      // gibbs: auto, on, off: sample a document with topics that
                                       // it has not itself added to
  double inner_tolerance = 1e-3;       // all but gibbs: mean absolute change of gamma_d over topics
  double bound_tolerance = 1e-5;       // batch, incremental: relative change of the corpus bound in
                                       // a pass below which training stops; 0 = never
  std::string order = "shuffled";      // shuffled, file: how a pass visits the documents
  std::string shuffle_buffer = "auto";  // corpus_size: documents of the window that the next one of
                                        // the first pass is drawn from; auto = 10000, and 0, none,
                                        // for order file
  std::uint64_t seed = 1;

  // Reports and checkpoints
  std::string held_out;                  // a corpus file; empty = none
  double held_out_fraction = 0.0;        // [0, 1) of the documents, chosen by content
  std::string report_every = "auto";     // steps, "30s", "5000docs", or auto: each pass, of a
                                         // stream each twentieth of corpus_size
  std::string checkpoint_every = "60s";  // steps, seconds, documents; 0 = only at the end
  std::int64_t keep_checkpoints = 2;     // >= 1

  // Resources
  std::string time_limit = "0";    // "90", "90s", "10m", "2h"; 0 = none
  std::int64_t threads = 0;        // hard cap; 0 = all processors
  std::string memory_limit = "0";  // bytes, or 500M, 2G; 0 = what the machine has
  std::string isa = "auto";        // instruction set of the kernels; auto = the best here
  bool profile = false;            // log seconds and rates of each stage at the end

  TextOptions text;  // of a corpus that is raw text
};

// One line for each option whose value breaks its rule ("--kappa 1.5: must lie in (0.5, 1]"),
// including rules between options; empty where all is well. Opens nothing.
std::vector<std::string> violations(const TrainOptions& options);

// What is old and what is new in an update (svi_lda/update.h).
struct UpdateShares {
  std::string step_size;           // even, continue, restart
  std::uint64_t old_docs = 0;      // of the model that it went on from, all it was ever trained on
  std::uint64_t new_docs = 0;      // non-empty
  double old_share_of_lambda = 1;  // the product of (1 - rho_t): what is left of the old topics

  double old_share_of_docs() const {
    return static_cast<double>(old_docs) / static_cast<double>(old_docs + new_docs);
  }
};

struct TrainResult {
  enum class End { kFinished, kTimeLimit, kSignal };
  End end = End::kFinished;
  int signal = 0;  // where end is kSignal
  std::uint64_t step = 0;
  std::optional<std::uint64_t> passes;  // completed; nothing of a stream
  std::uint64_t docs = 0;               // seen
  std::uint64_t tokens = 0;
  double seconds = 0.0;    // of training, reading the corpus first apart
  std::string checkpoint;  // the last one written
  std::string model;       // path of model.npz; empty where the run was interrupted
  std::optional<double> held_out_perplexity;
  std::optional<UpdateShares> update;  // of an update
};

// How a run looks from outside while it goes on; see progress of the command line.
struct TrainProgress {
  std::uint64_t docs = 0;        // documents seen over all passes
  std::uint64_t total_docs = 0;  // passes * D; 0 where the run may settle before, or a stream has
                                 // more than D
  std::uint64_t step = 0;
  double tokens_per_second = 0.0;
  double rho = 0.0;
  double seconds = 0.0;
  std::optional<double> held_out_perplexity;
};

struct TrainCallbacks {
  std::function<void(const TrainProgress&)> progress;  // after every step; cheap
  std::function<int()> stop_signal;  // non-zero: the signal that asks the run to stop
};

// Trains and leaves RUN as ARCHITECTURE.md says. Fails: Error; nothing half-written.
TrainResult train(const TrainOptions& options, const TrainCallbacks& callbacks = {});

struct ResumeOptions {
  std::string run;                     // the directory
  std::optional<std::int64_t> passes;  // a raised total
  std::optional<std::string> time_limit;
  std::optional<std::int64_t> threads;
  std::optional<std::string> corpus;  // where the corpus lies now
  std::optional<bool> keep_cache;
  std::optional<std::string> checkpoint_every;
};

// Goes on from the newest valid checkpoint. Fails: Error.
TrainResult resume(const ResumeOptions& options, const TrainCallbacks& callbacks = {});

}  // namespace svi_lda
