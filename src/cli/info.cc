#include "svi_lda/info.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>

#include "cli/command.h"
#include "cli/output.h"

namespace svi_lda::cli {
namespace {

std::string as_text(const Info& info) {
  std::size_t width = 0;
  for (const auto& [name, value] : info.lines) width = std::max(width, name.size());
  std::string text;
  for (const auto& [name, value] : info.lines) {
    text += fmt::format("{:<{}} {}\n", name + ":", width + 1, printable(value));
  }
  return text;
}

class InfoSubcommand final : public Command {
 public:
  CommandText text() const override {
    return {"info", "what a corpus, model, checkpoint or run holds",
            "Prints what PATH holds: documents, vocabulary, tokens, topics, steps, options and "
            "versions, as far as its kind has them. A corpus is read through and checked.",
            "svi-lda info docword.txt.gz\n"
            "svi-lda info run --format json\n"};
  }
  OptionTable table() override { return info_table(command_, common()); }

  int execute(TerminalSink&) override {
    const Info info = svi_lda::info(command_.path, command_.corpus_format, command_.documents_are);
    print(command_.format == "json" ? info.json + "\n" : as_text(info));
    return kExitSuccess;
  }

 private:
  InfoCommand command_;
};

}  // namespace

std::unique_ptr<Command> make_info_command() { return std::make_unique<InfoSubcommand>(); }

}  // namespace svi_lda::cli
