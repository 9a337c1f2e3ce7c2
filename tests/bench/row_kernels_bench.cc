// Kernels that go over single rows of K topics: of local/kernels.h, stats/kernels.h and
// global/kernels.h. "near": the same row again and again, in L1. "far": many rows in turn, as a
// minibatch has them, from beyond L2.
//
// Work of one call, by the rules of roofline.h:
//   exp_digamma_row        2 + 1 + kExpDigammaFlops a topic: lambda, its maximum, exp(psi); M read,
//                          the row written
//   etheta_from_gamma      1 + kExpDigammaFlops + 1 a topic; gamma read (factors and etheta stay
//   near) weighted_lambda        4 operations on doubles a topic; M and the weights read
//   reduce_word            2 a topic and place, and 1 + an addition of doubles a topic; etheta of
//                          its documents, the row and the sums (double) read
//   add_scaled             2 a topic; sstats and M read
//   add_scaled_stochastic  27 a topic, those on integers included, which no multiply-add unit does;
//                          sstats and M read
#include <benchmark/benchmark.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "base/aligned.h"
#include "base/fp_mode.h"
#include "base/random.h"
#include "global/kernels.h"
#include "local/kernels.h"
#include "machine.h"
#include "roofline.h"
#include "stats/kernels.h"
#include "suites.h"

namespace svi_lda::bench {
namespace {

constexpr double kFloat = sizeof(float);
constexpr double kDouble = sizeof(double);

// Rows of numbers between 0.5 and 1.5.
class Rows {
 public:
  Rows(std::size_t count, std::uint32_t num_topics)
      : stride_(padded_topics(num_topics)), values_(count * stride_, 0.0f) {
    RandomStream random(1, RandomPurpose::kInitialTopics, num_topics);
    for (std::size_t row = 0; row < values_.size(); row += stride_) {
      for (std::uint32_t k = 0; k < num_topics; ++k) {
        values_[row + k] = static_cast<float>(0.5 + random.uniform());
      }
    }
  }
  std::size_t stride() const { return stride_; }
  float* row(std::size_t i) { return values_.data() + i * stride_; }
  float* data() { return values_.data(); }

 private:
  std::size_t stride_;
  AlignedVector<float> values_;
};

// What a kernel of one row is gone over with.
struct RowCase {
  std::uint32_t num_topics;
  std::size_t rows;
  std::size_t bytes;  // of all that the calls need in turn

  // Bytes that a call fetches: `read` a topic, and `written` unless it lies in L1 already.
  double fetched(double read, double written = 0.0) const {
    return num_topics * (level_that_holds(bytes) == 0 ? read : read + written);
  }
};

// A call needs `streams` rows.
RowCase near_case(std::uint32_t num_topics, std::size_t streams) {
  return {num_topics, 1, streams * padded_topics(num_topics) * sizeof(float)};
}

RowCase far_case(std::uint32_t num_topics, std::size_t streams) {
  const auto& levels = machine().levels;
  const std::size_t row = streams * padded_topics(num_topics) * sizeof(float);
  const std::size_t rows = 4 * levels[std::min<std::size_t>(1, levels.size() - 2)].capacity / row;
  return {num_topics, rows, rows * row};
}

// Times call(i), a kernel on row i, over all rows in turn.
template <typename Call>
void time_rows(benchmark::State& state, const RowCase& shape, const Work& work, const Call& call) {
  const FlushSubnormals flush;
  // A round at a time, long enough for the benchmark's own loop not to count.
  const std::size_t round = shape.rows > 1 ? shape.rows : 64;
  for (auto _ : state) {
    for (std::size_t i = 0; i < round; ++i) call(shape.rows == 1 ? 0 : i);
    benchmark::ClobberMemory();
  }
  state.SetLabel(machine().levels[level_that_holds(shape.bytes)].name);
  count_work(state, work, static_cast<double>(round));
}

void time_exp_digamma_row(benchmark::State& state, const RowCase& shape) {
  Rows m(shape.rows, shape.num_topics), out(shape.rows, shape.num_topics);
  const Work work = Work(shape.num_topics * (3.0 + kExpDigammaFlops))
                        .load(shape.fetched(kFloat, kFloat), shape.bytes);
  time_rows(state, shape, work, [&](std::size_t i) {
    benchmark::DoNotOptimize(exp_digamma_row(m.row(i), 0.9f, 0.01f, m.stride(), out.row(i)));
  });
}

void time_etheta(benchmark::State& state, const RowCase& shape) {
  Rows gamma(shape.rows, shape.num_topics), factor(1, shape.num_topics);
  Rows out(1, shape.num_topics);
  std::replace(gamma.data(), gamma.data() + shape.rows * gamma.stride(), 0.0f, kSmallestParameter);
  const Work work =
      Work(shape.num_topics * (2.0 + kExpDigammaFlops)).load(shape.fetched(kFloat), shape.bytes);
  time_rows(state, shape, work, [&](std::size_t i) {
    benchmark::DoNotOptimize(
        etheta_from_gamma(gamma.row(i), factor.data(), gamma.stride(), out.data()));
  });
}

void time_weighted_lambda(benchmark::State& state, const RowCase& shape) {
  Rows m(shape.rows, shape.num_topics);
  const std::vector<double> weights(shape.num_topics, 0.01);
  // The weights stay near.
  const double all_weights = shape.num_topics * kDouble;
  const Work work = Work(shape.num_topics * 4.0 * 2.0)
                        .load(shape.fetched(kFloat), shape.bytes)
                        .load(all_weights, shape.num_topics * sizeof(double));
  time_rows(state, shape, work, [&](std::size_t i) {
    benchmark::DoNotOptimize(
        weighted_lambda(m.row(i), 0.9, 0.01, weights.data(), shape.num_topics));
  });
}

// A word that stands in `places` of a minibatch's 256 documents of 84 entries each.
void time_reduce_word(benchmark::State& state, const RowCase& shape, std::size_t places) {
  constexpr std::size_t kDocs = 256;
  constexpr std::size_t kEntries = 84 * kDocs;
  Rows etheta(kDocs, shape.num_topics), rows(shape.rows, shape.num_topics);
  const std::vector<float> ratio(kEntries, 1e-3f);
  std::vector<double> sums(etheta.stride());
  RandomStream random(1, RandomPurpose::kDocumentOrder, places);
  std::vector<std::uint32_t> doc, entry;
  for (std::size_t i = 0; i < shape.rows; ++i) {
    std::vector<std::uint32_t> chosen;
    for (std::size_t p = 0; p < places; ++p) {
      chosen.push_back(static_cast<std::uint32_t>(random.below(kDocs)));
    }
    std::sort(chosen.begin(), chosen.end());
    for (const std::uint32_t d : chosen) {
      doc.push_back(d);
      entry.push_back(d * 84 + static_cast<std::uint32_t>(random.below(84)));
    }
  }
  const double topics = shape.num_topics;
  const auto at = static_cast<double>(places);
  const std::size_t documents = std::min(places * shape.rows, kDocs);
  const Work work = Work(topics * (2.0 * at + 1.0 + 2.0))
                        .load(at * topics * kFloat, documents * etheta.stride() * sizeof(float))
                        .load(shape.fetched(kFloat), shape.bytes)
                        .load(topics * kDouble, sums.size() * sizeof(double));
  time_rows(state, shape, work, [&](std::size_t i) {
    reduce_word(entry.data() + i * places, doc.data() + i * places, places, places, ratio.data(),
                etheta.data(), etheta.stride(), rows.row(i), sums.data());
  });
}

using AddScaled = std::function<void(const float*, std::size_t, float*)>;

void time_add_scaled(benchmark::State& state, const RowCase& shape, double flops,
                     const AddScaled& add) {
  Rows sstats(shape.rows, shape.num_topics), m(shape.rows, shape.num_topics);
  const Work work = Work(shape.num_topics * flops).load(shape.fetched(2.0 * kFloat), shape.bytes);
  time_rows(state, shape, work, [&](std::size_t i) { add(sstats.row(i), m.stride(), m.row(i)); });
}

}  // namespace

void register_row_kernels() {
  for (const std::uint32_t topics : {100u, 1000u}) {
    for (const bool far : {false, true}) {
      const std::string where = (far ? "/far/K:" : "/near/K:") + std::to_string(topics);
      const auto shape = [&](std::size_t streams) {
        return far ? far_case(topics, streams) : near_case(topics, streams);
      };
      const auto add = [&](const std::string& kernel, auto body, auto... arguments) {
        benchmark::RegisterBenchmark((kernel + where).c_str(), body, arguments...);
      };
      add("exp_digamma_row", time_exp_digamma_row, shape(2));
      add("etheta_from_gamma", time_etheta, shape(1));
      add("weighted_lambda", time_weighted_lambda, shape(1));
      add("reduce_word/places:3", time_reduce_word, shape(1), std::size_t{3});
      add("reduce_word/places:64", time_reduce_word, shape(1), std::size_t{64});
      const AddScaled nearest = [](const float* sstats, std::size_t stride, float* m) {
        add_scaled(sstats, 1e-3f, stride, m);
      };
      const AddScaled stochastic = [](const float* sstats, std::size_t stride, float* m) {
        add_scaled_stochastic(sstats, 1e-3f, stride, 12345u, m);
      };
      add("add_scaled", time_add_scaled, shape(2), 2.0, nearest);
      add("add_scaled_stochastic", time_add_scaled, shape(2), 27.0, stochastic);
    }
  }
}

}  // namespace svi_lda::bench
