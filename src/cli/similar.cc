#include "svi_lda/similar.h"

#include <spdlog/fmt/fmt.h>

#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "cli/output.h"
#include "cli/similar_table.h"
#include "svi_lda/error.h"

namespace svi_lda::cli {
namespace {

using Kind = SimilarOptions::Kind;

const char* name_of(Kind kind) {
  switch (kind) {
    case Kind::kTopic:
      return "topic";
    case Kind::kWord:
      return "word";
    case Kind::kDocument:
      break;
  }
  return "document";
}

// The columns that tell one thing: its number, its words, of a document its id and title.
std::string columns_of(Kind kind, const Similar& one, const char* separator) {
  if (kind == Kind::kWord) return printable(one.words);
  std::string text = std::to_string(one.number);
  const auto add = [&](const std::string& column) {
    text.append(separator).append(printable(column));
  };
  if (kind == Kind::kTopic) add(one.words);
  if (!one.id.empty()) add(one.id);
  if (one.title) add(*one.title);
  return text;
}

// For people: without an id that is the number again.
std::string description_of(Kind kind, Similar one) {
  if (one.id == std::to_string(one.number)) one.id.clear();
  return columns_of(kind, one, "  ");
}

std::string as_text(Kind kind, const SimilarResult& result) {
  std::string text =
      fmt::format("like {}: {}\n", name_of(kind), description_of(kind, result.asked));
  text += fmt::format("{:>8}  {}\n", "distance", name_of(kind));
  for (const Similar& one : result.nearest) {
    text += fmt::format("{:>8.4f}  {}\n", one.distance, description_of(kind, one));
  }
  return text;
}

std::string as_tsv(Kind kind, const SimilarResult& result) {
  std::string text = fmt::format("distance\t{}", name_of(kind));
  if (kind == Kind::kTopic) text += "\twords";
  if (!result.asked.id.empty()) text += "\tid";
  if (result.asked.title) text += "\ttitle";
  text += "\n";
  for (const Similar& one : result.nearest) {
    text += fmt::format("{:.9g}\t{}\n", one.distance, columns_of(kind, one, "\t"));
  }
  return text;
}

void describe(Kind kind, const Similar& one, nlohmann::ordered_json& row) {
  if (kind != Kind::kWord) row[name_of(kind)] = one.number;
  if (kind != Kind::kDocument) row[kind == Kind::kWord ? "word" : "words"] = one.words;
  if (!one.id.empty()) row["id"] = one.id;
  if (one.title) row["title"] = *one.title;
}

std::string as_json(Kind kind, const SimilarResult& result) {
  nlohmann::ordered_json nearest = nlohmann::ordered_json::array();
  for (const Similar& one : result.nearest) {
    nlohmann::ordered_json row = {{"distance", one.distance}};
    describe(kind, one, row);
    nearest.push_back(std::move(row));
  }
  nlohmann::ordered_json document = {{"model", result.source}};
  describe(kind, result.asked, document["asked"]);
  document["nearest"] = std::move(nearest);
  return document.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

class SimilarSubcommand final : public Command {
 public:
  CommandText text() const override {
    return {
        "similar", "topics, words or documents like a given one",
        "Names the topics that use words most like topic K does, the words that topics use most "
        "like the word W, or the documents of --corpus whose topic proportions are most like "
        "those of the document ID. Distances are Jensen-Shannon distances: 0 where "
        "two distributions are equal, 1 where they have nothing in common.",
        "svi-lda similar run --topic 3\n"
        "svi-lda similar run --word court --top 20\n"
        "# documents like the seventh\n"
        "svi-lda similar run --document 7 --corpus docword.txt.gz\n"
        "# documents that have names\n"
        "svi-lda similar run --document 10.1000/182 --corpus papers.jsonl\n"};
  }
  OptionTable table() override { return similar_table(command_, common()); }

  int execute(TerminalSink&) override {
    const std::string broken = broken_rule(command_);
    if (!broken.empty()) throw Error(ErrorKind::kUsage, broken);
    SimilarOptions options;
    options.kind = command_.topic ? Kind::kTopic : command_.word ? Kind::kWord : Kind::kDocument;
    options.topic = static_cast<std::uint64_t>(command_.topic.value_or(0));
    options.word = command_.word.value_or("");
    options.document = command_.document.value_or("");
    options.top = static_cast<std::uint64_t>(command_.top);
    options.source = command_.source;
    const SimilarResult result = svi_lda::similar(options);
    if (command_.format == "json") {
      print(as_json(options.kind, result));
    } else {
      print(command_.format == "tsv" ? as_tsv(options.kind, result)
                                     : as_text(options.kind, result));
    }
    return kExitSuccess;
  }

 private:
  SimilarCommand command_;
};

}  // namespace

std::unique_ptr<Command> make_similar_command() { return std::make_unique<SimilarSubcommand>(); }

}  // namespace svi_lda::cli
