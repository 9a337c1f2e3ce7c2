#include "corpus/mallet_reader.h"

#include <string>
#include <string_view>
#include <utility>

#include "corpus/line_corpus.h"
#include "corpus/number.h"

namespace svi_lda {
namespace {

class MalletReader final : public WordLineCorpus {
 public:
  MalletReader(LineReader lines, std::shared_ptr<CorpusWords> words)
      : WordLineCorpus(std::move(lines), CorpusFormat::kMallet, std::move(words), "'- -'") {}

 protected:
  void parse(std::string_view line) override {
    std::string_view rest = line;
    name_ = next_field(rest);
    label_ = next_field(rest);
    if (label_.empty()) {
      lines_.fail("the line has a name and no label",
                  "a line of MALLET's is 'name label word word ...'; the label may be '-'");
    }
    if (label_ == "-") label_.clear();
    if (name_ == "-") name_.clear();
    for (;;) {
      const std::string_view word = next_field(rest);
      if (word.empty()) return;
      add(word, 1);
    }
  }
};

}  // namespace

std::unique_ptr<CorpusReader> read_mallet(LineReader lines, std::shared_ptr<CorpusWords> words) {
  return std::make_unique<MalletReader>(std::move(lines), std::move(words));
}

}  // namespace svi_lda
