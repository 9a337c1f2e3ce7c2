#include <zip.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "archive/npz.h"
#include "archive/npz_member.h"
#include "archive/npz_numbers.h"
#include "archive/utf32.h"
#include "base/file.h"

namespace svi_lda {
namespace {

static_assert(std::endian::native == std::endian::little, ".npy members are read as they lie");

constexpr const char* kDamagedHint =
    "the file is damaged, use another checkpoint or train the model again";
constexpr std::uint64_t kMaxTextBytes = std::uint64_t{1} << 20;
constexpr std::uint64_t kBufferBytes = std::uint64_t{256} * 1024;

// n of "<Un", at least 1.
std::optional<std::uint32_t> string_length(std::string_view descr) {
  if (descr.substr(0, 2) != "<U") return {};
  std::uint32_t length = 0;
  const auto [end, error] = std::from_chars(descr.data() + 2, descr.data() + descr.size(), length);
  if (error != std::errc() || end != descr.data() + descr.size() || length == 0) return {};
  return length;
}

}  // namespace

struct NpzReader::Impl {
  std::string path;
  std::string hint;
  std::uint64_t file_bytes = 0;
  std::unique_ptr<zip_t, decltype(&zip_discard)> zip{nullptr, &zip_discard};

  NpzMember open(const std::string& member) const {
    return NpzMember({path, hint, file_bytes}, zip.get(), member);
  }
  template <typename T>
  std::vector<T> read_vector(const std::string& name, std::string_view descr) const {
    NpzMember member = open(name + ".npy");
    const std::uint64_t count = member.expect(member.header(), descr, sizeof(T), 1);
    std::vector<T> values(static_cast<std::size_t>(count));
    member.read(values.data(), count * sizeof(T));
    member.close();
    return values;
  }
};

void fail_member(const std::string& path, const std::string& name, const std::string& problem) {
  throw Error(ErrorKind::kInput, path, 0, "member " + name + ".npy: " + problem, kDamagedHint);
}

NpzReader::NpzReader(const std::string& path, const std::string& hint)
    : impl_(std::make_unique<Impl>()) {
  impl_->path = path;
  impl_->hint = hint.empty() ? kDamagedHint : hint;
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) throw io_error(path, "cannot open", EISDIR);
  int code = 0;
  impl_->zip.reset(zip_open(path.c_str(), ZIP_RDONLY, &code));
  if (!impl_->zip) {
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    if (zip_error_system_type(&error) == ZIP_ET_SYS && zip_error_code_system(&error) != 0) {
      throw io_error(path, "cannot open", zip_error_code_system(&error));
    }
    if (code == ZIP_ER_NOENT) throw io_error(path, "cannot open", ENOENT);
    throw Error(
        ErrorKind::kInput, path, 0,
        "not a readable .npz file (" + std::string(zip_error_strerror(&error)) + ")",
        hint.empty() ? "name a model.npz or a checkpoint; if it is one, it is damaged" : hint);
  }
  const std::uintmax_t size = std::filesystem::file_size(path, ignored);
  impl_->file_bytes = ignored ? 0 : size;  // no member fits into 0
}

NpzReader::~NpzReader() = default;

bool NpzReader::has(const std::string& member) const {
  return zip_name_locate(impl_->zip.get(), member.c_str(), 0) >= 0;
}

std::vector<double> NpzReader::doubles(const std::string& name) const {
  return impl_->read_vector<double>(name, "<f8");
}

std::vector<std::uint64_t> NpzReader::integers(const std::string& name) const {
  return impl_->read_vector<std::uint64_t>(name, "<u8");
}

std::vector<std::uint16_t> NpzReader::short_integers(const std::string& name) const {
  return impl_->read_vector<std::uint16_t>(name, "<u2");
}

double NpzReader::scalar(const std::string& name) const {
  NpzMember member = impl_->open(name + ".npy");
  member.expect(member.header(), "<f8", sizeof(double), 0);
  double value = 0.0;
  member.read(&value, sizeof(value));
  member.close();
  return value;
}

bool NpzReader::is_scalar(const std::string& name) const {
  return impl_->open(name + ".npy").header().shape.empty();
}

std::vector<std::string> NpzReader::strings(const std::string& name) const {
  NpzMember member = impl_->open(name + ".npy");
  const NpyHeader header = member.header();
  const auto length = string_length(header.descr);
  if (!length) member.fail("holds '" + header.descr + "', expected strings");
  const std::uint64_t word_bytes = *length * sizeof(char32_t);
  const std::uint64_t count = member.expect(header, header.descr, word_bytes, 1);
  std::vector<std::string> words;
  if (count > 0) {
    words.reserve(static_cast<std::size_t>(count));
    std::u32string word(*length, U'\0');
    for (std::uint64_t i = 0; i < count; ++i) {
      member.read(word.data(), word_bytes);
      const std::size_t size = word.find_last_not_of(U'\0') + 1;  // npos + 1 = 0
      if (!append_utf8({word.data(), size}, words.emplace_back())) {
        member.fail("word " + std::to_string(i) + " is not Unicode text");
      }
    }
  }
  member.close();
  return words;
}

std::string NpzReader::text(const std::string& name) const {
  NpzMember member = impl_->open(name);
  if (member.left() > kMaxTextBytes) member.fail("is larger than 1 MiB");
  std::string text(static_cast<std::size_t>(member.left()), '\0');
  member.read(text.data(), text.size());
  member.close();
  return text;
}

void NpzReader::columns(const std::string& name, std::uint64_t num_rows, std::uint64_t num_columns,
                        const std::function<void(std::uint64_t, const float*)>& take) const {
  NpzMember member = impl_->open(name + ".npy");
  const NpyHeader header = member.header();
  member.expect(header, "<f4", sizeof(float), 2);
  if (!header.fortran_order || header.shape[0] != num_rows || header.shape[1] != num_columns) {
    member.fail("is not a " + std::to_string(num_rows) + " x " + std::to_string(num_columns) +
                " array in fortran order");
  }
  const std::uint64_t at_once = std::max<std::uint64_t>(
      1,
      std::min(num_columns, kBufferBytes / std::max<std::uint64_t>(1, num_rows * sizeof(float))));
  std::vector<float> buffer;
  for (std::uint64_t begin = 0; begin < num_columns; begin += at_once) {
    const std::uint64_t count = std::min(at_once, num_columns - begin);
    buffer.resize(static_cast<std::size_t>(count * num_rows));
    member.read(buffer.data(), buffer.size() * sizeof(float));
    for (std::uint64_t i = 0; i < count; ++i) take(begin + i, buffer.data() + i * num_rows);
  }
  member.close();
}

std::vector<std::string> NpzReader::arrays() const {
  constexpr std::string_view kSuffix = ".npy";
  std::vector<std::string> names;
  const zip_int64_t members = zip_get_num_entries(impl_->zip.get(), 0);
  for (zip_int64_t i = 0; i < members; ++i) {
    const char* name = zip_get_name(impl_->zip.get(), static_cast<zip_uint64_t>(i), 0);
    if (name == nullptr) continue;
    const std::string_view text(name);
    if (text.ends_with(kSuffix)) names.emplace_back(text.substr(0, text.size() - kSuffix.size()));
  }
  return names;
}

std::pair<NpyHeader, std::uint64_t> NpzReader::header(const std::string& name) const {
  NpzMember member = impl_->open(name + ".npy");
  NpyHeader header = member.header();
  return {std::move(header), member.left()};
}

void NpzReader::data(const std::string& name, std::size_t block_bytes,
                     const std::function<void(const char*, std::size_t)>& take) const {
  NpzMember member = impl_->open(name + ".npy");
  member.header();
  std::vector<char> block(block_bytes);
  while (member.left() > 0) {
    const auto bytes =
        static_cast<std::size_t>(std::min<std::uint64_t>(member.left(), block_bytes));
    member.read(block.data(), bytes);
    take(block.data(), bytes);
  }
  member.close();
}

std::string NpzReader::short_text(const std::string& name) const {
  constexpr std::uint64_t kMostBytes = 256;
  NpzMember member = impl_->open(name + ".npy");
  const NpyHeader header = member.header();
  const bool unicode = header.descr.starts_with("<U");
  if ((!unicode && !header.descr.starts_with("|S")) || !header.shape.empty() ||
      member.left() > kMostBytes) {
    member.fail("holds '" + header.descr + "', expected a short text");
  }
  std::string bytes(static_cast<std::size_t>(member.left()), '\0');
  member.read(bytes.data(), bytes.size());
  member.close();
  std::string text;
  for (const char c : bytes) {
    if (c == '\0') continue;
    if (c < 0x20 || c == 0x7f) member.fail("is no text");
    text += c;
  }
  return text;
}

std::unique_ptr<NpzNumbers> NpzReader::numbers(const std::string& name) const {
  return open_npz_numbers(impl_->open(name + ".npy"));
}

}  // namespace svi_lda
