#pragma once

#include <optional>
#include <string>
#include <vector>

namespace svi_lda {

// Held-out perplexity of a run against what `axis` names, for a paper.
struct PerplexityCurve {
  struct Point {
    double x = 0.0;
    double perplexity = 0.0;
    double standard_error = 0.0;  // 0 = not known
  };
  std::string axis;               // "seconds of training"
  std::string estimator;          // "completion"
  std::vector<Point> points;      // ascending x, at least one
  std::optional<double> unigram;  // the baseline on the same tokens
};

// The curve with a band of two standard errors, axes, and the baseline as a dashed line; the axis
// of perplexity begins below the least and ends above the greatest of all of these.
std::string perplexity_svg(const PerplexityCurve& curve);

}  // namespace svi_lda
