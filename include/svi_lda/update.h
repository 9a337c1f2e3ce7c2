#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "svi_lda/text_options.h"
#include "svi_lda/train.h"

namespace svi_lda {

// What an update is asked for. Names are those of the command line with '_' for '-'. What is not
// here (topics, alpha, eta, batch size, ...) is the model's own.
struct UpdateOptions {
  std::string run;                           // a finished run's directory, or a model.npz
  std::string corpus;                        // the new documents: path or "-"
  std::vector<std::string> further_corpora;  // read after it, as one
  std::string output;                        // empty = update_output(run)
  std::string vocabulary;  // of the new documents: words are mapped to the model's
  std::string corpus_format = "auto";
  std::string documents_are = "rows";  // or columns: of a matrix (mtx, npz)
  TextOptions text;  // where raw text stands; how it becomes words, the model knows
  bool keep_cache = false;
  bool force = false;  // replace the run that `output` holds

  std::string step_size = "even";  // continue, restart (app/update_steps.h)
  std::string inference = "auto";  // vb, em, cvb0, gibbs; auto = the model's own,
                                   // of auto again cvb0 at first
  std::int64_t passes = 1;
  std::optional<std::uint64_t> seed;  // none = the model's own

  std::string held_out;  // documents like the new ones; empty = none
  std::string report_every = "auto";
  std::string checkpoint_every = "60s";
  std::int64_t keep_checkpoints = 2;
  std::string time_limit = "0";
  std::int64_t threads = 0;
  std::string memory_limit = "0";
  std::string isa = "auto";
};

// One line for each option whose value breaks its rule. Opens nothing.
std::vector<std::string> violations(const UpdateOptions& options);

// Where the update of a run goes where nothing is said: the run's name with the first number from 2
// on behind it, or behind its own number, that is free (news, news.2, news.3). Of a model.npz that
// of its folder, of another file its own name without the ending.
std::string update_output(const std::string& run);

// Goes on training a finished model with new documents, D = old + new, into a run directory of its
// own; the model is left as it is. Old topics are never merged, begun anew or restarted. A run that
// was stopped goes on by resume(), which no longer needs the model.
// Fails: Error kUsage (violations(); a model by batch or incremental, which remember their
// documents, without another inference), kInput (an unfinished run, no known word in the new
// documents, as evaluate()), and as train().
TrainResult update(const UpdateOptions& options, const TrainCallbacks& callbacks = {});

}  // namespace svi_lda
