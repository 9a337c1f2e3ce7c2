#pragma once

#include <string>
#include <vector>

#include "svi_lda/sweep.h"

namespace svi_lda {

// What sweep.json holds: what was asked for, but for K and seeds, and the runs made so far.
struct SweepRecord {
  std::string options_json = "{}";  // one object, whose values tell sweeps apart
  std::vector<SweepRun> runs;       // by topics, then seed
};

// To and from a file, written atomically. Fails: kIo; kInput naming the field that is missing or of
// the wrong type.
void write_sweep_record(const std::string& path, const SweepRecord& record);
SweepRecord read_sweep_record(const std::string& path);

// The names of the options in which two records differ, with commas between; empty where none.
std::string differing_options(const std::string& path, const SweepRecord& a, const SweepRecord& b);

// A line a run under a header, tabs between; a figure that there is not is empty.
std::string sweep_tsv(const std::vector<SweepRun>& runs);

}  // namespace svi_lda
