#include <zip.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "archive/npy_header.h"
#include "archive/npz.h"
#include "archive/utf32.h"
#include "archive/zip_sources.h"
#include "base/file.h"

namespace svi_lda {
namespace {

static_assert(std::endian::native == std::endian::little,
              ".npy members are written as they lie in memory");

constexpr std::uint16_t kZipTime = 0;                        // 00:00:00
constexpr std::uint16_t kZipDate = (0 << 9) | (1 << 5) | 1;  // 1980-01-01, the first a zip can hold
constexpr std::uint32_t kUnixAttributes = 0100644u << 16;    // a plain file
constexpr std::uint64_t kChunkBytes = 64 * 1024;

}  // namespace

struct NpzWriter::Impl {
  std::string path;
  std::vector<std::unique_ptr<ZipMember>> members;  // stable addresses: libzip holds them

  void add(const std::string& name, Packing packing, std::string header,
           std::uint64_t payload_bytes, std::uint64_t chunk_bytes, ZipMember::Produce produce) {
    members.push_back(std::make_unique<ZipMember>(name, packing, std::move(header), payload_bytes,
                                                  std::max<std::uint64_t>(chunk_bytes, 1),
                                                  std::move(produce)));
  }
  // Bytes that lie in memory until finish().
  void add_array(const std::string& name, NpyHeader header, std::span<const char> bytes) {
    add(name + ".npy", Packing::kStored, format_npy_header(header), bytes.size(), kChunkBytes,
        [bytes](std::uint64_t chunk, std::span<char> out) {
          std::memcpy(out.data(), bytes.data() + chunk * kChunkBytes, out.size());
        });
  }
  // Writes all members to `archive`; the reason why not, or nothing.
  std::optional<std::string> write(ZipDestination& archive);
};

NpzWriter::NpzWriter(std::string path) : impl_(std::make_unique<Impl>()) {
  impl_->path = std::move(path);
}

NpzWriter::~NpzWriter() = default;

void NpzWriter::add(const std::string& name, std::span<const double> values) {
  const std::span<const char> bytes(reinterpret_cast<const char*>(values.data()),
                                    values.size_bytes());
  impl_->add_array(name, {"<f8", false, {values.size()}}, bytes);
}

void NpzWriter::add(const std::string& name, std::span<const std::uint64_t> values) {
  const std::span<const char> bytes(reinterpret_cast<const char*>(values.data()),
                                    values.size_bytes());
  impl_->add_array(name, {"<u8", false, {values.size()}}, bytes);
}

void NpzWriter::add(const std::string& name, std::span<const std::uint16_t> values) {
  const std::span<const char> bytes(reinterpret_cast<const char*>(values.data()),
                                    values.size_bytes());
  impl_->add_array(name, {"<u2", false, {values.size()}}, bytes);
}

void NpzWriter::add_scalar(const std::string& name, double value) {
  impl_->add(name + ".npy", Packing::kStored, format_npy_header({"<f8", false, {}}), sizeof(value),
             sizeof(value), [value](std::uint64_t, std::span<char> out) {
               std::memcpy(out.data(), &value, out.size());
             });
}

void NpzWriter::add_strings(const std::string& name, std::span<const std::string> words) {
  std::size_t longest = 1;  // as NumPy: '<U1' holds empty strings
  std::u32string decoded;
  for (std::size_t i = 0; i < words.size(); ++i) {
    decoded.clear();
    if (!append_utf32(words[i], decoded)) {
      throw Error(ErrorKind::kInput, impl_->path, 0,
                  "member " + name + ".npy: word " + std::to_string(i) +
                      " is not valid UTF-8 or holds a NUL",
                  "correct the vocabulary");
    }
    longest = std::max(longest, decoded.size());
  }
  const std::uint64_t word_bytes = longest * sizeof(char32_t);
  impl_->add(
      name + ".npy", Packing::kDeflated,
      format_npy_header({"<U" + std::to_string(longest), false, {words.size()}}),
      word_bytes * words.size(), word_bytes,
      [words, code_points = std::u32string()](std::uint64_t word, std::span<char> out) mutable {
        code_points.clear();
        append_utf32(words[word], code_points);
        code_points.resize(out.size() / sizeof(char32_t));
        std::memcpy(out.data(), code_points.data(), out.size());
      });
}

void NpzWriter::add_columns(const std::string& name, std::uint64_t num_rows,
                            std::uint64_t num_columns,
                            std::function<void(std::uint64_t, float*)> fill) {
  const std::uint64_t column_bytes = num_rows * sizeof(float);
  impl_->add(name + ".npy", Packing::kStored,
             format_npy_header({"<f4", true, {num_rows, num_columns}}), column_bytes * num_columns,
             column_bytes,
             [fill = std::move(fill), column = std::vector<float>(num_rows)](
                 std::uint64_t c, std::span<char> out) mutable {
               fill(c, column.data());
               std::memcpy(out.data(), column.data(), out.size());
             });
}

void NpzWriter::add_stream(const std::string& name, const std::string& descr,
                           const std::vector<std::uint64_t>& shape, bool deflated,
                           std::function<void(std::span<char>)> next) {
  std::uint64_t items = 1;
  for (const std::uint64_t axis : shape) items *= axis;
  // A letter of NumPy's text has 4 bytes.
  const std::uint64_t item_bytes = std::stoull(descr.substr(2)) * (descr[1] == 'U' ? 4 : 1);
  impl_->add(name + ".npy", deflated ? Packing::kDeflatedFast : Packing::kStored,
             format_npy_header({descr, false, shape}), items * item_bytes, kChunkBytes,
             [next = std::move(next)](std::uint64_t, std::span<char> out) { next(out); });
}

void NpzWriter::add_text(const std::string& name, std::string text) {
  const std::uint64_t bytes = text.size();
  impl_->add(name, Packing::kStored, {}, bytes, bytes,
             [text = std::move(text)](std::uint64_t, std::span<char> out) {
               std::memcpy(out.data(), text.data(), out.size());
             });
}

std::optional<std::string> NpzWriter::Impl::write(ZipDestination& archive) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* destination = zip_source_function_create(&ZipDestination::source, &archive, &error);
  if (destination == nullptr) return zip_error_strerror(&error);
  zip_t* opened = nullptr;
  {
    // libzip 1.7 fills static variables at the first call; another call at that moment takes the
    // archive for a read-only one.
    static std::mutex opening;
    const std::lock_guard<std::mutex> lock(opening);
    opened = zip_open_from_source(destination, ZIP_CREATE | ZIP_TRUNCATE, &error);
  }
  if (opened == nullptr) {
    zip_source_free(destination);
    return zip_error_strerror(&error);
  }
  std::unique_ptr<zip_t, decltype(&zip_discard)> zip(opened, &zip_discard);
  for (const auto& member : members) {
    zip_source_t* source = zip_source_function(opened, &ZipMember::source, member.get());
    if (source == nullptr) return zip_strerror(opened);
    const zip_int64_t added = zip_file_add(opened, member->name().c_str(), source, 0);
    if (added < 0) {
      zip_source_free(source);
      return zip_strerror(opened);
    }
    const auto index = static_cast<zip_uint64_t>(added);
    const bool stored = member->packing() == Packing::kStored;
    const zip_uint32_t level = member->packing() == Packing::kDeflatedFast ? 1 : 0;  // 0: best
    if (zip_set_file_compression(opened, index, stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE, level) !=
            0 ||
        zip_file_set_dostime(opened, index, kZipTime, kZipDate, 0) != 0 ||
        zip_file_set_external_attributes(opened, index, 0, ZIP_OPSYS_UNIX, kUnixAttributes) != 0) {
      return zip_strerror(opened);
    }
  }
  if (zip_close(opened) != 0) return zip_strerror(opened);
  zip.release();
  return {};
}

void NpzWriter::finish(const std::function<void()>& before_it_appears) {
  PendingFile file(impl_->path);
  ZipDestination archive(file.descriptor());
  const std::optional<std::string> problem = impl_->write(archive);
  for (const auto& member : impl_->members) {
    if (member->failure()) std::rethrow_exception(member->failure());
  }
  if (archive.failure() != 0) throw io_error(impl_->path, "cannot write", archive.failure());
  if (problem) throw Error(ErrorKind::kIo, impl_->path, 0, "cannot write: " + *problem);
  if (before_it_appears) {
    file.sync();
    before_it_appears();
  }
  file.commit();
}

}  // namespace svi_lda
