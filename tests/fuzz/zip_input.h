#pragma once

#include <zip.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>

namespace svi_lda::fuzz {

// A folder for the life of the process.
class Folder {
 public:
  Folder() {
    path_ = (std::filesystem::temp_directory_path() / "svi_lda_fuzz-XXXXXX").string();
    if (mkdtemp(path_.data()) == nullptr) std::abort();
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string file(const char* name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

// An archive of `members` in their order, each two bytes of length, then its content.
inline void write_members(const std::string& path, std::span<const char* const> members,
                          const std::uint8_t* data, std::size_t size) {
  zip_t* zip = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
  if (zip == nullptr) std::abort();
  for (std::size_t i = 0; i < members.size() && size >= 2; ++i) {
    const std::size_t length = std::min(data[0] + std::size_t{256} * data[1], size - 2);
    zip_source_t* source = zip_source_buffer(zip, data + 2, length, 0);
    const zip_int64_t index = zip_file_add(zip, members[i], source, 0);
    if (index < 0) std::abort();
    zip_set_file_compression(zip, static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0);
    data += 2 + length;
    size -= 2 + length;
  }
  if (zip_close(zip) != 0) std::abort();
}

// The input as a file that may be an archive. The first byte, size >= 1, chooses how the rest is
// used: even, as the file itself; odd, as the members of a sound archive, so that what lies behind
// zip's checksums is reached too.
inline void write_archive(const std::string& path, std::span<const char* const> members,
                          const std::uint8_t* data, std::size_t size) {
  std::filesystem::remove(path);
  if (data[0] % 2 == 0) {
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(data + 1), static_cast<std::streamsize>(size - 1));
  } else {
    write_members(path, members, data + 1, size - 1);
  }
}

}  // namespace svi_lda::fuzz
