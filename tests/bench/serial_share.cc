// The stages of a minibatch, and how far more threads can carry it: Amdahl's law from the time
// outside of parallel regions in a run on one thread, and from what one thread must do within one,
// its part of building a minibatch. Barriers and shared memory bandwidth, which only a machine with
// those threads can show, come on top.
#include <algorithm>
#include <iomanip>
#include <iostream>
#include <string>

#include "minibatch/batcher.h"
#include "stages.h"
#include "suites.h"

namespace svi_lda::bench {
namespace {

constexpr int kThreads[] = {2, 16, 64};

double least(const BestRuns::Entry& run, const char* counter) { return run.least.at(counter); }

constexpr double kUnknown = -1.0;

void print_stage(const char* stage, double one, double alone, double two) {
  std::cout << "  " << std::left << std::setw(44) << stage << std::right << std::fixed
            << std::setprecision(0) << std::setw(10) << one * 1e6;
  if (alone == kUnknown) {
    std::cout << std::setw(10) << "";
  } else {
    std::cout << std::setw(10) << alone * 1e6;
  }
  if (two != kUnknown) {
    std::cout << std::setw(12) << two * 1e6 << std::setprecision(2) << std::setw(10) << one / two;
  }
  std::cout << '\n';
}

void print_minibatch(const std::string& title, const BestRuns::Entry& one,
                     const BestRuns::Entry* two) {
  std::cout << '\n'
            << title << ": " << std::fixed << std::setprecision(0)
            << one.counters.at("distinct_words") << " distinct words, "
            << one.counters.at("inner_iterations") << " inner iterations, "
            << one.counters.at("regions") << " parallel regions\n  " << std::left << std::setw(44)
            << "least us a minibatch" << std::right << std::setw(10) << "1 thread" << std::setw(10)
            << "outside" << std::setw(12) << "2 threads" << std::setw(10) << "speedup" << '\n';
  const auto stage = [&](const char* name, const char* counter, const char* alone) {
    print_stage(name, least(one, counter), alone != nullptr ? least(one, alone) : kUnknown,
                two != nullptr ? least(*two, counter) : kUnknown);
  };
  stage("building the next batch (within documents)", "build", nullptr);
  stage("rows: exp(E[log beta])", "rows", nullptr);
  stage("documents: inner iterations", "documents", nullptr);
  stage("local step: rows, documents, rest", "local", "local_alone");
  stage("reduce", "reduce", "reduce_alone");
  stage("global step", "global", "global_alone");
  const double serial = least(one, "all_alone");
  print_stage("whole minibatch", one.seconds, serial, two != nullptr ? two->seconds : kUnknown);

  const double build = least(one, "build");
  const double documents = least(one, "documents");  // building beside them included
  const double others = one.seconds - serial - documents;
  std::cout << std::setprecision(2) << "  serial share " << 100.0 * serial / one.seconds << "% ("
            << std::setprecision(0) << serial * 1e6 << " us outside of parallel regions)\n";
  for (const int threads : kThreads) {
    const double amdahl = one.seconds / (serial + (one.seconds - serial) / threads);
    // Of as many minibatches each has an equal part of its building done beside one local step.
    const auto ahead = static_cast<double>(minibatches_ahead(threads));
    const double part = build / ahead;
    const double limit =
        one.seconds / (serial + others / threads + std::max(part, documents / threads));
    std::cout << "  at " << std::setw(2) << threads << " threads: Amdahl limit "
              << std::setprecision(1) << amdahl << "; minibatches ahead: " << std::setprecision(0)
              << ahead << ", " << part * 1e6 << " us each beside " << std::setprecision(0)
              << documents / threads * 1e6 << " us: " << std::setprecision(1) << limit << '\n';
  }
}

}  // namespace

void print_serial_share(const BestRuns& runs) {
  for (const LocalMethod method : {LocalMethod::kVb, LocalMethod::kMeans}) {
    for (const std::uint64_t batch_size : kBatchSizes) {
      const BestRuns::Entry* one = runs.find(minibatch_name(method, batch_size, 1));
      if (one == nullptr) continue;
      print_minibatch((method == LocalMethod::kVb ? "VB, batch " : "Means, batch ") +
                          std::to_string(batch_size),
                      *one, runs.find(minibatch_name(method, batch_size, 2)));
    }
  }
}

}  // namespace svi_lda::bench
