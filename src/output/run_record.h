#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "output/model_file.h"

namespace svi_lda {

// Raised when a reader of the old run.json would go wrong.
inline constexpr int kRunFormat = 1;
// Raised when a seed gives other random numbers than before: a run can then not be resumed.
inline constexpr int kRandomFormat = 2;

// Format numbers of the program that wrote a run.
struct RunFormats {
  int run = kRunFormat;
  int model = kModelFormat;
  int checkpoint = kCheckpointFormat;
  int random = kRandomFormat;
};

// What reading the training corpus has found.
struct RunCorpus {
  std::uint64_t fingerprint = 0;
  std::uint64_t docs = 0;  // non-empty
  std::uint64_t empty_docs = 0;
  std::uint64_t entries = 0;  // document-word pairs
  std::uint64_t tokens = 0;
  std::uint64_t vocab_size = 0;
};

// How far the run has come when it ended.
struct RunEnd {
  std::uint64_t step = 0;
  std::optional<std::uint64_t> passes = 0;  // completed; nothing of a stream
  double seconds = 0.0;                     // of training
  std::string reason;                       // "passes", "time limit", "SIGINT", ...
};

// Why and how a run has begun anew.
struct RunRestart {
  std::uint64_t passes = 0;  // completed before
  double information = 0.0;  // eval/topic_information.h, after them, in nats
  std::uint64_t seed = 0;    // of the documents that the topics then began with
  std::string reason;
};

// By what time the step sizes fall (app/time_schedule.h): the --time-limit that the run began with.
struct RunSchedule {
  double seconds = 0.0;  // > 0
};

// What an update went on from.
struct RunUpdate {
  std::string model_path;               // absolute
  ModelBase base;                       // its share as the run stands
  std::uint64_t out_of_vocabulary = 0;  // tokens of the new documents that were left out
};

// The content of run.json: what a run was asked for, what it found and how it ended.
struct RunRecord {
  // "reading" (the corpus), "running", "finished" or "interrupted".
  std::string state = "reading";
  std::string version;  // of the program
  RunFormats formats;
  std::string isa;  // instruction set of the kernels in use
  std::int64_t threads = 0;
  std::string corpus_path;                 // absolute, or "-"
  std::string vocabulary_path;             // absolute; empty = none
  std::string held_out_path;               // absolute; empty = none
  std::optional<RunCorpus> corpus;         // once it has been read
  std::string options_json = "{}";         // options_to_json() of the resolved options
  std::optional<RunEnd> end;               // of a run that has ended
  std::optional<RunRestart> restart = {};  // of a run that has begun anew
  std::optional<RunSchedule> schedule = {};
  std::optional<RunUpdate> update = {};
};

// As JSON text, fields in the order above. Fails: kNumeric (seconds not finite), kUsage (a path
// that is not UTF-8, which JSON cannot hold). `path` is for the message.
std::string run_record_to_json(const std::string& path, const RunRecord& record);
// Fails: kInput naming `path` and the field that is missing or of the wrong type, or the format
// number of another version.
RunRecord run_record_from_json(const std::string& path, const std::string& json);

// To and from a file, written atomically. Fails: kIo as well.
void write_run_record(const std::string& path, const RunRecord& record);
RunRecord read_run_record(const std::string& path);

}  // namespace svi_lda
