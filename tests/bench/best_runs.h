#pragma once

#include <benchmark/benchmark.h>

#include <map>
#include <string>
#include <vector>

namespace svi_lda::bench {

// Shows and keeps of each benchmark the repetition that took the least time: other work on the
// machine can only slow a repetition down.
class BestRuns : public benchmark::BenchmarkReporter {
 public:
  struct Entry {
    std::string name;
    std::string label;
    double seconds = 0.0;  // of one call, the least over repetitions
    double median_seconds = 0.0;
    std::size_t repetitions = 0;
    std::map<std::string, double> counters;  // of that repetition
    std::map<std::string, double> least;     // of each counter, over repetitions
  };

  bool ReportContext(const Context& context) override;
  void ReportRuns(const std::vector<Run>& runs) override;

  // The benchmark of that name; nullptr where it did not run.
  const Entry* find(const std::string& name) const;
  bool failed() const { return failed_; }

  // One line a quantity, "benchmark,where,quantity,value", the machine's figures first; seconds,
  // bytes and operations, plain. Fails: svi_lda::Error kIo.
  void write_csv(const std::string& path) const;

 private:
  void print(const Entry& entry);

  std::vector<Entry> entries_;
  bool failed_ = false;
};

}  // namespace svi_lda::bench
