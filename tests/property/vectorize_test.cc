// Vectorizing a text: the same bytes for any number of threads, and the counts of a plain twin.
#include "svi_lda/vectorize.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/random.h"
#include "corpus/cache.h"
#include "corpus/vocabulary.h"
#include "support/problem_of.h"
#include "support/temporary_folder.h"

namespace svi_lda {
namespace {

using Bag = std::map<std::string, std::uint32_t>;

// Documents of random words, some empty; more text than is read at a time.
std::vector<std::string> texts() {
  std::vector<std::string> all;
  for (std::uint64_t d = 0; d < 20000; ++d) {
    RandomStream random(5, RandomPurpose::kSampling, d);
    std::string text;
    for (std::uint64_t n = random.below(80); n != 0; --n) {
      const std::uint64_t word = random.below(1 + random.below(30000));
      text.append(word % 7 == 0 ? "W\xc3\x96" : "Word").append(std::to_string(word));
      text.append(n % 9 == 0 ? ", " : " ");
    }
    all.push_back(text);
  }
  return all;
}

std::vector<Bag> bags_of(const std::string& folder) {
  const CacheReader cache(folder + "/corpus.cache");
  const Vocabulary words = Vocabulary::read(folder + "/vocab.txt");
  std::ifstream table(folder + "/documents.tsv");
  std::string row;
  std::getline(table, row);
  std::vector<Bag> bags;
  Document document;
  while (std::getline(table, row)) {
    bags.emplace_back();
    const std::string place =
        row.substr(row.find('\t') + 1, row.find('\t', row.find('\t') + 1) - row.find('\t') - 1);
    if (place == "-") continue;
    cache.read(std::stoull(place) - 1, document);
    for (std::size_t i = 0; i < document.words.size(); ++i) {
      bags.back()[words.word(document.words[i])] = document.counts[i];
    }
  }
  return bags;
}

TEST(Vectorize, CountsAsAPlainTwinDoesWithTheSameBytesForAnyThreads) {
  const TemporaryFolder folder;
  const std::vector<std::string> all = texts();
  std::vector<Bag> twin;
  std::map<std::string, std::uint32_t> documents;
  {
    std::ofstream file(folder.file("in.txt"));
    for (const std::string& text : all) {
      file << text << "\n";
      Bag bag;
      std::string word;
      for (const char c : text) {
        if (c == ' ' || c == ',') {
          if (!word.empty()) ++bag[word];
          word.clear();
        } else if (c == '\x96') {
          word += '\xb6';  // small o with diaeresis
        } else {
          word += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        }
      }
      for (const auto& [term, count] : bag) ++documents[term];
      twin.push_back(std::move(bag));
    }
  }
  for (Bag& bag : twin) {
    std::erase_if(bag, [&](const auto& entry) {
      return documents[entry.first] < 5 || documents[entry.first] > 2000;
    });
  }
  VectorizeOptions options;
  options.inputs = {folder.file("in.txt")};
  options.text.min_df = "5";
  options.text.max_df = "0.1";
  for (const std::int64_t threads : {1, 2, 5}) {
    options.output = folder.file("corpus-" + std::to_string(threads));
    options.threads = threads;
    const VectorizeResult result = vectorize(options);
    EXPECT_EQ(result.docs, all.size());
    EXPECT_EQ(result.invalid_bytes, 0u);
    EXPECT_EQ(result.found.tokens,
              result.kept.tokens + result.below_min_df.tokens + result.above_max_df.tokens);
    EXPECT_EQ(result.found.types,
              result.kept.types + result.below_min_df.types + result.above_max_df.types);
    for (const char* const file :
         {"corpus.cache", "vocab.txt", "documents.tsv", "vectorizer.json"}) {
      EXPECT_EQ(read_file(options.output + "/" + file), read_file(folder.file("corpus-1/") + file));
    }
  }
  EXPECT_EQ(bags_of(folder.file("corpus-1")), twin);
}

TEST(Vectorize, AStopLeavesNothing) {
  const TemporaryFolder folder;
  std::ofstream(folder.file("in.txt")) << "some words\n";
  VectorizeOptions options;
  options.inputs = {folder.file("in.txt")};
  options.output = folder.file("corpus");
  problem_of(ErrorKind::kStopped, [&] { vectorize(options, {[] { return 2; }, {}}); });
  EXPECT_EQ(folder.entries(), 1u);
}

}  // namespace
}  // namespace svi_lda
