// The kernels of local/kernels.h that go over the rows of a document. How their work is counted:
//
// infer_document: kIterations inner iterations with all K topics. An iteration over n words takes
// 4nK operations for the dot products and the sum over words, n divisions, and per topic etheta
// (exp(psi) and a product, or two products) and the update of gamma (6). Each row is loaded once an
// iteration, 4nK bytes, from where the document lies; in the first one from where all documents
// lie. "in_turn": as many documents as it takes to fall out of the cache that holds one.
//
// infer_document, sparse: to the tolerance of a training run, topics left out as the kernel sees
// fit. Its operations are the multiply-adds that it says it did; nothing bounds them here.
//
// document_dots: 2nK operations, each row loaded once.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <memory>
#include <string>

#include "base/fp_mode.h"
#include "document_set.h"
#include "machine.h"
#include "roofline.h"
#include "suites.h"

namespace svi_lda::bench {
namespace {

constexpr int kIterations = 10;
constexpr double kUpdateFlops = 6.0;

std::string name_of(LocalMethod method) { return method == LocalMethod::kVb ? "vb" : "means"; }

std::string shape_name(const DocumentSet::Shape& shape) {
  return "K:" + std::to_string(shape.num_topics) + "/words:" + std::to_string(shape.words);
}

// As many documents as it takes to fall out of the level that holds one.
std::size_t documents_beyond(const DocumentSet::Shape& shape) {
  const std::size_t bytes = DocumentSet::document_bytes(shape);
  const std::size_t level = level_that_holds(bytes);
  const auto& levels = machine().levels;
  const std::size_t beyond = 4 * levels[std::min(level, levels.size() - 2)].capacity;
  return std::max<std::size_t>(2, beyond / bytes + 1);
}

// "L2", or "L3+L2" where a document comes from L3 and then lies in L2.
std::string where(const DocumentSet::Shape& shape) {
  const auto& levels = machine().levels;
  const std::size_t bytes = DocumentSet::document_bytes(shape);
  const std::string& one = levels[level_that_holds(bytes)].name;
  const std::string& all = levels[level_that_holds(bytes * shape.documents)].name;
  return one == all ? one : all + "+" + one;
}

Work dense_work(const DocumentSet::Shape& shape) {
  const auto n = static_cast<double>(shape.words);
  const double topics = shape.num_topics;
  const double etheta = shape.method == LocalMethod::kVb ? kExpDigammaFlops + 1.0 : 2.0;
  const double rows = n * topics * sizeof(float);
  const std::size_t document = DocumentSet::document_bytes(shape);
  return Work(kIterations * (4.0 * n * topics + n + topics * (etheta + kUpdateFlops)))
      .load(rows, document * shape.documents)
      .load((kIterations - 1) * rows, document);
}

void infer_dense(benchmark::State& state, const DocumentSet::Shape& shape) {
  const FlushSubnormals flush;
  DocumentSet documents(shape);
  const TopicContext context = documents.context(kIterations, 0.0f);
  const double least = 2.0 * kIterations * static_cast<double>(shape.words) * shape.num_topics;
  std::size_t next = 0;
  for (auto _ : state) {
    const DocumentTask task = documents.start(next);
    const DocumentOutcome outcome = infer_document(shape.method, context, task);
    if (outcome.iterations != kIterations || static_cast<double>(outcome.multiply_adds) < least) {
      state.SkipWithError("did other work than is counted");
      break;
    }
    benchmark::DoNotOptimize(task.gamma);
    next = next + 1 == shape.documents ? 0 : next + 1;
  }
  state.SetLabel(where(shape));
  count_work(state, dense_work(shape));
}

void infer_sparse(benchmark::State& state, const DocumentSet::Shape& shape) {
  const FlushSubnormals flush;
  DocumentSet documents(shape);
  const TopicContext context = documents.context(100, 1e-3f);
  std::size_t next = 0;
  double multiply_adds = 0.0;
  double iterations = 0.0;
  for (auto _ : state) {
    const DocumentOutcome outcome = infer_document(shape.method, context, documents.start(next));
    multiply_adds += static_cast<double>(outcome.multiply_adds);
    iterations += outcome.iterations;
    next = next + 1 == shape.documents ? 0 : next + 1;
  }
  state.SetLabel(where(shape));
  state.counters["flops"] = benchmark::Counter(2.0 * multiply_adds, benchmark::Counter::kIsRate);
  state.counters["inner_iterations"] =
      benchmark::Counter(iterations, benchmark::Counter::kAvgIterations);
  state.counters["tokens"] = benchmark::Counter(static_cast<double>(shape.words),
                                                benchmark::Counter::kIsIterationInvariantRate);
}

void dots(benchmark::State& state, const DocumentSet::Shape& shape) {
  const FlushSubnormals flush;
  DocumentSet documents(shape);
  AlignedVector<float> etheta(documents.stride(), 1.0f);
  AlignedVector<float> out(shape.words + kWordPad);
  for (auto _ : state) {
    document_dots(documents.rows(0), shape.words, etheta.data(), documents.stride(), out.data());
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  }
  state.SetLabel(where(shape));
  const double values = static_cast<double>(shape.words) * shape.num_topics;
  count_work(state,
             Work(2.0 * values).load(values * sizeof(float), DocumentSet::document_bytes(shape)));
}

}  // namespace

void register_local_kernels() {
  for (const LocalMethod method : {LocalMethod::kVb, LocalMethod::kMeans}) {
    const auto add = [&](const std::string& kind, const DocumentSet::Shape& shape, auto* body) {
      benchmark::RegisterBenchmark(
          ("infer_document/" + name_of(method) + kind + "/" + shape_name(shape)).c_str(), body,
          shape);
    };
    for (const std::uint32_t topics : {16u, 100u, 128u, 1000u}) {
      add("", {method, topics, 100, 1, DocumentSet::Kind::kDense}, infer_dense);
    }
    add("", {method, 128, 40, 1, DocumentSet::Kind::kDense}, infer_dense);
    for (const std::uint32_t topics : {100u, 128u}) {
      DocumentSet::Shape shape{method, topics, 100, 1, DocumentSet::Kind::kDense};
      shape.documents = documents_beyond(shape);
      add("/in_turn", shape, infer_dense);
    }
    for (const std::uint32_t topics : {100u, 1000u}) {
      add("/sparse", {method, topics, 100, 32, DocumentSet::Kind::kSparse}, infer_sparse);
    }
  }
  for (const std::uint32_t topics : {16u, 100u, 128u, 1000u}) {
    const DocumentSet::Shape shape{LocalMethod::kVb, topics, 100, 1, DocumentSet::Kind::kDense};
    benchmark::RegisterBenchmark(("document_dots/" + shape_name(shape)).c_str(), dots, shape);
  }
}

}  // namespace svi_lda::bench
