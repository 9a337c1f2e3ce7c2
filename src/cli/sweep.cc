#include "svi_lda/sweep.h"

#include <spdlog/fmt/fmt.h>
#include <spdlog/spdlog.h>

#include <charconv>
#include <cmath>
#include <system_error>

#include "cli/command.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/stop_signal.h"
#include "cli/sweep_table.h"
#include "cli/train_report.h"

namespace svi_lda::cli {
namespace {

constexpr const char* kDefinitions =
    "completion   perplexity of the second half of each document given its first half,\n"
    "             with its standard error over documents; lower is better\n"
    "c_v, npmi    coherence of the topics' top words within whole documents; higher is\n"
    "             better, as are exclusivity and diversity; 'svi-lda evaluate --coherence'\n"
    "             says what they mean and shows them for each topic of a run\n"
    "No number of topics is best by all of these, and none is chosen here.\n";

std::string number(double value, const char* format) {
  return std::isnan(value) ? std::string("-") : fmt::format(fmt::runtime(format), value);
}

std::string as_text(const SweepResult& result) {
  std::string text = fmt::format("evaluated on {}\n\n", printable(result.evaluated_on));
  text += fmt::format(
      "{:>6}  {:>5}  {:>11}  {:>8}  {:>6}  {:>6}  {:>8}  {:>6}  {:>6}  {:>5}  {:>4}\n", "topics",
      "seed", "completion", "std.err", "c_v", "npmi", "umass", "excl.", "divers", "dupl.", "dead");
  for (const SweepRun& run : result.runs) {
    text += fmt::format(
        "{:>6}  {:>5}  {:>11}  {:>8}  {:>6}  {:>6}  {:>8}  {:>6.3f}  {:>6.3f}  {:>5}  {:>4}\n",
        run.topics, run.seed, number(run.completion, "{:.2f}"),
        number(run.completion_error, "{:.2f}"), number(run.c_v, "{:.3f}"),
        number(run.npmi, "{:.3f}"), number(run.umass, "{:.3f}"), run.exclusivity, run.diversity,
        run.duplicates, run.dead);
  }
  text += fmt::format("\n{}\ntable: {}\npicture: {}\n", kDefinitions, printable(result.table),
                      printable(result.picture));
  return text;
}

// The whole numbers of "10,50,100"; empty where a part is none.
template <typename Integer>
std::vector<Integer> parse_list(const std::string& text) {
  std::vector<Integer> values;
  const char* const end = text.data() + text.size();
  for (const char* next = text.data();; ++next) {
    Integer value{};
    const auto [rest, error] = std::from_chars(next, end, value);
    if (error != std::errc()) return {};
    values.push_back(value);
    if (rest == end) return values;
    if (*rest != ',') return {};
    next = rest;
  }
}

class SweepSubcommand final : public Command {
 public:
  CommandText text() const override {
    return {"sweep", "train over numbers of topics and seeds",
            "Trains a model on CORPUS for each number of topics and each seed, scores all of them "
            "on the same documents, and leaves in FOLDER the runs, a table (sweep.tsv, sweep.json) "
            "and a picture of every figure against the number of topics with the spread over "
            "seeds (sweep.svg). A sweep that was stopped goes on when it is given again; with "
            "more topics or seeds it makes the runs that are missing. It names no best number of "
            "topics: that depends on what they are for. Options of 'svi-lda train' may be given.",
            "svi-lda sweep docword.txt.gz --vocab vocab.txt -k 10,20,50,100 -o sweep\n"
            "# score on documents of one's own, ten passes a run\n"
            "svi-lda sweep docword.txt.gz -k 50,100,200 --seeds 1,2,3,4,5 \\\n"
            "    --test test.docword.txt.gz --passes 10 -o sweep\n"};
  }
  OptionTable table() override { return sweep_table(command_, common()); }
  std::vector<std::string> violations() const override { return svi_lda::violations(options()); }

  int execute(TerminalSink& terminal) override {
    catch_stop_signals();
    const SweepOptions sweep_options = options();
    ProgressReporter reporter(terminal);
    const SweepResult result = svi_lda::sweep(sweep_options, run_callbacks(reporter));
    terminal.set_status({});
    if (result.signal != 0) {
      spdlog::warn("stopped by {}; the same command goes on", signal_name(result.signal));
      return kExitSignalBase + result.signal;
    }
    print(as_text(result));
    return kExitSuccess;
  }

 private:
  SweepOptions options() const {
    SweepOptions result = command_.options;
    result.topics = parse_list<std::int64_t>(command_.topics);
    result.seeds = parse_list<std::uint64_t>(command_.seeds);
    return result;
  }

  SweepCommand command_;
};

}  // namespace

std::unique_ptr<Command> make_sweep_command() { return std::make_unique<SweepSubcommand>(); }

}  // namespace svi_lda::cli
