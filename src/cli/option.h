#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace svi_lda::cli {

// The field that an option or operand sets; its value before parsing is the default.
using Target = std::variant<bool*, std::string*, double*, std::int64_t*, std::uint64_t*,
                            std::optional<bool>*, std::optional<std::string>*,
                            std::optional<std::int64_t>*, std::optional<std::uint64_t>*>;

// One option of a command: everything that parsing, help and the man page know of it.
struct Option {
  std::string group = {};
  std::string name = {};     // without dashes
  char letter = 0;           // of the short form, 0 = none
  std::string alias = {};    // a second long name, empty = none
  std::string metavar = {};  // name of the value in the help; empty for a flag
  Target target = {};
  std::string rule = {};  // completes "must be ..."; empty where any value will do
  std::string help = {};
  bool required = false;
  std::string default_text = {};   // in place of the target's value, where that says little
  std::string word_for_zero = {};  // a word that may be given for 0, as "auto"; empty = none
  // Whether the parsed value obeys `rule`; empty where the library checks it (violations()).
  std::function<bool()> holds = {};
};

// A word of the command line without a name: CORPUS, RUN; or, as the last one, any number of them.
struct Operand {
  std::string metavar;
  std::string* target = nullptr;
  std::string help;
  // Whether it must be given, once the options are known; empty = always. Where it must not, it may
  // not be given either.
  std::function<bool()> needed = {};
  // Of the last operand: takes what follows it; null where nothing may.
  std::vector<std::string>* rest = nullptr;
  std::vector<std::string>* many = nullptr;  // in place of `target`; may stay empty
};

// What one command accepts.
struct OptionTable {
  std::vector<Operand> operands;  // in this order
  std::vector<Option> options;
};

bool is_flag(const Option& option);

// The option of that long name or alias; null if there is none.
const Option* find_option(const OptionTable& table, const std::string& name);

// The default as the help shows it: "0.7", "none", "off".
std::string default_text(const Option& option);

// Parses `text` into the option's target, strictly: the whole text must be one finite number of the
// target's type. Returns what is wrong ("--kappa 1e: not a number; ..."), empty if nothing is.
std::string assign(const Option& option, const std::string& text);

}  // namespace svi_lda::cli
