#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "corpus/corpus_reader.h"
#include "corpus/document.h"
#include "support/temporary_folder.h"
#include "svi_lda/error.h"
#include "unit/corpus/memory_source.h"

namespace svi_lda {

// Writes a file into the folder and returns its path.
inline std::string write(const TemporaryFolder& folder, const std::string& name,
                         const std::string& content) {
  std::ofstream(folder.file(name), std::ios::binary) << content;
  return folder.file(name);
}

// One gzip member.
inline std::string gzip(const std::string& text) {
  z_stream stream{};
  if (::deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::runtime_error("deflateInit2 failed");
  }
  std::string out(::deflateBound(&stream, text.size()) + 32, '\0');
  std::string in = text;
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int result = ::deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  ::deflateEnd(&stream);
  if (result != Z_STREAM_END) throw std::runtime_error("deflate failed");
  return out;
}

using Pair = std::pair<std::uint32_t, std::uint32_t>;  // word, count
using Bag = std::vector<Pair>;                         // a document

inline Bag bag_of(const Document& document) {
  Bag bag;
  for (std::size_t i = 0; i < document.words.size(); ++i) {
    bag.emplace_back(document.words[i], document.counts[i]);
  }
  return bag;
}

inline Document document_of(const Bag& bag) {
  Document document;
  for (const auto& [word, count] : bag) {
    document.words.push_back(word);
    document.counts.push_back(count);
  }
  return document;
}

inline std::vector<Bag> read_all(CorpusReader& reader) {
  std::vector<Bag> bags;
  for (Document document; reader.next(document);) bags.push_back(bag_of(document));
  return bags;
}

inline std::unique_ptr<CorpusReader> open_text(const std::string& text,
                                               const OpenCorpusOptions& options = {},
                                               std::size_t step = std::string::npos) {
  return open_corpus(std::make_unique<MemorySource>(text, step), "corpus.txt", options);
}

inline std::vector<Bag> read_text(const std::string& text, const OpenCorpusOptions& options = {},
                                  std::size_t step = std::string::npos) {
  return read_all(*open_text(text, options, step));
}

// The Error that `action` throws; a failure of the test where it throws none.
template <typename Action>
Error error_of(Action action) {
  try {
    action();
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "no error was thrown";
  return Error(ErrorKind::kNumeric, "no error was thrown");
}

// A wrong text and what must be said of it.
struct BadText {
  std::string name;
  std::string text;
  std::uint64_t line;
  std::string problem;  // part of it
  std::string hint;     // part of it
};

inline void expect_error(const BadText& bad, const Error& error) {
  EXPECT_EQ(error.kind(), ErrorKind::kInput) << bad.name;
  EXPECT_EQ(error.path(), "corpus.txt") << bad.name;
  EXPECT_EQ(error.line(), bad.line) << bad.name << ": " << error.what();
  EXPECT_THAT(error.problem(), testing::HasSubstr(bad.problem)) << bad.name;
  EXPECT_THAT(error.hint(), testing::HasSubstr(bad.hint)) << bad.name;
  EXPECT_FALSE(error.hint().empty()) << bad.name;
  EXPECT_LT(std::string(error.what()).size(), 300u) << bad.name;
}

// Corpora of `docs` documents over `vocab_size` words, some documents empty, the last one not.
inline std::vector<Bag> random_bags(std::mt19937_64& random, std::size_t docs,
                                    std::uint32_t vocab_size) {
  std::vector<Bag> bags(docs);
  for (std::size_t d = 0; d < docs; ++d) {
    for (std::uint32_t w = 0; w < vocab_size; ++w) {
      if (random() % 3 != 0) continue;
      const std::uint64_t kind = random() % 20;
      const std::uint64_t largest = kind == 0 ? kMaxCount : kind == 1 ? 70'000 : kind < 5 ? 300 : 4;
      bags[d].emplace_back(w, static_cast<std::uint32_t>(1 + random() % largest));
    }
    if (random() % 4 == 0) bags[d].clear();
  }
  bags.back() = {{vocab_size - 1, 2}};
  return bags;
}

// UCI docword, the words of each document in random order.
inline std::string uci_text(const std::vector<Bag>& bags, std::uint32_t vocab_size,
                            std::mt19937_64& random) {
  std::size_t entries = 0;
  std::string body;
  for (std::size_t d = 0; d < bags.size(); ++d) {
    Bag bag = bags[d];
    std::shuffle(bag.begin(), bag.end(), random);
    entries += bag.size();
    for (const auto& [word, count] : bag) {
      body += std::to_string(d + 1) + " " + std::to_string(word + 1) + " " + std::to_string(count) +
              "\n";
    }
  }
  return std::to_string(bags.size()) + "\n" + std::to_string(vocab_size) + "\n" +
         std::to_string(entries) + "\n" + body;
}

// LDA-C, likewise.
inline std::string ldac_text(const std::vector<Bag>& bags, std::mt19937_64& random) {
  std::string text;
  for (Bag bag : bags) {
    std::shuffle(bag.begin(), bag.end(), random);
    text += std::to_string(bag.size());
    for (const auto& [word, count] : bag) {
      text.append(" ").append(std::to_string(word)).append(":").append(std::to_string(count));
    }
    text += "\n";
  }
  return text;
}

}  // namespace svi_lda
