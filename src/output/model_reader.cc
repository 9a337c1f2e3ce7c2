#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

#include "archive/npz.h"
#include "base/parallel.h"
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

[[noreturn]] void fail(const std::string& path, const std::string& problem) {
  throw Error(ErrorKind::kInput, path, 0, problem,
              "the file is damaged, use another checkpoint or train the model again");
}

// meta.json, as far as both kinds of file have it.
struct Meta {
  bool is_checkpoint = false;
  int format = 0;
  std::uint32_t num_topics = 0;
  std::uint32_t vocab_size = 0;
  bool has_vocabulary = false;
  ModelMeta model;
  // Of a checkpoint
  StreamPosition position;
  std::uint64_t docs_seen = 0;
  std::uint64_t tokens_seen = 0;
  double seconds = 0.0;
};

std::uint32_t positive32(const JsonFields& fields, const std::string& name) {
  const std::uint64_t value = fields.count(name);
  if (value < 1 || value > std::numeric_limits<std::uint32_t>::max()) {
    fields.fail(name, "is out of range");
  }
  return static_cast<std::uint32_t>(value);
}

Meta read_meta(const std::string& path, const NpzReader& npz) {
  const JsonFields fields(path, "member meta.json: ", npz.text("meta.json"));
  Meta meta;
  const std::string kind = fields.text("kind");
  if (kind != "model" && kind != "checkpoint") fields.fail("kind", "is '" + kind + "'");
  meta.is_checkpoint = kind == "checkpoint";
  meta.model.version = fields.text("version");
  const int known = meta.is_checkpoint ? kCheckpointFormat : kModelFormat;
  const std::uint64_t format = fields.count("format");
  if (format < kFormatOfOneEta || format > static_cast<std::uint64_t>(known)) {
    throw Error(ErrorKind::kInput, path, 0,
                kind + " format " + std::to_string(format) + ", this program reads formats " +
                    std::to_string(kFormatOfOneEta) + " to " + std::to_string(known),
                "use svi-lda " + meta.model.version + ", which wrote it");
  }
  meta.format = static_cast<int>(format);
  meta.num_topics = positive32(fields, "num_topics");
  meta.vocab_size = positive32(fields, "vocab_size");
  meta.has_vocabulary = fields.flag("vocabulary");
  meta.model.docs = fields.count("docs");
  meta.model.tokens = fields.count("tokens");
  meta.model.fingerprint = fields.hex64("fingerprint");
  meta.model.step = fields.count("step");
  if (fields.has("passes")) {
    meta.model.passes = fields.count("passes");
  } else {
    meta.model.passes.reset();
    meta.model.docs_seen = fields.count("docs_seen");
  }
  meta.model.options_json = json_text(path, fields.object("options").json(), -1);
  if (fields.has("base")) {
    meta.model.base = base_from_json(fields.object("base"));
    if (meta.model.base->docs >= meta.model.docs) fields.fail("base.docs", "is not below docs");
  }
  if (npz.has("vectorizer.json")) meta.model.vectorizer_json = npz.text("vectorizer.json");
  if (meta.is_checkpoint) {
    const JsonFields position = fields.object("position");
    if (meta.model.passes) {
      meta.position = {position.count("pass"), position.count("docs")};
    } else if (position.flag("at_end")) {
      meta.position = {1, 0};
    } else {
      meta.position = {0, position.count("docs")};
    }
    meta.docs_seen = fields.count("docs_seen");
    meta.tokens_seen = fields.count("tokens_seen");
    meta.seconds = fields.number("seconds");
  }
  return meta;
}

void check_positive(const std::string& path, const char* name, double value) {
  if (!std::isfinite(value) || value <= 0.0) {
    fail(path, std::string("member ") + name + ".npy: a value that is not finite and above 0");
  }
}

// What has one value for all words, or their mean, in `each`, and from format 2 on may have one for
// each, which are returned.
std::vector<double> read_by_word(const std::string& path, const NpzReader& npz,
                                 const std::string& name, const Meta& meta, double& each) {
  if (meta.format == kFormatOfOneEta || npz.is_scalar(name)) {
    each = npz.scalar(name);
    return {};
  }
  std::vector<double> words = npz.doubles(name);
  if (words.size() != meta.vocab_size) {
    fail(path, "member " + name + ".npy: not one value a word");
  }
  each = std::accumulate(words.begin(), words.end(), 0.0) / static_cast<double>(words.size());
  return words;
}

Hyperparameters read_hyper(const std::string& path, const NpzReader& npz, const Meta& meta) {
  Hyperparameters hyper;
  hyper.alpha = npz.doubles("alpha");
  if (hyper.alpha.size() != meta.num_topics) {
    fail(path, "member alpha.npy: not one value a topic");
  }
  for (const double alpha : hyper.alpha) check_positive(path, "alpha", alpha);
  hyper.eta_words = read_by_word(path, npz, "eta", meta, hyper.eta);
  check_positive(path, "eta", hyper.eta);
  for (const double eta : hyper.eta_words) check_positive(path, "eta", eta);
  hyper.seeds = read_seeded_words(path, npz, meta.num_topics, meta.vocab_size);
  return hyper;
}

Vocabulary read_vocabulary(const std::string& path, const NpzReader& npz, const Meta& meta) {
  if (!meta.has_vocabulary) return {};
  Vocabulary vocabulary(npz.strings("vocabulary"));
  if (vocabulary.words().size() != meta.vocab_size) {
    fail(path, "member vocabulary.npy: not vocab_size words");
  }
  return vocabulary;
}

std::vector<std::uint64_t> read_word_counts(const std::string& path, const NpzReader& npz,
                                            const Meta& meta) {
  std::vector<std::uint64_t> counts = npz.integers("word_counts");
  if (counts.size() != meta.vocab_size) fail(path, "member word_counts.npy: not vocab_size counts");
  return counts;
}

// M of `name` into Topics that are otherwise fresh. `scale` and `offset` are those that make lambda
// of it, which must be finite and above 0.
Topics read_matrix(const std::string& path, const NpzReader& npz, const std::string& name,
                   const Meta& meta, double scale, const Eta& offset) {
  constexpr double kLargest = std::numeric_limits<float>::max();
  // Made with the first row: only then has the member shown that it backs its shape.
  std::optional<Topics> topics;
  npz.columns(name, meta.num_topics, meta.vocab_size, [&](std::uint64_t w, const float* column) {
    if (!topics) topics.emplace(meta.num_topics, meta.vocab_size, offset);
    for (std::uint32_t k = 0; k < meta.num_topics; ++k) {
      const double lambda =
          offset(static_cast<std::uint32_t>(w)) + scale * static_cast<double>(column[k]);
      if (!std::isfinite(column[k]) || !(lambda > 0.0 && lambda <= kLargest)) {
        fail(path, "member " + name + ".npy: lambda of topic " + std::to_string(k) + " and word " +
                       std::to_string(w) + " is not finite and above 0");
      }
    }
    std::copy_n(column, meta.num_topics, topics->row(static_cast<std::uint32_t>(w)));
  });
  return *std::move(topics);  // vocab_size >= 1: a row has come
}

Topics read_lambda(const std::string& path, const NpzReader& npz, const Meta& meta) {
  Topics topics = read_matrix(path, npz, "lambda", meta, 1.0, 0.0);
  topics.set_row_sums(topics.sum_rows(Parallel(1)));
  return topics;
}

Topics read_lazy(const std::string& path, const NpzReader& npz, const Meta& meta) {
  const double scale = npz.scalar("s");
  double eta_bar = 0.0;
  std::vector<double> eta_bar_words = read_by_word(path, npz, "eta_bar", meta, eta_bar);
  if (!(scale > 0.0 && scale <= 1.0)) fail(path, "member s.npy: not in (0, 1]");
  for (const double offset : eta_bar_words) {
    if (!(offset >= 0.0)) fail(path, "member eta_bar.npy: not finite and at least 0");
  }
  if (!(eta_bar >= 0.0 && std::isfinite(eta_bar))) {
    fail(path, "member eta_bar.npy: not finite and at least 0");
  }
  std::vector<double> row_sums = npz.doubles("row_sums");
  if (row_sums.size() != meta.num_topics) {
    fail(path, "member row_sums.npy: not one value a topic");
  }
  for (const double sum : row_sums) check_positive(path, "row_sums", sum);
  Topics topics = read_matrix(path, npz, "M", meta, scale, {eta_bar, eta_bar_words});
  topics.restore(scale, eta_bar, std::move(row_sums), std::move(eta_bar_words));
  return topics;
}

Model read_model(const std::string& path, const NpzReader& npz, Meta meta) {
  Hyperparameters hyper = read_hyper(path, npz, meta);
  Topics topics = meta.is_checkpoint ? read_lazy(path, npz, meta) : read_lambda(path, npz, meta);
  return {std::move(topics), std::move(hyper), read_vocabulary(path, npz, meta),
          read_word_counts(path, npz, meta), std::move(meta.model)};
}

}  // namespace

Model read_model(const std::string& path) {
  const NpzReader npz(path);
  const Meta meta = read_meta(path, npz);
  Model model = read_model(path, npz, meta);
  if (meta.is_checkpoint) {
    TopicAverage average = read_topic_average(path, npz, meta.num_topics, meta.vocab_size);
    if (!average.empty()) model.topics = completed(path, std::move(average), model.topics);
  }
  return model;
}

Checkpoint read_checkpoint(const std::string& path) {
  const NpzReader npz(path);
  const Meta meta = read_meta(path, npz);
  if (!meta.is_checkpoint) {
    throw Error(ErrorKind::kInput, path, 0, "a model, not a checkpoint: it cannot be gone on from",
                "name a file of the checkpoints folder");
  }
  Model model = read_model(path, npz, meta);
  // An update sees its new documents alone.
  const std::uint64_t docs = meta.model.docs - (meta.model.base ? meta.model.base->docs : 0);
  DocumentMemory memory = read_document_memory(path, npz, docs, meta.num_topics, meta.vocab_size);
  if (!memory.empty() && memory.bounds.size() != meta.position.pass) {
    fail(path, "member bounds.npy: not one value a pass");
  }
  std::vector<double> held_out_by_pass;
  if (npz.has("held_out_by_pass.npy")) held_out_by_pass = npz.doubles("held_out_by_pass");
  if (held_out_by_pass.size() > meta.position.pass ||
      !std::all_of(held_out_by_pass.begin(), held_out_by_pass.end(),
                   [](double value) { return std::isfinite(value) && value > 0.0; })) {
    fail(path, "member held_out_by_pass.npy: not a perplexity a pass");
  }
  return {{std::move(model.topics), std::move(model.hyper), meta.model.step, meta.position,
           meta.docs_seen, meta.tokens_seen, meta.seconds, std::move(memory),
           read_sample_memory(path, npz, docs, meta.num_topics),
           read_alpha_memory(path, npz, meta.num_topics), std::move(held_out_by_pass),
           read_gradient_memory(path, npz, meta.num_topics, meta.vocab_size),
           read_topic_average(path, npz, meta.num_topics, meta.vocab_size),
           meta.model.base ? meta.model.base->share : 1.0},
          std::move(model.vocabulary),
          std::move(model.word_counts),
          std::move(model.meta)};
}

ModelFileSummary summarize_model_file(const std::string& path) {
  const NpzReader npz(path);
  Meta meta = read_meta(path, npz);
  Hyperparameters hyper = read_hyper(path, npz, meta);
  return {meta.is_checkpoint,
          meta.num_topics,
          meta.vocab_size,
          meta.has_vocabulary,
          meta.format,
          meta.position,
          std::move(meta.model),
          std::move(hyper.alpha),
          hyper.eta,
          std::move(hyper.eta_words)};
}

}  // namespace svi_lda
