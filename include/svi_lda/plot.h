#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace svi_lda {

struct PlotOptions {
  std::string run;  // directory, model.npz or checkpoint
  std::string over =
      "time";  // time, tokens, documents, passes: the horizontal axis of the perplexity curve
  std::int64_t topics = 12;  // the heaviest, in the picture of the top words
  std::int64_t words = 8;    // of each
};

// A picture as the text of a complete SVG file, and the name that suits it.
struct Plot {
  std::string name;  // "perplexity.svg"
  std::string svg;
};

// For papers: topics.svg, the top words of the heaviest topics as bars, and perplexity.svg, the
// held-out perplexity of the run with the unigram baseline; the latter is left out where the run
// has no such figures (a model.npz without its run, nothing held out). Black, grey and blue on no
// background, text as text. Fails: Error as the loading of a model; kInput (metrics.jsonl damaged).
std::vector<Plot> plot(const PlotOptions& options);

}  // namespace svi_lda
