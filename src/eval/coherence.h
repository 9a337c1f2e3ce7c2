#pragma once

#include <cstddef>

#include "eval/cooccurrence.h"

namespace svi_lda {

// How well the top words of a topic go together in a reference corpus. P(w), P(w, w') are shares of
// its windows, which are whole documents. Words in no window say nothing and are left out; with
// fewer than two left a figure is NaN.
struct Coherence {
  // Mean over pairs i > j of log (D(w_i, w_j) + 1) / D(w_j), D counting windows, words by falling
  // probability. N (N-1) / 2 times it is the sum of Mimno, Wallach, Talley, Leenders, McCallum
  // 2011, eq. 1. A pair that never meets counts log 1 / D(w_j).
  double umass = 0.0;
  // Mean over pairs of NPMI = log [(P(w, w') + e) / (P(w) P(w'))] / -log (P(w, w') + e), e = 1e-12
  // (Bouma 2009; C_NPMI of Roeder, Both, Hinneburg 2015). In [-1, 1]; 1 where both are in every
  // window, the limit of words that are only ever together. A pair that never meets counts what e
  // makes of it: -1 for words in every second window, about -0.5 for words in one of a thousand.
  double npmi = 0.0;
  // C_v of Roeder, Both, Hinneburg 2015: mean over words of the cosine of (NPMI(w_i, w_j))_j and
  // Sum_i (NPMI(w_i, w_j))_j, a word's NPMI with itself among them. There a window is 110 words.
  double c_v = 0.0;
  std::size_t absent = 0;  // words left out
};

Coherence coherence(const Cooccurrence& counts);

}  // namespace svi_lda
