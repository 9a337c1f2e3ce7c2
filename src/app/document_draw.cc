#include "app/document_draw.h"

#include <limits>

#include "minibatch/document_order.h"

namespace svi_lda {

DocumentDraw::DocumentDraw(const CacheReader& documents, std::uint64_t seed)
    : documents_(documents), docs_(documents.summary().docs), seed_(seed) {}

void DocumentDraw::operator()(std::uint32_t topic, std::vector<WordWeight>& words) {
  // Each topic has places of its own, so that what one takes does not move the next one's.
  const std::uint64_t first = topic * kMostDocuments;
  std::uint64_t tokens = 0;
  for (std::uint64_t i = 0; i < kMostDocuments && tokens < kTokens; ++i) {
    const std::uint64_t place = first + i;
    // No pass of training has such a number.
    const std::uint64_t order = std::numeric_limits<std::uint64_t>::max() - place / docs_;
    documents_.read(DocumentOrder(docs_, seed_, order)(place % docs_), document_);
    for (std::size_t e = 0; e < document_.words.size(); ++e) {
      words.push_back({document_.words[e], static_cast<double>(document_.counts[e])});
    }
    tokens += document_.view().tokens();
  }
}

}  // namespace svi_lda
