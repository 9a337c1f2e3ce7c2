#include "corpus/plain_entries.h"

#include <limits>

#include "unit/corpus/corpus_support.h"

namespace svi_lda {
namespace {

// `text`, and behind it what parse_plain_entries() never comes to.
std::string with_tail(const std::string& text) { return text + std::string(64, '#'); }

struct Parsed {
  PlainEntries taken;
  Bag bag;
};

Parsed parse(const std::string& text, std::uint64_t doc, std::uint32_t vocab_size = kMaxVocabulary,
             std::uint64_t most = std::numeric_limits<std::uint64_t>::max()) {
  Document document;
  const PlainEntries taken =
      parse_plain_entries(with_tail(text), EntryPrefix(doc), vocab_size, most, document);
  EXPECT_EQ(taken.entries, document.words.size());
  return {taken, bag_of(document)};
}

TEST(ShortNumber, HasOneToSevenDigits) {
  std::uint32_t value = 0;
  for (const std::uint32_t number :
       {0u, 7u, 9u, 10u, 42u, 999u, 1'000u, 12'345u, 987'654u, 1'000'000u, 9'999'999u}) {
    const std::string digits = std::to_string(number);
    // Whatever follows: below, above and between the digits, and with the high bit.
    for (int byte = 0; byte < 256; ++byte) {
      if (byte >= '0' && byte <= '9') continue;
      for (const char fill : {'0', '9', ' ', '\xff'}) {
        std::string text = digits + static_cast<char>(byte) + std::string(8, fill);
        value = 0xdead;
        EXPECT_EQ(parse_short_number(text.data(), value), digits.size()) << text;
        EXPECT_EQ(value, number) << text;
      }
    }
  }
  EXPECT_EQ(parse_short_number("0000012 ", value), 7u);
  EXPECT_EQ(value, 12u);
  for (const char* none : {"12345678", "00000000", " 1234567", "\n1234567", "-1234567", ":1234567",
                           "\xff"
                           "1234567"}) {
    EXPECT_EQ(parse_short_number(none, value), 0u) << none;
  }
}

TEST(EntryPrefix, IsTheNumberAndABlank) {
  for (const std::uint64_t doc :
       {std::uint64_t{1}, std::uint64_t{1'234'567}, std::uint64_t{12'345'678}, kMaxDocuments}) {
    const EntryPrefix prefix(doc);
    const std::string text = std::to_string(doc) + " ";
    EXPECT_EQ(prefix.size(), text.size());
    EXPECT_TRUE(prefix.begins(with_tail(text).data()));
    for (std::size_t i = 0; i < text.size(); ++i) {
      for (int bit = 0; bit < 8; ++bit) {
        std::string other = with_tail(text);
        other[i] = static_cast<char>(other[i] ^ (1 << bit));
        EXPECT_FALSE(prefix.begins(other.data())) << other;
      }
    }
  }
}

TEST(PlainEntries, TakesTheLinesOfADocument) {
  const std::string lines = "7 1 1\n7 10 9\n7 999 10\n7 9999999 9999999\n";
  const Parsed parsed = parse(lines + "8 1 1\n", 7);
  EXPECT_EQ(parsed.bag, (Bag{{0, 1}, {9, 9}, {998, 10}, {9'999'998, 9'999'999}}));
  EXPECT_EQ(parsed.taken.bytes, lines.size());
  EXPECT_EQ(parse(lines, 7, kMaxVocabulary, 2).bag, (Bag{{0, 1}, {9, 9}}));
  EXPECT_EQ(parse(lines, 7, kMaxVocabulary, 0).taken.bytes, 0u);
  EXPECT_EQ(parse(lines, 7, 998).bag.size(), 2u);
  EXPECT_EQ(parse(lines, 70).bag.size(), 0u);
}

// Each is left to the parser that says what is wrong, or takes it after all.
TEST(PlainEntries, StopsBeforeAnythingElse) {
  const std::string sound = "7 3 4\n";
  for (const char* line :
       {"8 1 1\n",        "6 1 1\n",        "77 1 1\n",       "07 1 1\n", " 7 1 1\n",  "7  1 1\n",
        "7\t1 1\n",       "7 1\n",          "7 1  1\n",       "7 1 1 \n", "7 1 1\r\n", "7 1 1 1\n",
        "7 1 11 \n",      "7 0 1\n",        "7 1 0\n",        "7 1 00\n", "7 1 -1\n",  "7 -1 1\n",
        "7 1 1.5\n",      "7 x 1\n",        "7 1 x\n",        "7 1 \n",   "7  1\n",    "7 101 1\n",
        "7 12345678 1\n", "7 1 12345678\n", "7 1 16777217\n", "\n",       "7\n",       "7 "}) {
    const Parsed parsed = parse(std::string(sound).append(line).append(sound), 7, 100);
    EXPECT_EQ(parsed.bag, (Bag{{2, 4}})) << line;
    EXPECT_EQ(parsed.taken.bytes, sound.size()) << line;
  }
}

TEST(PlainEntries, KeepsAwayFromTheEndOfTheText) {
  const std::string lines = "7 1 1\n7 2 2\n";
  for (std::size_t size = 0; size <= lines.size(); ++size) {
    // A text of its own, so that a sanitizer sees a read beyond it.
    const std::vector<char> text(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(size));
    Document document;
    const auto taken =
        parse_plain_entries({text.data(), text.size()}, EntryPrefix(7), 9, 9, document);
    EXPECT_LE(taken.bytes, size);
    EXPECT_EQ(taken.entries, document.words.size());
  }
}

// The same corpus in plain lines and in lines of the same meaning that are not: equal documents,
// and the same place for an error.
TEST(PlainEntries, ReadsAsTheOtherParserDoes) {
  std::mt19937_64 random(17);
  for (int trial = 0; trial < 20; ++trial) {
    const auto vocab_size = static_cast<std::uint32_t>(1 + random() % 700);
    const std::vector<Bag> bags = random_bags(random, 1 + random() % 40, vocab_size);
    const std::string plain = uci_text(bags, vocab_size, random);
    std::string unusual;
    for (const char c : plain) unusual.append(c == ' ' ? "\t" : std::string(1, c));
    const std::string wrong = "1 1 x\n";
    for (const std::size_t step : {std::size_t{7}, std::size_t{1000}, std::string::npos}) {
      EXPECT_EQ(read_text(plain, {}, step), bags);
      EXPECT_EQ(read_text(unusual, {}, step), bags);
      const auto lines = static_cast<std::uint64_t>(std::count(plain.begin(), plain.end(), '\n'));
      for (const std::string& text : {plain, unusual}) {
        EXPECT_EQ(error_of([&] { read_text(text + wrong, {}, step); }).line(), lines + 1);
      }
    }
  }
}

}  // namespace
}  // namespace svi_lda
