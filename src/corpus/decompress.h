#pragma once

#include <memory>
#include <string>

#include "corpus/byte_source.h"

namespace svi_lda {

// The uncompressed bytes of bzip2, zstd (RFC 8878) and xz, in one stream or frame or several; what
// they have of checksums is checked. Memory is at most kMostUnpackMemory beside the blocks of
// input. Each fails: kInput where the data are damaged, end early or are followed by other bytes;
// what was made before is delivered first. `path` names the source in errors.
std::unique_ptr<ByteSource> unpack_bzip2(std::unique_ptr<ByteSource> compressed, std::string path);
std::unique_ptr<ByteSource> unpack_zstd(std::unique_ptr<ByteSource> compressed, std::string path);
std::unique_ptr<ByteSource> unpack_xz(std::unique_ptr<ByteSource> compressed, std::string path);

inline constexpr unsigned kMostUnpackMemory = 128u << 20;

}  // namespace svi_lda
