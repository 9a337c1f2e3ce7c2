#include "text/utf8.h"

#include <gtest/gtest.h>
#include <unicode/utf8.h>

#include <cstdint>
#include <string>

namespace svi_lda {
namespace {

struct Repair {
  std::string text;
  std::size_t bytes;
};

Repair repaired(std::string text) {
  const std::size_t bytes = repair_utf8(text);
  return {text, bytes};
}

TEST(Utf8, WhatIsUtf8StaysAsItIs) {
  for (const std::string text : {"", "plain ASCII of more than eight bytes", "na\xc3\xafve",
                                 "\xe6\x97\xa5\xe6\x9c\xac", "\xf0\x9f\x8d\x95", "\xef\xbf\xbd"}) {
    EXPECT_EQ(repaired(text).text, text);
    EXPECT_EQ(repaired(text).bytes, 0u);
  }
}

TEST(Utf8, EachMaximalSubpartBecomesOneReplacement) {
  const std::string r = "\xef\xbf\xbd";
  EXPECT_EQ(repaired("caf\xe9 noir").text, "caf" + r + " noir");
  EXPECT_EQ(repaired("caf\xe9 noir").bytes, 1u);
  // A sequence that is cut off is one subpart; Unicode 15, table 3-8.
  EXPECT_EQ(repaired("\xe6\x97").text, r);
  EXPECT_EQ(repaired("\xe6\x97").bytes, 2u);
  EXPECT_EQ(repaired("\xf0\x9f\x8d-\x80").text, r + "-" + r);
  EXPECT_EQ(repaired("\xf0\x9f\x8d-\x80").bytes, 4u);
  // Overlong forms, surrogates and what lies above U+10FFFF are no sequences at all.
  EXPECT_EQ(repaired("\xc0\xaf").text, r + r);
  EXPECT_EQ(repaired("\xed\xa0\x80").text, r + r + r);
  EXPECT_EQ(repaired("\xf4\x90\x80\x80").text, r + r + r + r);
}

// Every sequence of four bytes from those at which Unicode's table 3-7 changes, as ICU sees it.
TEST(Utf8, AsIcuHasIt) {
  constexpr unsigned char kBytes[] = {0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf,
                                      0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed,
                                      0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff};
  for (const unsigned char a : kBytes) {
    for (const unsigned char b : kBytes) {
      for (const unsigned char c : kBytes) {
        for (const unsigned char d : kBytes) {
          const unsigned char bytes[] = {a, b, c, d};
          std::string expected;
          std::size_t invalid = 0;
          for (std::int32_t i = 0; i < 4;) {
            const std::int32_t begin = i;
            UChar32 code_point = 0;
            U8_NEXT(bytes, i, 4, code_point);
            if (code_point < 0) {
              expected += "\xef\xbf\xbd";
              invalid += static_cast<std::size_t>(i - begin);
            } else {
              expected.append(reinterpret_cast<const char*>(bytes) + begin,
                              static_cast<std::size_t>(i - begin));
            }
          }
          const Repair repair = repaired({reinterpret_cast<const char*>(bytes), 4});
          ASSERT_EQ(repair.text, expected);
          ASSERT_EQ(repair.bytes, invalid);
        }
      }
    }
  }
}

TEST(Utf8, TheAsciiPrefixEndsAtTheFirstOtherByte) {
  std::string text(40, 'x');
  EXPECT_EQ(ascii_prefix(text), 40u);
  for (std::size_t place = 0; place < text.size(); ++place) {
    std::string other = text;
    other[place] = '\x80';
    EXPECT_EQ(ascii_prefix(other), place);
  }
}

}  // namespace
}  // namespace svi_lda
