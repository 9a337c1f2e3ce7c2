#pragma once

#include <cstddef>
#include <cstdint>

namespace svi_lda {

// Vector kernels of the sampled local step, chosen at run time for the processor (Google Highway).
// Arrays of topics are [stride], K padded to a multiple of 16, 64-byte aligned.

// The same for all documents of a minibatch.
struct SamplingContext {
  std::size_t stride = 0;
  const float* alpha = nullptr;  // [stride], padding 0
  std::size_t sweeps = 0;        // over a document, the first draw of every token included; >= 1
  std::size_t kept = 0;          // how many of them, the last ones, count; in [1, sweeps]
};

// Floats of a document's entry that are packed for the topics that it uses.
inline constexpr std::size_t kPackedFloats = 64;

// Memory that one thread samples in. Between documents `count` is 0 throughout and `topic` holds
// numbers below stride.
struct SamplingScratch {
  std::uint32_t* topic = nullptr;     // [stride], the topics that the document uses, in no order
  float* count = nullptr;             // [stride], and how many of its tokens have them
  float* weight = nullptr;            // [stride]
  std::uint32_t* place = nullptr;     // [stride], of topic k in `topic`, where it is used
  std::uint32_t* assigned = nullptr;  // [tokens], z_dn, or the lanes that hold them
  float* packed = nullptr;            // [n * kPackedFloats], 64-byte aligned
};

// One document: n entries of tokens[i] tokens each.
struct SamplingTask {
  std::size_t n = 0;
  const float* const* rows = nullptr;     // as sampling_row makes them
  const float* smoothing = nullptr;       // [n], what sampling_row returned
  const std::uint32_t* tokens = nullptr;  // [n]
  std::uint64_t key = 0;                  // of the document's random numbers
  std::uint32_t* samples = nullptr;       // out: per entry kept * tokens[i] topics
  SamplingScratch scratch;
};

// out[k] = (eta_bar + scale m[k]) factor[k], which is E[beta_kw] up to a common factor; returns
// Sum_k alpha_k out[k].
float sampling_row(const float* m, float scale, float eta_bar, const float* factor,
                   const float* alpha, std::size_t stride, float* out);

// Gibbs sweeps over the tokens of a document with the topics fixed and theta integrated out:
// z_dn = k with weight (N_dk + alpha_k) rows[n][k], N_dk without the token itself (Mimno, Hoffman,
// Blei 2012, section 3). The sum is split into the topics that the document uses and the smoothing
// part (Yao, Mimno, McCallum 2009), so that the cost of a token follows the former, not K.
void sample_document(const SamplingContext& context, const SamplingTask& task);

}  // namespace svi_lda
