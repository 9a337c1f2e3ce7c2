#include "text/select_terms.h"

#include <algorithm>

namespace svi_lda {
namespace {

void count(TermTotals& totals, std::uint64_t tokens) {
  ++totals.terms;
  totals.tokens += tokens;
}

}  // namespace

void TermStatistics::add(DocumentView document) {
  if (document.empty()) return;
  if (documents.size() <= document.words.back()) {
    documents.resize(document.words.back() + 1);
    tokens.resize(document.words.back() + 1);
  }
  for (std::size_t i = 0; i < document.words.size(); ++i) {
    ++documents[document.words[i]];
    tokens[document.words[i]] += document.counts[i];
  }
}

TermSelection select_terms(const WordTable& terms, const TermStatistics& statistics,
                           const TermLimits& limits) {
  TermSelection selection;
  std::vector<std::uint32_t> kept;
  for (std::uint32_t term = 0; term < terms.size(); ++term) {
    const std::uint64_t tokens = statistics.tokens[term];
    const double documents = statistics.documents[term];
    count(selection.found, tokens);
    if (documents < limits.min_documents) {
      count(selection.below_min, tokens);
    } else if (documents > limits.max_documents) {
      count(selection.above_max, tokens);
    } else {
      kept.push_back(term);
    }
  }
  // UTF-8 sorts as its code points do.
  std::sort(kept.begin(), kept.end(),
            [&](std::uint32_t a, std::uint32_t b) { return terms.word(a) < terms.word(b); });
  if (limits.max_features != 0 && kept.size() > limits.max_features) {
    std::vector<std::uint32_t> by_frequency = kept;
    std::stable_sort(by_frequency.begin(), by_frequency.end(),
                     [&](std::uint32_t a, std::uint32_t b) {
                       return statistics.tokens[a] > statistics.tokens[b];
                     });
    std::vector<bool> dropped(terms.size());
    for (std::size_t i = limits.max_features; i < by_frequency.size(); ++i) {
      dropped[by_frequency[i]] = true;
      count(selection.beyond_max_features, statistics.tokens[by_frequency[i]]);
    }
    std::erase_if(kept, [&](std::uint32_t term) { return dropped[term]; });
  }
  selection.place.assign(terms.size(), TermSelection::kDropped);
  selection.vocabulary.reserve(kept.size());
  for (const std::uint32_t term : kept) {
    selection.place[term] = static_cast<std::uint32_t>(selection.vocabulary.size());
    selection.vocabulary.emplace_back(terms.word(term));
    count(selection.kept, statistics.tokens[term]);
  }
  return selection;
}

}  // namespace svi_lda
