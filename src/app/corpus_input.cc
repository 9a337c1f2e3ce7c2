#include "app/corpus_input.h"

#include "corpus/byte_source.h"
#include "svi_lda/error.h"

namespace svi_lda {

std::vector<std::string> CorpusInput::paths() const {
  std::vector<std::string> all = {corpus};
  all.insert(all.end(), further.begin(), further.end());
  return all;
}

OpenCorpusOptions CorpusInput::open_options() const {
  const auto named_format = corpus_format_from_name(format);
  if (!named_format) {
    throw Error(ErrorKind::kUsage,
                "--corpus-format '" + format +
                    "': must be auto, uci, ldac, svmlight, mtx, vw, npz, mallet or cache");
  }
  const auto orientation = documents_are_from_name(documents_are);
  if (!orientation) {
    throw Error(ErrorKind::kUsage,
                "--documents-are '" + documents_are + "': must be rows or columns");
  }
  OpenCorpusOptions open;
  open.format = *named_format;
  open.documents_are = *orientation;
  return open;
}

void CorpusInput::require_no_orientation(const std::string& what) const {
  if (documents_are != "columns") return;
  throw Error(ErrorKind::kUsage, "--documents-are columns: " + display_name(corpus) + " is " + what,
              "it is for matrices (mtx, npz); leave it out");
}

}  // namespace svi_lda
