// Tables of the commands that show a model: report, plot, export.
#include "cli/option_rows.h"
#include "cli/option_table.h"

namespace svi_lda::cli {
namespace {

Option output_row(std::string& target, const char* metavar, const char* help) {
  return {.group = "Output",
          .name = "output",
          .letter = 'o',
          .metavar = metavar,
          .target = &target,
          .help = help};
}

Option force_row(bool& target) {
  return {.group = "Output",
          .name = "force",
          .target = &target,
          .help = "replace what is there already"};
}

Option documents_row(std::string& target, const char* help) {
  return {
      .group = "Input", .name = "documents", .metavar = "CORPUS", .target = &target, .help = help};
}

}  // namespace

OptionTable report_table(ReportCommand& c, CommonOptions& common) {
  OptionTable table;
  ReportOptions& o = c.options;
  table.operands = {{"RUN", &o.run, kRunHelp}};
  table.options = {
      output_row(c.output, "FILE", "page to write; '-' is standard output"),
      force_row(c.force),
      documents_row(o.documents,
                    "corpus to evaluate, and to list the documents of each topic from"),
      Option{.group = "Input",
             .name = "titles",
             .metavar = "FILE",
             .target = &o.titles,
             .help = "titles of these documents, one a line in their order"},
      Option{.group = "Input",
             .name = "documents-a-topic",
             .metavar = "N",
             .target = &o.documents_a_topic,
             .rule = "in [1, 1000]",
             .help = "documents to list of each topic",
             .holds = within<std::int64_t>(o.documents_a_topic, 1, 1000)},
      vocabulary_row(o.vocabulary),
      corpus_format_row(o.corpus_format),
      Option{.group = "Input",
             .name = "seed",
             .metavar = "N",
             .target = &o.seed,
             .help = "of the split of each document into a given and a scored half"}};
  append_local_step_rows(table, o.inner_iterations, o.inner_tolerance, o.threads);
  append_common_rows(table, common);
  return table;
}

OptionTable plot_table(PlotCommand& c, CommonOptions& common) {
  OptionTable table;
  PlotOptions& o = c.options;
  table.operands = {{"RUN", &o.run, kRunHelp}};
  table.options = {output_row(c.output, "FOLDER", "folder to write into; made where it is missing"),
                   force_row(c.force),
                   Option{.group = "Pictures",
                          .name = "over",
                          .metavar = "AXIS",
                          .target = &o.over,
                          .rule = "time, tokens, documents or passes",
                          .help = "what the perplexity is drawn against",
                          .holds = one_of(o.over, {"time", "tokens", "documents", "passes"})},
                   Option{.group = "Pictures",
                          .name = "topics",
                          .letter = 'k',
                          .metavar = "N",
                          .target = &o.topics,
                          .rule = "in [1, 100]",
                          .help = "topics whose words are drawn, the heaviest first",
                          .holds = within<std::int64_t>(o.topics, 1, 100)},
                   Option{.group = "Pictures",
                          .name = "words",
                          .letter = 'n',
                          .metavar = "N",
                          .target = &o.words,
                          .rule = "in [1, 50]",
                          .help = "words of each of them",
                          .holds = within<std::int64_t>(o.words, 1, 50)}};
  append_common_rows(table, common);
  return table;
}

OptionTable export_table(ExportCommand& c, CommonOptions& common) {
  OptionTable table;
  ExportOptions& o = c.options;
  table.operands = {{"RUN", &o.run, kRunHelp}};
  Option output = output_row(c.output, "PATH",
                             "file to write, '-' is standard output; for mallet "
                             "a folder");
  output.required = true;
  table.options = {Option{.group = "Output",
                          .name = "to",
                          .metavar = "FORMAT",
                          .target = &o.to,
                          .rule = "pyldavis, json, csv, npy or mallet",
                          .help = "what to write",
                          .required = true,
                          .holds = one_of(o.to, {"pyldavis", "json", "csv", "npy", "mallet"})},
                   std::move(output),
                   force_row(c.force),
                   documents_row(o.documents,
                                 "corpus whose topic proportions go along (pyldavis, "
                                 "mallet)"),
                   vocabulary_row(o.vocabulary),
                   corpus_format_row(o.corpus_format)};
  append_local_step_rows(table, o.inner_iterations, o.inner_tolerance, o.threads);
  append_common_rows(table, common);
  return table;
}

}  // namespace svi_lda::cli
