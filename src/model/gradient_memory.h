#pragma once

#include "base/aligned.h"

namespace svi_lda {

// What the adaptive step size carries from step to step: running means, over a window of
// minibatches, of the natural gradient g = lambda-hat - lambda, [K x V], and of its squared norm.
// The first is kept in lazy form, as lambda is, so that a step touches the rows of its minibatch
// alone:
//
//   mean g_kw = offset + scale * rows_wk - of_topics * M_wk,
//
// M that of Topics. Sums over all words and topics give its norm without going over V.
struct GradientMemory {
  struct Numbers {
    double offset = 0.0;
    double scale = 1.0;
    double of_topics = 0.0;
    double sum_m = 0.0;        // Sum M
    double sum_rows = 0.0;     // Sum rows
    double square_m = 0.0;     // Sum M^2
    double square_rows = 0.0;  // Sum rows^2
    double product = 0.0;      // Sum rows M
    double mean_square = 0.0;  // mean |g|^2
    double window = 0.0;       // minibatches, tau of the paper; 0: no step yet
  };
  AlignedVector<float> rows = {};  // [V x stride], padding 0; empty by other step sizes
  Numbers numbers = {};

  bool empty() const { return rows.empty(); }
};

}  // namespace svi_lda
