#include "svi_lda/export.h"

#include <spdlog/fmt/fmt.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <vector>

#include "cli/command.h"
#include "cli/output.h"

namespace svi_lda::cli {
namespace {

class ExportSubcommand final : public Command {
 public:
  CommandText text() const override {
    return {"export", "a model for other tools",
            "Writes the topics of RUN for other tools: 'pyldavis' the arguments of "
            "pyLDAvis.prepare as JSON, 'json' and 'csv' the mean of each topic's words, 'npy' the "
            "same as a float64 matrix for numpy.load, 'mallet' a folder of MALLET's "
            "topic-word-weights, word-topic-counts and doc-topics files. Probabilities of a topic "
            "sum to 1; MALLET's weights are lambda, its counts lambda - eta in whole tokens.",
            "svi-lda export run --to npy -o topics.npy\n"
            "svi-lda export run --to pyldavis --documents docword.txt.gz -o lda.json\n"
            "# in Python: pyLDAvis.prepare(**json.load(open('lda.json')))\n"
            "svi-lda export run --to mallet -o mallet\n"};
  }
  OptionTable table() override { return export_table(command_, common()); }
  std::vector<std::string> violations() const override {
    const ExportOptions& options = command_.options;
    std::vector<std::string> broken;
    const bool takes_documents = options.to == "pyldavis" || options.to == "mallet";
    if (!options.documents.empty() && !takes_documents) {
      broken.push_back("--documents: only --to pyldavis and --to mallet have a place for them");
    }
    if (options.documents.empty() && !options.vocabulary.empty()) {
      broken.push_back("--vocab: needs --documents CORPUS");
    }
    if (options.to == "mallet" && command_.output == "-") {
      broken.push_back("--output -: mallet needs a folder, as it has several files");
    }
    return broken;
  }

  int execute(TerminalSink&) override {
    const std::string& path = command_.output;
    const bool folder = command_.options.to == "mallet";
    if (folder) make_folder(path);
    std::vector<std::unique_ptr<Output>> parts;
    ExportSink sink;
    sink.open = [&](const std::string& name) {
      parts.push_back(std::make_unique<Output>(folder ? path + "/" + name : path, command_.force));
    };
    sink.write = [&](std::string_view bytes) { parts.back()->write(bytes); };
    svi_lda::export_model(command_.options, sink);
    for (const auto& part : parts) part->finish();
    if (path != "-") spdlog::info("export: {}", path);
    return kExitSuccess;
  }

 private:
  ExportCommand command_;
};

}  // namespace

std::unique_ptr<Command> make_export_command() { return std::make_unique<ExportSubcommand>(); }

}  // namespace svi_lda::cli
