#pragma once

#include <map>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "cli/option_table.h"

namespace svi_lda::cli {

// Everything that is wrong with a command line, one line each (exit 2).
class UsageError : public std::runtime_error {
 public:
  explicit UsageError(std::vector<std::string> lines);
  explicit UsageError(const std::string& line) : UsageError(std::vector<std::string>{line}) {}
  const std::vector<std::string>& lines() const { return lines_; }

 private:
  std::vector<std::string> lines_;
};

// What parsing found wrong with the values; other rules may still be checked beside it.
struct ParseProblems {
  std::vector<std::string> lines;
  std::vector<std::string> options;            // names of the options concerned
  std::map<std::string, std::string> origins;  // "path:line: " of options from a --config file

  // Adds those of `violations` ("--name value: ...") that are not about an option listed already.
  void add(const std::vector<std::string>& violations);
  // Throws UsageError if there is any problem.
  void raise() const;
};

// Parses the arguments of one command and the file that --config names into the fields that the
// table is bound to; the command line wins over the file. With --help only common.help is set.
// Fails: UsageError for a line that cannot be taken apart (unknown or repeated option, missing
// value, too many operands) and Error kIo for an unreadable --config file. What is wrong with
// values, and required ones that are missing, is returned, so that all of it is reported at once.
ParseProblems parse_arguments(const OptionTable& table, const CommonOptions& common,
                              std::span<const std::string> arguments);

// The name that starts with `word` or is most like it, by edits (1 of them, and 1 more for every 4
// letters); empty if there is none.
std::string nearest(const std::string& word, const std::vector<std::string>& names);

}  // namespace svi_lda::cli
