#pragma once

#include <optional>
#include <vector>

#include "model/topics.h"

namespace svi_lda {

// The mean of lambda over the steps, in lazy form: a step changes lambda_w of the words of its
// minibatch alone, so that what a word adds until it comes again is a multiple of the same row of
// M,
//
//   mean_kw = mean's eta_bar + mean's s (mean's M_wk + (due - taken_w) M_wk),
//
// and due is one number that grows by the step.
struct TopicAverage {
  std::optional<Topics> mean = {};  // none where no mean is taken
  std::vector<double> taken = {};   // [V], due when the row was last brought up to date
  double due = 0.0;

  bool empty() const { return !mean.has_value(); }
};

}  // namespace svi_lda
