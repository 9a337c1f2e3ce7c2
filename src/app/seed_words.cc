#include "app/seed_words.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "corpus/byte_source.h"
#include "corpus/line_reader.h"
#include "corpus/quote.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

constexpr std::size_t kLongestLine = std::size_t{1} << 20;
constexpr std::size_t kShownWords = 5;
constexpr std::string_view kBlanks = " \t";

// Takes the next word off the front of `line`; empty at its end.
std::string_view take_word(std::string_view& line) {
  const std::size_t begin = std::min(line.find_first_not_of(kBlanks), line.size());
  const std::size_t end = std::min(line.find_first_of(kBlanks, begin), line.size());
  const std::string_view word = line.substr(begin, end - begin);
  line.remove_prefix(end);
  return word;
}

bool is_topic_number(std::string_view word) {
  return word.size() >= 2 && word.back() == ':' &&
         word.find_first_not_of("0123456789") == word.size() - 1;
}

void require_topic(const LineReader& lines, std::string_view number, std::uint64_t topic,
                   std::uint32_t num_topics) {
  if (topic < num_topics) return;
  lines.fail("words for topic " + std::string(number) + ", but there are " +
                 std::to_string(num_topics) + " topics, 0 to " + std::to_string(num_topics - 1),
             "raise --topics, or give the line the number of a topic, as '0: word word'");
}

// Words that are not known, to be named once.
class Unknown {
 public:
  void add(std::string_view word) {
    if (count_++ < kShownWords) shown_.append(count_ > 1 ? ", " : "").append(quote(word));
  }
  std::uint64_t count() const { return count_; }
  std::string text() const { return shown_ + (count_ > kShownWords ? ", ..." : ""); }

 private:
  std::uint64_t count_ = 0;
  std::string shown_;
};

}  // namespace

std::vector<SeededWord> read_seed_words(const std::string& path, std::uint32_t num_topics,
                                        double weight, const Vocabulary& vocabulary,
                                        const std::vector<std::uint64_t>& word_counts,
                                        const WordForm& form) {
  std::unordered_map<std::string_view, std::uint32_t> ids;
  for (std::uint32_t id = 0; id < vocabulary.size(); ++id) {
    ids.emplace(vocabulary.words()[id], id);
  }
  LineReader lines(decompress(open_file(path), path), display_name(path), kLongestLine);
  std::vector<SeededWord> seeds;
  Unknown unknown;
  std::uint64_t next_topic = 0;
  for (std::string_view line; lines.next(line);) {
    if (!line.empty() && line.front() == '#') continue;
    std::string_view rest = line;
    std::string_view word = take_word(rest);
    std::uint64_t topic = next_topic;
    if (is_topic_number(word)) {
      word.remove_suffix(1);
      const auto parsed = std::from_chars(word.data(), word.data() + word.size(), topic);
      if (parsed.ec != std::errc()) topic = ~std::uint64_t{0} - 1;  // no topic has such a number
      require_topic(lines, word, topic, num_topics);
      word = take_word(rest);
    }
    next_topic = topic + 1;
    if (!word.empty()) require_topic(lines, std::to_string(topic), topic, num_topics);
    for (; !word.empty(); word = take_word(rest)) {
      auto found = ids.find(word);
      if (found == ids.end()) found = ids.find(form(word));
      if (found == ids.end() || word_counts[found->second] == 0) {
        unknown.add(word);
      } else {
        seeds.push_back({found->second, static_cast<std::uint32_t>(topic), 0.0});
      }
    }
  }
  if (seeds.empty()) {
    throw Error(
        ErrorKind::kInput, display_name(path), 0,
        unknown.count() == 0 ? std::string("holds no word")
                             : "none of its words is in the corpus: " + unknown.text(),
        "give words of the vocabulary, one line of them for each topic, or leave --seed-words out");
  }
  if (unknown.count() > 0) {
    spdlog::warn("{}: left out what is not in the corpus: {} ({} in all)", display_name(path),
                 unknown.text(), unknown.count());
  }
  const auto place = [](const SeededWord& seed) { return std::pair(seed.word, seed.topic); };
  std::sort(seeds.begin(), seeds.end(),
            [&](const SeededWord& a, const SeededWord& b) { return place(a) < place(b); });
  seeds.erase(
      std::unique(seeds.begin(), seeds.end(),
                  [&](const SeededWord& a, const SeededWord& b) { return place(a) == place(b); }),
      seeds.end());
  std::map<std::uint32_t, double> topics_of;
  for (const SeededWord& seed : seeds) topics_of[seed.word] += 1.0;
  for (SeededWord& seed : seeds) {
    seed.extra = weight * static_cast<double>(word_counts[seed.word]) / topics_of[seed.word];
  }
  return seeds;
}

}  // namespace svi_lda
