#include "output/topics_file.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <fstream>
#include <optional>
#include <string_view>
#include <utility>

#include "archive/npz.h"
#include "base/file.h"
#include "corpus/byte_source.h"
#include "corpus/document.h"
#include "corpus/line_reader.h"
#include "corpus/quote.h"
#include "output/npy_matrix.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{1} << 18;
constexpr std::size_t kMostLineBytes = std::size_t{1} << 30;
constexpr std::uint64_t kMostTopics = 1'000'000;
constexpr std::array kMatrixNames = {"topics", "components_", "topic_word",
                                     "beta",   "phi",         "lambda"};

[[noreturn]] void fail(const std::string& path, const std::string& problem,
                       const std::string& hint) {
  throw Error(ErrorKind::kInput, path, 0, problem, hint);
}

// Which axis of a matrix are the topics.
struct Orientation {
  std::uint32_t num_topics;
  std::uint32_t vocab_size;
  bool transposed;  // words x topics
};

Orientation orientation_of(const std::string& path, std::uint64_t rows, std::uint64_t columns,
                           std::uint32_t vocab_size) {
  const std::string shape =
      "holds " + std::to_string(rows) + " rows of " + std::to_string(columns) + " numbers";
  if (rows == 0 || columns == 0) fail(path, shape, "give a row a topic, a column a word");
  const bool transposed = vocab_size != 0 ? columns != vocab_size && rows == vocab_size : false;
  if (vocab_size != 0 && !transposed && columns != vocab_size) {
    fail(path, shape + ", but there are " + std::to_string(vocab_size) + " words",
         "give the topics of this vocabulary, a row a topic");
  }
  if (vocab_size == 0 && rows > columns) {
    fail(path, shape + ": more topics than words, or its rows are words",
         "give a row a topic (numpy: X.T), or --vocab FILE, which tells the axes apart");
  }
  const std::uint64_t topics = transposed ? columns : rows;
  const std::uint64_t words = transposed ? rows : columns;
  if (topics > kMostTopics || words > kMaxVocabulary) {
    fail(path, shape, "at most a million topics and 100 million words are read");
  }
  return {static_cast<std::uint32_t>(topics), static_cast<std::uint32_t>(words), transposed};
}

void put(const std::string& path, Topics& topics, std::uint64_t topic, std::uint64_t word,
         double value) {
  if (!(std::isfinite(value) && value >= 0.0 && value <= 1e30)) {
    fail(path,
         "topic " + std::to_string(topic) + ", word " + std::to_string(word) + ": " +
             std::to_string(value) + " is neither a probability nor a count",
         "give numbers of at least 0; logarithms must be exponentiated first");
  }
  topics.row(static_cast<std::uint32_t>(word))[topic] = static_cast<float>(value);
}

// The matrix of an array whose data `read_data` hands to the function that it is given.
Topics matrix_of(
    const std::string& path, const NpyHeader& header, std::uint32_t vocab_size,
    const std::function<void(const std::function<void(const char*, std::size_t)>&)>& read_data) {
  const Orientation axes = orientation_of(path, header.shape[0], header.shape[1], vocab_size);
  Topics topics(axes.num_topics, axes.vocab_size, 0.0);
  NpyMatrix matrix(header, [&](std::uint64_t row, std::uint64_t column, double value) {
    put(path, topics, axes.transposed ? column : row, axes.transposed ? row : column, value);
  });
  read_data([&](const char* data, std::size_t bytes) { matrix.add(data, bytes); });
  return topics;
}

// `bytes`: of the data behind the header.
void require_matrix(const std::string& path, const NpyHeader& header, std::uint64_t bytes) {
  if (header.shape.size() != 2) {
    fail(path, "has " + std::to_string(header.shape.size()) + " axes",
         "give two: a row a topic, a column a word");
  }
  const std::size_t item_bytes = NpyMatrix::item_bytes(header.descr);
  if (item_bytes == 0) {
    fail(path, "its numbers are of type '" + header.descr + "'",
         "save little-endian float32 or float64 (numpy: X.astype(float))");
  }
  if (npy_data_bytes(header.shape, item_bytes) != bytes) {
    fail(path, "its shape and its size disagree", "the file is damaged, save it again");
  }
}

Topics read_npy(const std::string& path, std::uint32_t vocab_size) {
  std::ifstream file(path, std::ios::binary);
  const auto take = [&](std::size_t bytes) {
    std::string text(bytes, '\0');
    if (!file.read(text.data(), static_cast<std::streamsize>(bytes))) {
      fail(path, "ends within its .npy header", "save it again");
    }
    return text;
  };
  const auto length_bytes = npy_length_bytes(take(kNpyPreambleBytes));
  if (!length_bytes) fail(path, "is not a .npy file of version 1.0 or 2.0", "save it again");
  std::uint32_t length = 0;
  const std::string digits = take(*length_bytes);
  std::memcpy(&length, digits.data(), digits.size());
  constexpr std::uint32_t kMostHeaderBytes = 1u << 16;
  const auto header =
      length <= kMostHeaderBytes ? parse_npy_dictionary(take(length)) : std::nullopt;
  if (!header) fail(path, "has a malformed .npy header", "save it again");
  const auto begin = file.tellg();
  file.seekg(0, std::ios::end);
  const auto bytes = static_cast<std::uint64_t>(file.tellg() - begin);
  file.seekg(begin);
  require_matrix(path, *header, bytes);
  return matrix_of(path, *header, vocab_size, [&](const auto& add) {
    std::vector<char> block(kBlockBytes);
    for (std::uint64_t left = bytes; left > 0;) {
      const auto n = static_cast<std::size_t>(std::min<std::uint64_t>(left, block.size()));
      if (!file.read(block.data(), static_cast<std::streamsize>(n))) {
        fail(path, "cannot be read to its end", "save it again");
      }
      add(block.data(), n);
      left -= n;
    }
  });
}

// The member of an archive that holds the topics.
std::string matrix_member(const std::string& path, const NpzReader& archive) {
  std::vector<std::string> matrices;
  std::string all;
  for (const std::string& name : archive.arrays()) {
    all.append(all.empty() ? "" : ", ").append(name);
    if (archive.header(name).first.shape.size() == 2) matrices.push_back(name);
  }
  if (matrices.size() == 1) return matrices.front();
  for (const char* name : kMatrixNames) {
    if (std::find(matrices.begin(), matrices.end(), name) != matrices.end()) return name;
  }
  fail(path, "none of its members can be told to be the topics: " + all,
       "call the array of topics x words 'topics'");
}

TopicsFile read_npz(const std::string& path, std::uint32_t vocab_size) {
  const NpzReader archive(path);
  if (archive.has("meta.json")) {
    fail(path, "is a model of this program", "give it as RUN: svi-lda evaluate " + path);
  }
  const std::string name = matrix_member(path, archive);
  const auto [header, bytes] = archive.header(name);
  require_matrix(path, header, bytes);
  Vocabulary words;
  if (archive.has("vocabulary.npy")) words = Vocabulary(archive.strings("vocabulary"));
  TopicsFile file{matrix_of(path, header, words.empty() ? vocab_size : words.size(),
                            [&](const auto& add) { archive.data(name, kBlockBytes, add); }),
                  false,
                  std::move(words),
                  {}};
  if (archive.has("alpha.npy")) file.alpha = archive.doubles("alpha");
  return file;
}

constexpr std::string_view kSeparators = "\t ,";

// The next field of a line; empty at its end.
std::string_view next_of(std::string_view& rest, std::string_view separators) {
  const std::size_t begin = rest.find_first_not_of(separators);
  if (begin == std::string_view::npos) return {};
  const std::size_t end = std::min(rest.find_first_of(separators, begin), rest.size());
  const std::string_view field = rest.substr(begin, end - begin);
  rest.remove_prefix(end);
  return field;
}

bool parse(std::string_view field, double& value) {
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
  return error == std::errc() && end == field.data() + field.size();
}

std::vector<std::string> words_of(std::string_view line) {
  const std::string_view separators = line.find('\t') == std::string_view::npos ? " " : "\t";
  std::vector<std::string> words;
  for (auto word = next_of(line, separators); !word.empty(); word = next_of(line, separators)) {
    words.emplace_back(word);
  }
  return words;
}

TopicsFile read_text(std::unique_ptr<ByteSource> source, const std::string& path,
                     std::uint32_t vocab_size) {
  LineReader lines(std::move(source), path, kMostLineBytes);
  std::vector<std::string> words;
  std::vector<std::vector<float>> rows;
  std::string_view line;
  while (lines.next(line)) {
    double value = 0.0;
    std::string_view rest = line;
    const std::string_view first = next_of(rest, kSeparators);
    if (first.empty()) continue;
    if (rows.empty() && words.empty() && !parse(first, value)) {
      words = words_of(line);
      continue;
    }
    std::vector<float>& row = rows.emplace_back();
    for (std::string_view field = first; !field.empty(); field = next_of(rest, kSeparators)) {
      if (!parse(field, value)) {
        lines.fail(quote(field) + " is not a number",
                   "write a line a topic, a number a word, tabs between");
      }
      if (!(value >= 0.0 && value <= 1e30)) {
        lines.fail(quote(field) + " is neither a probability nor a count",
                   "give numbers of at least 0; logarithms must be exponentiated first");
      }
      row.push_back(static_cast<float>(value));
    }
    if (row.size() != rows.front().size()) {
      lines.fail("has " + std::to_string(row.size()) + " numbers, the lines before it " +
                     std::to_string(rows.front().size()),
                 "write a number a word on every line");
    }
  }
  if (rows.empty()) fail(path, "holds no topic", "write a line a topic, a number a word");
  const Orientation axes =
      orientation_of(path, rows.size(), rows.front().size(),
                     words.empty() ? vocab_size : static_cast<std::uint32_t>(words.size()));
  TopicsFile file{
      Topics(axes.num_topics, axes.vocab_size, 0.0), false, Vocabulary(std::move(words)), {}};
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (std::size_t c = 0; c < rows[r].size(); ++c) {
      put(path, file.topics, axes.transposed ? c : r, axes.transposed ? r : c,
          static_cast<double>(rows[r][c]));
    }
  }
  return file;
}

void check(const std::string& path, TopicsFile& file) {
  file.topics.set_row_sums(file.topics.sum_rows(Parallel(1)));
  const auto sums = file.topics.row_sums();
  for (std::size_t k = 0; k < sums.size(); ++k) {
    if (!(sums[k] > 0.0)) {
      fail(path, "topic " + std::to_string(k) + " gives all words probability 0",
           "leave it out, or give its numbers");
    }
  }
  const auto [least, most] = std::minmax_element(sums.begin(), sums.end());
  // Probabilities printed with few digits do not quite sum to 1.
  file.weighted = *most > 1.01 * *least;
  if (!file.vocabulary.empty() && file.vocabulary.size() != file.topics.vocab_size()) {
    fail(path,
         "names " + std::to_string(file.vocabulary.size()) + " words, its topics have " +
             std::to_string(file.topics.vocab_size()),
         "give as many names as columns");
  }
  const auto positive = [](double x) { return std::isfinite(x) && x > 0.0; };
  if (!file.alpha.empty() && (file.alpha.size() != sums.size() ||
                              !std::all_of(file.alpha.begin(), file.alpha.end(), positive))) {
    fail(path, "its alpha is not a number above 0 for each topic",
         "leave it out, and give --alpha");
  }
}

}  // namespace

TopicsFile read_topics_file(const std::string& path, std::uint32_t vocab_size) {
  std::string magic(4, '\0');
  {
    const auto source = open_file(path);
    magic.resize(source->read(magic.data(), magic.size()));
  }
  std::optional<TopicsFile> file;
  if (magic.starts_with("\x93NUM")) {
    file = TopicsFile{read_npy(path, vocab_size), false, {}, {}};
  } else if (magic.starts_with("PK")) {
    file = read_npz(path, vocab_size);
  } else {
    file = read_text(decompress(open_file(path), path), path, vocab_size);
  }
  check(path, *file);
  return *std::move(file);
}

}  // namespace svi_lda
