#include "svi_lda/plot.h"

#include <spdlog/fmt/fmt.h>
#include <spdlog/spdlog.h>

#include "cli/command.h"
#include "cli/output.h"

namespace svi_lda::cli {
namespace {

class PlotSubcommand final : public Command {
 public:
  CommandText text() const override {
    return {"plot", "pictures of a run for papers, as SVG",
            "Writes topics.svg, the most probable words of the heaviest topics, and "
            "perplexity.svg, the held-out perplexity in the course of the training beside the "
            "unigram baseline, where something was held out.",
            "svi-lda plot run -o figures\n"
            "svi-lda plot run -o figures --over passes --topics 8 --words 10 --force\n"};
  }
  OptionTable table() override { return plot_table(command_, common()); }

  int execute(TerminalSink&) override {
    const std::vector<Plot> plots = svi_lda::plot(command_.options);
    make_folder(command_.output);
    for (const Plot& plot : plots) {
      const std::string path = command_.output + "/" + plot.name;
      Output output(path, command_.force);
      output.write(plot.svg);
      output.finish();
      spdlog::info("plot: {}", path);
    }
    if (plots.size() == 1) {
      spdlog::info("no perplexity.svg: {} has no held-out figures", command_.options.run);
    }
    return kExitSuccess;
  }

 private:
  PlotCommand command_;
};

}  // namespace

std::unique_ptr<Command> make_plot_command() { return std::make_unique<PlotSubcommand>(); }

}  // namespace svi_lda::cli
