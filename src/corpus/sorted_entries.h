#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace svi_lda {

// Entries of a matrix in any order, given back by document and word. Memory: 16 bytes an entry,
// whatever the numbers of documents and words are; runs of a million are sorted and then merged.
class SortedEntries {
 public:
  struct Entry {
    std::uint32_t doc;  // from 0
    std::uint32_t word;
    std::uint32_t count;
    std::uint32_t line;  // where it stood, for messages
  };

  void add(Entry entry);
  // Ends adding.
  void sort();
  // The next entry into `entry`; false where none is left. Equal ones come by line.
  bool next(Entry& entry);

 private:
  static constexpr std::size_t kRun = std::size_t{1} << 20;
  struct Run {
    std::vector<Entry> entries;
    std::size_t used = 0;
  };

  static bool less(const Entry& a, const Entry& b);

  std::vector<Run> runs_;
  std::vector<std::size_t> heap_;  // runs that are not used up, the one of the least entry first
};

}  // namespace svi_lda
