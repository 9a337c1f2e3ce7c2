#include "svi_lda/info.h"

#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "app/corpus_folder.h"
#include "app/corpus_input.h"
#include "app/locate_model.h"
#include "app/run_directory.h"
#include "base/file.h"
#include "corpus/cache.h"
#include "corpus/corpus_reader.h"
#include "corpus/npz_corpus.h"
#include "output/model_file.h"
#include "output/run_record.h"
#include "svi_lda/error.h"
#include "svi_lda/version.h"

namespace svi_lda {
namespace {

using Json = nlohmann::ordered_json;

std::string hex(std::uint64_t value) {
  char text[17];
  std::snprintf(text, sizeof(text), "%016llx", static_cast<unsigned long long>(value));
  return text;
}

// Scalars as lines, objects as dotted names.
void add_lines(const Json& json, const std::string& prefix, Info& info) {
  for (const auto& [name, value] : json.items()) {
    if (value.is_object()) {
      add_lines(value, prefix + name + ".", info);
    } else {
      info.lines.emplace_back(prefix + name,
                              value.is_string() ? value.get<std::string>() : value.dump());
    }
  }
}

Info finished(std::string kind, const Json& json) {
  Info info;
  info.kind = std::move(kind);
  info.json = json.dump(2);
  add_lines(json, "", info);
  return info;
}

void add_summary(const CorpusSummary& summary, Json& json) {
  json["documents"] = summary.docs;
  json["empty_documents"] = summary.empty_docs;
  json["vocabulary_size"] = summary.vocab_size;
  json["entries"] = summary.entries;
  json["tokens"] = summary.tokens;
  json["longest_document"] = summary.longest;
}

// alpha as one number where it is the same for all topics.
Json alpha_of(const std::vector<double>& alpha) {
  for (const double a : alpha) {
    if (a != alpha.front()) return Json(alpha);
  }
  return alpha.empty() ? Json() : Json(alpha.front());
}

// What an update went on from, and the share of lambda that is left of it.
Json as_json(const ModelBase& base) {
  return {{"documents", base.docs},
          {"tokens", base.tokens},
          {"fingerprint", hex(base.fingerprint)},
          {"step", base.step},
          {"step_size", base.step_size},
          {"share_of_lambda", base.share}};
}

Info model_info(const std::string& path) {
  const ModelFileSummary summary = summarize_model_file(path);
  const std::string kind = summary.is_checkpoint ? "checkpoint" : "model";
  Json json;
  json["kind"] = kind;
  json["path"] = path;
  json["format"] = summary.format;
  json["version"] = summary.meta.version;
  json["topics"] = summary.num_topics;
  json["vocabulary_size"] = summary.vocab_size;
  json["vocabulary"] = summary.has_vocabulary;
  json["documents"] = summary.meta.docs;
  json["tokens"] = summary.meta.tokens;
  json["fingerprint"] = hex(summary.meta.fingerprint);
  json["step"] = summary.meta.step;
  if (summary.meta.passes) {
    json["passes"] = *summary.meta.passes;
  } else {
    json["documents_seen"] = summary.meta.docs_seen;
  }
  if (summary.is_checkpoint && summary.meta.passes) {
    json["position"] = {{"pass", summary.position.pass}, {"documents", summary.position.docs}};
  }
  if (summary.meta.base) json["base"] = as_json(*summary.meta.base);
  json["alpha"] = alpha_of(summary.alpha);
  json["eta"] = summary.eta_words.empty() ? Json(summary.eta) : Json(summary.eta_words);
  json["options"] = Json::parse(summary.meta.options_json);
  return finished(kind, json);
}

Info run_info(const RunDirectory& directory) {
  const RunRecord record = read_run_record(directory.record());
  Json json;
  json["kind"] = "run";
  json["path"] = directory.path();
  json["state"] = record.state;
  json["version"] = record.version;
  json["isa"] = record.isa;
  json["threads"] = record.threads;
  json["corpus"] = record.corpus_path;
  if (record.corpus) {
    json["documents"] = record.corpus->docs;
    json["empty_documents"] = record.corpus->empty_docs;
    json["vocabulary_size"] = record.corpus->vocab_size;
    json["entries"] = record.corpus->entries;
    json["tokens"] = record.corpus->tokens;
    json["fingerprint"] = hex(record.corpus->fingerprint);
  }
  if (record.update) {
    json["update_of"] = record.update->model_path;
    json["base"] = as_json(record.update->base);
    json["out_of_vocabulary"] = record.update->out_of_vocabulary;
  }
  if (record.end) {
    json["step"] = record.end->step;
    if (record.end->passes) json["passes"] = *record.end->passes;
    json["seconds"] = record.end->seconds;
    json["ended_by"] = record.end->reason;
  }
  json["model"] = std::filesystem::exists(directory.model()) ? Json(directory.model()) : Json();
  json["checkpoints"] = list_checkpoints(directory.checkpoints());
  json["options"] = Json::parse(record.options_json);
  return finished("run", json);
}

Info cache_info(const std::string& path) {
  const CacheReader cache(path);
  Json json;
  json["kind"] = "cache";
  json["path"] = path;
  add_summary(cache.summary(), json);
  json["vocabulary"] = cache.has_vocabulary();
  json["fingerprint"] = hex(cache.summary().fingerprint);
  return finished("cache", json);
}

Info folder_info(const CorpusFolder& folder) {
  const CacheReader cache(folder.cache());
  Json json;
  json["kind"] = "corpus folder";
  json["path"] = folder.path();
  add_summary(cache.summary(), json);
  json["fingerprint"] = hex(cache.summary().fingerprint);
  json["vectorizer"] = Json::parse(read_file(folder.vectorizer()));
  return finished("corpus folder", json);
}

Info corpus_info(const CorpusInput& input) {
  const std::string& path = input.corpus;
  auto reader = open_corpus(path, input.open_options());
  CorpusSummary summary;
  Document document;
  while (reader->next(document)) {
    if (document.words.empty()) {
      ++summary.empty_docs;
      continue;
    }
    ++summary.docs;
    summary.entries += document.words.size();
    summary.tokens += document.view().tokens();
    summary.longest = std::max(summary.longest, static_cast<std::uint32_t>(document.words.size()));
  }
  summary.vocab_size = reader->declared_vocab_size().value_or(reader->vocab_seen());
  Json json;
  json["kind"] = "corpus";
  json["path"] = path;
  json["format"] = name_of(reader->format());
  json["vocabulary"] = reader->words() != nullptr;
  add_summary(summary, json);
  return finished("corpus", json);
}

}  // namespace

Info info(const std::string& path, const std::string& corpus_format,
          const std::string& documents_are) {
  const CorpusInput corpus{path, {}, corpus_format, documents_are};
  if (path == "-") return corpus_info(corpus);
  if (std::filesystem::is_directory(path)) {
    const RunDirectory directory(path);
    if (std::filesystem::exists(directory.record())) return run_info(directory);
    if (const CorpusFolder folder(path); folder.exists()) return folder_info(folder);
    return model_info(locate_model(path));
  }
  if (std::filesystem::is_regular_file(path)) {
    if (corpus_format != "npz" && is_zip(path) && !is_sparse_matrix(path)) {
      return model_info(path);
    }
    if (is_cache(path)) return cache_info(path);
  }
  return corpus_info(corpus);
}

}  // namespace svi_lda
