#include "cli/topic_quality_output.h"

#include <spdlog/fmt/fmt.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "cli/output.h"

namespace svi_lda::cli {
namespace {

constexpr const char* kDefinitions =
    "c_v, npmi, umass  coherence: how often the top words stand in the same document of\n"
    "                  the reference (a document is the window), higher is better; C_v\n"
    "                  at most 1, NPMI from -1 to 1 with 0 for chance (Roeder, Both,\n"
    "                  Hinneburg 2015, e = 1e-12), UMass the mean of\n"
    "                  log (D(w, w') + 1) / D(w') (Mimno et al. 2011); words that the\n"
    "                  reference has not are left out\n"
    "exclusivity       mean share of its top words' probability, over all topics, that the\n"
    "                  topic has (Bischof, Airoldi 2012)\n"
    "diversity         share of distinct words in the first 25 of all topics (Dieng, Ruiz,\n"
    "                  Blei 2020)\n"
    "duplicate         topics that share 8 of their first 10 words\n"
    "dead              topics with under 1% of the mean weight, or that differ from the\n"
    "                  corpus' word frequencies by less than 10% of their probability\n";

std::string number(double value, const char* format) {
  return std::isnan(value) ? std::string("-") : fmt::format(fmt::runtime(format), value);
}

std::string remarks(const TopicFigures& topic) {
  std::string text;
  if (!topic.dead.empty()) text += fmt::format("; dead: {}", topic.dead);
  if (!topic.like.empty()) text += fmt::format("; like {}", fmt::join(topic.like, ", "));
  if (topic.absent > 0) text += fmt::format("; {} absent", topic.absent);
  return text.empty() ? text : fmt::format("  ({})", text.substr(2));
}

std::string words_of(const TopicFigures& topic) {
  std::string text;
  for (const std::string& word : topic.words) {
    if (!text.empty()) text += ' ';
    text += printable(word);
  }
  return text;
}

nlohmann::ordered_json or_null(double value) {
  return std::isnan(value) ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(value);
}

}  // namespace

std::string tsv_field(double value) {
  return std::isnan(value) ? std::string() : fmt::format("{:.9g}", value);
}

std::string topic_quality_text(const TopicQuality& quality) {
  const std::size_t topics = quality.topics.size();
  std::string text = fmt::format("topics, by their first {} words in {} ({} documents)\n\n",
                                 quality.top, printable(quality.reference), quality.windows);
  text += fmt::format("{:<12} {:>9}\n", "measure", "mean");
  text += fmt::format("{:<12} {:>9}\n", "c_v", number(quality.c_v, "{:.4f}"));
  text += fmt::format("{:<12} {:>9}\n", "npmi", number(quality.npmi, "{:.4f}"));
  text += fmt::format("{:<12} {:>9}\n", "umass", number(quality.umass, "{:.4f}"));
  text += fmt::format("{:<12} {:>9.4f}\n", "exclusivity", quality.exclusivity);
  text += fmt::format("{:<12} {:>9.4f}\n", "diversity", quality.diversity);
  text += fmt::format("{:<12} {:>9} of {} topics ({} pairs)\n", "duplicate", quality.duplicates,
                      topics, quality.duplicate_pairs);
  text += fmt::format("{:<12} {:>9} of {} topics\n", "dead", quality.dead, topics);
  if (quality.absent > 0) {
    text += fmt::format("{:<12} {:>9} of {} top words are not in the reference\n", "absent",
                        quality.absent, topics * quality.top);
  }
  text += fmt::format("\n{:>5}  {:>7}  {:>7}  {:>7}  {:>8}  {:>9}  words\n", "topic", "weight",
                      "c_v", "npmi", "umass", "exclusive");
  for (const TopicFigures& topic : quality.topics) {
    text += fmt::format("{:>5}  {:>7}  {:>7}  {:>7}  {:>8}  {:>9.4f}  {}{}\n", topic.topic,
                        number(100.0 * topic.weight, "{:.2f}%"), number(topic.c_v, "{:.4f}"),
                        number(topic.npmi, "{:.4f}"), number(topic.umass, "{:.4f}"),
                        topic.exclusivity, words_of(topic), remarks(topic));
  }
  return text + "\n" + kDefinitions;
}

std::string topic_quality_tsv(const TopicQuality& quality) {
  std::string text =
      "topic\tweight\tc_v\tnpmi\tumass\texclusivity\tdistance_from_corpus\tabsent\tlike\tdead\t"
      "words\n";
  for (const TopicFigures& topic : quality.topics) {
    text += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", topic.topic,
                        tsv_field(topic.weight), tsv_field(topic.c_v), tsv_field(topic.npmi),
                        tsv_field(topic.umass), tsv_field(topic.exclusivity),
                        tsv_field(topic.distance_from_corpus), topic.absent,
                        fmt::join(topic.like, ","), topic.dead, words_of(topic));
  }
  text += fmt::format("mean\t\t{}\t{}\t{}\t{}\t\t\t\t\t\n", tsv_field(quality.c_v),
                      tsv_field(quality.npmi), tsv_field(quality.umass),
                      tsv_field(quality.exclusivity));
  return text;
}

nlohmann::ordered_json topic_quality_json(const TopicQuality& quality) {
  nlohmann::ordered_json topics = nlohmann::ordered_json::array();
  for (const TopicFigures& topic : quality.topics) {
    topics.push_back({{"topic", topic.topic},
                      {"weight", or_null(topic.weight)},
                      {"c_v", or_null(topic.c_v)},
                      {"npmi", or_null(topic.npmi)},
                      {"umass", or_null(topic.umass)},
                      {"exclusivity", topic.exclusivity},
                      {"distance_from_corpus", topic.distance_from_corpus},
                      {"absent", topic.absent},
                      {"like", topic.like},
                      {"dead", topic.dead},
                      {"words", topic.words}});
  }
  return {{"reference", quality.reference},
          {"windows", quality.windows},
          {"reference_tokens", quality.reference_tokens},
          {"top", quality.top},
          {"c_v", or_null(quality.c_v)},
          {"npmi", or_null(quality.npmi)},
          {"umass", or_null(quality.umass)},
          {"exclusivity", quality.exclusivity},
          {"diversity", quality.diversity},
          {"absent", quality.absent},
          {"duplicate_pairs", quality.duplicate_pairs},
          {"duplicate_topics", quality.duplicates},
          {"dead_topics", quality.dead},
          {"topics", std::move(topics)}};
}

}  // namespace svi_lda::cli
