#include "corpus/sorted_entries.h"

#include <algorithm>
#include <tuple>

namespace svi_lda {

bool SortedEntries::less(const Entry& a, const Entry& b) {
  return std::tie(a.doc, a.word, a.line) < std::tie(b.doc, b.word, b.line);
}

void SortedEntries::add(Entry entry) {
  if (runs_.empty() || runs_.back().entries.size() == kRun) runs_.emplace_back();
  runs_.back().entries.push_back(entry);
}

void SortedEntries::sort() {
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    std::sort(runs_[i].entries.begin(), runs_[i].entries.end(), less);
    heap_.push_back(i);
  }
  const auto later = [&](std::size_t a, std::size_t b) {
    return less(runs_[b].entries[runs_[b].used], runs_[a].entries[runs_[a].used]);
  };
  std::make_heap(heap_.begin(), heap_.end(), later);
}

bool SortedEntries::next(Entry& entry) {
  if (heap_.empty()) return false;
  const auto later = [&](std::size_t a, std::size_t b) {
    return less(runs_[b].entries[runs_[b].used], runs_[a].entries[runs_[a].used]);
  };
  std::pop_heap(heap_.begin(), heap_.end(), later);
  Run& run = runs_[heap_.back()];
  entry = run.entries[run.used++];
  if (run.used == run.entries.size()) {
    heap_.pop_back();
    run.entries = {};
  } else {
    std::push_heap(heap_.begin(), heap_.end(), later);
  }
  return true;
}

}  // namespace svi_lda
