#include "cli/option_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "cli/command.h"
#include "cli/help.h"
#include "cli/option_parser.h"

namespace svi_lda::cli {
namespace {

using ::testing::HasSubstr;

// Calls check(command name, option, help text) for every option of every command.
template <typename Check>
void for_every_option(Check check) {
  for (const auto& command : make_commands()) {
    const OptionTable table = command->table();
    const std::string help = command_help(command->text(), table);
    for (const Option& option : table.options) {
      SCOPED_TRACE(command->text().name + " --" + option.name);
      check(option, help);
    }
  }
}

TEST(OptionTable, EveryOptionIsDescribedInItsGroup) {
  for_every_option([](const Option& option, const std::string& help) {
    EXPECT_FALSE(option.group.empty());
    EXPECT_FALSE(option.help.empty());
    EXPECT_NE(option.help.back(), '.');
    EXPECT_THAT(help, HasSubstr(option_heading(option)));
    EXPECT_THAT(help, HasSubstr("\n" + option.group + ":\n"));
  });
}

TEST(OptionTable, EveryOptionShowsItsDefaultOrThatItIsRequired) {
  for_every_option([](const Option& option, const std::string&) {
    const std::string text = option_description(option);
    EXPECT_THAT(
        text, HasSubstr(option.required ? "required]" : "default: " + default_text(option) + "]"));
    EXPECT_FALSE(default_text(option).empty());
  });
}

TEST(OptionTable, NamesAreLowerCaseWithHyphensAndUnique) {
  for (const auto& command : make_commands()) {
    std::set<std::string> names;
    std::set<char> letters;
    for (const Option& option : command->table().options) {
      EXPECT_EQ(option.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-"),
                std::string::npos);
      EXPECT_TRUE(names.insert(option.name).second) << option.name;
      if (!option.alias.empty()) {
        EXPECT_TRUE(names.insert(option.alias).second) << option.alias;
      }
      if (option.letter != 0) {
        EXPECT_TRUE(letters.insert(option.letter).second) << option.letter;
      }
    }
  }
}

TEST(OptionTable, EveryNumberHasStrictSyntax) {
  for_every_option([](const Option& option, const std::string&) {
    const bool is_number = std::holds_alternative<double*>(option.target) ||
                           std::holds_alternative<std::int64_t*>(option.target) ||
                           std::holds_alternative<std::uint64_t*>(option.target) ||
                           std::holds_alternative<std::optional<std::int64_t>*>(option.target) ||
                           std::holds_alternative<std::optional<std::uint64_t>*>(option.target);
    if (!is_number) return;
    for (const char* wrong : {"", " 1", "1 ", "1x", "nan", "inf", "-inf", "0x1", "1,5", "+1",
                              "1e999", "99999999999999999999999999999999999e"}) {
      EXPECT_THAT(assign(option, wrong), HasSubstr("--" + option.name + " " + wrong + ": must be"));
    }
    EXPECT_EQ(assign(option, "1"), "");
    const bool is_real = std::holds_alternative<double*>(option.target);
    EXPECT_EQ(assign(option, "1e3").empty(), is_real);
    EXPECT_EQ(assign(option, "0.75").empty(), is_real);
  });
}

TEST(OptionTable, AWordMayStandForZero) {
  std::size_t words = 0;
  for_every_option([&](const Option& option, const std::string&) {
    if (option.word_for_zero.empty()) return;
    ++words;
    EXPECT_EQ(default_text(option), option.word_for_zero);
    EXPECT_EQ(assign(option, "1"), "");
    EXPECT_NE(default_text(option), option.word_for_zero);
    EXPECT_EQ(assign(option, option.word_for_zero), "");
    EXPECT_EQ(default_text(option), option.word_for_zero);
  });
  EXPECT_EQ(words, 6u);
}

TEST(OptionTable, EveryRuleHasAnOwner) {
  // A rule is checked either by the table itself or by violations() of the training options, which
  // an update has too.
  for (const auto& command : make_commands()) {
    const std::string name = command->text().name;
    if (name == "train" || name == "resume") continue;
    if (name == "update" || name == "sweep") continue;  // sweep has train's
    for (const Option& option : command->table().options) {
      EXPECT_EQ(option.rule.empty(), !option.holds) << name << " --" << option.name;
    }
  }
}

TEST(OptionTable, HelpFitsEightyColumns) {
  for (const auto& command : make_commands()) {
    const std::string help = command_help(command->text(), command->table());
    for (std::size_t start = 0; start < help.size();) {
      const std::size_t end = help.find('\n', start);
      ASSERT_NE(end, std::string::npos);
      EXPECT_LE(end - start, 80u) << help.substr(start, end - start);
      start = end + 1;
    }
    EXPECT_THAT(help, HasSubstr("\nExamples:\n  "));
  }
}

TEST(OptionTable, AlphaSaysHowItRelatesToMallet) {
  TrainOptions options;
  CommonOptions common;
  const OptionTable table = train_table(options, common);
  EXPECT_THAT(find_option(table, "alpha")->help, HasSubstr("per topic"));
  EXPECT_THAT(find_option(table, "alpha")->help, HasSubstr("MALLET's --alpha is the sum"));
  EXPECT_EQ(find_option(table, "beta"), find_option(table, "eta"));
}

}  // namespace
}  // namespace svi_lda::cli
