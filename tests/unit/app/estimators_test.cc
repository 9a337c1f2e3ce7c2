#include "app/estimators.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "svi_lda/error.h"

namespace svi_lda {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(Estimators, AreNamedOnceEachInTheirOwnOrder) {
  EXPECT_THAT(named_estimators("unigram,plug-in,completion,plug-in"),
              ElementsAre("completion", "plug-in", "unigram"));
  EXPECT_THAT(named_estimators("all"), SizeIs(estimators().size()));
  for (const char* wrong : {"", "perplexity", "completion,all", "completion,,bound", "Bound"}) {
    EXPECT_THAT(named_estimators(wrong), IsEmpty()) << wrong;
  }
}

TEST(Estimators, TheDefaultIsThoseMarkedSo) {
  std::vector<std::string> marked;
  for (const EstimatorInfo& info : estimators()) {
    if (info.by_default) marked.push_back(info.name);
    EXPECT_EQ(info.held_out, info.name != "plug-in");
    EXPECT_FALSE(info.definition.empty());
  }
  EXPECT_EQ(named_estimators(EvaluateOptions{}.estimators), marked);
}

TEST(EvaluateOptions, WrongValuesAreNamedWithTheirRules) {
  EXPECT_THAT(violations(EvaluateOptions{}), IsEmpty());
  EvaluateOptions options;
  options.estimators = "completion,guess";
  options.compat = "mallet";
  options.particles = 0;
  options.samples = 1;
  EXPECT_THAT(violations(options),
              ElementsAre(HasSubstr("--estimator 'completion,guess': must be all, or names"),
                          HasSubstr("--compat 'mallet': must be scikit-learn or gensim"),
                          HasSubstr("--particles 0: must be in [1, 100000]"),
                          HasSubstr("--samples 1: must be in [2, 10000000]")));
  EXPECT_THROW(evaluate(options), Error);
}

}  // namespace
}  // namespace svi_lda
