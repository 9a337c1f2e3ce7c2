#pragma once

#include <string>
#include <vector>

#include "corpus/corpus_reader.h"

namespace svi_lda {

// How options name a corpus.
struct CorpusInput {
  std::string corpus;
  std::vector<std::string> further;
  std::string format;         // --corpus-format
  std::string documents_are;  // --documents-are

  std::vector<std::string> paths() const;
  // Fails: kUsage for names that there are not.
  OpenCorpusOptions open_options() const;
};

}  // namespace svi_lda
