#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "app/alpha_option.h"
#include "app/eta_option.h"
#include "app/inference_method.h"
#include "app/quantities.h"
#include "app/step_rule.h"
#include "app/stream_option.h"
#include "base/isa.h"
#include "corpus/corpus_reader.h"
#include "model/sample_memory.h"
#include "svi_lda/train.h"

namespace svi_lda {
namespace {

std::string shown(double value) {
  char text[32];
  std::snprintf(text, sizeof(text), "%g", value);
  return text;
}
std::string shown(std::int64_t value) { return std::to_string(value); }
std::string shown(const std::string& value) { return "'" + value + "'"; }

// Collects "--name value: rule" for each rule that is broken.
class Rules {
 public:
  template <typename T>
  void require(bool holds, const char* option, const T& value, const char* rule) {
    if (!holds) broken_.push_back(std::string(option) + " " + shown(value) + ": " + rule);
  }
  void require(bool holds, const std::string& rule) {
    if (!holds) broken_.push_back(rule);
  }
  std::vector<std::string> take() { return std::move(broken_); }

 private:
  std::vector<std::string> broken_;
};

constexpr std::int64_t kMaxTopics = 1'000'000;
constexpr std::int64_t kMaxBatch = 100'000'000;
constexpr std::int64_t kMaxThreads = 4096;
constexpr std::uint64_t kMostBuffered = 100'000'000;

bool in(double value, double low, double high) { return value >= low && value <= high; }

}  // namespace

std::vector<std::string> violations(const TrainOptions& o) {
  Rules rules;
  rules.require(!o.corpus.empty(), "CORPUS: must be given (a path, or - for standard input)");
  rules.require(!o.output.empty(), "--output: must be given (the directory to write)");
  rules.require(o.topics >= 1 && o.topics <= kMaxTopics, "--topics", o.topics,
                "must be given and lie in [1, 1000000]");
  const auto format = corpus_format_from_name(o.corpus_format);
  rules.require(format && *format != CorpusFormat::kCache, "--corpus-format", o.corpus_format,
                "must be auto, uci, ldac, svmlight, mtx, vw, npz or mallet");
  rules.require(documents_are_from_name(o.documents_are).has_value(), "--documents-are",
                o.documents_are, "must be rows or columns");
  rules.require(o.corpus_size <= kMaxDocuments, "--corpus-size",
                static_cast<std::int64_t>(o.corpus_size), "must lie in [1, 1000000000]");
  const std::string of_alpha = alpha_violation(o);
  rules.require(of_alpha.empty(), of_alpha);
  const std::string of_eta = eta_violation(o);
  rules.require(of_eta.empty(), of_eta);
  rules.require(inference_from_name(o.inference).has_value(), "--inference", o.inference,
                ("must be " + inference_names()).c_str());
  rules.require(
      o.init == "auto" || o.init == "random" || o.init == "documents" || o.init == "anchors",
      "--init", o.init, "must be auto, random, documents or anchors");
  rules.require((o.init != "documents" && o.init != "anchors") || o.corpus_size == 0,
                "--init " + o.init +
                    " with --corpus-size: the documents of a stream cannot be drawn before they "
                    "are read; leave --corpus-size out, or take --init random");
  rules.require(o.seed_words.empty() || o.corpus_size == 0,
                "--seed-words with --corpus-size: the weight of a word is by its count in the "
                "corpus, which a stream that is not counted first does not tell; leave "
                "--corpus-size out");
  rules.require(o.seed_weight >= 1e-8 && o.seed_weight <= 1e6, "--seed-weight", o.seed_weight,
                "must lie in [1e-8, 1e6]");
  rules.require(step_rule_from_name(o.step).has_value(), "--step", o.step,
                ("must be " + step_rule_names()).c_str());
  rules.require(
      o.step != "adaptive" || !has_eta_per_word(o),
      "--step adaptive with an eta for each word: cannot be had together; leave one of them out");
  rules.require(
      o.step != "adaptive" || o.seed_words.empty(),
      "--step adaptive with --seed-words: the adaptive step size takes the prior to be the "
      "same for all words; take --step robbins-monro or constant");
  rules.require(o.step == "robbins-monro" || !is_coordinate_ascent(method_of(o)),
                "--step " + o.step + " with --inference " + o.inference +
                    ": it takes no step size; leave --step out");
  rules.require(o.rho > 0.0 && o.rho <= 1.0, "--rho", o.rho, "must lie in (0, 1]");
  rules.require(o.average == "auto" || o.average == "on" || o.average == "off", "--average",
                o.average, "must be auto, on or off");
  rules.require(o.average != "on" || !is_coordinate_ascent(method_of(o)),
                "--average on with --inference " + o.inference +
                    ": it takes no steps to average over; leave --average out");
  rules.require(
      o.average != "on" || !has_eta_per_word(o),
      "--average on with an eta for each word: cannot be had together; leave one of them out");
  rules.require(o.average != "on" || o.seed_words.empty(),
                "--average on with --seed-words: cannot be had together; leave one of them out");
  rules.require(o.kappa > 0.5 && o.kappa <= 1.0, "--kappa", o.kappa,
                "must lie in (0.5, 1]: above 1 the steps (tau0 + t)^-kappa add up to too little to "
                "reach the optimum, at 0.5 or below their squares add up to infinity and the noise "
                "of minibatches does not die out (Robbins-Monro); for steps that do not fall take "
                "--step constant");
  rules.require(o.tau0 >= 0.0 && std::isfinite(o.tau0), "--tau0", o.tau0,
                "must be >= 0, so that the first step, (tau0 + 1)^-kappa, is at most 1");
  rules.require(o.batch_size >= 0 && o.batch_size <= kMaxBatch, "--batch-size", o.batch_size,
                "must lie in [1, 100000000], or be auto for what suits the corpus");
  rules.require(o.passes >= 0 && o.passes <= 1'000'000'000, "--passes", o.passes,
                "must lie in [1, 1000000000], or be auto for what suits the corpus");
  rules.require(o.least_gain >= 0.0 && o.least_gain < 1.0, "--least-gain", o.least_gain,
                "must lie in [0, 1)");
  rules.require(o.inner_iterations >= 0 && o.inner_iterations <= 1'000'000, "--inner-iterations",
                o.inner_iterations, "must lie in [1, 1000000], or be auto for 100 (vb) or 10");
  rules.require(o.sweeps >= 1 && o.sweeps <= 1'000'000, "--sweeps", o.sweeps,
                "must lie in [1, 1000000]");
  rules.require(o.burn_in >= 0 && o.burn_in < o.sweeps, "--burn-in", o.burn_in,
                "must lie in [0, --sweeps), or no sweep would count");
  rules.require(o.leave_out == "auto" || o.leave_out == "on" || o.leave_out == "off", "--leave-out",
                o.leave_out, "must be auto, on or off");
  rules.require(o.leave_out != "on" || o.topics <= kMostRememberedTopics,
                "--leave-out on: takes at most 65536 topics; use --leave-out off");
  rules.require(
      o.leave_out != "on" || o.corpus_size == 0,
      "--leave-out on with --corpus-size: the documents of a stream cannot be remembered; "
      "use --leave-out off");
  rules.require(in(o.inner_tolerance, 0.0, 1e6), "--inner-tolerance", o.inner_tolerance,
                "must be >= 0");
  rules.require(in(o.bound_tolerance, 0.0, 1.0), "--bound-tolerance", o.bound_tolerance,
                "must lie in [0, 1]");
  rules.require(o.order == "shuffled" || o.order == "file", "--order", o.order,
                "must be shuffled or file");
  rules.require(o.held_out_fraction >= 0.0 && o.held_out_fraction < 1.0, "--held-out-fraction",
                o.held_out_fraction, "must lie in [0, 1)");
  const auto buffer = parse_shuffle_buffer(o.shuffle_buffer);
  rules.require(buffer && buffer->docs <= kMostBuffered, "--shuffle-buffer", o.shuffle_buffer,
                "must be a number of documents in [0, 100000000], or auto");
  rules.require(!buffer || buffer->docs == 0 || o.corpus_size > 0,
                "--shuffle-buffer without --corpus-size: a corpus that is counted first is "
                "shuffled as a whole; leave it out");
  rules.require(!buffer || buffer->docs == 0 || o.order == "shuffled",
                "--shuffle-buffer with --order file: documents cannot be shuffled and keep their "
                "order; leave one of them out");
  rules.require(!o.keep_cache || !is_stream(o),
                "--keep-cache with a stream: no cache is written of standard input that is seen "
                "once; leave it out, or give --passes");
  const auto report = parse_interval(o.report_every);
  rules.require(report && report->unit != Interval::Unit::kNever, "--report-every", o.report_every,
                "must be auto (each pass), a number of steps >= 1, seconds as 30s, or documents "
                "as 5000docs");
  const auto checkpoint = parse_interval(o.checkpoint_every);
  rules.require(checkpoint && checkpoint->unit != Interval::Unit::kPass, "--checkpoint-every",
                o.checkpoint_every,
                "must be a number of steps, seconds as 30s, documents as 5000docs, or 0 (at the "
                "end only)");
  rules.require(o.keep_checkpoints >= 1, "--keep-checkpoints", o.keep_checkpoints, "must be >= 1");
  rules.require(parse_duration(o.time_limit).has_value(), "--time-limit", o.time_limit,
                "must be seconds, or 90s, 10m, 2h; 0 = no limit");
  rules.require(o.threads >= 0 && o.threads <= kMaxThreads, "--threads", o.threads,
                "must lie in [1, 4096], or be 0 for all processors");
  rules.require(parse_bytes(o.memory_limit).has_value(), "--memory-limit", o.memory_limit,
                "must be bytes, or 500M, 2G; 0 = the memory of the machine");

  const std::vector<std::string> isas = available_isas();
  std::string isa_rule = "must be auto or one that this processor has:";
  for (const std::string& isa : isas) isa_rule.append(" ").append(isa);
  rules.require(o.isa == "auto" || std::find(isas.begin(), isas.end(), o.isa) != isas.end(),
                "--isa", o.isa, isa_rule.c_str());

  rules.require(o.held_out.empty() || o.held_out_fraction == 0.0,
                "--held-out and --held-out-fraction: give one of them, not both");
  rules.require(o.corpus_size == 0 || o.held_out_fraction == 0.0,
                "--held-out-fraction with --corpus-size: a stream that is not counted first cannot "
                "be divided; use --held-out FILE");
  rules.require(o.corpus_size == 0 || !is_coordinate_ascent(method_of(o)),
                "--inference " + o.inference +
                    " with --corpus-size: it remembers each document from pass to pass, which a "
                    "stream that is not counted first does not allow; leave --corpus-size out, or "
                    "take --inference vb");
  rules.require(o.held_out != "-", "--held-out", o.held_out, "must be a file");
  rules.require(o.seed_words != "-", "--seed-words", o.seed_words, "must be a file");
  std::vector<std::string> broken = rules.take();
  for (std::string& rule : violations(o.text)) broken.push_back(std::move(rule));
  return broken;
}

}  // namespace svi_lda
