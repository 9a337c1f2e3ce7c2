#include "archive/npz_numbers.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace svi_lda {
namespace {

static_assert(std::endian::native == std::endian::little, ".npy members are read as they lie");

// Every whole number up to here has a double of its own.
constexpr std::uint64_t kMost = std::uint64_t{1} << 53;

template <typename T>
class Numbers final : public NpzNumbers {
 public:
  Numbers(NpzMember member, std::uint64_t size) : member_(std::move(member)), left_(size) {
    size_ = size;
    if (left_ == 0) member_.close();
  }

  std::uint64_t size() const override { return size_; }

  std::uint64_t next() override {
    if (used_ == block_.size()) refill();
    T value;
    std::memcpy(&value, &block_[used_], sizeof value);
    ++used_;
    if constexpr (std::is_floating_point_v<T>) {
      if (!(value >= 0 && value <= static_cast<T>(kMost) && value == std::floor(value)))
        wrong(value);
    } else if constexpr (std::is_signed_v<T>) {
      if (value < 0) wrong(value);
    }
    const auto number = static_cast<std::uint64_t>(value);
    if (number > kMost) wrong(value);
    return number;
  }

 private:
  static constexpr std::uint64_t kBlock = 8192;

  void refill() {
    if (left_ == 0) member_.fail("ends early");
    block_.resize(static_cast<std::size_t>(std::min(left_, kBlock)));
    member_.read(block_.data(), block_.size() * sizeof(T));
    left_ -= block_.size();
    used_ = 0;
    if (left_ == 0) member_.close();
  }

  [[noreturn]] void wrong(T value) const {
    const std::uint64_t place = size_ - left_ - block_.size() + used_ - 1;
    member_.fail("its number " + std::to_string(place) + " (from 0) is " + std::to_string(value) +
                 ", not a whole number from 0 on");
  }

  NpzMember member_;
  std::uint64_t size_ = 0;
  std::uint64_t left_;
  std::vector<T> block_;
  std::size_t used_ = 0;
};

template <typename T>
std::unique_ptr<NpzNumbers> open_as(NpzMember member, const NpyHeader& header) {
  const std::uint64_t size = member.expect(header, header.descr, sizeof(T), 1);
  return std::make_unique<Numbers<T>>(std::move(member), size);
}

}  // namespace

std::unique_ptr<NpzNumbers> open_npz_numbers(NpzMember member) {
  const NpyHeader header = member.header();
  const std::string& type = header.descr;
  // NumPy's 'bool' has one byte, 0 or 1.
  if (type == "|u1" || type == "|b1") return open_as<std::uint8_t>(std::move(member), header);
  if (type == "|i1") return open_as<std::int8_t>(std::move(member), header);
  if (type == "<u2") return open_as<std::uint16_t>(std::move(member), header);
  if (type == "<i2") return open_as<std::int16_t>(std::move(member), header);
  if (type == "<u4") return open_as<std::uint32_t>(std::move(member), header);
  if (type == "<i4") return open_as<std::int32_t>(std::move(member), header);
  if (type == "<u8") return open_as<std::uint64_t>(std::move(member), header);
  if (type == "<i8") return open_as<std::int64_t>(std::move(member), header);
  if (type == "<f4") return open_as<float>(std::move(member), header);
  if (type == "<f8") return open_as<double>(std::move(member), header);
  member.fail("holds '" + type + "', expected integers or real numbers");
}

}  // namespace svi_lda
