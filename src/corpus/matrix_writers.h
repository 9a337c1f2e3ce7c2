#pragma once

#include <memory>
#include <string>

#include "corpus/corpus_writer.h"

namespace svi_lda {

// What has a header that tells the number of entries: UCI docword, Matrix Market, and .npz (csr
// where documents are rows, csc where they are columns; int32).
std::unique_ptr<CorpusWriter> write_triples(const std::string& path,
                                            const WriteCorpusOptions& options);
std::unique_ptr<CorpusWriter> write_npz(const std::string& path, const WriteCorpusOptions& options);

}  // namespace svi_lda
