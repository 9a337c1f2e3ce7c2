#include "svi_lda/report.h"

#include <spdlog/fmt/fmt.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/locate_model.h"
#include "app/report_command.h"
#include "app/report_documents.h"
#include "app/report_figures.h"
#include "app/run_directory.h"
#include "base/isa.h"
#include "base/parallel.h"
#include "output/json_fields.h"
#include "output/metrics_reader.h"
#include "output/report_page.h"
#include "output/run_record.h"
#include "output/top_words.h"
#include "svi_lda/error.h"
#include "svi_lda/evaluate.h"
#include "svi_lda/version.h"

namespace svi_lda {
namespace {

void check(const ReportOptions& options) {
  if (options.documents == "-") {
    throw Error(ErrorKind::kUsage, "--documents -: is read more than once",
                "name a file in place of standard input");
  }
  if (options.documents.empty() && (!options.titles.empty() || !options.vocabulary.empty())) {
    throw Error(ErrorKind::kUsage,
                "--titles and --vocab are those of --documents, which is missing",
                "add --documents CORPUS");
  }
}

// The folder's own name, and behind it that of a file in it.
std::string name_of_run(const std::string& run) {
  std::filesystem::path path = std::filesystem::absolute(run).lexically_normal();
  if (path.filename().empty()) path = path.parent_path();
  if (std::filesystem::is_directory(path)) return path.filename().string();
  return (path.parent_path().filename() / path.filename()).string();
}

Facts options_of(const std::string& options_json) {
  Facts facts;
  const nlohmann::json options = nlohmann::json::parse(options_json);
  for (const auto& [name, value] : options.items()) {
    facts.emplace_back(name, value.is_string() ? value.get<std::string>() : value.dump());
  }
  return facts;
}

// What the record of the run says of how it was made.
void add_record(const RunRecord& record, ReportData& data) {
  data.command = command_of(record);
  data.command_note = caveat_of(record);
  data.facts.emplace_back("trained by", "svi-lda " + record.version);
  data.facts.emplace_back("state", record.state);
  if (record.end) {
    data.facts.emplace_back("ended by", record.end->reason);
    data.facts.emplace_back("steps", std::to_string(record.end->step));
    if (record.end->passes) {
      data.facts.emplace_back("passes completed", std::to_string(*record.end->passes));
    }
    data.facts.emplace_back("training seconds", fmt::format("{:.2f}", record.end->seconds));
  }
  if (record.update) {
    const ModelBase& base = record.update->base;
    data.facts.emplace_back("update of", record.update->model_path);
    data.facts.emplace_back("documents before the update", std::to_string(base.docs));
    data.facts.emplace_back(
        "of lambda from before",
        fmt::format("{:.1f}% (step size {})", 100.0 * base.share, base.step_size));
    data.facts.emplace_back("tokens outside the vocabulary, left out",
                            std::to_string(record.update->out_of_vocabulary));
  }
  data.facts.emplace_back("threads", std::to_string(record.threads));
  data.facts.emplace_back("instruction set", record.isa);
  data.facts.emplace_back("corpus", record.corpus_path);
  if (!record.vocabulary_path.empty()) {
    data.facts.emplace_back("vocabulary", record.vocabulary_path);
  }
  if (!record.held_out_path.empty()) data.facts.emplace_back("held out", record.held_out_path);
  if (record.corpus) {
    data.facts.emplace_back("corpus fingerprint", hex64_text(record.corpus->fingerprint));
    data.facts.emplace_back("empty documents", std::to_string(record.corpus->empty_docs));
  }
  if (record.restart) {
    data.facts.emplace_back("began anew", fmt::format("after {} passes: {}", record.restart->passes,
                                                      record.restart->reason));
  }
  data.facts.emplace_back("formats", fmt::format("run {}, model {}, checkpoint {}, random {}",
                                                 record.formats.run, record.formats.model,
                                                 record.formats.checkpoint, record.formats.random));
  data.options = options_of(record.options_json);
}

// The same, as far as a model without its run knows.
void add_meta(const ModelMeta& meta, ReportData& data) {
  data.facts.emplace_back("trained by", "svi-lda " + meta.version);
  data.facts.emplace_back("steps", std::to_string(meta.step));
  if (meta.passes) data.facts.emplace_back("passes completed", std::to_string(*meta.passes));
  data.facts.emplace_back("corpus fingerprint", hex64_text(meta.fingerprint));
  data.options = options_of(meta.options_json);
}

void add_topics(const Model& model, const Parallel& parallel, ReportData& data) {
  std::vector<double> weights(model.topics.num_topics());
  for (const TopicSummary& summary : top_words(model.topics, model.hyper, model.vocabulary, 0)) {
    weights[summary.topic] = summary.weight;
    data.topics.push_back({summary.topic, summary.weight, model.hyper.alpha[summary.topic], {}});
  }
  data.map = topic_map(model.topics, weights, parallel);
  data.terms = report_terms(model.topics, weights, model.word_counts, model.vocabulary, parallel);
}

void add_documents(const ReportOptions& options, ReportData& data) {
  EvaluateOptions evaluate_options;
  evaluate_options.run = options.run;
  evaluate_options.corpus = options.documents;
  evaluate_options.vocabulary = options.vocabulary;
  evaluate_options.corpus_format = options.corpus_format;
  evaluate_options.seed = options.seed;
  evaluate_options.threads = options.threads;
  evaluate_options.coherence = true;
  data.documents = std::filesystem::path(options.documents).filename().string();
  for (NamedFigure& figure : figures_of(evaluate(evaluate_options), data.documents)) {
    data.figures.push_back(std::move(figure));
  }
  auto by_topic = documents_by_topic(options, data.topics.size());
  for (ReportTopic& topic : data.topics) topic.documents = std::move(by_topic[topic.topic]);
}

}  // namespace

std::string report(const ReportOptions& options) {
  check(options);
  use_isa("auto");
  const Parallel parallel(options.threads > 0 ? static_cast<int>(options.threads)
                                              : available_processors());
  ReportData data;
  std::string source;
  ModelMeta meta;
  {
    const Model model = load_model(options.run, source);
    data.name = name_of_run(options.run);
    data.has_vocabulary = !model.vocabulary.empty();
    data.stream = !model.meta.passes;
    data.docs = data.stream ? model.meta.docs_seen : model.meta.docs;
    data.tokens = model.meta.tokens;
    data.vocab_size = model.topics.vocab_size();
    add_topics(model, parallel, data);
    meta = model.meta;
  }
  const RunDirectory directory(options.run);
  const bool is_run = std::filesystem::is_directory(options.run);
  if (is_run) {
    data.unfinished = source != directory.model();
    data.metrics = read_metrics(directory.metrics());
  }
  if (is_run && std::filesystem::exists(directory.record())) {
    add_record(read_run_record(directory.record()), data);
  } else {
    add_meta(meta, data);
  }
  data.facts.emplace_back("report by", fmt::format("svi-lda {}", kVersion));
  data.figures = figures_of(data.metrics);
  if (!options.documents.empty()) add_documents(options, data);
  data.warnings = warnings_of(data.figures);
  return report_page(data);
}

}  // namespace svi_lda
