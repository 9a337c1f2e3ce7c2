#include "text/utf8.h"

#include <gtest/gtest.h>

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
