#include "cli/sweep_table.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "cli/topic_quality_rows.h"

namespace svi_lda::cli {

OptionTable sweep_table(SweepCommand& c, CommonOptions& common) {
  OptionTable table = train_table(c.options.train, common);
  table.operands = {{"CORPUS", &c.options.train.corpus, "corpus file, plain or gzip"}};
  std::erase_if(table.options, [](const Option& option) {
    return option.name == "output" || option.name == "topics" || option.name == "seed" ||
           option.name == "corpus-size" || option.name == "shuffle-buffer" ||
           option.name == "force";
  });
  std::vector<Option> rows = {
      {.group = "Sweep",
       .name = "topics",
       .letter = 'k',
       .metavar = "K,...",
       .target = &c.topics,
       .help = "numbers of topics, with commas between them",
       .required = true},
      {.group = "Sweep",
       .name = "seeds",
       .metavar = "N,...",
       .target = &c.seeds,
       .help = "a run for each number of topics and each of these seeds"},
      {.group = "Sweep",
       .name = "output",
       .letter = 'o',
       .metavar = "FOLDER",
       .target = &c.options.folder,
       .help = "folder to write; empty, new, or that of the same sweep",
       .required = true},
      {.group = "Sweep",
       .name = "test",
       .metavar = "FILE",
       .target = &c.options.test,
       .help = "corpus to evaluate on; without it that of --held-out, else a tenth of CORPUS, "
               "chosen by content, that no run sees",
       .default_text = "held out"},
      {.group = "Sweep",
       .name = "reference",
       .metavar = "FILE",
       .target = &c.options.reference,
       .help = "corpus in which coherence is counted",
       .default_text = "CORPUS"},
      top_row(c.options.top),
  };
  rows.back().group = "Sweep";
  std::move(table.options.begin(), table.options.end(), std::back_inserter(rows));
  table.options = std::move(rows);
  return table;
}

}  // namespace svi_lda::cli
