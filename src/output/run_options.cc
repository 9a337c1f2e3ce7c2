#include "output/run_options.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <string_view>
#include <type_traits>
#include <vector>

#include "output/json_fields.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

// Whether an option shapes the numbers of a model, or only where they come from, how long it takes
// and what is reported.
enum class Shapes { kModel, kRunOnly };

// Calls visit(name, field, shapes) for every field of TrainOptions.
template <typename Options, typename Visit>
void for_each_option(Options& options, const Visit& visit) {
  // A field added to TrainOptions breaks this line: name it here and visit it below.
  auto& [corpus, further_corpora, output, vocabulary, corpus_format, documents_are, corpus_size,
         keep_cache, force, topics, alpha, eta, seed_words, seed_weight, inference, init, step, rho,
         average, kappa, tau0, batch_size, passes, least_gain, inner_iterations, sweeps, burn_in,
         leave_out, inner_tolerance, bound_tolerance, order, shuffle_buffer, seed, held_out,
         held_out_fraction, report_every, checkpoint_every, keep_checkpoints, time_limit, threads,
         memory_limit, isa, profile, text] = options;
  visit("corpus", corpus, Shapes::kRunOnly);
  visit("further-corpora", further_corpora, Shapes::kRunOnly);
  visit("output", output, Shapes::kRunOnly);
  visit("vocab", vocabulary, Shapes::kRunOnly);
  visit("corpus-format", corpus_format, Shapes::kRunOnly);
  visit("documents-are", documents_are, Shapes::kRunOnly);
  visit("corpus-size", corpus_size, Shapes::kModel);
  visit("keep-cache", keep_cache, Shapes::kRunOnly);
  visit("force", force, Shapes::kRunOnly);
  visit("topics", topics, Shapes::kModel);
  visit("alpha", alpha, Shapes::kModel);
  visit("eta", eta, Shapes::kModel);
  visit("seed-words", seed_words, Shapes::kRunOnly);
  visit("seed-weight", seed_weight, Shapes::kModel);
  visit("inference", inference, Shapes::kModel);
  visit("init", init, Shapes::kModel);
  visit("step", step, Shapes::kModel);
  visit("rho", rho, Shapes::kModel);
  visit("average", average, Shapes::kModel);
  visit("kappa", kappa, Shapes::kModel);
  visit("tau0", tau0, Shapes::kModel);
  visit("batch-size", batch_size, Shapes::kModel);
  visit("passes", passes, Shapes::kRunOnly);
  visit("least-gain", least_gain, Shapes::kRunOnly);
  visit("inner-iterations", inner_iterations, Shapes::kModel);
  visit("sweeps", sweeps, Shapes::kModel);
  visit("burn-in", burn_in, Shapes::kModel);
  visit("leave-out", leave_out, Shapes::kModel);
  visit("inner-tolerance", inner_tolerance, Shapes::kModel);
  visit("bound-tolerance", bound_tolerance, Shapes::kRunOnly);
  visit("order", order, Shapes::kModel);
  visit("shuffle-buffer", shuffle_buffer, Shapes::kModel);
  visit("seed", seed, Shapes::kModel);
  visit("held-out", held_out, Shapes::kRunOnly);
  visit("held-out-fraction", held_out_fraction, Shapes::kModel);
  visit("report-every", report_every, Shapes::kRunOnly);
  visit("checkpoint-every", checkpoint_every, Shapes::kRunOnly);
  visit("keep-checkpoints", keep_checkpoints, Shapes::kRunOnly);
  visit("time-limit", time_limit, Shapes::kRunOnly);
  visit("threads", threads, Shapes::kRunOnly);
  visit("memory-limit", memory_limit, Shapes::kRunOnly);
  visit("isa", isa, Shapes::kRunOnly);
  visit("profile", profile, Shapes::kRunOnly);
  // A model keeps what of these matters to it in its vectorizer.json.
  auto& [is_text, input_format, text_field, id_field, label_field, date_field, title_field,
         no_header, token_pattern, keep_numbers, drop_emoji, stop_words, stem, ngrams, min_df,
         max_df, max_features] = text;
  visit("text", is_text, Shapes::kRunOnly);
  visit("input-format", input_format, Shapes::kRunOnly);
  visit("text-field", text_field, Shapes::kRunOnly);
  visit("id-field", id_field, Shapes::kRunOnly);
  visit("label-field", label_field, Shapes::kRunOnly);
  visit("date-field", date_field, Shapes::kRunOnly);
  visit("title-field", title_field, Shapes::kRunOnly);
  visit("no-header", no_header, Shapes::kRunOnly);
  visit("token-pattern", token_pattern, Shapes::kRunOnly);
  visit("keep-numbers", keep_numbers, Shapes::kRunOnly);
  visit("drop-emoji", drop_emoji, Shapes::kRunOnly);
  visit("stop-words", stop_words, Shapes::kRunOnly);
  visit("stem", stem, Shapes::kRunOnly);
  visit("ngrams", ngrams, Shapes::kRunOnly);
  visit("min-df", min_df, Shapes::kRunOnly);
  visit("max-df", max_df, Shapes::kRunOnly);
  visit("max-features", max_features, Shapes::kRunOnly);
}

std::string to_text(const TrainOptions& options, bool model_only) {
  nlohmann::json json = nlohmann::json::object();
  for_each_option(options, [&](const char* name, const auto& value, Shapes shapes) {
    if (model_only && shapes == Shapes::kRunOnly) return;
    if constexpr (std::is_same_v<std::decay_t<decltype(value)>, double>) {
      if (!std::isfinite(value)) {
        throw Error(ErrorKind::kNumeric, "--" + std::string(name) + " is not finite");
      }
    }
    json[name] = value;
  });
  return json_text({}, json, -1);
}

void read_field(const JsonFields& fields, const char* name, std::string& value) {
  // --alpha and --eta were numbers once, 0 for auto.
  const nlohmann::json& field = fields.json().at(name);
  const std::string_view option = name;
  if ((option == "alpha" || option == "eta") && field.is_number()) {
    value = fields.number(name) == 0.0 ? "auto" : field.dump();
    return;
  }
  value = fields.text(name);
}
void read_field(const JsonFields& fields, const char* name, std::vector<std::string>& value) {
  const nlohmann::json& list = fields.json().at(name);
  value.clear();
  if (!list.is_array()) fields.fail(name, "is not a list of texts");
  for (const nlohmann::json& item : list) {
    if (!item.is_string()) fields.fail(name, "is not a list of texts");
    value.push_back(item.get<std::string>());
  }
}
void read_field(const JsonFields& fields, const char* name, bool& value) {
  value = fields.flag(name);
}
void read_field(const JsonFields& fields, const char* name, double& value) {
  value = fields.number(name);
}
void read_field(const JsonFields& fields, const char* name, std::int64_t& value) {
  value = fields.integer(name);
}
void read_field(const JsonFields& fields, const char* name, std::uint64_t& value) {
  value = fields.count(name);
}

}  // namespace

std::string options_to_json(const TrainOptions& options) { return to_text(options, false); }

std::string model_options_json(const TrainOptions& options) { return to_text(options, true); }

TrainOptions options_from_json(const std::string& path, const std::string& json) {
  const JsonFields fields(path, "options: ", json);
  TrainOptions options;
  nlohmann::json unknown = fields.json();
  for_each_option(options, [&](const char* name, auto& value, Shapes) {
    // A run of before the option existed goes on as it was: within one run format a new option's
    // default is what the program did without it, two apart.
    if (fields.json().contains(name)) {
      read_field(fields, name, value);
    } else if (std::string_view(name) == "average") {
      options.average = "off";  // auto may take a mean, which the run's checkpoints do not hold
    } else if (std::string_view(name) == "shuffle-buffer") {
      options.shuffle_buffer = "0";
    }
    unknown.erase(name);
  });
  // An option that this program does not know would be ignored, and the run go another way.
  if (!unknown.empty()) fields.fail(unknown.begin().key(), "is unknown");
  return options;
}

}  // namespace svi_lda
