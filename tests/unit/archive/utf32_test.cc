#include "archive/utf32.h"

#include <gtest/gtest.h>

namespace svi_lda {
namespace {

TEST(Utf32, EveryScalarValueSurvives) {
  for (char32_t c = 1; c < 0x110000; ++c) {
    std::string utf8;
    const bool scalar = c < 0xd800 || c > 0xdfff;
    ASSERT_EQ(append_utf8({&c, 1}, utf8), scalar) << static_cast<std::uint32_t>(c);
    if (!scalar) continue;
    std::u32string back;
    ASSERT_TRUE(append_utf32(utf8, back)) << static_cast<std::uint32_t>(c);
    ASSERT_EQ(back, std::u32string(1, c));
  }
}

TEST(Utf32, EncodesAsUnicodeSays) {
  std::string utf8;
  EXPECT_TRUE(append_utf8(U"a\u00df\u6c34\U0001f30a", utf8));
  EXPECT_EQ(utf8, "a\xc3\x9f\xe6\xb0\xb4\xf0\x9f\x8c\x8a");
}

TEST(Utf32, RefusesWhatIsNotUtf8) {
  for (const std::string& text :
       {std::string("\x80"), std::string("\xc3"), std::string("\xc3("), std::string("\xc0\x80"),
        std::string("\xc1\xbf"), std::string("\xe0\x80\x80"), std::string("\xe6\xb0"),
        std::string("\xed\xa0\x80"), std::string("\xf0\x80\x80\x80"),
        std::string("\xf4\x90\x80\x80"), std::string("\xf8\x88\x80\x80\x80"), std::string("\xff"),
        std::string("a\0b", 3)}) {
    std::u32string out;
    EXPECT_FALSE(append_utf32(text, out)) << ::testing::PrintToString(text);
  }
  std::string out;
  for (const char32_t c : {char32_t{0}, char32_t{0xd800}, char32_t{0xdfff}, char32_t{0x110000},
                           char32_t{0xffffffff}}) {
    EXPECT_FALSE(append_utf8({&c, 1}, out)) << static_cast<std::uint32_t>(c);
  }
}

}  // namespace
}  // namespace svi_lda
