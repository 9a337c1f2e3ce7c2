#include "text/count_terms.h"

#include <algorithm>
#include <string>
#include <utility>

#include "svi_lda/error.h"

namespace svi_lda {
namespace {

constexpr std::size_t kDocsInChunk = 32;
// Within a chunk a new term's number has this bit.
constexpr std::uint32_t kNew = 1u << 31;
static_assert(kMaxVocabulary < kNew);

void sort_by_number(Document& document) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> entries(document.words.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    entries[i] = {document.words[i], document.counts[i]};
  }
  std::sort(entries.begin(), entries.end());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    document.words[i] = entries[i].first;
    document.counts[i] = entries[i].second;
  }
}

}  // namespace

TermCounter::TermCounter(const AnalyzerOptions& options, const Parallel& parallel)
    : parallel_(parallel) {
  for (int thread = 0; thread < parallel.threads(); ++thread) {
    workers_.push_back(std::make_unique<Worker>(options));
  }
}

void TermCounter::fix_vocabulary(const Vocabulary& vocabulary) {
  fixed_ = true;
  outside_ = vocabulary.size();
  for (std::uint32_t id = 0; id < vocabulary.size(); ++id) {
    terms_.insert(vocabulary.words()[id]);
    if (fixed_ids_.size() < terms_.size()) fixed_ids_.push_back(id);
  }
}

TermsLeftOut TermCounter::left_out() const {
  TermsLeftOut all;
  for (const auto& worker : workers_) all.add(worker->analyzer.left_out());
  return all;
}

void TermCounter::count_one(const std::string& text, Worker& worker, Chunk& chunk,
                            Document& document) const {
  worker.analyzer.analyze(text, worker.terms);
  worker.numbers.clear();
  for (std::size_t i = 0; i < worker.terms.size(); ++i) {
    const std::string_view term = worker.terms[i];
    const std::uint64_t hash = WordTable::hash(term);
    std::uint32_t number = terms_.find(term, hash);
    if (fixed_) {
      number = number == WordTable::kNone ? outside_ : fixed_ids_[number];
    } else if (number == WordTable::kNone) {
      number = kNew | chunk.new_terms.insert(term, hash);
    }
    worker.numbers.push_back(number);
  }
  std::sort(worker.numbers.begin(), worker.numbers.end());
  document.clear();
  document.words.reserve(worker.numbers.size());
  document.counts.reserve(worker.numbers.size());
  for (std::size_t i = 0; i < worker.numbers.size();) {
    std::size_t end = i + 1;
    while (end < worker.numbers.size() && worker.numbers[end] == worker.numbers[i]) ++end;
    if (end - i > kMaxCount) {
      throw Error(ErrorKind::kInput,
                  "a document has one word more than " + std::to_string(kMaxCount) + " times",
                  "cut it into several");
    }
    document.words.push_back(worker.numbers[i]);
    document.counts.push_back(static_cast<std::uint32_t>(end - i));
    i = end;
  }
}

void TermCounter::count(std::span<const std::string> texts, std::vector<Document>& documents,
                        std::optional<BesideTasks> beside) {
  // Without their buffers, else each place would in time have room for the longest document.
  documents.clear();
  documents.resize(texts.size());
  const std::size_t num_chunks = (texts.size() + kDocsInChunk - 1) / kDocsInChunk;
  if (chunks_.size() < num_chunks) chunks_.resize(num_chunks);
  parallel_.for_chunks(
      texts.size(), kDocsInChunk,
      [&](std::size_t begin, std::size_t end, int thread) {
        Chunk& chunk = chunks_[begin / kDocsInChunk];
        chunk.new_terms.clear();
        for (std::size_t i = begin; i < end; ++i) {
          count_one(texts[i], *workers_[static_cast<std::size_t>(thread)], chunk, documents[i]);
        }
      },
      beside);
  if (fixed_) return;
  for (std::size_t c = 0; c < num_chunks; ++c) {
    Chunk& chunk = chunks_[c];
    chunk.number.clear();
    for (std::uint32_t i = 0; i < chunk.new_terms.size(); ++i) {
      chunk.number.push_back(terms_.insert(chunk.new_terms.word(i)));
    }
  }
  parallel_.for_chunks(texts.size(), kDocsInChunk, [&](std::size_t begin, std::size_t end, int) {
    const Chunk& chunk = chunks_[begin / kDocsInChunk];
    for (std::size_t i = begin; i < end; ++i) {
      // New terms come last, as their bit is the highest.
      if (documents[i].words.empty() || documents[i].words.back() < kNew) {
        continue;
      }
      for (std::uint32_t& word : documents[i].words) {
        if (word >= kNew) word = chunk.number[word - kNew];
      }
      sort_by_number(documents[i]);
    }
  });
}

}  // namespace svi_lda
