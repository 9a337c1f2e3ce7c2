#include "output/report_terms.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <queue>
#include <unordered_map>

namespace svi_lda {
namespace {

constexpr std::uint32_t kMostTermsATopic = 30;
constexpr std::uint32_t kLeastTermsATopic = 8;
constexpr std::uint32_t kTermsOfAllTopics = 15'000;
constexpr double kLeastShare = 0.01;

struct Candidate {
  std::uint32_t word = 0;
  double log_probability = 0.0;
  double log_lift = 0.0;
};

bool before(double a, std::uint32_t a_word, double b, std::uint32_t b_word) {
  return a > b || (a == b && a_word < b_word);
}

bool more_probable(const Candidate& a, const Candidate& b) {
  return before(a.log_probability, a.word, b.log_probability, b.word);
}

// Drops candidates that `most` of the 4 `most` most probable exceed in lift as well, which are
// nearly all: the others need not be sorted.
void drop_exceeded(std::vector<Candidate>& candidates, std::size_t most) {
  if (candidates.size() <= 4 * most) return;
  const auto probable = candidates.begin() + static_cast<std::ptrdiff_t>(4 * most);
  std::nth_element(candidates.begin(), probable, candidates.end(), more_probable);
  std::vector<double> lifts;
  for (auto c = candidates.begin(); c != probable; ++c) lifts.push_back(c->log_lift);
  const auto least = lifts.begin() + static_cast<std::ptrdiff_t>(most - 1);
  std::nth_element(lifts.begin(), least, lifts.end(), std::greater<>());
  candidates.erase(std::remove_if(probable, candidates.end(),
                                  [&](const Candidate& c) { return c.log_lift < *least; }),
                   candidates.end());
}

// The candidates that less than `most` others exceed in both probability and lift: whatever the
// weight of the two, no other can be among the `most` most relevant.
std::vector<Candidate> possible(std::vector<Candidate> candidates, std::size_t most) {
  drop_exceeded(candidates, most);
  std::sort(candidates.begin(), candidates.end(), more_probable);
  std::priority_queue<double, std::vector<double>, std::greater<>> highest_lifts;
  std::vector<Candidate> kept;
  for (const Candidate& candidate : candidates) {
    if (highest_lifts.size() == most) {
      if (candidate.log_lift < highest_lifts.top()) continue;
      highest_lifts.pop();
    }
    highest_lifts.push(candidate.log_lift);
    kept.push_back(candidate);
  }
  return kept;
}

// Those among the `most` most relevant for some l; the order stays.
std::vector<Candidate> relevant(const std::vector<Candidate>& candidates, std::size_t most) {
  if (candidates.size() <= most) return candidates;
  std::vector<char> chosen(candidates.size(), 0);
  std::vector<std::size_t> order(candidates.size());
  for (int step = 0; step <= kRelevanceSteps; ++step) {
    const double l = static_cast<double>(step) / kRelevanceSteps;
    const auto relevance = [&](std::size_t i) {
      return l * candidates[i].log_probability + (1.0 - l) * candidates[i].log_lift;
    };
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::nth_element(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(most), order.end(),
                     [&](std::size_t a, std::size_t b) {
                       return before(relevance(a), candidates[a].word, relevance(b),
                                     candidates[b].word);
                     });
    for (std::size_t i = 0; i < most; ++i) chosen[order[i]] = 1;
  }
  std::vector<Candidate> result;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (chosen[i] != 0) result.push_back(candidates[i]);
  }
  return result;
}

// log p(w), of words that training has seen.
std::vector<double> log_shares(const std::vector<std::uint64_t>& word_counts) {
  const double tokens = std::accumulate(word_counts.begin(), word_counts.end(), 0.0);
  std::vector<double> shares(word_counts.size());
  for (std::size_t w = 0; w < shares.size(); ++w) {
    shares[w] = std::log(static_cast<double>(word_counts[w]) / tokens);
  }
  return shares;
}

// Terms of each topic with `word` still an id of the vocabulary.
std::vector<std::vector<ReportTerm>> terms_of(const Topics& topics, const std::vector<double>& sums,
                                              const std::vector<std::uint64_t>& word_counts,
                                              std::size_t most, const Parallel& parallel) {
  const std::vector<double> shares = log_shares(word_counts);
  std::vector<std::vector<ReportTerm>> terms(topics.num_topics());
  parallel.for_chunks(terms.size(), 4, [&](std::size_t begin, std::size_t end, int) {
    for (std::size_t k = begin; k < end; ++k) {
      std::vector<Candidate> candidates;
      for (std::uint32_t w = 0; w < topics.vocab_size(); ++w) {
        if (word_counts[w] == 0) continue;
        const double lambda = topics.eta_bar() + topics.scale() * topics.row(w)[k];
        const double log_probability = std::log(lambda / sums[k]);
        candidates.push_back({w, log_probability, log_probability - shares[w]});
      }
      for (const Candidate& c : relevant(possible(std::move(candidates), most), most)) {
        terms[k].push_back({c.word, std::exp(c.log_probability)});
      }
    }
  });
  return terms;
}

// Ids of the words that the page knows, ascending.
std::vector<std::uint32_t> words_of(const std::vector<std::vector<ReportTerm>>& terms,
                                    const std::vector<std::uint64_t>& word_counts) {
  std::vector<char> kept(word_counts.size(), 0);
  for (const auto& topic : terms) {
    for (const ReportTerm& term : topic) kept[term.word] = 1;
  }
  std::vector<std::uint32_t> others;
  for (std::uint32_t w = 0; w < kept.size(); ++w) {
    if (kept[w] == 0 && word_counts[w] > 0) others.push_back(w);
  }
  const std::size_t have =
      word_counts.size() -
      static_cast<std::size_t>(std::count(kept.begin(), kept.end(), static_cast<char>(0)));
  const std::size_t room =
      std::min(others.size(), kMostReportWords - std::min(kMostReportWords, have));
  std::nth_element(others.begin(), others.begin() + static_cast<std::ptrdiff_t>(room), others.end(),
                   [&](std::uint32_t a, std::uint32_t b) {
                     return word_counts[a] > word_counts[b] ||
                            (word_counts[a] == word_counts[b] && a < b);
                   });
  for (std::size_t i = 0; i < room; ++i) kept[others[i]] = 1;
  std::vector<std::uint32_t> words;
  for (std::uint32_t w = 0; w < kept.size(); ++w) {
    if (kept[w] != 0) words.push_back(w);
  }
  return words;
}

std::vector<TermUse> uses(const Topics& topics, const std::vector<double>& sums,
                          std::span<const double> weights, std::uint32_t word) {
  std::vector<TermUse> all(topics.num_topics());
  double total = 0.0;
  for (std::uint32_t k = 0; k < all.size(); ++k) {
    const double lambda = topics.eta_bar() + topics.scale() * topics.row(word)[k];
    all[k] = {k, weights[k] * lambda / sums[k]};
    total += all[k].share;
  }
  const std::size_t most = std::min(all.size(), kMostTopicsOfTerm);
  std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(most), all.end(),
                    [](const TermUse& a, const TermUse& b) {
                      return before(a.share, a.topic, b.share, b.topic);
                    });
  all.resize(most);
  for (TermUse& use : all) use.share = total > 0.0 ? use.share / total : 0.0;
  std::erase_if(all, [](const TermUse& use) { return use.share < kLeastShare; });
  return all;
}

}  // namespace

std::string clipped(const std::string& text, std::size_t most) {
  std::size_t characters = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool continues = (static_cast<unsigned char>(text[i]) & 0xc0u) == 0x80u;
    if (!continues && ++characters > most) return text.substr(0, i) + "\xe2\x80\xa6";
  }
  return text;
}

ReportTerms report_terms(const Topics& topics, std::span<const double> weights,
                         const std::vector<std::uint64_t>& word_counts,
                         const Vocabulary& vocabulary, const Parallel& parallel) {
  const std::vector<double> sums = topics.sum_rows(parallel);
  ReportTerms result;
  result.terms_a_topic =
      std::clamp(kTermsOfAllTopics / topics.num_topics(), kLeastTermsATopic, kMostTermsATopic);
  result.terms = terms_of(topics, sums, word_counts, result.terms_a_topic, parallel);
  const std::vector<std::uint32_t> ids = words_of(result.terms, word_counts);
  std::unordered_map<std::uint32_t, std::uint32_t> place;
  for (const std::uint32_t id : ids) place.emplace(id, static_cast<std::uint32_t>(place.size()));
  for (auto& topic : result.terms) {
    for (ReportTerm& term : topic) term.word = place.at(term.word);
  }
  result.words.resize(ids.size());
  parallel.for_chunks(ids.size(), 256, [&](std::size_t begin, std::size_t end, int) {
    for (std::size_t i = begin; i < end; ++i) {
      result.words[i] = {ids[i], clipped(vocabulary.word(ids[i]), kMostTermCharacters),
                         word_counts[ids[i]], uses(topics, sums, weights, ids[i])};
    }
  });
  return result;
}

}  // namespace svi_lda
