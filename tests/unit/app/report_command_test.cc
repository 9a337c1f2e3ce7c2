#include "app/report_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "output/run_options.h"
#include "svi_lda/train.h"

namespace svi_lda {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

RunRecord record_of(const TrainOptions& options) {
  RunRecord record;
  record.state = "finished";
  record.corpus_path = "/data/my corpus.txt";
  record.end = RunEnd{100, 10, 1.0, "passes"};
  record.options_json = options_to_json(options);
  return record;
}

TEST(ReportCommand, NamesWhatDiffersFromTheDefaults) {
  TrainOptions options;
  options.output = "run";
  options.topics = 12;
  options.passes = 10;
  options.least_gain = 0.0;
  options.seed = 7;
  options.alpha = "0.1";
  options.threads = 4;
  options.force = true;
  EXPECT_EQ(command_of(record_of(options)),
            "svi-lda train '/data/my corpus.txt' --alpha 0.1 --passes 10 --seed 7 --topics 12 "
            "--output run-again");
  EXPECT_EQ(caveat_of(record_of(options)), "");
}

TEST(ReportCommand, PassesOfARunThatSettlesAreLeftToIt) {
  TrainOptions options;
  options.topics = 12;
  options.passes = 77;
  options.least_gain = 0.01;
  options.held_out_fraction = 0.02;
  const std::string command = command_of(record_of(options));
  EXPECT_THAT(command, Not(HasSubstr("--passes")));
  EXPECT_THAT(command, HasSubstr("--least-gain 0.01"));
  EXPECT_THAT(command, HasSubstr("--held-out-fraction 0.02"));
}

TEST(ReportCommand, SaysWhatStandsInTheWay) {
  RunRecord record = record_of({});
  record.end->reason = "time limit";
  EXPECT_THAT(caveat_of(record), HasSubstr("time limit"));
  record.state = "interrupted";
  record.end->reason = "SIGINT";
  EXPECT_THAT(caveat_of(record), HasSubstr("SIGINT"));
  record.end.reset();
  EXPECT_THAT(caveat_of(record), HasSubstr("not ended"));
  record = record_of({});
  record.corpus_path = "-";
  EXPECT_THAT(caveat_of(record), HasSubstr("standard input"));
}

TEST(ReportCommand, WordsAreQuotedForTheShell) {
  EXPECT_EQ(shell_quoted("plain/path-1.txt"), "plain/path-1.txt");
  EXPECT_EQ(shell_quoted(""), "''");
  EXPECT_EQ(shell_quoted("two words"), "'two words'");
  EXPECT_EQ(shell_quoted("it's $HOME"), "'it'\\''s $HOME'");
  EXPECT_EQ(shell_quoted("~"), "'~'");
}

}  // namespace
}  // namespace svi_lda
