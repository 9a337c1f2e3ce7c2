#include <set>

#include "corpus/document.h"
#include "unit/corpus/corpus_support.h"

namespace svi_lda {
namespace {

std::uint64_t hash_of(const Bag& bag) { return content_hash(document_of(bag).view()); }

// Documents are chosen for the held-out part by this hash: other values would choose others.
TEST(ContentHash, IsPinned) {
  EXPECT_EQ(hash_of({}), 4696993233866070003u);
  EXPECT_EQ(hash_of({{0, 1}}), 17915281629142001759u);
  EXPECT_EQ(hash_of({{3, 1}, {7, 2}, {500, 70000}}), 13476186063108427387u);
}

TEST(ContentHash, DependsOnContentAlone) {
  std::mt19937_64 random(9);
  const std::vector<Bag> bags = random_bags(random, 30, 20);
  for (const std::string& text : {uci_text(bags, 20, random), ldac_text(bags, random)}) {
    const auto reader = open_text(text);
    Document document;
    for (const Bag& bag : bags) {
      ASSERT_TRUE(reader->next(document));
      EXPECT_EQ(content_hash(document.view()), hash_of(bag));
    }
  }
}

TEST(ContentHash, TellsDocumentsApart) {
  std::set<std::uint64_t> hashes;
  std::size_t documents = 0;
  for (std::uint32_t a = 0; a < 30; ++a) {
    for (std::uint32_t b = 1; b < 30; ++b) {
      hashes.insert(hash_of({{a, b}}));
      hashes.insert(hash_of({{a, 1}, {a + b, 1}}));
      hashes.insert(hash_of({{a, 1}, {30, b}, {31, 1}}));
      documents += 3;
    }
  }
  EXPECT_EQ(hashes.size(), documents);
}

}  // namespace
}  // namespace svi_lda
