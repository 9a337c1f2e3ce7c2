#include "math/digamma.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "base/aligned.h"
#include "local/kernels.h"

namespace svi_lda {
namespace {

struct Row {
  double x;
  double psi;
  double log_gamma;
};

std::vector<Row> table() {
  std::ifstream file(std::string(SVI_LDA_DATA_DIR) + "/oracles/digamma.tsv");
  std::vector<Row> rows;
  std::string line;
  while (std::getline(file, line)) {
    if (line.starts_with('#')) continue;
    std::istringstream fields(line);
    std::string x;
    std::string psi;
    std::string log_gamma;
    fields >> x >> psi >> log_gamma;
    rows.push_back({std::strtod(x.c_str(), nullptr), std::strtod(psi.c_str(), nullptr),
                    std::strtod(log_gamma.c_str(), nullptr)});
  }
  return rows;
}

// exp(psi(x) - psi(m)) by the kernel, m = the largest of a row.
float kernel_exp_digamma(float x, float m) {
  AlignedVector<float> row(kLanePad, x);
  AlignedVector<float> out(kLanePad);
  row[3] = m;
  exp_digamma_row(row.data(), 1.0f, 0.0f, row.size(), out.data());
  return out[0];
}

// psi' at closed forms, by its recurrence over twenty decades, and as the slope of psi.
TEST(Trigamma, AgreesWithClosedFormsRecurrenceAndSlope) {
  const double pi = 3.14159265358979323846;
  EXPECT_NEAR(trigamma(1.0), pi * pi / 6.0, 1e-15);
  EXPECT_NEAR(trigamma(0.5), pi * pi / 2.0, 1e-14);
  for (double x = 1e-8; x < 1e9; x *= 1.7) {
    const double expected = trigamma(x + 1.0) + 1.0 / (x * x);
    EXPECT_NEAR(trigamma(x), expected, 1e-14 * expected) << "x = " << x;
    const double h = 1e-4 * x;
    const double slope = (digamma(x + h) - digamma(x - h)) / (2.0 * h);
    EXPECT_NEAR(trigamma(x), slope, 1e-7 * slope) << "x = " << x;
  }
}

TEST(Digamma, AgreesWithTheTable) {
  const std::vector<Row> rows = table();
  ASSERT_GT(rows.size(), 150u);
  EXPECT_LE(rows.front().x, 1e-8);
  for (const Row& row : rows) {
    // Beside the root only the absolute error can be small.
    EXPECT_NEAR(digamma(row.x), row.psi, 4e-15 * std::abs(row.psi) + 1e-15) << "x = " << row.x;
    EXPECT_NEAR(log_gamma(row.x), row.log_gamma, 4e-15 * std::abs(row.log_gamma) + 1e-15)
        << "x = " << row.x;
  }
}

TEST(Digamma, ObeysItsRecurrence) {
  for (double x = 1e-8; x < 1e9; x *= 1.03) {
    const double scale = std::abs(digamma(x)) + std::abs(digamma(x + 1.0)) + 1.0 / x;
    EXPECT_NEAR(digamma(x + 1.0), digamma(x) + 1.0 / x, 1e-14 * scale) << "x = " << x;
  }
}

TEST(ExpDigammaKernel, LogAgreesWithTheTable) {
  for (const Row& row : table()) {
    if (row.x > 1e11) continue;  // the kernel's domain, and float's exact neighbours
    const auto x = static_cast<float>(row.x);
    const float m = 2.0f * x;
    const double expected = digamma(x) - digamma(m);
    if (expected < -80.0) continue;  // tested below
    const double r = 1.0 / static_cast<double>(x);
    const double bound = 4e-7 * (1.0 + r + 1.0 / (1.0 + static_cast<double>(x)));
    EXPECT_NEAR(std::log(static_cast<double>(kernel_exp_digamma(x, m))), expected, bound)
        << "x = " << row.x;
  }
}

// The contract of exp_digamma-inl.h over its whole domain: relative error at most
// 4e-7 (1 + R(x)), which is below 2e-5 (measured: 1.7e-5) from x = 0.0125 on.
TEST(ExpDigammaKernel, HoldsItsErrorBoundOverTheDomain) {
  double worst = 0.0;
  for (double exponent = -8.0; exponent < 14.9; exponent += 0.001) {
    const auto x = static_cast<float>(std::pow(10.0, exponent));
    for (const float m : {x, std::max(x, 0.5f), std::max(x, 3.0f), std::max(x, 1000.0f)}) {
      const double exact_log = digamma(x) - digamma(m);
      const float got = kernel_exp_digamma(x, m);
      if (exact_log < -87.0) {
        EXPECT_LE(got, 1.7e-38f) << "x = " << x << ", m = " << m;
        continue;
      }
      const double error = std::abs(static_cast<double>(got) / std::exp(exact_log) - 1.0);
      const double xd = x;
      const double recurrence = 1.0 / xd + 1.0 / (xd + 1.0) + 1.0 / (xd + 2.0) + 1.0 / (xd + 3.0);
      if (m == x) {
        EXPECT_NEAR(got, 1.0f, 2.5e-7f) << "x = " << x;
      } else {
        EXPECT_LE(error, 4e-7 * (1.0 + recurrence)) << "x = " << x << ", m = " << m;
        if (x >= 0.0125f) worst = std::max(worst, error);
      }
    }
  }
  EXPECT_LT(worst, 2e-5);
  RecordProperty("worst_relative_error", std::to_string(worst));
}

TEST(ExpDigammaKernel, TakesTheMaximumOutBeforeAnythingUnderflows) {
  // exp(psi(0.001)) is 0 even in double; relative to psi(0.00101) it is not.
  const float got = kernel_exp_digamma(0.00100f, 0.00101f);
  const double expected = std::exp(digamma(0.00100f) - digamma(0.00101f));
  EXPECT_NEAR(got, expected, 1e-3 * expected);
  EXPECT_GT(got, 0.0f);
}

}  // namespace
}  // namespace svi_lda
