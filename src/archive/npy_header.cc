#include "archive/npy_header.h"

#include <charconv>

namespace svi_lda {
namespace {

constexpr std::string_view kMagic = "\x93NUMPY";
constexpr std::size_t kAlignment = 64;
// NumPy leaves room for the axis along which an array may be appended to.
constexpr std::size_t kGrowthDigits = 21;

std::string shape_text(const std::vector<std::uint64_t>& shape) {
  std::string text = "(";
  for (std::size_t i = 0; i < shape.size(); ++i) {
    text += (i == 0 ? "" : ", ") + std::to_string(shape[i]);
  }
  return text + (shape.size() == 1 ? ",)" : ")");
}

// A reader of the Python literals that occur in a header. Every member function skips white space
// first and leaves the text alone where it fails.
class Literals {
 public:
  explicit Literals(std::string_view text) : rest_(text) {}

  bool symbol(char expected) {
    skip_space();
    if (rest_.empty() || rest_.front() != expected) return false;
    rest_.remove_prefix(1);
    return true;
  }
  // A string without escapes, in either quotes.
  std::optional<std::string_view> quoted() {
    skip_space();
    if (rest_.empty() || (rest_.front() != '\'' && rest_.front() != '"')) return {};
    const std::size_t end = rest_.find(rest_.front(), 1);
    if (end == std::string_view::npos) return {};
    const std::string_view body = rest_.substr(1, end - 1);
    if (body.find('\\') != std::string_view::npos) return {};
    rest_.remove_prefix(end + 1);
    return body;
  }
  std::optional<bool> boolean() {
    skip_space();
    for (const bool value : {false, true}) {
      const std::string_view name = value ? "True" : "False";
      if (rest_.substr(0, name.size()) == name) {
        rest_.remove_prefix(name.size());
        return value;
      }
    }
    return {};
  }
  std::optional<std::uint64_t> integer() {
    skip_space();
    std::uint64_t value = 0;
    const char* end = rest_.data() + rest_.size();
    const auto [next, error] = std::from_chars(rest_.data(), end, value);
    if (error != std::errc()) return {};
    rest_.remove_prefix(static_cast<std::size_t>(next - rest_.data()));
    return value;
  }
  std::optional<std::vector<std::uint64_t>> tuple() {
    if (!symbol('(')) return {};
    std::vector<std::uint64_t> values;
    bool comma = false;
    while (!symbol(')')) {
      if (!values.empty() && !comma) return {};
      const auto value = integer();
      if (!value) return {};
      values.push_back(*value);
      comma = symbol(',');
    }
    // "(5)" is a number in Python, not a tuple.
    if (values.size() == 1 && !comma) return {};
    return values;
  }
  bool at_end() {
    skip_space();
    return rest_.empty();
  }

 private:
  void skip_space() {
    while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\n' ||
                              rest_.front() == '\t' || rest_.front() == '\r')) {
      rest_.remove_prefix(1);
    }
  }

  std::string_view rest_;
};

}  // namespace

std::string format_npy_header(const NpyHeader& header) {
  std::string text = "{'descr': '" + header.descr +
                     "', 'fortran_order': " + (header.fortran_order ? "True" : "False") +
                     ", 'shape': " + shape_text(header.shape) + ", }";
  if (!header.shape.empty()) {
    const std::uint64_t axis = header.fortran_order ? header.shape.back() : header.shape.front();
    text.append(kGrowthDigits - std::to_string(axis).size(), ' ');
  }
  const std::size_t preamble = kNpyPreambleBytes + 2;
  const std::size_t unpadded = preamble + text.size() + 1;
  text.append(kAlignment - unpadded % kAlignment, ' ');
  text += '\n';

  std::string bytes(kMagic);
  bytes += '\1';
  bytes += '\0';
  bytes += static_cast<char>(text.size() & 0xff);
  bytes += static_cast<char>(text.size() >> 8);
  return bytes + text;
}

std::optional<std::size_t> npy_length_bytes(std::string_view preamble) {
  if (preamble.size() != kNpyPreambleBytes || preamble.substr(0, kMagic.size()) != kMagic) {
    return {};
  }
  const char major = preamble[kMagic.size()];
  const char minor = preamble[kMagic.size() + 1];
  if ((major != 1 && major != 2) || minor != 0) return {};
  return major == 1 ? 2 : 4;
}

std::optional<NpyHeader> parse_npy_dictionary(std::string_view text) {
  Literals literals(text);
  std::optional<std::string_view> descr;
  std::optional<bool> fortran_order;
  std::optional<std::vector<std::uint64_t>> shape;
  if (!literals.symbol('{')) return {};
  bool comma = true;
  while (!literals.symbol('}')) {
    if (!comma) return {};
    const auto key = literals.quoted();
    if (!key || !literals.symbol(':')) return {};
    if (*key == "descr" && !descr) {
      descr = literals.quoted();
      if (!descr) return {};
    } else if (*key == "fortran_order" && !fortran_order) {
      fortran_order = literals.boolean();
      if (!fortran_order) return {};
    } else if (*key == "shape" && !shape) {
      shape = literals.tuple();
      if (!shape) return {};
    } else {
      return {};
    }
    comma = literals.symbol(',');
  }
  if (!literals.at_end() || !descr || !fortran_order || !shape) return {};
  return NpyHeader{std::string(*descr), *fortran_order, *shape};
}

std::optional<std::uint64_t> npy_data_bytes(const std::vector<std::uint64_t>& shape,
                                            std::uint64_t item_bytes) {
  std::uint64_t bytes = item_bytes;
  for (const std::uint64_t axis : shape) {
    if (__builtin_mul_overflow(bytes, axis, &bytes)) return {};
  }
  return bytes;
}

}  // namespace svi_lda
