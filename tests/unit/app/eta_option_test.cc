#include "app/eta_option.h"

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

TrainOptions with(const std::string& eta, std::int64_t topics = 10) {
  TrainOptions options;
  options.topics = topics;
  options.eta = eta;
  return options;
}

class EtaFile : public ::testing::Test {
 protected:
  std::string write(const std::string& text) {
    std::ofstream(folder_.file("eta.txt")) << text;
    return folder_.file("eta.txt");
  }
  TemporaryFolder folder_;
};

TEST(EtaOption, AutoLearnsByCoordinateAscent) {
  for (const char* inference : {"batch", "incremental"}) {
    TrainOptions options = with("auto");
    options.inference = inference;
    resolve_eta(options, 1e6, 1e3);
    EXPECT_EQ(options.eta, "symmetric") << inference;
  }
}

TEST(EtaOption, AutoFollowsTopicsAndTokens) {
  for (const auto& [tokens, eta] :
       {std::pair{1e6, "0.1"}, std::pair{0.0, "0.1"}, std::pair{1e3, "0.05"}}) {
    TrainOptions options = with("auto");
    resolve_eta(options, tokens, 1e3);
    EXPECT_EQ(options.eta, eta) << tokens;
    EXPECT_EQ(eta_learning(options), EtaLearning::kNone);
  }
}

TEST(EtaOption, LearningStartsFromAuto) {
  for (const auto& [word, learning] : {std::pair{"symmetric", EtaLearning::kSymmetric},
                                       std::pair{"asymmetric", EtaLearning::kAsymmetric}}) {
    TrainOptions options = with(word);
    resolve_eta(options, 1e6, 1e3);
    EXPECT_EQ(options.eta, word) << "a run that goes on must know that it learns";
    EXPECT_EQ(eta_learning(options), learning);
    EXPECT_DOUBLE_EQ(start_eta(options, 1e3, 1000).each, 0.05);
    EXPECT_TRUE(start_eta(options, 1e3, 1000).words.empty());
    EXPECT_EQ(describe_eta(options), std::string(word) + " eta learned");
  }
}

TEST(EtaOption, ANumberBecomesItsShortestText) {
  TrainOptions options = with("1e-1");
  resolve_eta(options, 1e6, 1e3);
  EXPECT_EQ(options.eta, "0.1");
  EXPECT_EQ(start_eta(options, 1e6, 1000).each, 0.1);
  EXPECT_EQ(describe_eta(options), "eta 0.1");
}

TEST_F(EtaFile, HasANumberForEachWord) {
  const TrainOptions options = with(write("0.1\n2\n\n 0.3\n"));
  EXPECT_THAT(eta_violation(options), IsEmpty()) << "files are not opened yet";
  EXPECT_TRUE(is_eta_file(options.eta));
  const StartEta eta = start_eta(options, 1e6, 3);
  EXPECT_EQ(eta.words, (std::vector<double>{0.1, 2.0, 0.3}));
  EXPECT_DOUBLE_EQ(eta.each, 0.8);
}

TEST_F(EtaFile, WhatIsWrongIsNamedWithItsLine) {
  struct {
    const char* text;
    const char* problem;
  } const all[] = {
      {"0.1\nmuch\n0.3\n", ":2: 'much' is not a number"},
      {"0.1\n0.2\n0\n", ":3: eta '0' must lie in [1e-8, 1000]"},
      {"0.1\n0.2\n0.3\n0.4\n", ":4: a number more than the 3 words"},
      {"0.1\n0.2\n", ":2: ends after 2 numbers"},
  };
  for (const auto& one : all) {
    const TrainOptions options = with(write(one.text));
    const std::string problem = problem_of(ErrorKind::kInput, [&] { start_eta(options, 1e6, 3); });
    EXPECT_THAT(problem, HasSubstr(std::string("eta.txt") + one.problem));
    EXPECT_THAT(problem, EndsWith("--eta FILE takes one number a line for each of the 3 words"));
  }
}

TEST_F(EtaFile, AWordThatIsNoneIsSaidToBeTakenForAFile) {
  const TrainOptions options = with(folder_.file("assymetric"));
  EXPECT_THAT(problem_of(ErrorKind::kIo, [&] { start_eta(options, 1e6, 3); }),
              HasSubstr("--eta takes auto, symmetric, asymmetric, a number, or a file"));
}

TEST(EtaOption, NumbersOutOfRangeAreRefused) {
  for (const char* wrong : {"0", "-1", "1001", "nan", "inf", "1e999", "", "-"}) {
    EXPECT_THAT(eta_violation(with(wrong)), HasSubstr("--eta '" + std::string(wrong) + "':"));
  }
  for (const char* right : {"auto", "symmetric", "asymmetric", "1e-8", "1000"}) {
    EXPECT_THAT(eta_violation(with(right)), IsEmpty()) << right;
  }
}

}  // namespace
}  // namespace svi_lda
