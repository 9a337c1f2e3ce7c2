#include <gtest/gtest.h>

#include "app/inference_method.h"
#include "cli/option_table.h"

namespace svi_lda::cli {
namespace {

// The command line knows the library's public headers only, and so has the names a second time.
TEST(InferenceRule, NamesTheMethodsThatThereAre) {
  TrainOptions options;
  CommonOptions common;
  const OptionTable table = train_table(options, common);
  const Option* inference = find_option(table, "inference");
  ASSERT_NE(inference, nullptr);
  EXPECT_EQ(inference->rule, inference_names());
}

}  // namespace
}  // namespace svi_lda::cli
