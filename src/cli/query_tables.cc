#include "cli/option_rows.h"
#include "cli/option_table.h"
#include "cli/topic_quality_rows.h"

namespace svi_lda::cli {
namespace {
constexpr std::int64_t kMaxTop = 1'000'000;

std::string estimator_rule() {
  std::string rule = "all, or names with commas between them of ";
  for (const EstimatorInfo& info : estimators()) rule.append(info.name).append(", ");
  return rule.substr(0, rule.size() - 2);
}

bool are_estimators(const std::string& names) {
  EvaluateOptions options;
  options.estimators = names;
  return svi_lda::violations(options).empty();
}

}  // namespace

OptionTable topics_table(TopicsCommand& c, CommonOptions& common) {
  OptionTable table;
  table.operands = {{"RUN", &c.run, kRunHelp}};
  table.options = {
      {.group = "Output",
       .name = "top",
       .letter = 'n',
       .metavar = "N",
       .target = &c.top,
       .rule = "in [1, 1000000]",
       .help = "words of each topic to print",
       .holds = within<std::int64_t>(c.top, 1, kMaxTop)},
      format_row(c.format, "text, tsv or json", {"text", "tsv", "json"}),
  };
  append_common_rows(table, common);
  return table;
}

OptionTable evaluate_table(EvaluateCommand& c, CommonOptions& common) {
  OptionTable table;
  table.operands = {{.metavar = "RUN",
                     .target = &c.options.run,
                     .help = std::string(kRunHelp) + "; not with --topics",
                     .needed = [&c] { return c.options.topics.empty(); }},
                    {"CORPUS", &c.options.corpus, kCorpusHelp, {}, &c.options.further_corpora}};
  table.options = {vocabulary_row(c.options.vocabulary),
                   corpus_format_row(c.options.corpus_format),
                   documents_are_row(c.options.documents_are),
                   format_row(c.format, "text, tsv or json", {"text", "tsv", "json"}),
                   Option{.group = "Estimators",
                          .name = "estimator",
                          .alias = "estimators",
                          .metavar = "NAME,...",
                          .target = &c.options.estimators,
                          .rule = estimator_rule(),
                          .help = "which figures to compute",
                          .holds = [&c] { return are_estimators(c.options.estimators); }},
                   Option{.group = "Estimators",
                          .name = "particles",
                          .metavar = "N",
                          .target = &c.options.particles,
                          .rule = "in [1, 100000]",
                          .help = "of left-to-right, for each document; multiples of 16 waste "
                                  "nothing",
                          .holds = within<std::int64_t>(c.options.particles, 1, 100'000)},
                   Option{.group = "Estimators",
                          .name = "samples",
                          .metavar = "N",
                          .target = &c.options.samples,
                          .rule = "in [2, 10000000]",
                          .help = "of importance, for each document",
                          .holds = within<std::int64_t>(c.options.samples, 2, 10'000'000)},
                   Option{.group = "Estimators",
                          .name = "compat",
                          .metavar = "TOOL",
                          .target = &c.options.compat,
                          .rule = "scikit-learn or gensim",
                          .help = "also print the figures that this tool would, computed as it "
                                  "does; not comparable with any other",
                          .default_text = "none",
                          .holds = one_of(c.options.compat, {"", "scikit-learn", "gensim"})},
                   Option{.group = "Estimators",
                          .name = "seed",
                          .metavar = "N",
                          .target = &c.options.seed,
                          .help = "of the split of each document into a given and a scored half, "
                                  "of particles and samples"}};
  append_text_input_rows(table, c.options.text);
  append_local_step_rows(table, c.options.inner_iterations, c.options.inner_tolerance,
                         c.options.threads);
  append_topic_rows(table, c.options);
  append_common_rows(table, common);
  return table;
}

OptionTable infer_table(InferCommand& c, CommonOptions& common) {
  OptionTable table;
  table.operands = {{"RUN", &c.options.run, kRunHelp},
                    {"CORPUS", &c.options.corpus, kCorpusHelp, {}, &c.options.further_corpora}};
  table.options = {
      vocabulary_row(c.options.vocabulary),
      corpus_format_row(c.options.corpus_format),
      documents_are_row(c.options.documents_are),
      Option{.group = "Output",
             .name = "output",
             .letter = 'o',
             .metavar = "FILE",
             .target = &c.output,
             .help = "file to write; '-' is standard output"},
      format_row(c.format, "tsv, jsonl, npy or svmlight", {"tsv", "jsonl", "npy", "svmlight"}),
      Option{.group = "Output",
             .name = "top",
             .letter = 'n',
             .metavar = "N",
             .target = &c.top,
             .rule = "in [0, 1000000]",
             .help = "only the N largest topics of each document; 0 = all",
             .holds = within<std::int64_t>(c.top, 0, kMaxTop)},
      Option{.group = "Output",
             .name = "threshold",
             .metavar = "X",
             .target = &c.threshold,
             .rule = "in [0, 1]",
             .help = "only topics with at least this share of a document",
             .holds = within<double>(c.threshold, 0.0, 1.0)},
      Option{.group = "Output",
             .name = "force",
             .target = &c.force,
             .help = "replace the file that --output names"}};
  append_text_input_rows(table, c.options.text);
  append_local_step_rows(table, c.options.inner_iterations, c.options.inner_tolerance,
                         c.options.threads);
  append_common_rows(table, common);
  return table;
}

OptionTable info_table(InfoCommand& c, CommonOptions& common) {
  OptionTable table;
  table.operands = {{"PATH", &c.path, "a corpus, a run directory, a model.npz or a checkpoint"}};
  table.options = {corpus_format_row(c.corpus_format), documents_are_row(c.documents_are),
                   format_row(c.format, "text or json", {"text", "json"})};
  append_common_rows(table, common);
  return table;
}

OptionTable convert_table(ConvertOptions& o, std::string& first_input, CommonOptions& common) {
  OptionTable table;
  table.operands = {{"INPUT", &first_input, kCorpusHelp, {}, &o.inputs}};
  table.options = {
      Option{.group = "Input",
             .name = "vocab",
             .metavar = "FILE",
             .target = &o.vocabulary,
             .help =
                 "vocabulary of INPUT, one word a line: names its ids for vw, mallet and cache; "
                 "an INPUT that carries words gets its ids"},
      Option{.group = "Input",
             .name = "corpus-format",
             .metavar = "FORMAT",
             .target = &o.corpus_format,
             .rule = kCorpusFormatRule,
             .help = kCorpusFormatHelp,
             .holds = one_of(o.corpus_format,
                             {"auto", "uci", "ldac", "svmlight", "mtx", "vw", "npz", "mallet"})},
      documents_are_row(o.documents_are),
      Option{.group = "Output",
             .name = "output",
             .letter = 'o',
             .metavar = "FILE",
             .target = &o.output,
             .help =
                 "file to write, compressed where its name ends in .gz or .zst; '-' is standard "
                 "output",
             .required = true},
      Option{.group = "Output",
             .name = "to",
             .metavar = "FORMAT",
             .target = &o.to,
             .rule = "auto, uci, ldac, svmlight, mtx, vw, npz, mallet or cache",
             .help = "format to write; auto = by the suffix of the output (.vw, .mtx.gz, "
                     "docword.txt); cache is our binary one, which is opened at once",
             .holds = one_of(
                 o.to, {"auto", "uci", "ldac", "svmlight", "mtx", "vw", "npz", "mallet", "cache"})},
      Option{.group = "Output",
             .name = "output-documents-are",
             .metavar = "WAY",
             .target = &o.output_documents_are,
             .rule = kDocumentsAreRule,
             .help = "which way round a matrix (mtx, npz) is written",
             .holds = one_of(o.output_documents_are, {"rows", "columns"})},
      Option{.group = "Output",
             .name = "write-vocab",
             .metavar = "FILE",
             .target = &o.output_vocabulary,
             .help = "where the words go that INPUT carries and FORMAT has no room for",
             .default_text = "the output's name with .vocab behind it"},
      Option{.group = "Output",
             .name = "force",
             .target = &o.force,
             .help = "replace files that are there"}};
  append_common_rows(table, common);
  return table;
}

}  // namespace svi_lda::cli
