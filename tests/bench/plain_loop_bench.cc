// What the kernels gain over the same local step as a compiler makes it: K = 128, documents of 100
// distinct words that lie in cache, VB, as many inner iterations with all topics.
#include <benchmark/benchmark.h>

#include <cmath>
#include <iomanip>
#include <iostream>
#include <string>

#include "base/fp_mode.h"
#include "document_set.h"
#include "plain_loop.h"
#include "suites.h"

namespace svi_lda::bench {
namespace {

constexpr int kIterations = 10;
constexpr DocumentSet::Shape kShape{LocalMethod::kVb, 128, 100, 1, DocumentSet::Kind::kDense};
const char* const kKernel = "plain_loop/infer_document/K:128/words:100";
const char* const kPlain = "plain_loop/O3/K:128/words:100";
const char* const kFastMath = "plain_loop/O3_fast_math/K:128/words:100";

PlainDocument plain(const DocumentTask& task, const TopicContext& context, float* work) {
  return {task.n,        context.num_topics,   task.rows,  task.counts,
          context.alpha, context.topic_factor, task.gamma, work,
          kIterations};
}

// Whether the loop and the kernel come to the same gamma: else their times are of different work.
bool agree(DocumentSet& documents, void (*loop)(const PlainDocument&), float* work) {
  const TopicContext context = documents.context(kIterations, 0.0f);
  DocumentTask task = documents.start(0);
  infer_document(kShape.method, context, task);
  const AlignedVector<float> expected(task.gamma, task.gamma + kShape.num_topics);
  task = documents.start(0);
  loop(plain(task, context, work));
  for (std::uint32_t k = 0; k < kShape.num_topics; ++k) {
    if (!(std::abs(task.gamma[k] - expected[k]) <= 1e-3f * expected[k])) return false;
  }
  return true;
}

void time_kernel(benchmark::State& state) {
  const FlushSubnormals flush;
  DocumentSet documents(kShape);
  const TopicContext context = documents.context(kIterations, 0.0f);
  for (auto _ : state) {
    const DocumentTask task = documents.start(0);
    benchmark::DoNotOptimize(infer_document(kShape.method, context, task));
  }
}

void time_loop(benchmark::State& state, void (*loop)(const PlainDocument&)) {
  const FlushSubnormals flush;
  DocumentSet documents(kShape);
  AlignedVector<float> work(2 * kShape.num_topics);
  if (!agree(documents, loop, work.data())) {
    state.SkipWithError("differs from infer_document");
    return;
  }
  const TopicContext context = documents.context(kIterations, 0.0f);
  for (auto _ : state) {
    const DocumentTask task = documents.start(0);
    loop(plain(task, context, work.data()));
    benchmark::ClobberMemory();
  }
}

}  // namespace

// One after the other, so that all three meet the machine in the same state.
void register_plain_loops() {
  benchmark::RegisterBenchmark(kPlain, time_loop, &plain_loop);
  benchmark::RegisterBenchmark(kKernel, time_kernel);
  benchmark::RegisterBenchmark(kFastMath, time_loop, &plain_loop_fast_math);
}

void print_speedup_over_plain_loop(const BestRuns& runs) {
  const BestRuns::Entry* kernel = runs.find(kKernel);
  const BestRuns::Entry* loop = runs.find(kPlain);
  const BestRuns::Entry* fast_math = runs.find(kFastMath);
  if (kernel == nullptr || loop == nullptr || fast_math == nullptr) return;
  std::cout << "\nSpeedup over the plain loop (VB, K = " << kShape.num_topics << ", "
            << kShape.words << " distinct words, " << kIterations << " inner iterations)\n"
            << std::fixed << std::setprecision(1) << "  " << loop->seconds / kernel->seconds
            << " times -O3 -march=native\n  " << fast_math->seconds / kernel->seconds
            << " times -O3 -march=native -ffast-math\n";
}

}  // namespace svi_lda::bench
