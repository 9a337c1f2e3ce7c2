#pragma once

#include <string>
#include <vector>

namespace svi_lda {

// A folder with a file of this name is a corpus of its own, whatever else lies in it.
inline constexpr const char* kCacheInFolder = "corpus.cache";

// The files that make up a corpus: `paths` with each folder replaced by its kCacheInFolder, or
// where it has none by the files in it, sorted by the bytes of their names; hidden files and
// folders within are left out. Fails: kIo for a folder that cannot be listed or holds no file.
std::vector<std::string> corpus_files(const std::vector<std::string>& paths);

}  // namespace svi_lda
