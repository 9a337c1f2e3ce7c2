#include "cli/infer_rows.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <iterator>
#include <nlohmann/json.hpp>

#include "archive/npy_header.h"
#include "corpus/svmlight_reader.h"

namespace svi_lda::cli {
namespace {

static_assert(std::endian::native == std::endian::little, ".npy files are written as they lie");

const char* status_of(const InferredDocument& document) { return document.empty ? "empty" : "ok"; }

// Shares have nine digits: rows of any number of topics sum to 1 well within 1e-6.
class TsvRows final : public InferRows {
 public:
  explicit TsvRows(const TopicChoice& choice) : choice_(choice) {}

  std::string head(const InferredDocument& first) override {
    std::string text = first.id.empty() ? "document" : "document\tid";
    if (first.title) text += "\ttitle";
    if (first.label) text += "\tlabel";
    text += "\ttokens\tout_of_vocabulary\tstatus";
    if (!choice_.all()) return text.append("\ttopics\n");
    for (std::size_t k = 0; k < first.theta.size(); ++k) text += fmt::format("\ttopic_{}", k);
    return text.append("\n");
  }

  std::string row(const InferredDocument& document) override {
    std::string text = fmt::format("{}\t", document.document);
    if (!document.id.empty()) text.append(document.id).append("\t");
    for (const auto& name : {document.title, document.label}) {
      if (name) text.append(*name).append("\t");
    }
    fmt::format_to(std::back_inserter(text), "{}\t{}\t{}", document.tokens,
                   document.out_of_vocabulary, status_of(document));
    if (choice_.all()) {
      for (const double share : document.theta) {
        fmt::format_to(std::back_inserter(text), "\t{:.9g}", share);
      }
    } else {
      char separator = '\t';
      for (const auto& [topic, share] : chosen_topics(document.theta, choice_)) {
        fmt::format_to(std::back_inserter(text), "{}{}:{:.9g}", separator, topic, share);
        separator = ' ';
      }
      if (separator == '\t') text += separator;  // none was chosen: the column is empty
    }
    return text.append("\n");
  }

 private:
  TopicChoice choice_;
};

class JsonRows final : public InferRows {
 public:
  explicit JsonRows(const TopicChoice& choice) : choice_(choice) {}

  std::string head(const InferredDocument&) override { return {}; }

  std::string row(const InferredDocument& document) override {
    std::string text = fmt::format(
        R"({{"document":{}{},"tokens":{},"out_of_vocabulary":{},"status":"{}","{}":[)",
        document.document, names_of(document), document.tokens, document.out_of_vocabulary,
        status_of(document), choice_.all() ? "theta" : "topics");
    const char* separator = "";
    if (choice_.all()) {
      for (const double share : document.theta) {
        fmt::format_to(std::back_inserter(text), "{}{:.9g}", separator, share);
        separator = ",";
      }
    } else {
      for (const auto& [topic, share] : chosen_topics(document.theta, choice_)) {
        fmt::format_to(std::back_inserter(text), R"({}{{"topic":{},"share":{:.9g}}})", separator,
                       topic, share);
        separator = ",";
      }
    }
    return text.append("]}\n");
  }

 private:
  static std::string names_of(const InferredDocument& document) {
    std::string text;
    const auto add = [&](const char* name, std::string_view value) {
      text += fmt::format(
          R"(,"{}":{})", name,
          nlohmann::json(value).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    };
    if (!document.id.empty()) add("id", document.id);
    if (document.title) add("title", *document.title);
    if (document.label) add("label", *document.label);
    return text;
  }

  TopicChoice choice_;
};

class NpyRows final : public InferRows {
 public:
  explicit NpyRows(const TopicChoice& choice) : choice_(choice) {}

  std::string head(const InferredDocument& first) override {
    num_topics_ = first.theta.size();
    // Any number of documents leaves the length of the header, which is padded, as it is.
    return header();
  }

  std::string row(const InferredDocument& document) override {
    ++docs_;
    std::vector<double> values(document.theta.begin(), document.theta.end());
    if (!choice_.all()) {
      std::fill(values.begin(), values.end(), 0.0);
      for (const auto& [topic, share] : chosen_topics(document.theta, choice_)) {
        values[topic] = share;
      }
    }
    std::string bytes(values.size() * sizeof(double), '\0');
    std::memcpy(bytes.data(), values.data(), bytes.size());
    return bytes;
  }

  std::string final_head() override { return header(); }

 private:
  std::string header() const { return format_npy_header({"<f8", false, {docs_, num_topics_}}); }

  TopicChoice choice_;
  std::uint64_t docs_ = 0;
  std::uint64_t num_topics_ = 0;
};

class SvmlightRows final : public InferRows {
 public:
  explicit SvmlightRows(const TopicChoice& choice) : choice_(choice) {}

  std::string head(const InferredDocument&) override { return {}; }

  std::string row(const InferredDocument& document) override {
    std::vector<TopicShare> topics = chosen_topics(document.theta, choice_);
    std::sort(topics.begin(), topics.end(),
              [](const TopicShare& a, const TopicShare& b) { return a.topic < b.topic; });
    std::string text(document.label && are_svmlight_labels(*document.label) ? *document.label
                                                                            : "0");
    for (const auto& [topic, share] : topics) {
      fmt::format_to(std::back_inserter(text), " {}:{:.9g}", topic + 1, share);
    }
    if (!document.id.empty()) text.append(" # ").append(document.id);
    return text.append("\n");
  }

 private:
  TopicChoice choice_;
};

}  // namespace

std::vector<TopicShare> chosen_topics(std::span<const double> theta, const TopicChoice& choice) {
  std::vector<TopicShare> topics;
  for (std::size_t k = 0; k < theta.size(); ++k) {
    if (theta[k] >= choice.least) topics.push_back({k, theta[k]});
  }
  const auto larger = [](const TopicShare& a, const TopicShare& b) {
    return a.share > b.share || (a.share == b.share && a.topic < b.topic);
  };
  const std::size_t most =
      choice.most == 0 ? topics.size() : std::min<std::size_t>(choice.most, topics.size());
  std::partial_sort(topics.begin(), topics.begin() + static_cast<std::ptrdiff_t>(most),
                    topics.end(), larger);
  topics.resize(most);
  return topics;
}

std::unique_ptr<InferRows> make_infer_rows(const std::string& format, const TopicChoice& choice) {
  if (format == "npy") return std::make_unique<NpyRows>(choice);
  if (format == "svmlight") return std::make_unique<SvmlightRows>(choice);
  if (format == "jsonl") return std::make_unique<JsonRows>(choice);
  return std::make_unique<TsvRows>(choice);
}

}  // namespace svi_lda::cli
