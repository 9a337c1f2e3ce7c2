#include "cli/help.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/command.h"
#include "cli/man_page.h"

namespace svi_lda::cli {
namespace {

using ::testing::HasSubstr;

TEST(Help, WrapsAtSpaces) {
  EXPECT_EQ(wrapped("one two three", 7, 2), "one two\n  three");
  EXPECT_EQ(wrapped("one two three", 80, 2), "one two three");
  EXPECT_EQ(wrapped("unbreakable", 3, 2), "unbreakable");
  EXPECT_EQ(wrapped("", 3, 2), "");
}

TEST(Help, UsageLineNamesOperandsAndRequiredOptions) {
  for (const auto& command : make_commands()) {
    const std::string usage = usage_line(command->text(), command->table());
    if (command->text().name == "train") {
      EXPECT_EQ(usage, "svi-lda train CORPUS... --output RUN --topics K [options]");
    }
    if (command->text().name == "topics") {
      EXPECT_EQ(usage, "svi-lda topics RUN [options]");
    }
    if (command->text().name == "evaluate") {
      EXPECT_EQ(usage, "svi-lda evaluate RUN CORPUS... [options]");
    }
  }
}

TEST(Help, DescriptionHoldsRuleAndDefault) {
  double kappa = 0.7;
  const Option option = {
      .name = "kappa", .metavar = "X", .target = &kappa, .rule = "in (0.5, 1]", .help = "decay"};
  EXPECT_EQ(option_heading(option), "      --kappa X");
  EXPECT_EQ(option_description(option), "decay; must be in (0.5, 1] [default: 0.7]");
  const Option other = {.name = "topics",
                        .letter = 'k',
                        .alias = "num-topics",
                        .metavar = "K",
                        .target = &kappa,
                        .help = "how many",
                        .required = true};
  EXPECT_EQ(option_heading(other), "  -k, --topics, --num-topics K");
  EXPECT_EQ(option_description(other), "how many [required]");
}

TEST(ManPage, ListsEveryOptionOfEveryCommand) {
  const auto commands = make_commands();
  const std::string page = man_page(commands);
  EXPECT_EQ(page.substr(0, 4), ".TH ");
  for (const auto& command : commands) {
    for (const Option& option : command->table().options) {
      std::string name;
      for (const char c : std::string("--") + option.name) {
        if (c == '-') name += '\\';
        name += c;
      }
      EXPECT_THAT(page, HasSubstr(name));
    }
  }
}

}  // namespace
}  // namespace svi_lda::cli
