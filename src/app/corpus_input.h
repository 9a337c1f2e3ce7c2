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
  // What is no matrix lies one way only: left unsaid, --documents-are columns would mislead.
  // `what` the input is: "raw text". Fails: kUsage where it was given.
  void require_no_orientation(const std::string& what) const;
};

}  // namespace svi_lda
