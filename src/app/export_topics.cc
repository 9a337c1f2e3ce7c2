#include "app/export_topics.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <nlohmann/json.hpp>
#include <numeric>

#include "archive/npy_header.h"
#include "output/top_words.h"

namespace svi_lda {
namespace {

template <typename T>
std::string array_text(std::span<const T> values) {
  std::string text = "[";
  const char* separator = "";
  for (const T value : values) {
    fmt::format_to(std::back_inserter(text), "{}{}", separator, value);
    separator = ",";
  }
  return text += "]";
}

// A field of RFC 4180.
std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted += "\"";
}

// MALLET's files part their fields by blanks, which a word of it cannot hold.
std::string mallet_word(std::string word) {
  for (char& c : word) {
    if (static_cast<unsigned char>(c) <= 0x20) c = '_';
  }
  return word;
}

}  // namespace

std::vector<double> lambda_of(const Topics& topics, std::uint32_t topic) {
  const auto scale = static_cast<float>(topics.scale());
  const auto eta_bar = static_cast<float>(topics.eta_bar());
  std::vector<double> lambda(topics.vocab_size());
  for (std::uint32_t w = 0; w < topics.vocab_size(); ++w) {
    const float value = eta_bar + scale * topics.row(w)[topic];
    lambda[w] = value;
  }
  return lambda;
}

std::vector<double> probabilities_of(const Topics& topics, std::uint32_t topic) {
  std::vector<double> row = lambda_of(topics, topic);
  const double sum = std::accumulate(row.begin(), row.end(), 0.0);
  for (double& value : row) value /= sum;
  return row;
}

std::string json_array(std::span<const double> values) { return array_text(values); }
std::string json_array(std::span<const std::uint64_t> values) { return array_text(values); }

std::string json_words(const Model& model) {
  nlohmann::json words = nlohmann::json::array();
  for (std::uint32_t w = 0; w < model.topics.vocab_size(); ++w) {
    words.push_back(model.vocabulary.word(w));
  }
  return words.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void write_json_topics(const Model& model, const ExportSink& sink) {
  for (std::uint32_t k = 0; k < model.topics.num_topics(); ++k) {
    sink.write(k == 0 ? "[\n" : ",\n");
    sink.write(json_array(probabilities_of(model.topics, k)));
  }
  sink.write("]");
}

void export_json(const Model& model, const ExportSink& sink) {
  std::vector<TopicSummary> summaries = top_words(model.topics, model.hyper, model.vocabulary, 0);
  std::sort(summaries.begin(), summaries.end(),
            [](const auto& a, const auto& b) { return a.topic < b.topic; });
  sink.open("");
  sink.write("{\"topics\":[");
  for (const TopicSummary& summary : summaries) {
    sink.write(fmt::format("{}\n{{\"topic\":{},\"weight\":{},\"alpha\":{}}}",
                           summary.topic == 0 ? "" : ",", summary.topic, summary.weight,
                           model.hyper.alpha[summary.topic]));
  }
  sink.write("],\n\"vocabulary\":" + json_words(model));
  sink.write(",\n\"word_counts\":" + json_array(model.word_counts));
  sink.write(",\n\"topic_word\":");
  write_json_topics(model, sink);
  sink.write("}\n");
}

void export_csv(const Model& model, const ExportSink& sink) {
  sink.open("");
  sink.write("topic");
  for (std::uint32_t w = 0; w < model.topics.vocab_size(); ++w) {
    sink.write(",");
    sink.write(csv_field(model.vocabulary.word(w)));
  }
  sink.write("\r\n");
  for (std::uint32_t k = 0; k < model.topics.num_topics(); ++k) {
    std::string line = std::to_string(k);
    for (const double p : probabilities_of(model.topics, k)) {
      fmt::format_to(std::back_inserter(line), ",{}", p);
    }
    sink.write(line += "\r\n");
  }
}

void export_npy(const Model& model, const ExportSink& sink) {
  sink.open("");
  sink.write(
      format_npy_header({"<f8", false, {model.topics.num_topics(), model.topics.vocab_size()}}));
  for (std::uint32_t k = 0; k < model.topics.num_topics(); ++k) {
    const std::vector<double> row = probabilities_of(model.topics, k);
    sink.write({reinterpret_cast<const char*>(row.data()), row.size() * sizeof(double)});
  }
}

void export_mallet_topics(const Model& model, const ExportSink& sink) {
  const Topics& topics = model.topics;
  sink.open("topic-word-weights.txt");
  for (std::uint32_t k = 0; k < topics.num_topics(); ++k) {
    const std::vector<double> lambda = lambda_of(topics, k);
    for (std::uint32_t w = 0; w < topics.vocab_size(); ++w) {
      sink.write(fmt::format("{}\t{}\t{}\n", k, mallet_word(model.vocabulary.word(w)), lambda[w]));
    }
  }
  sink.open("word-topic-counts.txt");
  std::vector<float> lambda(topics.num_topics());
  std::vector<std::pair<long long, std::uint32_t>> counts;
  for (std::uint32_t w = 0; w < topics.vocab_size(); ++w) {
    topics.lambda_row(w, lambda.data());
    counts.clear();
    for (std::uint32_t k = 0; k < lambda.size(); ++k) {
      const long long count = std::llround(lambda[k] - model.hyper.eta);
      if (count > 0) counts.emplace_back(count, k);
    }
    std::sort(counts.begin(), counts.end(), [](const auto& a, const auto& b) {
      return a.first > b.first || (a.first == b.first && a.second < b.second);
    });
    std::string line = fmt::format("{} {}", w, mallet_word(model.vocabulary.word(w)));
    for (const auto& [count, k] : counts) {
      fmt::format_to(std::back_inserter(line), " {}:{}", k, count);
    }
    sink.write(line += "\n");
  }
}

}  // namespace svi_lda
