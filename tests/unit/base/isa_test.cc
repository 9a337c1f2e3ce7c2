#include "base/isa.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "local/kernels.h"
#include "support/synthetic.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

class Isa : public ::testing::Test {
 protected:
  void TearDown() override {
    unsetenv("SVI_LDA_ISA");
    use_isa("auto");
  }
};

TEST_F(Isa, ListsTheBestFirstAndGenericLast) {
  const auto isas = available_isas();
  ASSERT_FALSE(isas.empty());
  EXPECT_EQ(isas.back(), "generic");
  use_isa("auto");
  EXPECT_EQ(current_isa(), isas.front());
}

TEST_F(Isa, EachOneCanBeForced) {
  for (const std::string& isa : available_isas()) {
    use_isa(isa);
    EXPECT_EQ(current_isa(), isa);
    EXPECT_EQ(available_isas().back(), "generic") << "forcing one must not hide the others";
  }
}

// A float sum in another order has other last digits: the kernels that ran were not the same.
TEST_F(Isa, ForcingOneChangesTheKernelsThatRun) {
  if (available_isas().size() < 2) GTEST_SKIP() << "this processor has only the generic kernels";
  AlignedVector<float> etheta(1024);
  AlignedVector<float> row(1024);
  RandomStream random = testing::test_stream(1);
  for (std::size_t k = 0; k < 1024; ++k) {
    etheta[k] = static_cast<float>(random.uniform());
    row[k] = static_cast<float>(random.uniform());
  }
  const std::vector<const float*> rows(kWordPad, row.data());
  const auto dot = [&] {
    AlignedVector<float> out(kWordPad);
    document_dots(rows.data(), kWordPad, etheta.data(), 1024, out.data());
    return out[0];
  };
  use_isa(available_isas().front());
  const float best = dot();
  use_isa("generic");
  EXPECT_NE(dot(), best);
  EXPECT_NEAR(dot(), best, 1e-3f * best);
}

TEST_F(Isa, EnvironmentNamesOneUnlessAnOptionDoes) {
  setenv("SVI_LDA_ISA", "generic", 1);
  use_isa("auto");
  EXPECT_EQ(current_isa(), "generic");
  use_isa(available_isas().front());
  EXPECT_EQ(current_isa(), available_isas().front());
  setenv("SVI_LDA_ISA", "mmx", 1);
  EXPECT_THROW(use_isa("auto"), Error);
  EXPECT_THROW(use_isa("sse9"), Error);
}

}  // namespace
}  // namespace svi_lda
