// Several files, folders, and caches that carry words.
#include <filesystem>

#include "corpus/cache.h"
#include "corpus/corpus_files.h"
#include "corpus/corpus_words.h"
#include "unit/corpus/corpus_support.h"

namespace svi_lda {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(CorpusFiles, AFolderStandsForItsFilesByName) {
  const TemporaryFolder folder;
  for (const char* name : {"b", "a10", "a2", ".hidden"}) write(folder, name, "1 0:1\n");
  std::filesystem::create_directory(folder.file("inner"));
  EXPECT_THAT(corpus_files({"-", folder.path(), "x"}),
              ElementsAre("-", folder.file("a10"), folder.file("a2"), folder.file("b"), "x"));
  const Error error = error_of([&] { corpus_files({folder.file("inner")}); });
  EXPECT_EQ(error.kind(), ErrorKind::kIo);
  EXPECT_THAT(error.problem(), HasSubstr("without files"));
}

TEST(CorpusParts, AreReadAsOne) {
  const TemporaryFolder folder;
  write(folder, "1", "2\n4\n1\n2 4 1\n");
  write(folder, "2", gzip("1\n4\n1\n1 1 3\n"));
  const auto reader = open_corpus(folder.path());
  EXPECT_EQ(reader->declared_vocab_size(), 4u);
  EXPECT_EQ(reader->declared_docs(), std::nullopt);
  EXPECT_EQ(read_all(*reader), (std::vector<Bag>{{}, {{3, 1}}, {{0, 3}}}));
  EXPECT_EQ(reader->vocab_seen(), 4u);
  EXPECT_EQ(reader->path(), folder.file("2"));
}

TEST(CorpusParts, WordsGoOnInTheNextFile) {
  const TemporaryFolder folder;
  const std::string a = write(folder, "a", "| red\n");
  const std::string b = write(folder, "b", "| blue red\n");
  const auto reader = open_corpus(std::vector<std::string>{b, a, b});
  EXPECT_EQ(read_all(*reader), (std::vector<Bag>{{{0, 1}, {1, 1}}, {{1, 1}}, {{0, 1}, {1, 1}}}));
  EXPECT_THAT(reader->words()->vocabulary().words(), ElementsAre("blue", "red"));
  const Vocabulary vocabulary({"red"});
  OpenCorpusOptions options;
  options.vocabulary = &vocabulary;
  const auto mapped = open_corpus(std::vector<std::string>{b, a, b}, options);
  EXPECT_EQ(read_all(*mapped), (std::vector<Bag>{{{0, 1}}, {{0, 1}}, {{0, 1}}}));
  EXPECT_EQ(mapped->unmapped_tokens(), 2u);
}

TEST(CorpusParts, HaveOneFormatAndOneNumberOfWords) {
  const TemporaryFolder folder;
  const std::string uci = write(folder, "uci", "1\n4\n1\n1 1 3\n");
  const std::string five = write(folder, "five", "1\n5\n1\n1 1 3\n");
  const std::string ldac = write(folder, "ldac", "1 0:1\n");
  const auto read = [&](const std::string& second) {
    return error_of([&] { read_all(*open_corpus(std::vector<std::string>{uci, second})); });
  };
  EXPECT_EQ(read(ldac).path(), ldac);
  EXPECT_THAT(read(ldac).problem(), HasSubstr("is of the format ldac"));
  EXPECT_THAT(read(ldac).hint(), HasSubstr("svi-lda convert"));
  EXPECT_THAT(read(five).problem(), HasSubstr("has 5 words"));
  const std::string broken = write(folder, "broken", "1\n4\n1\n1 9 3\n");
  EXPECT_EQ(read(broken).path(), broken);
  EXPECT_EQ(read(broken).line(), 4u);
}

std::string write_cache(const TemporaryFolder& folder, const std::string& name,
                        const std::vector<Bag>& bags, const Vocabulary& words) {
  CacheWriter writer(folder.file(name));
  for (const Bag& bag : bags) writer.add(document_of(bag).view());
  writer.finish(words.size(), words);
  return folder.file(name);
}

TEST(CorpusParts, CachesCarryWordsAndEmptyDocuments) {
  const TemporaryFolder folder;
  const std::vector<Bag> bags = {{}, {}, {{0, 1}, {2, 5}}, {}, {{1, 2}}, {}, {}};
  const Vocabulary words({"red", "blue and white", "g\xc3\xbcn"});
  const std::string path = write_cache(folder, "a", bags, words);
  const CacheReader cache(path);
  EXPECT_TRUE(cache.has_vocabulary());
  EXPECT_EQ(cache.vocabulary().words(), words.words());
  EXPECT_EQ(cache.summary().empty_docs, 5u);
  EXPECT_EQ(cache.empty_runs().size(), 3u);
  const auto reader = open_corpus(path);
  EXPECT_EQ(read_all(*reader), bags);
  EXPECT_EQ(reader->words()->vocabulary().words(), words.words());

  const Vocabulary other({"g\xc3\xbcn", "red"});
  OpenCorpusOptions options;
  options.vocabulary = &other;
  const auto mapped = open_corpus(path, options);
  EXPECT_EQ(read_all(*mapped), (std::vector<Bag>{{}, {}, {{0, 5}, {1, 1}}, {}, {}, {}, {}}));
  EXPECT_EQ(mapped->unmapped_tokens(), 2u);
  EXPECT_EQ(mapped->declared_vocab_size(), 2u);

  const std::string second = write_cache(folder, "b", bags, Vocabulary({"x", "y", "z"}));
  const Error error = error_of([&] {
    read_all(*open_corpus(std::vector<std::string>{path, second}));
  });
  EXPECT_THAT(error.problem(), HasSubstr("has other words than"));
  EXPECT_EQ(read_all(*open_corpus(std::vector<std::string>{path, path})).size(), 14u);
}

}  // namespace
}  // namespace svi_lda
