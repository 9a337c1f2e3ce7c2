#include "archive/npz_member.h"

#include <utility>

#include "base/file.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

constexpr std::uint32_t kMaxDictionaryBytes = std::uint32_t{1} << 16;
// Deflate cannot expand by more (258 bytes from 2 bits); a size that claims more is a lie.
constexpr std::uint64_t kMaxExpansion = 1032;

}  // namespace

NpzMember::NpzMember(NpzArchive archive, zip_t* zip, std::string name)
    : archive_(archive), name_(std::move(name)) {
  const zip_int64_t index = zip_name_locate(zip, name_.c_str(), 0);
  if (index < 0) fail("is missing");
  zip_stat_t stat;
  zip_stat_init(&stat);
  constexpr zip_uint64_t kNeeded = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD;
  if (zip_stat_index(zip, static_cast<zip_uint64_t>(index), 0, &stat) != 0 ||
      (stat.valid & kNeeded) != kNeeded) {
    fail(zip_strerror(zip));
  }
  const bool stored = stat.comp_method == ZIP_CM_STORE;
  if (!stored && stat.comp_method != ZIP_CM_DEFLATE) fail("unknown compression method");
  if (stat.comp_size > archive_.file_bytes ||
      (stored ? stat.size != stat.comp_size : stat.size / kMaxExpansion > stat.comp_size)) {
    fail("claims more bytes than the file holds");
  }
  left_ = stat.size;
  file_.reset(zip_fopen_index(zip, static_cast<zip_uint64_t>(index), 0));
  if (!file_) fail(zip_strerror(zip));
}

void NpzMember::read(void* out, std::uint64_t bytes) {
  if (bytes > left_) fail("ends early");
  left_ -= bytes;
  for (auto* next = static_cast<char*>(out); bytes > 0;) {
    const zip_int64_t got = zip_fread(file_.get(), next, bytes);
    if (got < 0) fail_reading();
    if (got == 0) fail("ends early");
    next += got;
    bytes -= static_cast<std::uint64_t>(got);
  }
}

void NpzMember::close() {
  char extra = 0;
  const zip_int64_t got = zip_fread(file_.get(), &extra, 1);
  if (got < 0) fail_reading();
  if (got != 0 || left_ != 0) fail("is longer than its header says");
}

NpyHeader NpzMember::header() {
  std::string preamble(kNpyPreambleBytes, '\0');
  read(preamble.data(), preamble.size());
  const auto length_bytes = npy_length_bytes(preamble);
  if (!length_bytes) fail("is not a .npy array of version 1.0 or 2.0");
  std::uint32_t length = 0;
  read(&length, *length_bytes);
  if (length > kMaxDictionaryBytes) fail("has a malformed .npy header");
  std::string text(length, '\0');
  read(text.data(), text.size());
  auto header = parse_npy_dictionary(text);
  if (!header) fail("has a malformed .npy header");
  return *std::move(header);
}

std::uint64_t NpzMember::expect(const NpyHeader& header, std::string_view descr,
                                std::uint64_t item_bytes, std::size_t axes) {
  if (header.descr != descr) {
    fail("holds '" + header.descr + "', expected '" + std::string(descr) + "'");
  }
  if (header.shape.size() != axes) {
    fail("has " + std::to_string(header.shape.size()) + " axes, expected " + std::to_string(axes));
  }
  if (npy_data_bytes(header.shape, item_bytes) != left_) {
    fail("its shape and its size disagree");
  }
  return left_ / item_bytes;
}

void NpzMember::fail(const std::string& problem) const {
  throw Error(ErrorKind::kInput, archive_.path, 0, "member " + name_ + ": " + problem,
              archive_.hint);
}

void NpzMember::fail_reading() {
  zip_error_t* error = zip_file_get_error(file_.get());
  if (zip_error_code_zip(error) == ZIP_ER_READ && zip_error_code_system(error) != 0) {
    throw io_error(archive_.path, "cannot read", zip_error_code_system(error));
  }
  fail(zip_error_strerror(error));
}

}  // namespace svi_lda
