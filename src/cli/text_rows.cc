#include <iterator>
#include <utility>

#include "cli/option_rows.h"
#include "cli/option_table.h"

namespace svi_lda::cli {
namespace {

constexpr const char* kInput = "Raw text";
constexpr const char* kWords = "Words of raw text";

// Whether violations() finds nothing wrong with the option.
template <typename Value>
std::function<bool()> holds_in(const Value& value, Value TextOptions::*field) {
  return [&value, field] {
    TextOptions alone;
    alone.*field = value;
    return violations(alone).empty();
  };
}

void append(std::vector<Option> rows, OptionTable& table) {
  std::move(rows.begin(), rows.end(), std::back_inserter(table.options));
}

Option is_text_row(TextOptions& o) {
  return {.group = kInput,
          .name = "text",
          .target = &o.text,
          .help =
              "CORPUS is raw text, whatever it looks like; without it files .txt, .jsonl, .csv, "
              ".tsv and folders are, unless they begin as a matrix of counts does"};
}

void append_place_rows(OptionTable& table, TextOptions& o) {
  std::vector<Option> rows = {
      {.group = kInput,
       .name = "input-format",
       .metavar = "FORMAT",
       .target = &o.input_format,
       .rule = "auto, lines, files, jsonl, csv or tsv",
       .help =
           "lines = a document a line, files = each file one, jsonl = an object a line, csv, tsv "
           "= a record each; auto = by the ending of the name (.jsonl, .csv, .tsv), in a folder "
           "files, else lines; of standard input with --text-field jsonl (train)",
       .holds = one_of(o.input_format, {"auto", "lines", "files", "jsonl", "csv", "tsv"})},
      {.group = kInput,
       .name = "text-field",
       .metavar = "NAME",
       .target = &o.text_field,
       .help = "field or column that holds the text",
       .default_text = "text"},
      {.group = kInput,
       .name = "id-field",
       .metavar = "NAME",
       .target = &o.id_field,
       .help = "field or column of a document's id",
       .default_text = "its path or number"},
      {.group = kInput,
       .name = "no-header",
       .target = &o.no_header,
       .help = "csv, tsv: there is no line of names; columns are named by number, from 1 on"},
  };
  append(std::move(rows), table);
}

void append_field_rows(OptionTable& table, TextOptions& o) {
  const auto field = [](const char* name, std::string& target, const char* help) {
    return Option{
        .group = kInput, .name = name, .metavar = "NAME", .target = &target, .help = help};
  };
  append({field("title-field", o.title_field, "field or column of its title"),
          field("label-field", o.label_field, "field or column of its label"),
          field("date-field", o.date_field, "field or column of its date")},
         table);
}

void append_word_rows(OptionTable& table, TextOptions& o) {
  std::vector<Option> rows = {
      {.group = kWords,
       .name = "token-pattern",
       .metavar = "REGEX",
       .target = &o.token_pattern,
       .rule = "a regular expression of ICU's syntax",
       .help = "what a word is, in the text after case folding, as [a-z]{3,}; without it Unicode's "
               "word boundaries, and a word has a letter or is an emoji",
       .holds = holds_in(o.token_pattern, &TextOptions::token_pattern)},
      {.group = kWords,
       .name = "keep-numbers",
       .target = &o.keep_numbers,
       .help = "words without a letter but with a digit count too"},
      {.group = kWords,
       .name = "drop-emoji",
       .target = &o.drop_emoji,
       .help = "emoji are no words"},
      {.group = kWords,
       .name = "stop-words",
       .metavar = "FILE",
       .target = &o.stop_words,
       .rule = "'english' or a file",
       .help = "words to leave out: 'english' for the common words of English, or a file of one "
               "word a line",
       .holds = holds_in(o.stop_words, &TextOptions::stop_words)},
      {.group = kWords,
       .name = "stem",
       .metavar = "LANGUAGE",
       .target = &o.stem,
       .rule = "a language that Snowball stems, as english, german, french",
       .help = "cut words to their stems",
       .holds = holds_in(o.stem, &TextOptions::stem)},
      {.group = kWords,
       .name = "ngrams",
       .metavar = "MIN-MAX",
       .target = &o.ngrams,
       .rule = "MIN-MAX or N, both in [1, 8]",
       .help = "also runs of so many words, joined by '_'; 1-2 = single words and pairs",
       .holds = holds_in(o.ngrams, &TextOptions::ngrams)},
      {.group = kWords,
       .name = "min-df",
       .metavar = "N",
       .target = &o.min_df,
       .rule = "documents (5), or with a point a share of them (0.01)",
       .help = "leave out words of fewer documents",
       .holds = holds_in(o.min_df, &TextOptions::min_df)},
      {.group = kWords,
       .name = "max-df",
       .metavar = "N",
       .target = &o.max_df,
       .rule = "documents (500), or with a point a share of them (0.5)",
       .help = "leave out words of more documents",
       .holds = holds_in(o.max_df, &TextOptions::max_df)},
      {.group = kWords,
       .name = "max-features",
       .metavar = "N",
       .target = &o.max_features,
       .help = "keep the most frequent N of the words that are left; 0 = all"},
  };
  append(std::move(rows), table);
}

}  // namespace

void append_text_input_rows(OptionTable& table, TextOptions& text) {
  table.options.push_back(is_text_row(text));
  append_place_rows(table, text);
}

void append_text_rows(OptionTable& table, TextOptions& text) {
  append_text_input_rows(table, text);
  append_field_rows(table, text);
  append_word_rows(table, text);
}

OptionTable vectorize_table(VectorizeOptions& o, CommonOptions& common) {
  OptionTable table;
  table.operands = {{.metavar = "INPUT...",
                     .help = "text files, plain or gzip, or folders of them; '-' is standard input",
                     .many = &o.inputs}};
  table.options = {
      {.group = "Input and output",
       .name = "output",
       .letter = 'o',
       .metavar = "FOLDER",
       .target = &o.output,
       .help = "corpus folder to write; must not exist or be empty",
       .required = true},
      {.group = "Input and output",
       .name = "files-from",
       .metavar = "LIST",
       .target = &o.files_from,
       .help = "a file that names the inputs, one path a line, each one document"},
      {.group = "Input and output",
       .name = "vocab",
       .metavar = "FILE",
       .target = &o.vocabulary,
       .help = "count the words of this vocabulary and no others, one word a line"},
      {.group = "Input and output",
       .name = "force",
       .target = &o.force,
       .help = "replace the corpus that FOLDER holds"},
  };
  append_place_rows(table, o.text);
  append_field_rows(table, o.text);
  append_word_rows(table, o.text);
  table.options.push_back({.group = "Resources",
                           .name = "threads",
                           .letter = 't',
                           .metavar = "N",
                           .target = &o.threads,
                           .rule = "in [0, 4096]",
                           .help = kThreadsHelp,
                           .holds = within<std::int64_t>(o.threads, 0, 4096)});
  append_common_rows(table, common);
  return table;
}

}  // namespace svi_lda::cli
