#include "spectral/cooccurrence.h"

#include <numeric>
#include <utility>

#include "base/random.h"

namespace svi_lda {
namespace {

constexpr std::size_t kBits = 64;
constexpr std::size_t kDocChunk = 16;
constexpr std::size_t kWordChunk = 16;

// The signs of `word` in the dimensions from kBits * block on, a bit each.
std::uint64_t sign_bits(std::uint64_t seed, std::uint64_t word, std::uint64_t block) {
  return RandomStream(seed, RandomPurpose::kProjection, word << 32 | block).next();
}

}  // namespace

float projection_sign(std::uint64_t seed, std::uint64_t word, std::size_t dim) {
  return (sign_bits(seed, word, dim / kBits) >> (dim % kBits) & 1) != 0 ? 1.0f : -1.0f;
}

ProjectedCooccurrenceCounter::ProjectedCooccurrenceCounter(std::uint32_t words, std::size_t dims,
                                                           std::uint64_t seed)
    : signs_(words * dims), sums_(words, 0.0) {
  result_.words = words;
  result_.dims = dims;
  result_.rows.assign(words * dims, 0.0f);
  result_.documents.assign(words, 0);
  for (std::size_t w = 0; w < words; ++w) {
    std::uint64_t bits = 0;
    for (std::size_t p = 0; p < dims; ++p) {
      if (p % kBits == 0) bits = sign_bits(seed, w, p / kBits);
      signs_[w * dims + p] = (bits >> (p % kBits) & 1) != 0 ? 1 : -1;
    }
  }
}

void ProjectedCooccurrenceCounter::add(const Minibatch& batch, const Parallel& parallel) {
  const std::size_t dims = result_.dims;
  tokens_.assign(batch.num_docs(), 0.0f);
  projected_.assign(batch.num_docs() * dims, 0.0f);
  parallel.for_chunks(batch.num_docs(), kDocChunk, [&](std::size_t begin, std::size_t end, int) {
    for (std::size_t d = begin; d < end; ++d) project(batch, d);
  });
  parallel.for_chunks(batch.num_words(), kWordChunk, [&](std::size_t begin, std::size_t end, int) {
    for (std::size_t i = begin; i < end; ++i) add_word(batch, i);
  });
}

void ProjectedCooccurrenceCounter::project(const Minibatch& batch, std::size_t d) {
  const std::size_t dims = result_.dims;
  const std::uint32_t first = batch.doc_begin[d];
  const std::uint32_t last = batch.doc_begin[d + 1];
  tokens_[d] =
      std::accumulate(batch.entry_count.begin() + first, batch.entry_count.begin() + last, 0.0f);
  float* const sum = projected_.data() + d * dims;
  for (std::uint32_t e = first; e < last; ++e) {
    const std::size_t word = batch.words[batch.entry_word[e]];
    const std::int8_t* const signs = signs_.data() + word * dims;
    const float count = batch.entry_count[e];
    for (std::size_t p = 0; p < dims; ++p) sum[p] += count * static_cast<float>(signs[p]);
  }
}

void ProjectedCooccurrenceCounter::add_word(const Minibatch& batch, std::size_t i) {
  const std::size_t dims = result_.dims;
  const std::size_t word = batch.words[i];
  float* const row = result_.rows.data() + word * dims;
  double itself = 0.0;
  for (std::uint32_t place = batch.word_begin[i]; place < batch.word_begin[i + 1]; ++place) {
    const std::uint32_t d = batch.place_doc[place];
    const auto tokens = static_cast<double>(tokens_[d]);
    ++result_.documents[word];
    if (tokens < 2.0) continue;
    const auto count = static_cast<double>(batch.entry_count[batch.place_entry[place]]);
    const double factor = count / (tokens * (tokens - 1.0));
    const float* const projected = projected_.data() + d * dims;
    for (std::size_t p = 0; p < dims; ++p) row[p] += static_cast<float>(factor) * projected[p];
    itself += factor;
    sums_[word] += count / tokens;
  }
  const std::int8_t* const signs = signs_.data() + word * dims;
  for (std::size_t p = 0; p < dims; ++p) {
    row[p] -= static_cast<float>(itself) * static_cast<float>(signs[p]);
  }
}

ProjectedCooccurrence ProjectedCooccurrenceCounter::finish() {
  const double total = std::accumulate(sums_.begin(), sums_.end(), 0.0);
  result_.share.assign(result_.words, 0.0);
  for (std::size_t w = 0; w < result_.words; ++w) {
    if (sums_[w] == 0.0) continue;
    result_.share[w] = sums_[w] / total;
    const auto factor = static_cast<float>(1.0 / sums_[w]);
    float* const row = result_.rows.data() + w * result_.dims;
    for (std::size_t p = 0; p < result_.dims; ++p) row[p] *= factor;
  }
  return std::move(result_);
}

}  // namespace svi_lda
