#include "best_runs.h"

#include <algorithm>
#include <iomanip>
#include <iostream>
#include <sstream>

#include "base/file.h"
#include "machine.h"

namespace svi_lda::bench {
namespace {

double counter(const BestRuns::Entry& entry, const std::string& name) {
  const auto found = entry.counters.find(name);
  return found == entry.counters.end() ? 0.0 : found->second;
}

// Seconds of one call. CPU time, which does not run while the thread waits for a core; the clock
// where several threads work.
double seconds_of(const benchmark::BenchmarkReporter::Run& run) {
  const bool by_clock = !run.run_name.time_type.empty();
  const auto calls = run.counters.find("calls");
  return (by_clock ? run.real_accumulated_time : run.cpu_accumulated_time) /
         (static_cast<double>(run.iterations) *
          (calls == run.counters.end() ? 1.0 : calls->second.value));
}

}  // namespace

bool BestRuns::ReportContext(const Context&) {
  std::cout << "\nBest of the repetitions; share: of the least time that the bound allows (see "
               "roofline.h)\n"
            << std::left << std::setw(52) << "benchmark" << std::setw(10) << "in" << std::right
            << std::setw(12) << "best us" << std::setw(12) << "median us" << std::setw(10)
            << "GFLOP/s" << std::setw(10) << "GB/s" << std::setw(8) << "share" << '\n';
  return true;
}

void BestRuns::ReportRuns(const std::vector<Run>& runs) {
  Entry entry;
  std::vector<double> seconds;
  for (const Run& run : runs) {
    if (run.run_type != Run::RT_Iteration) continue;
    entry.name = run.run_name.function_name;
    entry.label = run.report_label;
    if (run.error_occurred) {
      std::cerr << entry.name << ": " << run.error_message << '\n';
      failed_ = true;
      return;
    }
    seconds.push_back(seconds_of(run));
    const bool best = seconds.size() == 1 || seconds.back() < entry.seconds;
    if (best) entry.seconds = seconds.back();
    for (const auto& [name, value] : run.counters) {
      const double now = value.value;
      if (best) entry.counters[name] = now;
      const auto [place, first] = entry.least.try_emplace(name, now);
      if (!first) place->second = std::min(place->second, now);
    }
  }
  if (seconds.empty()) return;
  std::sort(seconds.begin(), seconds.end());
  entry.median_seconds = seconds[seconds.size() / 2];
  entry.repetitions = seconds.size();
  print(entry);
  entries_.push_back(std::move(entry));
}

void BestRuns::print(const Entry& entry) {
  std::cout << std::left << std::setw(52) << entry.name << std::setw(10) << entry.label
            << std::right << std::fixed << std::setprecision(3) << std::setw(12)
            << entry.seconds * 1e6 << std::setw(12) << entry.median_seconds * 1e6;
  if (entry.counters.count("share_of_bound") != 0) {
    std::cout << std::setprecision(1) << std::setw(10) << counter(entry, "flops") * 1e-9
              << std::setw(10) << counter(entry, "bytes") * 1e-9 << std::setprecision(2)
              << std::setw(8) << counter(entry, "share_of_bound");
  }
  if (entry.counters.count("tokens") != 0) {
    std::cout << std::setprecision(2) << std::setw(10) << counter(entry, "tokens") * 1e-6
              << "M tokens/s";
  }
  std::cout << std::endl;
}

const BestRuns::Entry* BestRuns::find(const std::string& name) const {
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const Entry& entry) { return entry.name == name; });
  return found == entries_.end() ? nullptr : &*found;
}

void BestRuns::write_csv(const std::string& path) const {
  std::ostringstream out;
  out << "benchmark,where,quantity,value\n" << std::setprecision(6);
  const Machine& measured = machine();
  out << "machine,,flops," << measured.flops_per_second << '\n';
  for (const MemoryLevel& level : measured.levels) {
    out << "machine," << level.name << ",bytes," << level.bytes_per_second << '\n';
  }
  out << "machine,memory,bytes_two_cores," << measured.memory_two_cores << '\n';
  for (const Entry& entry : entries_) {
    const std::string key = entry.name + ',' + entry.label + ',';
    out << key << "repetitions," << entry.repetitions << '\n'
        << key << "seconds," << entry.seconds << '\n'
        << key << "median_seconds," << entry.median_seconds << '\n';
    for (const auto& [name, value] : entry.counters) out << key << name << ',' << value << '\n';
  }
  write_file_atomically(path, out.str());
}

}  // namespace svi_lda::bench
