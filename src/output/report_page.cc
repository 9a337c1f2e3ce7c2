#include "output/report_page.h"

#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string_view>

#include "output/report_assets.h"

namespace svi_lda {
namespace {

using Json = nlohmann::ordered_json;

// Four significant digits: more than a chart shows, and half the size.
double shortened(double value) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.4g", value);
  return std::strtod(text, nullptr);
}

template <typename T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json();
}

Json documents_json(const std::vector<ShownDocument>& documents) {
  Json list = Json::array();
  for (const ShownDocument& document : documents) {
    list.push_back({{"number", document.number},
                    {"title", document.title},
                    {"share", shortened(document.share)},
                    {"tokens", document.tokens}});
  }
  return list;
}

Json topics_json(const ReportData& data) {
  Json list = Json::array();
  for (const ReportTopic& topic : data.topics) {
    Json terms = Json::array();  // word, probability, word, probability, ...
    for (const ReportTerm& term : data.terms.terms[topic.topic]) {
      terms.push_back(term.word);
      terms.push_back(shortened(term.probability));
    }
    const TopicMap::Point& point = data.map.points[topic.topic];
    list.push_back({{"id", topic.topic},
                    {"weight", shortened(topic.weight)},
                    {"alpha", shortened(topic.alpha)},
                    {"x", shortened(point.x)},
                    {"y", shortened(point.y)},
                    {"terms", std::move(terms)},
                    {"documents", documents_json(topic.documents)}});
  }
  return list;
}

Json words_json(const ReportTerms& terms) {
  Json texts = Json::array();
  Json counts = Json::array();
  Json uses = Json::array();  // of each word: topic, share in thousandths, topic, share, ...
  for (const ReportWord& word : terms.words) {
    texts.push_back(word.text);
    counts.push_back(word.count);
    Json topics = Json::array();
    for (const TermUse& use : word.topics) {
      topics.push_back(use.topic);
      topics.push_back(static_cast<int>(std::lround(1000.0 * use.share)));
    }
    uses.push_back(std::move(topics));
  }
  return {{"texts", std::move(texts)}, {"counts", std::move(counts)}, {"uses", std::move(uses)}};
}

Json metrics_json(const std::vector<MetricsRecord>& records) {
  Json list = Json::array();
  const std::size_t points = std::min(records.size(), kMostPoints);
  for (std::size_t i = 0; i < points; ++i) {
    // The first and the last are among them.
    const std::size_t place = points == 1 ? 0 : i * (records.size() - 1) / (points - 1);
    const MetricsRecord& r = records[place];
    list.push_back({{"step", r.step},
                    {"docs", r.docs},
                    {"tokens", r.tokens},
                    {"rho", shortened(r.rho)},
                    {"seconds", shortened(r.seconds)},
                    {"speed", shortened(r.tokens_per_second)},
                    {"inner", shortened(r.inner_iterations)},
                    {"perplexity", or_null(r.held_out_perplexity)},
                    {"error", or_null(r.held_out_standard_error)},
                    {"unigram", or_null(r.unigram_perplexity)},
                    {"bound", or_null(r.corpus_bound_per_token)}});
  }
  return list;
}

Json figures_json(const std::vector<NamedFigure>& figures) {
  Json list = Json::array();
  for (const NamedFigure& figure : figures) {
    list.push_back({{"name", figure.name},
                    {"kind", figure.kind},
                    {"value", figure.value},
                    {"error", or_null(figure.standard_error)},
                    {"nats", or_null(figure.nats_per_token)},
                    {"tokens", figure.tokens},
                    {"docs", figure.docs},
                    {"on", figure.on},
                    {"definition", figure.definition}});
  }
  return list;
}

Json facts_json(const Facts& facts) {
  Json list = Json::array();
  for (const auto& [name, value] : facts) list.push_back({name, value});
  return list;
}

Json report_json(const ReportData& data) {
  Json json;
  json["name"] = data.name;
  json["unfinished"] = data.unfinished;
  json["vocabulary"] = data.has_vocabulary;
  json["stream"] = data.stream;
  json["docs"] = data.docs;
  json["tokens"] = data.tokens;
  json["vocabSize"] = data.vocab_size;
  json["relevanceSteps"] = kRelevanceSteps;
  json["termsATopic"] = data.terms.terms_a_topic;
  json["map"] = {{"explained", shortened(data.map.explained)}, {"words", data.map.words}};
  json["topics"] = topics_json(data);
  json["words"] = words_json(data.terms);
  json["metrics"] = metrics_json(data.metrics);
  json["reports"] = data.metrics.size();
  json["estimator"] = data.metrics.empty() ? "" : data.metrics.back().held_out_estimator;
  json["figures"] = figures_json(data.figures);
  json["warnings"] = data.warnings;
  json["documents"] = data.documents;
  json["command"] = data.command;
  json["commandNote"] = data.command_note;
  json["facts"] = facts_json(data.facts);
  json["options"] = facts_json(data.options);
  return json;
}

// Text of an HTML element or a quoted attribute.
std::string html_escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

// `page` with each {{name}} replaced by what `value_of` gives for the name, in one pass, so that
// nothing that is put in is looked into.
template <typename ValueOf>
std::string filled(std::string_view page, const ValueOf& value_of) {
  std::string result;
  while (true) {
    const std::size_t open = page.find("{{");
    const std::size_t close = page.find("}}", open);
    if (open == std::string_view::npos || close == std::string_view::npos) break;
    result += page.substr(0, open);
    result += value_of(page.substr(open + 2, close - open - 2));
    page.remove_prefix(close + 2);
  }
  return result += page;
}

}  // namespace

std::string json_for_script(const ReportData& data) {
  const std::string json = report_json(data).dump(-1, ' ', false, Json::error_handler_t::replace);
  std::string result;
  result.reserve(json.size());
  for (std::size_t i = 0; i < json.size(); ++i) {
    const std::string_view rest = std::string_view(json).substr(i, 3);
    if (rest == "\xe2\x80\xa8" || rest == "\xe2\x80\xa9") {
      result += rest == "\xe2\x80\xa8" ? "\\u2028" : "\\u2029";
      i += 2;
    } else if (json[i] == '<') {
      result += "\\u003c";
    } else {
      result += json[i];
    }
  }
  return result;
}

std::string report_page(const ReportData& data) {
  return filled(kReportAssets.page, [&](std::string_view name) -> std::string {
    if (name == "title") return html_escaped(data.name);
    if (name == "style") return std::string(kReportAssets.style);
    if (name == "d3") return std::string(kReportAssets.d3);
    if (name == "d3-licence") return html_escaped(kReportAssets.d3_licence);
    if (name == "data") return json_for_script(data);
    return std::string(kReportAssets.scripts);
  });
}

}  // namespace svi_lda
