#pragma once

#include <cstdint>
#include <vector>

#include "corpus/cache.h"
#include "corpus/document.h"
#include "model/informed_start.h"

namespace svi_lda {

// Documents for a topic to begin as: those of one topic after the other follow each other in a
// permutation of the corpus, so that topics share documents only where there are too few, and go on
// in another one.
class DocumentDraw {
 public:
  // A topic begins as so many tokens, or so many documents where these are short. 60 tokens were as
  // good as 300 by most methods, or better, and 3000 worse.
  static constexpr std::uint64_t kTokens = 60;
  static constexpr std::uint64_t kMostDocuments = 30;

  // `documents` must outlive this.
  DocumentDraw(const CacheReader& documents, std::uint64_t seed);

  // Appends the words of the topic's documents with their counts; a word may come several times.
  // Fails: as CacheReader::read().
  void operator()(std::uint32_t topic, std::vector<WordWeight>& words);

 private:
  const CacheReader& documents_;
  std::uint64_t docs_;
  std::uint64_t seed_;
  Document document_;
};

}  // namespace svi_lda
