#include "svi_lda/report.h"

#include <spdlog/fmt/fmt.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/output.h"

namespace svi_lda::cli {
namespace {

class ReportSubcommand final : public Command {
 public:
  CommandText text() const override {
    return {"report", "one HTML page that shows a run",
            "Writes a page that shows RUN and opens from disk, without a network: a map of the "
            "topics with their most relevant words, the training's figures, every figure with its "
            "definition, the documents of each topic, and the command that repeats the run.",
            "svi-lda report run\n"
            "# with figures on other documents, and which of them show a topic\n"
            "svi-lda report run --documents test.docword.txt.gz --titles titles.txt\n"
            "# of a run that is still going on\n"
            "svi-lda report run --output today.html --force\n"};
  }
  OptionTable table() override { return report_table(command_, common()); }
  std::vector<std::string> violations() const override {
    const ReportOptions& options = command_.options;
    if (!options.documents.empty()) return {};
    std::vector<std::string> broken;
    if (!options.titles.empty()) broken.push_back("--titles: needs --documents CORPUS");
    if (!options.vocabulary.empty()) broken.push_back("--vocab: needs --documents CORPUS");
    return broken;
  }

  int execute(TerminalSink&) override {
    Output output(command_.output, command_.force);
    const std::string page = svi_lda::report(command_.options);
    output.write(page);
    output.finish();
    if (command_.output != "-") {
      spdlog::info("report: {} ({:.1f} MB; open it in a browser)", command_.output,
                   static_cast<double>(page.size()) / 1e6);
    }
    return kExitSuccess;
  }

 private:
  ReportCommand command_;
};

}  // namespace

std::unique_ptr<Command> make_report_command() { return std::make_unique<ReportSubcommand>(); }

}  // namespace svi_lda::cli
