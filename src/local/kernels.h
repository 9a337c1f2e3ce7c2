#pragma once

#include <cstddef>
#include <cstdint>

namespace svi_lda {

// Vector kernels of the local step, chosen at run time for the processor (Google Highway). Raw
// pointers only: see ARCHITECTURE.md on the one-definition rule. Rows are 64-byte aligned, stride
// is K padded to a multiple of 16 floats.

// What phi is made of: exp(E[log .]) (VB) or E[.] (means: the CVB0 / stepwise EM fixed point).
enum class LocalMethod { kVb, kMeans };

// Rows that a kernel takes at a time, and what per-document arrays are padded to a multiple of.
inline constexpr std::size_t kRowBlock = 8;
inline constexpr std::size_t kWordPad = 16;

// Below this dot product an entry goes to log space. Products lost to underflow are each below
// 1.2e-38, so that what is kept is right to K * 1.2e-38 / 1e-28 (1e-6 at K = 10,000).
inline constexpr float kDotFloor = 1e-28f;

// The smallest Dirichlet parameter of the kernels' domain; also what padding holds in alpha.
inline constexpr float kSmallestParameter = 1e-8f;

// The same for all documents of a minibatch.
struct TopicContext {
  std::size_t num_topics = 0;
  std::size_t stride = 0;
  const float* alpha = nullptr;         // [stride], padding kSmallestParameter
  const float* topic_factor = nullptr;  // [stride], exp(-psi(Sum_w lambda)) (VB) or 1/Sum_w lambda
                                        // up to a common factor; padding 0
  const float* log_topic_factor = nullptr;  // [stride], its log; padding -1e30
  float scale = 1.0f;                       // lambda = eta_bar_w + scale * M
  int max_iterations = 0;
  float tolerance = 0.0f;  // on the mean over topics of |change of gamma_k|
};

// Where a kernel puts n phi of entries done in log space.
struct SlowSink {
  void* owner = nullptr;
  void (*clear)(void* owner) = nullptr;                    // forget this document's
  float* (*append)(void* owner, std::size_t i) = nullptr;  // [stride], for entry i of the document
};

// Memory that a kernel works in; one for each document in work, never shared.
struct DocumentScratch {
  float* topics = nullptr;            // [kScratchRows * stride]
  std::uint32_t* live = nullptr;      // [stride], numbers of the live topics
  const float** live_rows = nullptr;  // [stride]
  float* packed = nullptr;            // [packed_floats], entries of the live topics
  std::size_t packed_floats = 0;
};
// Topics are packed where at most stride / kLiveShare are live.
inline constexpr std::size_t kLiveShare = 2;
inline constexpr std::size_t kScratchRows = 9;
inline constexpr std::size_t kDenseScratchRows = 3;  // of these, what all topics at once need

// One document. n entries; arrays are padded to a multiple of kWordPad: padding repeats a valid row
// pointer, with count 0.
struct DocumentTask {
  std::size_t n = 0;
  const float* const* rows = nullptr;    // exp(elogbeta) or mean rows, each [stride]
  const float* const* m_rows = nullptr;  // rows of M, for log space
  const float* eta_bars = nullptr;       // eta_bar_w of each
  const float* counts = nullptr;         // 64-byte aligned
  float* gamma = nullptr;                // [stride]  in: start; out: alpha + Sum n phi
  float* etheta = nullptr;               // [stride]  out: the etheta that made `ratio`
  float* ratio = nullptr;   // [n, padded], aligned  out: n / dot, 0 where done in log space
  float* dots = nullptr;    // [n, padded], aligned; scratch
  bool dots_given = false;  // `dots` holds those of the first iteration: gamma starts alike for all
  DocumentScratch scratch;
  SlowSink slow;
};

struct DocumentOutcome {
  int iterations = 0;               // all of them
  std::uint64_t multiply_adds = 0;  // padding included
  bool finite = true;
};

// Iterates phi and gamma of `count` documents, each on memory of its own, until the mean change of
// gamma over all topics, in an iteration over all topics, is below the tolerance, or max_iterations
// are done. Sum_k gamma_k = Sum alpha + Sum counts on return.
//
// Live topics: most gamma_k soon sit at alpha_k. Where the topics with the least gamma_k - alpha_k
// hold together at most kPrunedShare * tolerance * K tokens (a tenth of what convergence allows to
// move), they are left out: the columns of the others are packed, iterated to convergence, and one
// iteration over all topics ends it, or goes on where it still moves more than the tolerance. So
// what comes out has met the same criterion as without.
//
// What comes out for a document does not depend on the others; two at a time fill the processor.
void infer_documents(LocalMethod method, const TopicContext& context, const DocumentTask* tasks,
                     std::size_t count, DocumentOutcome* outcomes);
inline constexpr float kPrunedShare = 0.1f;

// One document.
inline DocumentOutcome infer_document(LocalMethod method, const TopicContext& context,
                                      const DocumentTask& task) {
  DocumentOutcome outcome;
  infer_documents(method, context, &task, 1, &outcome);
  return outcome;
}

// The parts of an iteration over all topics, in this order. The second may be done for ranges of a
// document's entries, each a task with the document's gamma and etheta and with
// scratch.topics [kDenseScratchRows * stride] and a slow sink of its own.
//
// task.etheta from task.gamma; the topic factors, where the dot products are given with them.
void begin_iteration(LocalMethod method, const TopicContext& context, const DocumentTask& task,
                     bool dots_given);
// task.dots unless given, task.ratio, and their sums over entries: scratch.topics holds
// Sum_i ratio_i rows[i][k] in its first row and, where true is returned, Sum_i n phi_ik of the
// entries done in log space in its second.
bool sum_entries(LocalMethod method, const TopicContext& context, const DocumentTask& task,
                 bool dots_given);
// task.gamma_k = alpha_k + etheta_k sums_k (+ slow_k, where there are any); returns
// Sum_k |change of gamma_k|.
float update_gamma(const TopicContext& context, const DocumentTask& task, const float* sums,
                   const float* slow);
// What an iteration over n entries multiplies and adds.
constexpr std::uint64_t dense_multiply_adds(std::size_t n, std::size_t stride) {
  return 2 * ((n + kRowBlock - 1) / kRowBlock * kRowBlock) * stride;
}

// out[k] = exp(psi(lambda_k) - psi(max_j lambda_j)), lambda = eta_bar + scale * m. Returns the max.
// Padding takes lambda = eta_bar.
float exp_digamma_row(const float* m, float scale, float eta_bar, std::size_t stride, float* out);

// out[k] = eta_bar + scale * m[k].
void lambda_row(const float* m, float scale, float eta_bar, std::size_t stride, float* out);

// etheta_k = exp(psi(gamma_k) - psi(max gamma)) * topic_factor_k. Returns max gamma.
float etheta_from_gamma(const float* gamma, const float* topic_factor, std::size_t stride,
                        float* etheta);

// out[i] = Sum_k etheta_k rows[i][k] for i < n (n padded as in DocumentTask, `out` too).
void document_dots(const float* const* rows, std::size_t n, const float* etheta, std::size_t stride,
                   float* out);

// Sum_k weights_k (eta_bar + scale m_k) in double, k < num_topics.
double weighted_lambda(const float* m, double scale, double eta_bar, const double* weights,
                       std::size_t num_topics);

}  // namespace svi_lda
