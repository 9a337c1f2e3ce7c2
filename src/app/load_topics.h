#pragma once

#include <string>

#include "output/model_file.h"
#include "svi_lda/evaluate.h"

namespace svi_lda {

// Topics of another program as a model, so that the same code scores them: lambda is what the file
// holds (output/topics_file.h), eta 0, no training counts.
struct LoadedTopics {
  Model model;
  bool weighted = false;          // see TopicsFile
  std::string corpus_vocabulary;  // what maps the corpus' words: the file given where the topics
                                  // name their own words, else empty, as ids are the same
};

// `vocabulary`: path, words of the corpus and, where the file names none, of the topics; empty =
// words print as ids. `corpus`: its header says how many words there are where no vocabulary does.
// `alpha`: as TrainOptions::alpha but not learned; auto = the file's, else as in training.
// Fails: Error as read_topics_file and Vocabulary::read; kUsage for an alpha that is none.
LoadedTopics load_topics(const std::string& path, const std::string& vocabulary,
                         const std::string& corpus, const std::string& corpus_format,
                         const std::string& alpha);

// What `options` asks to evaluate: the model of RUN, or the topics of a file, whose vocabulary may
// be that of the corpus. `source`: the file that was read.
LoadedTopics load_evaluated(const EvaluateOptions& options, std::string& source);

}  // namespace svi_lda
