// Linked into the programs that test kernels: with SVI_LDA_ISA set, all of their tests run on that
// instruction set, and fail if another one runs instead. Where this processor lacks it the program
// ends with 77, which ctest takes as skipped.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "base/isa.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

constexpr int kSkipped = 77;

class IsaEnvironment : public ::testing::Environment {
 public:
  void SetUp() override {
    const char* wanted = std::getenv("SVI_LDA_ISA");
    if (wanted == nullptr) return;
    try {
      use_isa("auto");
    } catch (const Error& error) {
      std::printf("skipped: %s\n", error.what());
      std::exit(kSkipped);
    }
    ASSERT_EQ(current_isa(), wanted);
  }
};

const auto* const registered = ::testing::AddGlobalTestEnvironment(new IsaEnvironment);

}  // namespace
}  // namespace svi_lda
