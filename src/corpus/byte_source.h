#pragma once

#include <cstddef>
#include <memory>
#include <string>

namespace svi_lda {

// A stream of bytes that is read once, front to back.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // At most n bytes (n >= 1) into out; returns how many, 0 only at the end. What was read before a
  // failure is delivered first, so that a caller who counts lines knows where the failure lies.
  // Fails: kIo where reading fails, kInput where compressed data are damaged; both without a line.
  virtual std::size_t read(char* out, std::size_t n) = 0;
};

// The file at `path`, or standard input for "-", as it is.
// Fails: kIo for a missing or unreadable path or a folder.
std::unique_ptr<ByteSource> open_file(const std::string& path);

// `source` itself, or its uncompressed bytes where it begins with the magic of gzip (RFC 1952),
// bzip2, zstd or xz, in one member or several. Checksums are checked.
// Fails: kInput where it begins with the magic of a format that is not text. `path` names the
// source in errors, now and later.
std::unique_ptr<ByteSource> decompress(std::unique_ptr<ByteSource> source, const std::string& path);

// How a path stands in messages: "standard input" for "-".
std::string display_name(const std::string& path);

}  // namespace svi_lda
