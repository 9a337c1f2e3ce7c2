#pragma once

#include <memory>
#include <string>

#include "corpus/corpus_reader.h"

namespace svi_lda {

// A sparse matrix as scipy.sparse.save_npz writes it, compressed or not: csr, csc or coo, whole
// numbers of any type; entries of one place are summed, 0 is no entry. Documents that are the rows
// of csr or the columns of csc are streamed; any other matrix is sorted in memory, at 16 bytes an
// entry.
// Fails: kIo; kInput for another archive or one that is damaged, without a line.
std::unique_ptr<CorpusReader> read_npz_corpus(const std::string& path, DocumentsAre documents_are);

// Whether `path` is a regular file that begins as a zip archive does.
bool is_zip(const std::string& path);
// Whether a zip archive is such a matrix, sound or not. Fails: as NpzReader.
bool is_sparse_matrix(const std::string& path);

}  // namespace svi_lda
