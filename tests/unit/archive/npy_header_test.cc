#include "archive/npy_header.h"

#include <gtest/gtest.h>

namespace svi_lda {
namespace {

std::string dictionary_of(const std::string& header) { return header.substr(10); }

TEST(NpyHeader, IsTheOneThatNumPyWrites) {
  // numpy.save of a (2, 3) float32 array in fortran order, NumPy 1.24.
  const std::string expected = std::string("\x93NUMPY\1\0", 8) + "v" + std::string(1, '\0') +
                               "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }" +
                               std::string(59, ' ') + "\n";
  EXPECT_EQ(format_npy_header({"<f4", true, {2, 3}}), expected);
}

TEST(NpyHeader, DataStartAtAMultipleOf64) {
  for (std::uint64_t axis = 1; axis < 10'000'000'000'000u; axis *= 7) {
    for (const bool fortran : {false, true}) {
      const NpyHeader header{"<U" + std::to_string(axis % 1000 + 1), fortran, {axis, 3 * axis}};
      const std::string bytes = format_npy_header(header);
      EXPECT_EQ(bytes.size() % 64, 0u);
      EXPECT_EQ(npy_length_bytes(bytes.substr(0, kNpyPreambleBytes)), 2u);
      const auto length =
          static_cast<unsigned char>(bytes[8]) + 256u * static_cast<unsigned char>(bytes[9]);
      EXPECT_EQ(length + 10, bytes.size());
      const auto parsed = parse_npy_dictionary(dictionary_of(bytes));
      ASSERT_TRUE(parsed);
      EXPECT_EQ(parsed->descr, header.descr);
      EXPECT_EQ(parsed->fortran_order, header.fortran_order);
      EXPECT_EQ(parsed->shape, header.shape);
    }
  }
}

TEST(NpyHeader, AcceptsAnyOrderAndSpacing) {
  const auto parsed =
      parse_npy_dictionary(" { \"shape\" :( 5 , ) ,\t'fortran_order':False,'descr':\"<f8\"}  \n");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->descr, "<f8");
  EXPECT_FALSE(parsed->fortran_order);
  EXPECT_EQ(parsed->shape, (std::vector<std::uint64_t>{5}));
  const auto scalar =
      parse_npy_dictionary("{'descr': '<f8', 'fortran_order': False, 'shape': (), }");
  ASSERT_TRUE(scalar);
  EXPECT_TRUE(scalar->shape.empty());
}

TEST(NpyHeader, RefusesWhatIsMalformed) {
  for (const char* text : {
           "",
           "{",
           "{}",
           "{'descr': '<f8', 'fortran_order': False}",
           "{'descr': '<f8', 'fortran_order': False, 'shape': (5)}",
           "{'descr': '<f8', 'fortran_order': False, 'shape': (5,), } x",
           "{'descr': '<f8', 'fortran_order': False, 'shape': (5,) 'x': 1}",
           "{'descr': '<f8', 'fortran_order': False, 'shape': (5,), 'x': 1}",
           "{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (5,)}",
           "{'descr': '<f8' 'fortran_order': False, 'shape': (5,)}",
           "{'descr': '<f8', 'fortran_order': 0, 'shape': (5,)}",
           "{'descr': '<f8', 'fortran_order': False, 'shape': (-5,)}",
           "{'descr': '<f8', 'fortran_order': False, 'shape': (5, 6 7)}",
           "{'descr': '<f8', 'fortran_order': False, 'shape': (,)}",
           "{'descr': '<f8', 'fortran_order': False, 'shape': (5L,)}",
           "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,)}",
           "{'descr': '<f\\x38', 'fortran_order': False, 'shape': (5,)}",
           "{'descr': '<f8, 'fortran_order': False, 'shape': (5,)}",
           "{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (5,)}",
       }) {
    EXPECT_FALSE(parse_npy_dictionary(text)) << text;
  }
}

TEST(NpyHeader, KnowsVersionsOneAndTwo) {
  const auto preamble = [](char major, char minor) {
    return std::string("\x93NUMPY") + major + minor;
  };
  EXPECT_EQ(npy_length_bytes(preamble(1, 0)), 2u);
  EXPECT_EQ(npy_length_bytes(preamble(2, 0)), 4u);
  EXPECT_FALSE(npy_length_bytes(preamble(3, 0)));
  EXPECT_FALSE(npy_length_bytes(preamble(1, 1)));
  EXPECT_FALSE(npy_length_bytes("\x93NUMPX\1"));
  EXPECT_FALSE(npy_length_bytes(""));
}

TEST(NpyHeader, DataBytesDoNotOverflow) {
  EXPECT_EQ(npy_data_bytes({}, 8), 8u);
  EXPECT_EQ(npy_data_bytes({3, 4}, 8), 96u);
  EXPECT_EQ(npy_data_bytes({0, 4}, 8), 0u);
  EXPECT_FALSE(npy_data_bytes({std::uint64_t{1} << 61}, 8));
  EXPECT_FALSE(npy_data_bytes({std::uint64_t{1} << 32, std::uint64_t{1} << 32}, 1));
}

}  // namespace
}  // namespace svi_lda
