#include "cli/similar_table.h"

#include "cli/option_rows.h"

namespace svi_lda::cli {
namespace {

constexpr std::int64_t kMost = 1'000'000'000;

// Whether the number, where it was given, is at least `least`.
std::function<bool()> absent_or_from(const std::optional<std::int64_t>& value, std::int64_t least) {
  return [&value, least] { return !value || (*value >= least && *value <= kMost); };
}

}  // namespace

OptionTable similar_table(SimilarCommand& c, CommonOptions& common) {
  OptionTable table;
  table.operands = {{"RUN", &c.source.run, kRunHelp}};
  table.options = {
      {.group = "Like what",
       .name = "topic",
       .metavar = "K",
       .target = &c.topic,
       .rule = "at least 0",
       .help = "topics like this one, counted from 0",
       .default_text = "none",
       .holds = absent_or_from(c.topic, 0)},
      {.group = "Like what",
       .name = "word",
       .metavar = "W",
       .target = &c.word,
       .help = "words like this one",
       .default_text = "none"},
      {.group = "Like what",
       .name = "document",
       .metavar = "ID",
       .target = &c.document,
       .help = "documents of --corpus like this one: its id, of raw text and corpus folders, or "
               "its place, counted from 1",
       .default_text = "none"},
      {.group = "Like what",
       .name = "corpus",
       .metavar = "FILE",
       .target = &c.source.corpus,
       .help = "the documents: a file, a corpus folder or raw text"},
      vocabulary_row(c.source.vocabulary),
      corpus_format_row(c.source.corpus_format),
      documents_are_row(c.source.documents_are),
      {.group = "Output",
       .name = "top",
       .letter = 'n',
       .metavar = "N",
       .target = &c.top,
       .rule = "in [1, 1000000]",
       .help = "how many to name",
       .holds = within<std::int64_t>(c.top, 1, 1'000'000)},
      format_row(c.format, "text, tsv or json", {"text", "tsv", "json"}),
  };
  append_text_input_rows(table, c.source.text);
  append_local_step_rows(table, c.source.inner_iterations, c.source.inner_tolerance,
                         c.source.threads);
  append_common_rows(table, common);
  return table;
}

std::string broken_rule(const SimilarCommand& c) {
  const int asked =
      int{c.topic.has_value()} + int{c.word.has_value()} + int{c.document.has_value()};
  if (asked != 1) return "give one of --topic, --word and --document";
  if (c.document && (c.source.corpus.empty() || c.source.corpus == "-")) {
    return "--document needs --corpus FILE, which is read twice";
  }
  if (!c.document && !c.source.corpus.empty()) return "--corpus goes with --document only";
  return {};
}

}  // namespace svi_lda::cli
