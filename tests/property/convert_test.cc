// Corpora through every format: nothing is lost from one to another and back, and a run does not
// see which one its corpus came in.
#include "svi_lda/convert.h"

#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "archive/npz.h"
#include "support/temporary_folder.h"
#include "svi_lda/error.h"
#include "svi_lda/train.h"

namespace svi_lda {
namespace {

const std::vector<std::string> kFormats = {"uci", "ldac", "svmlight", "mtx",
                                           "vw",  "npz",  "mallet",   "cache"};

std::string content(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

void write(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

bool has_room_for_names(const std::string& format) {
  return format == "svmlight" || format == "vw" || format == "mallet";
}

ConvertResult to_format(const std::string& from, const std::string& from_format,
                        const std::string& to, const std::string& format,
                        const std::string& vocabulary) {
  ConvertOptions options;
  options.inputs = {from};
  options.output = to;
  options.to = format;
  options.vocabulary = vocabulary;
  // Told by content wherever it can be.
  if (from_format == "svmlight" || from_format == "mallet") options.corpus_format = from_format;
  options.force = true;
  return convert(options);
}

// A corpus with empty documents at all places, of VW lines with names and labels.
std::string random_vw(std::mt19937_64& random, std::size_t docs, std::uint32_t vocab_size) {
  std::string text;
  for (std::size_t d = 0; d < docs; ++d) {
    if (random() % 3 == 0) text += std::to_string(1 + random() % 9) + " ";
    if (random() % 3 == 0) text += "'name" + std::to_string(d) + " ";
    text += "|";
    // The last word is there, so that V does not depend on the format.
    const bool last = d + 2 == docs;
    for (std::uint32_t w = 0; w < vocab_size; ++w) {
      if (!(last && w + 1 == vocab_size) && (random() % 4 != 0 || d % 5 == 4)) continue;
      const std::uint64_t most = random() % 20 == 0 ? 70'000 : 4;
      text += " w" + std::to_string(w) + ":" + std::to_string(1 + random() % most);
    }
    text += "\n";
  }
  return text;
}

TEST(Convert, ThereAndBackGivesTheSameBytes) {
  std::mt19937_64 random(5);
  for (int trial = 0; trial < 6; ++trial) {
    const TemporaryFolder folder;
    const auto vocab_size = static_cast<std::uint32_t>(2 + random() % 30);
    std::string words;
    for (std::uint32_t w = 0; w < vocab_size; ++w) words += "w" + std::to_string(w) + "\n";
    const std::string vocabulary = folder.file("vocab");
    write(vocabulary, words);
    const std::string source = folder.file("source");
    write(source, random_vw(random, 3 + random() % 12, vocab_size));
    for (const std::string& first : kFormats) {
      const std::string a = folder.file("a");
      to_format(source, "vw", a, first, vocabulary);
      const std::string bytes = content(a);
      for (const std::string& second : kFormats) {
        if (has_room_for_names(first) && !has_room_for_names(second)) continue;
        SCOPED_TRACE(first + " to " + second);
        const std::string b = folder.file("b");
        to_format(a, first, b, second, vocabulary);
        const ConvertResult back = to_format(b, second, folder.file("c"), first, vocabulary);
        EXPECT_EQ(back.from, second);
        EXPECT_EQ(back.unmapped_tokens, 0u);
        EXPECT_TRUE(content(folder.file("c")) == bytes);
      }
    }
    EXPECT_EQ(folder.entries(), 5u);
  }
}

TEST(Convert, CompressesBySuffixAndReadsItBack) {
  const TemporaryFolder folder;
  std::mt19937_64 random(6);
  write(folder.file("a"), random_vw(random, 40, 30));
  for (const char* suffix : {".gz", ".zst"}) {
    const std::string packed = folder.file(std::string("b") + suffix);
    to_format(folder.file("a"), "vw", packed, "vw", "");
    EXPECT_NE(content(packed).front(), '|');
    to_format(packed, "vw", folder.file("c"), "vw", "");
    to_format(folder.file("a"), "vw", folder.file("d"), "vw", "");
    EXPECT_EQ(content(folder.file("c")), content(folder.file("d"))) << suffix;
  }
}

TEST(Convert, AMatrixMayBeTurned) {
  const TemporaryFolder folder;
  std::mt19937_64 random(7);
  write(folder.file("a"), random_vw(random, 20, 9));
  to_format(folder.file("a"), "vw", folder.file("rows"), "mtx", "");
  for (const char* format : {"mtx", "npz"}) {
    ConvertOptions options;
    options.inputs = {folder.file("rows")};
    options.output = folder.file("turned");
    options.to = format;
    options.output_documents_are = "columns";
    options.force = true;
    convert(options);
    options.inputs = {folder.file("turned")};
    options.output = folder.file("again");
    options.to = "mtx";
    options.documents_are = "columns";
    options.output_documents_are = "rows";
    convert(options);
    EXPECT_EQ(content(folder.file("again")), content(folder.file("rows"))) << format;
    // Read the other way round it is another corpus, of as many tokens.
    options.documents_are = "rows";
    EXPECT_EQ(convert(options).docs, 9u) << format;
  }
}

TEST(Convert, WordsWithoutRoomGoBesideTheOutput) {
  const TemporaryFolder folder;
  write(folder.file("a"), "1 'x | red:2 blue\n|\n| green\n");
  const ConvertResult result = to_format(folder.file("a"), "vw", folder.file("b"), "uci", "");
  EXPECT_EQ(content(folder.file("b")), "3\n3\n3\n1 1 2\n1 2 1\n3 3 1\n");
  EXPECT_EQ(result.vocabulary, folder.file("b.vocab"));
  EXPECT_EQ(content(folder.file("b.vocab")), "red\nblue\ngreen\n");
  EXPECT_EQ(result.names_left_out, 1u);
  EXPECT_EQ(result.labels_left_out, 1u);
  EXPECT_EQ(result.empty_docs, 1u);
}

TEST(Convert, ReplacesNothingAndLeavesNothingHalfWritten) {
  const TemporaryFolder folder;
  write(folder.file("good"), "1 0:1\n");
  write(folder.file("bad"), "1 0:1\n1 x\n");
  write(folder.file("there"), "mine");
  ConvertOptions options;
  options.inputs = {folder.file("good")};
  options.output = folder.file("there");
  options.to = "uci";
  EXPECT_THROW(convert(options), Error);
  EXPECT_EQ(content(folder.file("there")), "mine");
  options.inputs = {folder.file("bad")};
  for (const std::string& format : kFormats) {
    options.to = format;
    options.output = folder.file("new");
    EXPECT_THROW(convert(options), Error) << format;
    EXPECT_EQ(folder.entries(), 3u) << format;
  }
}

TEST(Convert, AWordThatAFormatCannotHoldIsAnError) {
  const TemporaryFolder folder;
  write(folder.file("a"), "1 0:1\n");
  write(folder.file("vocab"), "new york\n");
  for (const char* format : {"vw", "mallet"}) {
    try {
      to_format(folder.file("a"), "ldac", folder.file("b"), format, folder.file("vocab"));
      ADD_FAILURE() << format;
    } catch (const Error& error) {
      EXPECT_NE(error.problem().find("'new york' cannot be written"), std::string::npos);
    }
  }
  to_format(folder.file("a"), "ldac", folder.file("b"), "cache", folder.file("vocab"));
}

TEST(Convert, EveryFormatTrainsToTheSameModel) {
  const TemporaryFolder folder;
  std::mt19937_64 random(8);
  const std::string source = folder.file("source");
  write(source, random_vw(random, 60, 40));
  std::string words;
  for (int w = 0; w < 40; ++w) words += "w" + std::to_string(w) + "\n";
  write(folder.file("vocab"), words);
  std::string expected;
  for (const std::string& format : kFormats) {
    const std::string corpus = folder.file("corpus." + format);
    to_format(source, "vw", corpus, format, folder.file("vocab"));
    TrainOptions options;
    options.corpus = corpus;
    options.vocabulary = folder.file("vocab");
    if (format == "svmlight" || format == "mallet") options.corpus_format = format;
    options.output = folder.file("as-" + format);
    options.topics = 4;
    options.passes = 3;
    options.threads = 2;
    train(options);
    const std::string model = content(options.output + "/model.npz");
    if (expected.empty()) expected = model;
    EXPECT_TRUE(model == expected) << format;
  }
  // Without --vocab a corpus that carries words brings them.
  TrainOptions options;
  options.corpus = folder.file("corpus.cache");
  options.output = folder.file("run");
  options.topics = 4;
  options.passes = 3;
  train(options);
  EXPECT_TRUE(content(folder.file("run/model.npz")) == expected);
}

TEST(Convert, AModelOfWordsRunsOnKeepsThem) {
  const TemporaryFolder folder;
  std::mt19937_64 random(9);
  write(folder.file("a.vw"), random_vw(random, 30, 12));
  TrainOptions options;
  options.corpus = folder.file("a.vw");
  options.output = folder.file("run");
  options.topics = 3;
  options.passes = 1;
  options.keep_cache = true;
  train(options);
  const std::vector<std::string> words =
      NpzReader(folder.file("run/model.npz")).strings("vocabulary");
  EXPECT_EQ(words.size(), 12u);
  std::filesystem::remove(folder.file("a.vw"));
  ResumeOptions more;
  more.run = folder.file("run");
  more.passes = 2;
  resume(more);
  EXPECT_EQ(NpzReader(folder.file("run/model.npz")).strings("vocabulary"), words);
}

}  // namespace
}  // namespace svi_lda
