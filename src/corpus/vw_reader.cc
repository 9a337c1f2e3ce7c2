#include "corpus/vw_reader.h"

#include <string>
#include <utility>
#include <vector>

#include "corpus/line_corpus.h"
#include "corpus/number.h"
#include "corpus/whole_number.h"

namespace svi_lda {
namespace {

constexpr const char* kLineHint =
    "a line of VW is 'label tag|namespace word:count word:count ...', of which all but '|' may be "
    "left out";

// What stands before the first '|'.
struct Head {
  std::vector<std::string_view> numbers;  // label, importance, base
  std::string_view tag;
};

Head split_head(std::string_view text) {
  Head head;
  for (std::string_view rest = text;;) {
    const std::string_view field = next_field(rest);
    if (field.empty()) return head;
    // A tag has a quote before it, or touches the '|'.
    if (field.front() == '\'') {
      head.tag = field.substr(1);
    } else if (rest.empty() && !is_blank(text.back())) {
      head.tag = field;
    } else {
      head.numbers.push_back(field);
    }
  }
}

class VwReader final : public WordLineCorpus {
 public:
  VwReader(LineReader lines, std::shared_ptr<CorpusWords> words)
      : WordLineCorpus(std::move(lines), CorpusFormat::kVw, std::move(words), "|") {}

 protected:
  void parse(std::string_view line) override {
    std::size_t bar = line.find('|');
    if (bar == std::string_view::npos) lines_.fail("a line without '|'", kLineHint);
    const Head head = split_head(line.substr(0, bar));
    name_ = head.tag;
    if (!head.numbers.empty()) label_ = head.numbers.front();
    if (head.numbers.size() > 1 && head.numbers[1] != "1" && parse_whole(head.numbers[1]) != 1) {
      lines_.fail("the document has the importance " + quote(head.numbers[1]),
                  "documents weigh the same here: leave the importance out");
    }
    if (head.numbers.size() > 3) {
      lines_.fail(quote(head.numbers[3]) + " stands before '|'", kLineHint);
    }
    while (bar != std::string_view::npos) {
      line.remove_prefix(bar + 1);
      bar = line.find('|');
      parse_namespace(line.substr(0, bar));
    }
  }

 private:
  void parse_namespace(std::string_view rest) {
    if (!rest.empty() && !is_blank(rest.front())) {
      const std::string_view name = next_field(rest);
      const std::size_t colon = name.rfind(':');
      if (colon != std::string_view::npos && parse_whole(name.substr(colon + 1)) != 1) {
        lines_.fail("the namespace " + quote(name) + " has a weight",
                    "words of all namespaces weigh the same here: leave the weight out, and a "
                    "blank between '|' and the first word");
      }
    }
    for (;;) {
      const std::string_view feature = next_field(rest);
      if (feature.empty()) return;
      const std::size_t colon = feature.rfind(':');
      if (colon == 0) lines_.fail(quote(feature) + " has a count and no word", kLineHint);
      std::uint32_t count = 1;
      if (colon != std::string_view::npos) count = parse_count(lines_, feature.substr(colon + 1));
      if (count != 0) add(feature.substr(0, colon), count);
    }
  }
};

}  // namespace

std::unique_ptr<CorpusReader> read_vw(LineReader lines, std::shared_ptr<CorpusWords> words) {
  return std::make_unique<VwReader>(std::move(lines), std::move(words));
}

bool is_vw_line(std::string_view line) {
  const std::size_t bar = line.find('|');
  if (bar == std::string_view::npos) return false;
  const Head head = split_head(line.substr(0, bar));
  if (head.numbers.size() > 3) return false;
  for (const std::string_view number : head.numbers) {
    if (!is_number(number)) return false;
  }
  return true;
}

}  // namespace svi_lda
