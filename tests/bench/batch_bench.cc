// The two halves of building a minibatch, which is done beside the local step: reading documents
// from a cache in shuffled order, and putting them together by document and by word; and the whole,
// with the page faults that releasing what was read brings.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "imdb_like.h"
#include "minibatch/batcher.h"
#include "minibatch/cache_passes.h"
#include "stages.h"
#include "suites.h"

namespace svi_lda::bench {
namespace {

constexpr std::uint64_t kSeed = 1;
constexpr std::uint64_t kEndless = std::uint64_t{1} << 40;  // passes

void count_tokens(benchmark::State& state, double tokens) {
  state.counters["tokens"] = benchmark::Counter(tokens, benchmark::Counter::kIsRate);
}

void time_reading(benchmark::State& state, std::uint64_t batch_size) {
  const CacheReader& cache = imdb_like().cache();
  const DocumentOrder order(cache.summary().docs, kSeed, 0);
  Document document;
  std::uint64_t place = 0;
  double tokens = 0.0;
  for (auto _ : state) {
    for (std::uint64_t i = 0; i < batch_size; ++i) {
      cache.read(order(place++ % cache.summary().docs), document);
      tokens += static_cast<double>(document.view().tokens());
    }
  }
  count_tokens(state, tokens);
}

void time_building(benchmark::State& state, std::uint64_t batch_size) {
  const CacheReader& cache = imdb_like().cache();
  std::vector<Document> documents(4 * batch_size);
  for (std::size_t i = 0; i < documents.size(); ++i) cache.read(i, documents[i]);
  MinibatchBuilder builder(ImdbLike::kVocab);
  Minibatch batch;
  std::size_t next = 0;
  double tokens = 0.0;
  for (auto _ : state) {
    for (std::uint64_t i = 0; i < batch_size; ++i) {
      builder.add(documents[next++ % documents.size()].view(), i + 1);
    }
    builder.build(batch);
    tokens += static_cast<double>(batch.tokens);
  }
  count_tokens(state, tokens);
}

void time_batcher(benchmark::State& state, std::uint64_t batch_size) {
  const CacheReader& cache = imdb_like().cache();
  CachePasses passes(cache, [docs = cache.summary().docs](std::uint64_t pass) {
    return DocumentOrder(docs, kSeed, pass);
  });
  Batcher batcher(passes, ImdbLike::kVocab, batch_size, kEndless, 0, 0);
  Minibatch batch;
  double tokens = 0.0;
  for (auto _ : state) {
    batcher.next(batch);
    tokens += static_cast<double>(batch.tokens);
  }
  count_tokens(state, tokens);
}

}  // namespace

void register_batch_building() {
  for (const std::uint64_t batch_size : kBatchSizes) {
    const std::string batch = "/batch:" + std::to_string(batch_size);
    benchmark::RegisterBenchmark(("read_documents" + batch).c_str(), time_reading, batch_size);
    benchmark::RegisterBenchmark(("build_minibatch" + batch).c_str(), time_building, batch_size);
    benchmark::RegisterBenchmark(("next_minibatch" + batch).c_str(), time_batcher, batch_size);
  }
}

}  // namespace svi_lda::bench
