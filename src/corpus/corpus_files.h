#pragma once

#include <string>
#include <vector>

namespace svi_lda {

// The files that make up a corpus: `paths` with each folder replaced by the files in it, sorted by
// the bytes of their names; hidden files and folders within are left out.
// Fails: kIo for a folder that cannot be listed or holds no file.
std::vector<std::string> corpus_files(const std::vector<std::string>& paths);

}  // namespace svi_lda
