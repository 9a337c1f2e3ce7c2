// A minibatch from the corpus' cache to the global step, as a training run does it, each stage
// timed where it stands: so every stage finds in the caches what the one before has left there.
// K = 100, alpha = eta = 0.01, topics trained by two passes before. VB to a tolerance of 1e-3,
// means by at most 10 inner iterations. All repetitions do the same work.
#include <benchmark/benchmark.h>

#include <chrono>
#include <string>

#include "base/parallel.h"
#include "global/global_step.h"
#include "global/step_size.h"
#include "imdb_like.h"
#include "local/local_step.h"
#include "machine.h"
#include "minibatch/batcher.h"
#include "minibatch/cache_passes.h"
#include "model/random_start.h"
#include "region_clock.h"
#include "roofline.h"
#include "stages.h"
#include "stats/reduce.h"
#include "suites.h"

namespace svi_lda::bench {
namespace {

constexpr std::uint32_t kTopics = 100;
constexpr double kEta = 0.01;
constexpr std::uint64_t kSeed = 1;
constexpr std::uint64_t kTrainedSteps = 2 * ImdbLike::kDocs / 256;
constexpr double kCorpusDocs = 95'000.0;
constexpr std::uint64_t kEndless = std::uint64_t{1} << 40;  // passes
constexpr int kWarmUpSteps = 6;                             // until the buffers have grown
constexpr benchmark::IterationCount kDocsTimed = 2048;      // by a repetition

using Clock = std::chrono::steady_clock;

double seconds_between(Clock::time_point begin, Clock::time_point end) {
  return std::chrono::duration<double>(end - begin).count();
}

LocalStepOptions local_options(LocalMethod method) {
  return method == LocalMethod::kVb ? LocalStepOptions{method, 100, 1e-3}
                                    : LocalStepOptions{method, 10, 1e-3};
}

Hyperparameters hyperparameters() { return {std::vector<double>(kTopics, 0.01), kEta}; }

// Seconds of the stages, summed over minibatches.
struct StageSeconds {
  double build = 0.0;      // reading and building the next minibatch, inside `documents`
  double rows = 0.0;       // prepare_rows
  double documents = 0.0;  // inner iterations; the next minibatch is built beside them
  double local = 0.0;      // the whole local step, rows and documents included
  double reduce = 0.0;
  double global = 0.0;
  double all = 0.0;
  // Of these, outside of parallel regions.
  double local_alone = 0.0;
  double reduce_alone = 0.0;
  double global_alone = 0.0;
  double all_alone = 0.0;
};

// Ends a lap: seconds since the last one, and how many of them were outside of parallel regions.
class LapTimer {
 public:
  struct Lap {
    double seconds;
    double alone;
  };
  Lap lap() {
    const Clock::time_point now = Clock::now();
    const double in_regions = regions_so_far().seconds;
    const double seconds = seconds_between(last_, now);
    const Lap result{seconds, seconds - (in_regions - last_in_regions_)};
    last_ = now;
    last_in_regions_ = in_regions;
    return result;
  }

 private:
  Clock::time_point last_ = Clock::now();
  double last_in_regions_ = regions_so_far().seconds;
};

// A training run without its files.
class Training {
 public:
  Training(LocalMethod method, std::uint64_t batch_size, int threads, Topics topics,
           std::uint64_t step)
      : parallel_(threads),
        options_(local_options(method)),
        topics_(std::move(topics)),
        hyper_(hyperparameters()),
        step_(step),
        passes_(imdb_like().cache(),
                [docs = imdb_like().cache().summary().docs](std::uint64_t pass) {
                  return DocumentOrder(docs, kSeed, pass);
                }),
        batcher_(passes_, ImdbLike::kVocab, batch_size, kEndless, 0, 0) {}

  // One minibatch; adds to `seconds`.
  void step(StageSeconds& seconds) {
    LapTimer timer;
    batcher_.next(batch_);
    const LapTimer::Lap next = timer.lap();
    double build = 0.0;
    const auto read_ahead = [&](std::size_t i) {
      const Clock::time_point began = Clock::now();
      batcher_.read_ahead(i);
      build = seconds_between(began, Clock::now());
    };
    local_step(batch_, topics_, hyper_, options_, parallel_, responsibilities_,
               BesideTasks{batcher_.num_ahead(), read_ahead});
    const LapTimer::Lap local = timer.lap();
    reduce(batch_, kTopics, responsibilities_, parallel_, stats_);
    const LapTimer::Lap reduction = timer.lap();
    ++step_;
    global_step(batch_, stats_, kCorpusDocs, StepSize(64.0, 0.7)(step_), kEta, step_, kSeed,
                parallel_, topics_);
    const LapTimer::Lap global = timer.lap();

    seconds.build += build;
    seconds.rows += responsibilities_.work.row_seconds;
    seconds.documents += responsibilities_.work.document_seconds;
    seconds.local += local.seconds;
    seconds.local_alone += local.alone;
    seconds.reduce += reduction.seconds;
    seconds.reduce_alone += reduction.alone;
    seconds.global += global.seconds;
    seconds.global_alone += global.alone;
    seconds.all += next.seconds + local.seconds + reduction.seconds + global.seconds;
    seconds.all_alone += next.alone + local.alone + reduction.alone + global.alone;
  }

  const Minibatch& batch() const { return batch_; }
  const Topics& topics() const { return topics_; }
  std::uint64_t inner_iterations() const { return responsibilities_.work.iterations; }

 private:
  Parallel parallel_;
  LocalStepOptions options_;
  Topics topics_;
  Hyperparameters hyper_;
  std::uint64_t step_;
  CachePasses passes_;
  Batcher batcher_;  // one minibatch ahead, so that its building is one task
  Minibatch batch_;
  Responsibilities responsibilities_;
  SufficientStats stats_;
};

const Topics& trained_topics() {
  static const Topics made = [] {
    Topics topics(kTopics, ImdbLike::kVocab, kEta);
    random_start(topics, kSeed, Parallel(1));
    Training training(LocalMethod::kVb, 256, 1, std::move(topics), 0);
    StageSeconds ignored;
    for (std::uint64_t step = 0; step < kTrainedSteps; ++step) training.step(ignored);
    return training.topics();
  }();
  return made;
}

void time_minibatch(benchmark::State& state, LocalMethod method, std::uint64_t batch_size,
                    int threads) {
  Training training(method, batch_size, threads, trained_topics(), kTrainedSteps);
  StageSeconds warm_up;
  for (int i = 0; i < kWarmUpSteps; ++i) training.step(warm_up);
  const RegionTime before = regions_so_far();
  StageSeconds seconds;
  double tokens = 0.0, words = 0.0, inner_iterations = 0.0;
  for (auto _ : state) {
    const double already = seconds.all;
    training.step(seconds);
    state.SetIterationTime(seconds.all - already);
    tokens += static_cast<double>(training.batch().tokens);
    words += static_cast<double>(training.batch().num_words());
    inner_iterations += static_cast<double>(training.inner_iterations());
  }
  const auto mean = [&](const char* name, double sum) {
    state.counters[name] = benchmark::Counter(sum, benchmark::Counter::kAvgIterations);
  };
  mean("build", seconds.build);
  mean("rows", seconds.rows);
  mean("documents", seconds.documents);
  mean("local", seconds.local);
  mean("reduce", seconds.reduce);
  mean("global", seconds.global);
  mean("local_alone", seconds.local_alone);
  mean("reduce_alone", seconds.reduce_alone);
  mean("global_alone", seconds.global_alone);
  mean("all_alone", seconds.all_alone);
  mean("regions", static_cast<double>(regions_so_far().regions - before.regions));
  mean("distinct_words", words);
  mean("inner_iterations", inner_iterations);
  state.counters["tokens"] = benchmark::Counter(tokens, benchmark::Counter::kIsRate);
}

// prepare_rows by itself, over minibatches in turn, as a kernel: lambda, its maximum, exp(psi) and
// a dot product of each value; rows of M read, rows of the minibatch written.
void time_prepare_rows(benchmark::State& state, std::uint64_t batch_size) {
  const Parallel parallel(1);
  const Topics& topics = trained_topics();
  const TopicTables tables(LocalMethod::kVb, topics, hyperparameters());
  const TopicContext context = tables.context(local_options(LocalMethod::kVb));
  MinibatchBuilder builder(ImdbLike::kVocab);
  std::vector<Minibatch> batches(4);
  Document document;
  std::uint64_t number = 0;
  double words = 0.0;
  for (Minibatch& batch : batches) {
    for (std::uint64_t i = 0; i < batch_size; ++i) {
      imdb_like().cache().read(number++, document);
      builder.add(document.view(), number);
    }
    builder.build(batch);
    words += static_cast<double>(batch.num_words()) / static_cast<double>(batches.size());
  }
  AlignedVector<float> rows;
  std::vector<float> start_dots;
  std::size_t next = 0;
  for (auto _ : state) {
    prepare_rows(LocalMethod::kVb, batches[next], topics, context, parallel, rows, start_dots);
    benchmark::ClobberMemory();
    next = (next + 1) % batches.size();
  }
  const std::size_t all = Topics::bytes(kTopics, ImdbLike::kVocab);
  const double values = words * kTopics;
  state.SetLabel(machine().levels[level_that_holds(all)].name);
  count_work(state,
             Work(values * (5.0 + kExpDigammaFlops)).load(2.0 * values * sizeof(float), all));
}

}  // namespace

std::string minibatch_name(LocalMethod method, std::uint64_t batch_size, int threads) {
  return std::string("minibatch/") + (method == LocalMethod::kVb ? "vb" : "means") +
         "/batch:" + std::to_string(batch_size) + "/threads:" + std::to_string(threads);
}

void register_stages() {
  for (const std::uint64_t batch_size : kBatchSizes) {
    benchmark::RegisterBenchmark(("prepare_rows/vb/batch:" + std::to_string(batch_size)).c_str(),
                                 time_prepare_rows, batch_size);
    for (const LocalMethod method : {LocalMethod::kVb, LocalMethod::kMeans}) {
      for (const int threads : {1, 2}) {
        if (threads > available_processors()) continue;
        benchmark::RegisterBenchmark(minibatch_name(method, batch_size, threads).c_str(),
                                     time_minibatch, method, batch_size, threads)
            ->UseManualTime()
            ->Iterations(kDocsTimed / static_cast<benchmark::IterationCount>(batch_size));
      }
    }
  }
}

}  // namespace svi_lda::bench
