#include "svi_lda/topics.h"

#include <spdlog/fmt/fmt.h>

#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "cli/output.h"

namespace svi_lda::cli {
namespace {

std::string as_text(const TopicsResult& result) {
  std::string text = fmt::format("{:>5}  {:>7}  words (probability)\n", "topic", "weight");
  for (const TopicSummary& topic : result.topics) {
    std::string words;
    for (const TopWord& word : topic.words) {
      if (!words.empty()) words += ", ";
      words += fmt::format("{} ({:.4f})", printable(word.word), word.probability);
    }
    text += fmt::format("{:>5}  {:>6.2f}%  {}\n", topic.topic, 100.0 * topic.weight, words);
  }
  return text;
}

std::string as_tsv(const TopicsResult& result) {
  std::string text = "topic\tweight\trank\tword\tprobability\n";
  for (const TopicSummary& topic : result.topics) {
    std::size_t rank = 0;
    for (const TopWord& word : topic.words) {
      text += fmt::format("{}\t{:.9g}\t{}\t{}\t{:.9g}\n", topic.topic, topic.weight, ++rank,
                          printable(word.word), word.probability);
    }
  }
  return text;
}

std::string as_json(const TopicsResult& result) {
  nlohmann::ordered_json topics = nlohmann::ordered_json::array();
  for (const TopicSummary& topic : result.topics) {
    nlohmann::ordered_json words = nlohmann::ordered_json::array();
    for (const TopWord& word : topic.words) {
      words.push_back({{"word", word.word}, {"probability", word.probability}});
    }
    topics.push_back(
        {{"topic", topic.topic}, {"weight", topic.weight}, {"words", std::move(words)}});
  }
  const nlohmann::ordered_json document = {{"model", result.source}, {"topics", std::move(topics)}};
  return document.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

class TopicsSubcommand final : public Command {
 public:
  CommandText text() const override {
    return {"topics", "print the top words of each topic",
            "Prints the most probable words of each topic, topics by their share of the corpus. "
            "A word's probability is its mean under the topic's Dirichlet, lambda_kw / sum_w "
            "lambda_kw; a topic's weight is its share of the training tokens.",
            "svi-lda topics run\n"
            "# a table for other programs\n"
            "svi-lda topics run --top 20 --format tsv > topics.tsv\n"
            "# the topics of a run that is still going on\n"
            "svi-lda topics run/checkpoints/step-00000500.npz\n"};
  }
  OptionTable table() override { return topics_table(command_, common()); }

  int execute(TerminalSink&) override {
    const TopicsResult result =
        svi_lda::topics(command_.run, static_cast<std::uint32_t>(command_.top));
    if (command_.format == "json") {
      print(as_json(result));
    } else {
      print(command_.format == "tsv" ? as_tsv(result) : as_text(result));
    }
    return kExitSuccess;
  }

 private:
  TopicsCommand command_;
};

}  // namespace

std::unique_ptr<Command> make_topics_command() { return std::make_unique<TopicsSubcommand>(); }

}  // namespace svi_lda::cli
