#include "svi_lda/vectorize.h"

#include <spdlog/fmt/fmt.h>
#include <spdlog/spdlog.h>

#include <algorithm>

#include "cli/command.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/stop_signal.h"

namespace svi_lda::cli {
namespace {

std::string with_commas(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t i = text.size(); i > 3; i -= 3) text.insert(i - 3, 1, ',');
  return text;
}

std::string row(const std::string& name, const std::string& types, const std::string& tokens) {
  return fmt::format("{:<24} {:>14} {:>16}\n", name, types, tokens);
}

std::string less(const std::string& name, const WordCount& count, bool types_known = true) {
  if (count.tokens == 0) return {};
  return row("  " + name, types_known ? fmt::format("-{}", with_commas(count.types)) : "",
             fmt::format("-{}", with_commas(count.tokens)));
}

std::string as_text(const VectorizeOptions& options, const VectorizeResult& result) {
  const TextOptions& text = options.text;
  std::string out = fmt::format("documents:     {} ({} empty)\n", with_commas(result.docs),
                                with_commas(result.empty_docs));
  out += fmt::format("text:          {} bytes, {} of them no UTF-8\n", with_commas(result.bytes),
                     with_commas(result.invalid_bytes));
  if (text.token_pattern.empty()) {
    out += fmt::format("not words:     {} numbers{}{}\n", with_commas(result.numbers),
                       text.keep_numbers ? "" : " (--keep-numbers keeps them)",
                       text.drop_emoji ? fmt::format(", {} emoji", with_commas(result.emoji)) : "");
  }
  out.append("\n").append(row("", "words", "tokens"));
  const bool fixed = !options.vocabulary.empty();
  out +=
      row("found", fixed ? "" : with_commas(result.found.types), with_commas(result.found.tokens));
  out += less("stop words", result.stop_words);
  out += less("longer than 1000 bytes", result.too_long, false);
  out += less("below --min-df " + text.min_df, result.below_min_df);
  out += less("above --max-df " + text.max_df, result.above_max_df);
  out += less("beyond --max-features", result.beyond_max_features);
  out += less("out of vocabulary", result.out_of_vocabulary, false);
  out += row("kept", with_commas(result.kept.types), with_commas(result.kept.tokens));
  if (fixed) {
    const auto tokens = static_cast<double>(result.kept.tokens + result.out_of_vocabulary.tokens);
    out += fmt::format(
        "\n{:.1f}% of the tokens are out of the vocabulary; {} of its {} words occur\n",
        tokens > 0.0 ? 100.0 * static_cast<double>(result.out_of_vocabulary.tokens) / tokens : 0.0,
        with_commas(result.kept.types), with_commas(result.vocab_size));
  }
  return out;
}

class VectorizeSubcommand final : public Command {
 public:
  CommandText text() const override {
    return {"vectorize", "count the words of raw text",
            "Counts the words of text and writes a corpus folder that every command takes as its "
            "CORPUS: corpus.cache (the counts), vocab.txt (the words, sorted by code point), "
            "documents.tsv (id, title, label, date and place of each document) and vectorizer.json "
            "(how words were made). Text is UTF-8 of any script; words are put into one form by "
            "NFKC and case folding. Prints what was dropped and why.",
            "svi-lda vectorize reviews.txt --stop-words english --min-df 5 -o corpus\n"
            "svi-lda vectorize papers.jsonl --text-field abstract --id-field doi -o corpus\n"
            "# a folder, one document a file; words and pairs of words\n"
            "svi-lda vectorize letters/ --ngrams 1-2 --min-df 5 -o corpus\n"
            "# then\n"
            "svi-lda train corpus -k 100 -o run\n"};
  }
  OptionTable table() override { return vectorize_table(options_, common()); }
  std::vector<std::string> violations() const override { return svi_lda::violations(options_); }

  int execute(TerminalSink& terminal) override {
    catch_stop_signals();
    WorkReporter reporter(terminal);
    VectorizeCallbacks callbacks;
    callbacks.stop_signal = [] { return stop_signal(); };
    callbacks.progress = [&](std::uint64_t docs, std::uint64_t total_docs) {
      reporter.update(total_docs == 0 ? "counting words" : "writing", docs, total_docs);
    };
    const VectorizeResult result = svi_lda::vectorize(options_, callbacks);
    terminal.set_status({});
    if (result.invalid_bytes != 0) {
      spdlog::warn("{}: {} bytes are no UTF-8 and were read as U+FFFD", result.first_invalid,
                   result.invalid_bytes);
    }
    for (const std::string& option : result.fields_not_found) {
      spdlog::warn("{}: no document has this field", option);
    }
    print(as_text(options_, result));
    const double megabytes = static_cast<double>(result.bytes) / 1e6;
    spdlog::info("corpus: {} ({:.1f} MB in {:.1f} s, {:.0f} MB/s)", options_.output, megabytes,
                 result.seconds, megabytes / std::max(result.seconds, 1e-9));
    return kExitSuccess;
  }

 private:
  VectorizeOptions options_;
};

}  // namespace

std::unique_ptr<Command> make_vectorize_command() {
  return std::make_unique<VectorizeSubcommand>();
}

}  // namespace svi_lda::cli
