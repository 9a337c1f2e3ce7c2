#include <cassert>
#include <cmath>
#include <cstring>
#include <nlohmann/json.hpp>
#include <span>
#include <utility>

#include "archive/npz.h"
#include "output/alpha_memory_file.h"
#include "output/document_memory_file.h"
#include "output/gradient_memory_file.h"
#include "output/json_fields.h"
#include "output/model_base_json.h"
#include "output/model_file.h"
#include "output/sample_memory_file.h"
#include "output/seeded_words_file.h"
#include "output/topic_average_file.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

[[noreturn]] void fail_number(const std::string& path, const std::string& what, double value) {
  throw Error(ErrorKind::kNumeric, path, 0, what + " is " + std::to_string(value),
              "nothing was written");
}

std::string entry(const char* symbol, std::uint64_t topic, std::uint64_t word) {
  return std::string(symbol) + " of topic " + std::to_string(topic) + " and word " +
         std::to_string(word);
}

// Fields that a model and a checkpoint share. Sorted keys and a fixed layout: equal meta, equal
// bytes.
nlohmann::json common_meta(const std::string& path, const Topics& topics,
                           const Vocabulary& vocabulary, const ModelMeta& meta) {
  nlohmann::json json;
  json["version"] = meta.version;
  json["num_topics"] = topics.num_topics();
  json["vocab_size"] = topics.vocab_size();
  json["vocabulary"] = !vocabulary.empty();
  json["docs"] = meta.docs;
  json["tokens"] = meta.tokens;
  json["fingerprint"] = hex64_text(meta.fingerprint);
  json["step"] = meta.step;
  if (meta.passes) {
    json["passes"] = *meta.passes;
  } else {
    json["docs_seen"] = meta.docs_seen;
  }
  json["options"] = JsonFields(path, "options: ", meta.options_json).json();
  if (meta.base) json["base"] = base_to_json(path, *meta.base);
  return json;
}

// One number where it is that of every word.
void add_by_word(NpzWriter& npz, const char* name, double each, std::span<const double> words) {
  if (words.empty()) {
    npz.add_scalar(name, each);
  } else {
    npz.add(name, words);
  }
}

// What follows the matrix in both files.
void add_common(NpzWriter& npz, const std::string& path, [[maybe_unused]] const Topics& topics,
                const Hyperparameters& hyper, const Vocabulary& vocabulary,
                const std::vector<std::uint64_t>& word_counts, const std::string& vectorizer,
                const nlohmann::json& meta) {
  assert(hyper.alpha.size() == topics.num_topics());
  assert(word_counts.size() == topics.vocab_size());
  assert(vocabulary.empty() || vocabulary.size() == topics.vocab_size());
  for (const double alpha : hyper.alpha) {
    if (!std::isfinite(alpha) || alpha <= 0.0) fail_number(path, "alpha", alpha);
  }
  if (!std::isfinite(hyper.eta) || hyper.eta <= 0.0) fail_number(path, "eta", hyper.eta);
  assert(hyper.eta_words.empty() || hyper.eta_words.size() == topics.vocab_size());
  for (const double eta : hyper.eta_words) {
    if (!std::isfinite(eta) || eta <= 0.0) fail_number(path, "eta", eta);
  }
  npz.add("alpha", hyper.alpha);
  add_by_word(npz, "eta", hyper.eta, hyper.eta_words);
  if (!vocabulary.empty()) npz.add_strings("vocabulary", vocabulary.words());
  npz.add("word_counts", word_counts);
  if (!vectorizer.empty()) npz.add_text("vectorizer.json", vectorizer);
  npz.add_text("meta.json", json_text(path, meta, 2) + "\n");
}

}  // namespace

void write_model(const std::string& path, const Topics& topics, const Hyperparameters& hyper,
                 const Vocabulary& vocabulary, const std::vector<std::uint64_t>& word_counts,
                 const ModelMeta& meta, const std::function<void()>& before_it_appears) {
  nlohmann::json json = common_meta(path, topics, vocabulary, meta);
  json["kind"] = "model";
  json["format"] = hyper.eta_words.empty() ? kFormatOfOneEta : kModelFormat;

  NpzWriter npz(path);
  npz.add_columns("lambda", topics.num_topics(), topics.vocab_size(),
                  [&](std::uint64_t w, float* out) {
                    topics.lambda_row(static_cast<std::uint32_t>(w), out);
                    for (std::uint32_t k = 0; k < topics.num_topics(); ++k) {
                      if (!std::isfinite(out[k]) || out[k] <= 0.0f) {
                        fail_number(path, entry("lambda", k, w), out[k]);
                      }
                    }
                  });
  const SeededWordsMembers seeds(path, hyper.seeds);
  seeds.add_to(npz);
  add_common(npz, path, topics, hyper, vocabulary, word_counts, meta.vectorizer_json, json);
  npz.finish(before_it_appears);
}

void write_checkpoint(const std::string& path, const TrainingState& state,
                      const Vocabulary& vocabulary, const std::vector<std::uint64_t>& word_counts,
                      const ModelMeta& meta) {
  const Topics& topics = state.topics;
  nlohmann::json json = common_meta(path, topics, vocabulary, meta);
  json["kind"] = "checkpoint";
  const bool one_eta = state.hyper.eta_words.empty() && topics.eta_bar_words().empty();
  json["format"] = one_eta ? kFormatOfOneEta : kCheckpointFormat;
  json["step"] = state.step;
  if (meta.passes) {
    json["passes"] = state.position.pass;
    json["position"] = {{"pass", state.position.pass}, {"docs", state.position.docs}};
  } else {
    // A stream is one pass, which ends with it.
    json["position"] = {{"docs", state.docs}, {"at_end", state.position.pass > 0}};
  }
  json["docs_seen"] = state.docs;
  json["tokens_seen"] = state.tokens;
  json["seconds"] = state.seconds;
  if (!std::isfinite(state.seconds)) fail_number(path, "seconds", state.seconds);
  if (!std::isfinite(topics.scale())) fail_number(path, "s", topics.scale());
  if (!std::isfinite(topics.eta_bar())) fail_number(path, "eta_bar", topics.eta_bar());
  for (const double offset : topics.eta_bar_words()) {
    if (!std::isfinite(offset)) fail_number(path, "eta_bar", offset);
  }
  for (const double sum : topics.row_sums()) {
    if (!std::isfinite(sum)) fail_number(path, "a row sum of lambda", sum);
  }

  NpzWriter npz(path);
  npz.add_columns("M", topics.num_topics(), topics.vocab_size(), [&](std::uint64_t w, float* out) {
    const float* row = topics.row(static_cast<std::uint32_t>(w));
    for (std::uint32_t k = 0; k < topics.num_topics(); ++k) {
      if (!std::isfinite(row[k])) fail_number(path, entry("M", k, w), row[k]);
    }
    std::memcpy(out, row, topics.num_topics() * sizeof(float));
  });
  npz.add_scalar("s", topics.scale());
  add_by_word(npz, "eta_bar", topics.eta_bar(), topics.eta_bar_words());
  npz.add("row_sums", topics.row_sums());
  const DocumentMemoryMembers memory(state.memory, topics.num_topics(), topics.vocab_size());
  memory.add_to(npz, path);
  const SampleMemoryMembers samples(state.samples);
  samples.add_to(npz);
  if (!state.held_out_by_pass.empty()) npz.add("held_out_by_pass", state.held_out_by_pass);
  add_alpha_memory(npz, path, state.alpha_memory);
  const GradientMemoryMembers gradient(state.gradient, topics.num_topics());
  gradient.add_to(npz, path);
  const TopicAverageMembers average(state.average);
  average.add_to(npz, path);
  const SeededWordsMembers seeds(path, state.hyper.seeds);
  seeds.add_to(npz);
  add_common(npz, path, topics, state.hyper, vocabulary, word_counts, meta.vectorizer_json, json);
  npz.finish();
}

}  // namespace svi_lda
