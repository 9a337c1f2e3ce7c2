#include "app/alpha_option.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "support/problem_of.h"
#include "support/temporary_folder.h"

namespace svi_lda {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TrainOptions with(const std::string& alpha, std::int64_t topics = 3) {
  TrainOptions options;
  options.topics = topics;
  options.alpha = alpha;
  return options;
}

class AlphaFile : public ::testing::Test {
 protected:
  std::string write(const std::string& text) {
    std::ofstream(folder_.file("alpha.txt")) << text;
    return folder_.file("alpha.txt");
  }
  TemporaryFolder folder_;
};

TEST(AlphaOption, AutoIsBoundedForAllTopicsTogether) {
  for (const auto& [topics, alpha] :
       {std::pair{1, "0.1"}, std::pair{100, "0.05"}, std::pair{1000, "0.005"}}) {
    TrainOptions options = with("auto", topics);
    resolve_alpha(options);
    EXPECT_EQ(options.alpha, topics == 1 ? alpha : "shares");
    EXPECT_EQ(start_alpha(options),
              std::vector<double>(static_cast<std::size_t>(topics), std::stod(alpha)));
    options.alpha = "auto";
    options.inference = "cvb0";
    resolve_alpha(options);
    EXPECT_EQ(options.alpha, alpha);
    EXPECT_EQ(alpha_learning(options), AlphaLearning::kNone);
  }
}

TEST(AlphaOption, AutoLearnsByVb) {
  TrainOptions options = with("auto", 100);
  options.inference = "vb";
  resolve_alpha(options);
  EXPECT_EQ(options.alpha, "asymmetric");
  EXPECT_EQ(start_alpha(options), std::vector<double>(100, 0.05));
}

TEST(AlphaOption, AutoLearnsSharesBySampling) {
  for (const char* inference : {"auto", "gibbs"}) {
    TrainOptions options = with("auto", 100);
    options.inference = inference;
    resolve_alpha(options);
    EXPECT_EQ(alpha_learning(options), AlphaLearning::kShares);
    EXPECT_EQ(describe_alpha(options), "alpha 0.05 and learned shares of its sum");
  }
}

TEST(AlphaOption, LearningStartsFromAuto) {
  for (const auto& [word, learning] : {std::pair{"symmetric", AlphaLearning::kSymmetric},
                                       std::pair{"asymmetric", AlphaLearning::kAsymmetric}}) {
    TrainOptions options = with(word, 100);
    resolve_alpha(options);
    read_alpha(options);
    EXPECT_EQ(options.alpha, word) << "a run that goes on must know that it learns";
    EXPECT_EQ(alpha_learning(options), learning);
    EXPECT_EQ(start_alpha(options), std::vector<double>(100, 0.05));
    EXPECT_THAT(describe_alpha(options), HasSubstr("learned from 0.05"));
  }
}

TEST(AlphaOption, NumbersBecomeTheirShortestText) {
  TrainOptions options = with("1e-1");
  read_alpha(options);
  EXPECT_EQ(options.alpha, "0.1");
  EXPECT_EQ(start_alpha(options), std::vector<double>(3, 0.1));
  EXPECT_EQ(describe_alpha(options), "alpha 0.1");
  options = with("0.10,2,0.30000000000000004");
  read_alpha(options);
  EXPECT_EQ(options.alpha, "0.1,2,0.30000000000000004");
  EXPECT_EQ(start_alpha(options), (std::vector<double>{0.1, 2.0, 0.1 + 0.2}));
  EXPECT_EQ(describe_alpha(options), "alpha from 0.1 to 2, 2.4 in all");
}

TEST_F(AlphaFile, TakesTheFilesPlace) {
  for (const char* text : {"0.1\n2\n 0.25 \n", "0.1\r\n2\r\n0.25", "0.1\n\n2\n0.25\n\n"}) {
    TrainOptions options = with(write(text));
    EXPECT_THAT(alpha_violation(options), IsEmpty()) << "files are not opened yet";
    read_alpha(options);
    EXPECT_EQ(options.alpha, "0.1,2,0.25");
    EXPECT_THAT(alpha_violation(options), IsEmpty());
  }
}

TEST_F(AlphaFile, WhatIsWrongIsNamedWithItsLine) {
  struct {
    const char* text;
    const char* problem;
  } const all[] = {
      {"0.1\nmuch\n0.3\n", ":2: 'much' is not a number"},
      {"0.1\n0.2 0.3\n0.3\n", ":2: '0.2 0.3' is not a number"},
      {"0.1\n0.2\n0\n", ":3: alpha '0' must lie in [1e-8, 1000]"},
      {"0.1\n\n-0.2\n0.3\n", ":3: alpha '-0.2' must lie in"},
      {"nan\n0.2\n0.3\n", ":1: alpha 'nan' must lie in"},
      {"1e999\n0.2\n0.3\n", ":1: alpha '1e999' must lie in"},
      {"0.1\n0.2\n0.3\n0.4\n", ":4: a number more than the 3 topics"},
      {"0.1\n0.2\n", ":2: ends after 2 numbers"},
      {"", ": ends after 0 numbers"},
  };
  for (const auto& one : all) {
    TrainOptions options = with(write(one.text));
    const std::string problem = problem_of(ErrorKind::kInput, [&] { read_alpha(options); });
    EXPECT_THAT(problem, HasSubstr(std::string("alpha.txt") + one.problem));
    EXPECT_THAT(problem, EndsWith("for each of the 3 topics"));
  }
}

TEST_F(AlphaFile, AWordThatIsNoneIsSaidToBeTakenForAFile) {
  TrainOptions options = with(folder_.file("assymetric"));
  const std::string problem = problem_of(ErrorKind::kIo, [&] { read_alpha(options); });
  EXPECT_THAT(problem, HasSubstr("/assymetric: "));
  EXPECT_THAT(problem,
              HasSubstr("--alpha takes auto, symmetric, asymmetric, shares, a number, or a file"));
}

TEST(AlphaOption, NumbersOutOfRangeOrNotOneATopicAreRefused) {
  for (const char* wrong : {"0", "-1", "1001", "nan", "inf", "1e999", "0.1,0.2", "0.1,0.2,0",
                            "0.1,0.2,0.3,0.4", "", "-"}) {
    EXPECT_THAT(alpha_violation(with(wrong)), HasSubstr("--alpha '" + std::string(wrong) + "':"));
  }
  for (const char* right : {"auto", "symmetric", "asymmetric", "1e-8", "1000", "0.1,0.2,0.3"}) {
    EXPECT_THAT(alpha_violation(with(right)), IsEmpty()) << right;
  }
}

}  // namespace
}  // namespace svi_lda
