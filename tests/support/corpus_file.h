#pragma once

#include <fstream>
#include <string>
#include <vector>

#include "corpus/document.h"

namespace svi_lda::testing {

// Writes documents as UCI docword.
inline void write_uci(const std::string& path, const std::vector<Document>& documents,
                      std::uint32_t vocab_size) {
  std::size_t entries = 0;
  for (const Document& document : documents) entries += document.words.size();
  std::ofstream file(path);
  file << documents.size() << "\n" << vocab_size << "\n" << entries << "\n";
  for (std::size_t d = 0; d < documents.size(); ++d) {
    for (std::size_t i = 0; i < documents[d].words.size(); ++i) {
      file << d + 1 << " " << documents[d].words[i] + 1 << " " << documents[d].counts[i] << "\n";
    }
  }
}

}  // namespace svi_lda::testing
