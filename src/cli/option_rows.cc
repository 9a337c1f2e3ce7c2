#include "cli/option_rows.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace svi_lda::cli {
namespace {
constexpr std::int64_t kMaxIterations = 1'000'000;
constexpr std::int64_t kMaxThreads = 4096;
}  // namespace

std::function<bool()> one_of(const std::string& value,
                             std::initializer_list<std::string_view> choices) {
  return [&value, allowed = std::vector<std::string_view>(choices)] {
    return std::find(allowed.begin(), allowed.end(), value) != allowed.end();
  };
}

void append_common_rows(OptionTable& table, CommonOptions& common) {
  std::vector<Option> rows = {
      {.group = "General",
       .name = "config",
       .metavar = "FILE",
       .target = &common.config,
       .help = "read options from FILE, lines of 'name = value'; the command line wins"},
      {.group = "General",
       .name = "quiet",
       .letter = 'q',
       .target = &common.quiet,
       .help = "log warnings and errors only, draw no progress bar"},
      {.group = "General",
       .name = "log-level",
       .metavar = "LEVEL",
       .target = &common.log_level,
       .rule = "trace, debug, info, warn, error or off",
       .help = "least severe message to log",
       .holds = one_of(common.log_level, {"trace", "debug", "info", "warn", "error", "off"})},
      {.group = "General",
       .name = "help",
       .letter = 'h',
       .target = &common.help,
       .help = "print this help and exit",
       .default_text = "off"},
  };
  std::move(rows.begin(), rows.end(), std::back_inserter(table.options));
}

Option format_row(std::string& target, const char* rule,
                  std::initializer_list<std::string_view> choices) {
  return {.group = "Output",
          .name = "format",
          .metavar = "FORMAT",
          .target = &target,
          .rule = rule,
          .help = "format of the output",
          .holds = one_of(target, choices)};
}

Option vocabulary_row(std::string& target) {
  return {.group = "Input",
          .name = "vocab",
          .metavar = "FILE",
          .target = &target,
          .help =
              "vocabulary of CORPUS, one word a line: its words are looked up in the model's "
              "vocabulary; without it, ids mean the same words as in training, and a corpus that "
              "carries words (vw, mallet, some caches) is looked up by them"};
}

Option corpus_format_row(std::string& target) {
  return {
      .group = "Input",
      .name = "corpus-format",
      .metavar = "FORMAT",
      .target = &target,
      .rule = kCorpusFormatRule,
      .help = kCorpusFormatHelp,
      .holds = one_of(target, {"auto", "uci", "ldac", "svmlight", "mtx", "vw", "npz", "mallet"})};
}

Option documents_are_row(std::string& target) {
  return {.group = "Input",
          .name = "documents-are",
          .metavar = "WAY",
          .target = &target,
          .rule = kDocumentsAreRule,
          .help = kDocumentsAreHelp,
          .holds = one_of(target, {"rows", "columns"})};
}

void append_local_step_rows(OptionTable& table, std::int64_t& iterations, double& tolerance,
                            std::int64_t& threads) {
  std::vector<Option> rows = {
      {.group = "Inference",
       .name = "inner-iterations",
       .metavar = "N",
       .target = &iterations,
       .rule = "in [1, 1000000]",
       .help = "at most this many iterations of gamma for a document",
       .holds = within<std::int64_t>(iterations, 1, kMaxIterations)},
      {.group = "Inference",
       .name = "inner-tolerance",
       .metavar = "X",
       .target = &tolerance,
       .rule = "in [0, 1e6]",
       .help = "stop iterating when gamma changes by less than X, mean over topics",
       .holds = within(tolerance, 0.0, 1e6)},
      {.group = "Resources",
       .name = "threads",
       .letter = 't',
       .metavar = "N",
       .target = &threads,
       .rule = "in [0, 4096]",
       .help = kThreadsHelp,
       .holds = within<std::int64_t>(threads, 0, kMaxThreads)},
  };
  std::move(rows.begin(), rows.end(), std::back_inserter(table.options));
}

}  // namespace svi_lda::cli
