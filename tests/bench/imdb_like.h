#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "corpus/cache.h"
#include "local/local_step.h"
#include "model/hyperparameters.h"
#include "model/topics.h"

namespace svi_lda::bench {

// A synthetic corpus of the shape of the IMDb reviews: V = 35,000 words with Zipf-like frequencies,
// 84 distinct words a document (about 100 tokens), a minibatch of 256 documents has about 7,300
// distinct words and one of 1,024 about 15,500. Documents mix a few of 100 planted topics.
// Drawn anew each time, the same everywhere; in a cache in the folder of temporary files, since
// training reads it from one. The file is gone when this object is.
class ImdbLike {
 public:
  static constexpr std::uint32_t kVocab = 35'000;
  static constexpr std::size_t kDistinct = 84;
  static constexpr std::uint64_t kDocs = 16'384;

  ImdbLike();
  ~ImdbLike();
  ImdbLike(const ImdbLike&) = delete;
  ImdbLike& operator=(const ImdbLike&) = delete;

  const CacheReader& cache() const { return *reader_; }

 private:
  std::filesystem::path path_;
  std::unique_ptr<CacheReader> reader_;
};

// The one that all benchmarks share; made on first use.
const ImdbLike& imdb_like();

}  // namespace svi_lda::bench
