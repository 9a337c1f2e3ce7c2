#pragma once

#include "base/parallel.h"
#include "model/topics.h"

namespace svi_lda {

// How much the topics differ, in nats: the mutual information of topic and word,
//   I = Sum_k p_k KL(beta_k || Sum_j p_j beta_j),
// which is the Jensen-Shannon divergence of the topics' distributions over words weighted by their
// shares p (Lin 1991, "Divergence measures based on the Shannon entropy"). 0 where all topics that
// have any words are alike, which is the unigram model; at most log K.
// Taken of what the corpus has added to lambda, n_kw = max(lambda_kw - eta, 0), so that topics
// without words of their own have no say. 0 where there is nothing yet.
// O(K V). The result does not depend on the number of threads.
double topic_information(const Topics& topics, const Eta& eta, const Parallel& parallel);

}  // namespace svi_lda
