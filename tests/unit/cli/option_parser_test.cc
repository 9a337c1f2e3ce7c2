#include "cli/option_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "support/temporary_folder.h"
#include "svi_lda/error.h"

namespace svi_lda::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class OptionParser : public ::testing::Test {
 protected:
  ParseProblems parse(const std::vector<std::string>& arguments) {
    return parse_arguments(train_table(options_, common_), common_, arguments);
  }

  // The message of a line that cannot be taken apart.
  std::string usage_error(const std::vector<std::string>& arguments) {
    try {
      parse(arguments);
    } catch (const UsageError& error) {
      return error.what();
    }
    return "no error";
  }

  std::string config_file(const std::string& content) {
    const std::string path = folder_.file("option_parser_test.conf");
    std::ofstream(path) << content;
    return path;
  }

  TemporaryFolder folder_;
  TrainOptions options_;
  CommonOptions common_;
};

TEST_F(OptionParser, ReadsLongShortAndAdjacentForms) {
  const ParseProblems problems = parse({"-k", "7", "--output=run", "--beta", "0.5", "-b32",
                                        "corpus.txt", "--force", "--tau0", "1e3", "-q"});
  EXPECT_THAT(problems.lines, IsEmpty());
  EXPECT_EQ(options_.topics, 7);
  EXPECT_EQ(options_.output, "run");
  EXPECT_EQ(options_.eta, "0.5");
  EXPECT_EQ(options_.batch_size, 32);
  EXPECT_EQ(options_.corpus, "corpus.txt");
  EXPECT_TRUE(options_.force);
  EXPECT_EQ(options_.tau0, 1000.0);
  EXPECT_TRUE(common_.quiet);
}

TEST_F(OptionParser, TakesStandardInputAndNegativeNumbers) {
  EXPECT_THAT(parse({"-", "-k", "2", "-o", "run", "--tau0", "-1"}).lines, IsEmpty());
  EXPECT_EQ(options_.corpus, "-");
  EXPECT_EQ(options_.tau0, -1.0);
}

TEST_F(OptionParser, ReportsAllProblemsTogether) {
  const ParseProblems problems = parse({"--kappa", "x", "--seed", "-1", "--log-level", "loud"});
  EXPECT_THAT(problems.lines,
              ElementsAre(HasSubstr("CORPUS is missing"), HasSubstr("--output is missing"),
                          HasSubstr("--topics is missing"), HasSubstr("--kappa x: must be"),
                          HasSubstr("--seed -1: must be a whole number from 0"),
                          HasSubstr("--log-level loud: must be trace, debug")));
}

TEST_F(OptionParser, AddsViolationsOfOtherOptionsOnly) {
  ParseProblems problems = parse({"c", "-o", "run", "-k", "many"});
  problems.add({"--topics 0: must be at least 1", "--kappa 3: must be in (0.5, 1]"});
  EXPECT_THAT(problems.lines, ElementsAre(HasSubstr("--topics many"), HasSubstr("--kappa 3")));
  EXPECT_THROW(problems.raise(), UsageError);
}

TEST_F(OptionParser, RefusesAbbreviationsAndSuggests) {
  EXPECT_THAT(usage_error({"--top", "3"}),
              HasSubstr("unknown option '--top'; did you mean '--topi"));
  EXPECT_THAT(usage_error({"--topcs", "3"}), HasSubstr("did you mean '--topics'"));
  EXPECT_THAT(usage_error({"--bata=3"}), HasSubstr("did you mean '--beta'"));
  EXPECT_THAT(usage_error({"-x"}), HasSubstr("unknown option '-x'; --help lists"));
}

TEST_F(OptionParser, RefusesRepeatsMissingValuesAndExtraOperands) {
  EXPECT_THAT(usage_error({"-k", "3", "--topics", "4"}), HasSubstr("'--topics' is given twice"));
  EXPECT_THAT(usage_error({"--eta", "3", "--beta", "4"}), HasSubstr("'--eta' is given twice"));
  EXPECT_THAT(usage_error({"--force", "--force"}), HasSubstr("'--force' is given twice"));
  EXPECT_THAT(usage_error({"c", "-k"}), HasSubstr("'--topics' is missing"));
  EXPECT_THAT(usage_error({"--force=1"}), HasSubstr("'--force'"));
  TopicsCommand topics;
  CommonOptions common;
  const std::vector<std::string> two = {"run", "d"};
  try {
    parse_arguments(topics_table(topics, common), common, two);
    ADD_FAILURE() << "no error";
  } catch (const UsageError& error) {
    EXPECT_THAT(error.what(), HasSubstr("argument 'd'"));
  }
}

TEST_F(OptionParser, TheLastOperandMayTakeAllThatFollow) {
  EXPECT_THAT(parse({"c", "-k", "3", "d", "-o", "r", "e"}).lines, IsEmpty());
  EXPECT_EQ(options_.corpus, "c");
  EXPECT_THAT(options_.further_corpora, ElementsAre("d", "e"));
}

TEST_F(OptionParser, HelpNeedsNothingElse) {
  EXPECT_THAT(parse({"-h", "--kappa", "x"}).lines, IsEmpty());
  EXPECT_TRUE(common_.help);
}

TEST_F(OptionParser, ConfigFileYieldsToTheCommandLine) {
  const std::string path =
      config_file("# a comment\n\ntopics = 5\r\nkappa=0.9   # why\nforce = yes\nbeta = 0.25");
  EXPECT_THAT(parse({"c", "-o", "run", "--config", path, "--kappa", "0.6"}).lines, IsEmpty());
  EXPECT_EQ(options_.topics, 5);
  EXPECT_EQ(options_.kappa, 0.6);
  EXPECT_EQ(options_.eta, "0.25");
  EXPECT_TRUE(options_.force);
}

TEST_F(OptionParser, ConfigErrorsNameTheLine) {
  const auto error = [this](const std::string& content) {
    return usage_error({"c", "-o", "run", "--config", config_file(content)});
  };
  EXPECT_THAT(error("topics = 5\nkapa = 1\n"),
              HasSubstr(".conf:2: unknown option 'kapa'; did you mean '--kappa'"));
  EXPECT_THAT(error("topics = 5\n\nnonsense\n"), HasSubstr(".conf:3: not an option"));
  EXPECT_THAT(error("topics = 5\ntopics = 6\n"), HasSubstr(".conf:2: option '--topics' is given"));
  EXPECT_THAT(error("config = x\n"), HasSubstr(".conf:1: 'config' has no place"));
}

TEST_F(OptionParser, ConfigValuesNameTheLineToo) {
  const std::string path = config_file("topics = 5\nseed = x\nforce = maybe\nkappa = 9\n");
  ParseProblems problems = parse({"c", "-o", "run", "--config", path});
  problems.add({"--kappa 9: must be in (0.5, 1]"});
  EXPECT_THAT(problems.lines,
              ElementsAre(HasSubstr(".conf:3: --force maybe: must be true or false"),
                          HasSubstr(".conf:2: --seed x: must be"),
                          HasSubstr(".conf:4: --kappa 9: must be in")));
}

TEST_F(OptionParser, MissingConfigFileIsAnIoError) {
  try {
    parse({"c", "--config", folder_.file("no-such-file")});
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kIo);
    EXPECT_THAT(error.what(), HasSubstr("no-such-file"));
  }
}

TEST(Nearest, FindsTyposButNothingFarAway) {
  const std::vector<std::string> names = {"train", "resume", "topics"};
  EXPECT_EQ(nearest("trian", names), "train");
  EXPECT_EQ(nearest("res", names), "resume");
  EXPECT_EQ(nearest("topic", names), "topics");
  EXPECT_EQ(nearest("evaluate", names), "");
  EXPECT_EQ(nearest("", names), "");
}

}  // namespace
}  // namespace svi_lda::cli
