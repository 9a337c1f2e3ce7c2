#include "corpus/corpus_reader.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <thread>

#include "corpus/cache.h"
#include "unit/corpus/corpus_support.h"

namespace svi_lda {
namespace {

using testing::HasSubstr;
using namespace std::string_literals;

TEST(CorpusFormat, Names) {
  for (const char* const name : {"auto", "uci", "ldac", "cache"}) {
    const auto format = corpus_format_from_name(name);
    ASSERT_TRUE(format);
    EXPECT_STREQ(name_of(*format), name);
  }
  EXPECT_EQ(corpus_format_from_name("UCI"), std::nullopt);
  EXPECT_EQ(corpus_format_from_name(""), std::nullopt);
}

TEST(CorpusFormat, ByTheNameOfAFile) {
  for (const char* name : {"a.uci", "ldac.svmlight/docword.txt", "train.docword.txt.gz"}) {
    EXPECT_EQ(corpus_format_from_path(name), CorpusFormat::kUci) << name;
  }
  for (const char* name : {"a.svm", "b/a.libsvm.bz2", "svmlight.svmlight"}) {
    EXPECT_EQ(corpus_format_from_path(name), CorpusFormat::kSvmlight) << name;
  }
  EXPECT_EQ(corpus_format_from_path("a.ldac"), CorpusFormat::kLdac);
  EXPECT_EQ(corpus_format_from_path("a.mtx.xz"), CorpusFormat::kMatrixMarket);
  EXPECT_EQ(corpus_format_from_path("a.vw.zst"), CorpusFormat::kVw);
  EXPECT_EQ(corpus_format_from_path("a.npz"), CorpusFormat::kNpz);
  EXPECT_EQ(corpus_format_from_path("a.mallet"), CorpusFormat::kMallet);
  EXPECT_EQ(corpus_format_from_path("a.cache"), CorpusFormat::kCache);
  for (const char* name : {"-", "", "a", "a.gz", "a.txt", "vw", "a.auto", "a.vw.old"}) {
    EXPECT_EQ(corpus_format_from_path(name), std::nullopt) << name;
  }
}

TEST(OpenCorpus, WhatIsNeitherFormatIsTold) {
  const BadText texts[] = {
      {"empty", "", 1, "the file is empty", "right file"},
      {"blank", "\n  \n", 1, "the file is empty", "right file"},
      {"text", "Call me Ishmael.\n", 1, "begins with 'Call me Ishmael.'", "N id:count"},
      {"text with a colon", "\nTitle: x\n", 2, "neither UCI docword nor LDA-C", "D, W and NNZ"},
      {"Matrix Market", "%%MatrixMarket matrix\n", 1, "in the form ''", "coordinate integer"},
      {"word counts", "apple:2 pear:1\n", 1, "neither", "N id:count"},
      {"binary", "\x7f"s + "ELF\x02\0\0"s, 1, "binary file", "LDA-C"},
      {"a header of nothing", "0\n5\n0\n", 1, "number of documents D '0' is below 1", "token"},
      {"a header of nothing, spaced", "\n0\n\n5\n0\n", 2, "D '0' is below 1", "token"},
      {"nothing but zeros", "0\n0\n0\n", 3, "no document has a word", "token"},
      {"zeros, then text", "0\n0\nabc\n", 1, "D '0' is below 1", "token"},
  };
  for (const BadText& bad : texts) {
    for (const std::size_t step : {std::size_t{1}, std::string::npos}) {
      expect_error(bad, error_of([&] { read_text(bad.text, {}, step); }));
    }
  }
}

TEST(OpenCorpus, PathsThatCannotBeRead) {
  const TemporaryFolder folder;
  const Error missing = error_of([&] { open_corpus(folder.file("none")); });
  EXPECT_EQ(missing.kind(), ErrorKind::kIo);
  EXPECT_EQ(missing.path(), folder.file("none"));
  EXPECT_EQ(missing.line(), 0u);
  const Error directory = error_of([&] { open_corpus(folder.file("")); });
  EXPECT_EQ(directory.kind(), ErrorKind::kIo);
  EXPECT_THAT(directory.problem(), HasSubstr("folder"));
  for (const CorpusFormat format :
       {CorpusFormat::kUci, CorpusFormat::kLdac, CorpusFormat::kCache}) {
    EXPECT_EQ(error_of([&] {
                open_corpus(folder.file("none"), {format, 0});
              }).kind(),
              ErrorKind::kIo);
    EXPECT_EQ(error_of([&] { open_corpus(folder.file(""), {format, 0}); }).kind(), ErrorKind::kIo);
  }
}

TEST(OpenCorpus, ErrorsNameStandardInput) {
  const TemporaryFolder folder;
  const int saved = ::dup(STDIN_FILENO);
  const int fd = ::open(write(folder, "in", "1\n1\n1\n1 1 0\n").c_str(), O_RDONLY);
  ::dup2(fd, STDIN_FILENO);
  ::close(fd);
  EXPECT_STREQ(error_of([&] { open_corpus("-"); }).what(),
               "standard input:4: count '0' is below 1; counts are integers from 1 to 16777216");
  ::dup2(saved, STDIN_FILENO);
  ::close(saved);
  EXPECT_EQ(error_of([&] {
              open_corpus("-", {CorpusFormat::kCache, 0});
            }).kind(),
            ErrorKind::kInput);
}

// A named pipe can be read only once: recognition must not take bytes from it.
TEST(OpenCorpus, ReadsANamedPipe) {
  const TemporaryFolder folder;
  const std::string path = folder.file("pipe");
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  // Held open for both ends, so that no look at the pipe finds it without a writer.
  const int held = ::open(path.c_str(), O_RDWR);
  std::thread writer([&] {
    const std::string text = "2 0:1 1:1\n1 4:4\n";
    EXPECT_EQ(::write(held, text.data(), text.size()), static_cast<ssize_t>(text.size()));
  });
  writer.join();
  const auto reader = open_corpus(path);
  ::close(held);
  EXPECT_EQ(read_all(*reader), (std::vector<Bag>{{{0, 1}, {1, 1}}, {{4, 4}}}));
}

TEST(OpenCorpus, TruncatedGzipNeverPasses) {
  std::mt19937_64 random(2);
  const std::vector<Bag> bags = random_bags(random, 12, 15);
  for (const std::string& text : {uci_text(bags, 15, random), ldac_text(bags, random)}) {
    const std::string whole = gzip(text);
    EXPECT_EQ(read_text(whole), bags);
    for (std::size_t length = 0; length < whole.size(); ++length) {
      const Error error = error_of([&] { read_text(whole.substr(0, length)); });
      EXPECT_EQ(error.kind(), ErrorKind::kInput) << length;
      EXPECT_GE(error.line(), 1u) << length;
    }
  }
}

TEST(OpenCorpus, ReadsACacheFrontToBack) {
  const TemporaryFolder folder;
  std::mt19937_64 random(4);
  const std::vector<Bag> bags = random_bags(random, 50, 20);
  CacheWriter writer(folder.file("cache"));
  for (const Bag& bag : bags) writer.add(document_of(bag).view());
  writer.finish(25);
  for (const CorpusFormat format : {CorpusFormat::kAuto, CorpusFormat::kCache}) {
    const auto reader = open_corpus(folder.file("cache"), {format, 0});
    EXPECT_EQ(reader->format(), CorpusFormat::kCache);
    EXPECT_EQ(reader->declared_vocab_size(), 25u);
    EXPECT_EQ(reader->declared_docs(), bags.size());
    EXPECT_EQ(reader->path(), folder.file("cache"));
    EXPECT_EQ(reader->line(), 0u);
    EXPECT_EQ(read_all(*reader), bags);
    EXPECT_EQ(reader->vocab_seen(), 20u);
  }
}

TEST(OpenCorpus, ACacheWithoutDocumentsIsAnError) {
  const TemporaryFolder folder;
  CacheWriter writer(folder.file("cache"));
  writer.add({});
  writer.finish(3);
  const Error error = error_of([&] { open_corpus(folder.file("cache")); });
  EXPECT_EQ(error.kind(), ErrorKind::kInput);
  EXPECT_THAT(error.problem(), HasSubstr("no document has a word"));
}

// Every format, plain and compressed, in any pieces, delivers the same documents.
TEST(OpenCorpus, FormatsAgreeOnRandomCorpora) {
  std::mt19937_64 random(7);
  for (int trial = 0; trial < 60; ++trial) {
    const auto vocab_size = static_cast<std::uint32_t>(1 + random() % 60);
    const std::vector<Bag> bags = random_bags(random, 1 + random() % 40, vocab_size);
    const std::size_t step = 1 + random() % 50;
    const std::string uci = uci_text(bags, vocab_size, random);
    const std::string ldac = ldac_text(bags, random);
    EXPECT_EQ(read_text(uci), bags);
    EXPECT_EQ(read_text(ldac), bags);
    EXPECT_EQ(read_text(uci, {}, step), bags);
    EXPECT_EQ(read_text(gzip(ldac), {}, step), bags);
    const std::size_t half = random() % uci.size();
    EXPECT_EQ(read_text(gzip(uci.substr(0, half)) + gzip(uci.substr(half)), {}, step), bags);
  }
}

}  // namespace
}  // namespace svi_lda
