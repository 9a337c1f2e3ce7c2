#include "cli/topic_quality_rows.h"

#include <iterator>
#include <utility>

#include "cli/option_rows.h"

namespace svi_lda::cli {
namespace {
constexpr std::int64_t kMostTopWords = 1000;
}

Option top_row(std::int64_t& target) {
  return {.group = "Topics",
          .name = "top",
          .letter = 'n',
          .metavar = "N",
          .target = &target,
          .rule = "in [2, 1000]",
          .help = "words of each topic that coherence and exclusivity look at",
          .holds = within<std::int64_t>(target, 2, kMostTopWords)};
}

void append_topic_rows(OptionTable& table, EvaluateOptions& o) {
  std::vector<Option> rows = {
      {.group = "Topics",
       .name = "coherence",
       .target = &o.coherence,
       .help = "figures of the topics too: coherence (C_v, NPMI, UMass), exclusivity, diversity, "
               "duplicate and dead topics. Words are counted together within whole documents: a "
               "bag of words has no order to cut windows from"},
      {.group = "Topics",
       .name = "reference",
       .metavar = "FILE",
       .target = &o.quality.reference,
       .help = "with --coherence: corpus to count words in; best a large one, such as the training "
               "corpus",
       .default_text = "CORPUS"},
      {.group = "Topics",
       .name = "reference-vocab",
       .metavar = "FILE",
       .target = &o.quality.reference_vocabulary,
       .help = "vocabulary of the reference, as --vocab; without it, ids mean the same words as in "
               "training"},
      top_row(o.quality.top),
      {.group = "Topics",
       .name = "topics",
       .metavar = "FILE",
       .target = &o.topics,
       .help =
           "score topics of another program in place of RUN: .npy, .npz or text, a row a topic, a "
           "column a word, probabilities or counts; --vocab then names their words"},
      {.group = "Topics",
       .name = "alpha",
       .metavar = "X",
       .target = &o.alpha,
       .help =
           "with --topics: Dirichlet parameter of topics in a document, per topic (scikit-learn "
           "and gensim: 1 / K unless set): X in [1e-8, 1000], or a file of one number a line for "
           "each topic; "
           "auto = the file's, else 0.1, or 5 / K where that is less"},
  };
  std::move(rows.begin(), rows.end(), std::back_inserter(table.options));
}

}  // namespace svi_lda::cli
