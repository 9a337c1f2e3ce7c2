#include "corpus/matrix_market_reader.h"

#include "unit/corpus/corpus_support.h"

namespace svi_lda {
namespace {

OpenCorpusOptions columns() {
  OpenCorpusOptions options;
  options.format = CorpusFormat::kMatrixMarket;
  options.documents_are = DocumentsAre::kColumns;
  return options;
}

const std::string kBanner = "%%MatrixMarket matrix coordinate integer general\n";

TEST(MatrixMarketReader, ReadsEveryKindOfNumber) {
  const std::vector<Bag> bags = {{{0, 2}, {3, 1}}, {}, {{1, 1}}, {}};
  EXPECT_EQ(read_text(kBanner + "% a comment\n\n4 5 4\n1 4 1\n1 1 2\n3 2 1\n3 1 0\n"), bags);
  EXPECT_EQ(read_text("%%MatrixMarket MATRIX Coordinate Real General\n4 5 3\n1 1 2.0\n"
                      "1 4 1e0\n3 2 1.000e+00 \n"),
            bags);
  const std::vector<Bag> ones = {{{0, 1}, {3, 1}}};
  EXPECT_EQ(read_text("%%MatrixMarket matrix coordinate pattern general\n1 5 2\n1 1\n1 4\n"), ones);
}

TEST(MatrixMarketReader, DocumentsMayBeColumns) {
  const auto reader = open_text(kBanner + "3 2 3\n1 1 5\n3 1 1\n2 2 7\n", columns());
  EXPECT_EQ(reader->declared_docs(), 2u);
  EXPECT_EQ(reader->declared_vocab_size(), 3u);
  EXPECT_EQ(read_all(*reader), (std::vector<Bag>{{{0, 5}, {2, 1}}, {{1, 7}}}));
  EXPECT_EQ(reader->vocab_seen(), 3u);
}

// By word, as programs of column-major matrices write; at random; and by document.
TEST(MatrixMarketReader, EntriesComeInAnyOrder) {
  std::mt19937_64 random(3);
  const std::vector<Bag> bags = random_bags(random, 60, 30);
  std::vector<std::string> lines;
  for (std::size_t d = 0; d < bags.size(); ++d) {
    for (const auto& [word, count] : bags[d]) {
      lines.push_back(std::to_string(d + 1) + " " + std::to_string(word + 1) + " " +
                      std::to_string(count) + "\n");
    }
  }
  for (int order = 0; order < 3; ++order) {
    std::string text = kBanner + "60 30 " + std::to_string(lines.size()) + "\n";
    for (const std::string& line : lines) text += line;
    EXPECT_EQ(read_text(text), bags) << order;
    if (order == 0) {
      std::stable_sort(lines.begin(), lines.end(), [](const std::string& a, const std::string& b) {
        return std::stoi(a.substr(a.find(' '))) < std::stoi(b.substr(b.find(' ')));
      });
    } else {
      std::shuffle(lines.begin(), lines.end(), random);
    }
  }
}

TEST(MatrixMarketReader, SaysWhatIsWrongAndWhere) {
  const BadText cases[] = {
      {"dense", "%%MatrixMarket matrix array real general\n", 1, "in the form 'array'",
       "coordinate integer"},
      {"complex", "%%MatrixMarket matrix coordinate complex general\n", 1, "of 'complex' numbers",
       "coordinate"},
      {"symmetric", "%%MatrixMarket matrix coordinate integer symmetric\n", 1, "is 'symmetric'",
       "general"},
      {"no sizes", kBanner + "% only\n", 2, "ends before its sizes", "rows columns entries"},
      {"two sizes", kBanner + "3 4\n", 2, "'3 4' is not three numbers", "rows columns entries"},
      {"no rows", kBanner + "0 4 0\n", 2, "number of documents '0' is below 1",
       "--documents-are rows"},
      {"many", kBanner + "1 1 2\n", 2, "number of entries '2' is above 1", "rows times columns"},
      {"row", kBanner + "2 4 1\n3 1 1\n", 3, "document '3' is above 2", "--documents-are rows"},
      {"column", kBanner + "2 4 1\n1 5 1\n", 3, "word '5' is above 4", "there are 4"},
      {"weight", kBanner + "2 4 1\n1 1 0.5\n", 3, "count '0.5' is not a whole number", "tf-idf"},
      {"no count", kBanner + "2 4 1\n1 1\n", 3, "the entry '1 1' has no count", "row column count"},
      {"junk", kBanner + "2 4 1\n1 1 1 1\n", 3, "'1' follows the entry", "row column count"},
      {"a count in a pattern", "%%MatrixMarket matrix coordinate pattern general\n1 1 1\n1 1 1\n",
       3, "'1' follows the entry", "row column"},
      {"cut", kBanner + "2 4 2\n1 1 1\n", 3, "ends after 1 of 2 entries", "cut off"},
      {"more", kBanner + "2 4 1\n1 1 1\n2 1 1\n", 4, "more entries than the 1", "appended"},
      {"twice", kBanner + "2 4 3\n1 1 1\n2 3 1\n2 3 1\n", 4, "word 3 stands twice", "total count"},
      {"zeros", kBanner + "2 4 1\n1 1 0\n", 1, "no document has a word", "token"},
  };
  for (const BadText& bad : cases) {
    expect_error(bad, error_of([&] { read_text(bad.text); }));
  }
}

TEST(MatrixMarketReader, ColumnsAreForMatricesOnly) {
  OpenCorpusOptions options;
  options.documents_are = DocumentsAre::kColumns;
  const Error error = error_of([&] { open_text("1 0:1\n", options); });
  EXPECT_EQ(error.kind(), ErrorKind::kUsage);
  EXPECT_THAT(error.what(), testing::HasSubstr("--documents-are columns"));
}

}  // namespace
}  // namespace svi_lda
