#include "app/inference_method.h"

#include <gtest/gtest.h>

#include <set>
#include <sstream>
#include <string>

#include "svi_lda/train.h"

namespace svi_lda {
namespace {

TEST(InferenceMethod, EveryNameIsAMethodOfItsOwn) {
  std::string names = inference_names();
  const std::size_t last = names.rfind(" or ");
  ASSERT_NE(last, std::string::npos);
  names.replace(last, 4, ", ");
  std::set<InferenceMethod> methods;
  std::size_t count = 0;
  std::stringstream list(names);
  for (std::string name; std::getline(list >> std::ws, name, ','); ++count) {
    const auto method = inference_from_name(name);
    ASSERT_TRUE(method.has_value()) << name;
    methods.insert(*method);
  }
  EXPECT_EQ(methods.size(), count);
  EXPECT_GE(count, 5u);
}

TEST(InferenceMethod, NothingElseIsOne) {
  for (const char* name : {"", "VB", "gibbs ", "cvb"}) {
    EXPECT_FALSE(inference_from_name(name).has_value()) << name;
  }
  EXPECT_TRUE(inference_from_name(TrainOptions().inference).has_value());
}

}  // namespace
}  // namespace svi_lda
