#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/corpus_input.h"
#include "app/run_directory.h"
#include "corpus/corpus_reader.h"
#include "corpus/vocabulary.h"
#include "svi_lda/error.h"
#include "svi_lda/train.h"

namespace svi_lda {

// How the options name the training corpus.
CorpusInput corpus_input(const TrainOptions& options);

// Opens the training corpus and settles what its words are: the vocabulary bounds the ids of a
// format without a header, and must be as long as the header of one that has it says.
// `read_ahead`: see OpenCorpusOptions.
std::unique_ptr<CorpusReader> open_training_corpus(const TrainOptions& options,
                                                   const Vocabulary& vocabulary, bool read_ahead);

// Warns of options that name a field of no document, if there are any.
void warn_of_fields(const std::vector<std::string>& not_found);

// V and the vocabulary of a corpus that is trained on while it is read: of `vocabulary`, else what
// the reader knows before the first document. Fails: Error kInput where it does not.
std::uint32_t vocab_size_before_reading(const TrainOptions& options, const CorpusReader& reader,
                                        Vocabulary& vocabulary);

// Takes words with ids from vocab_size on out of a document; returns their tokens.
std::uint64_t drop_unknown_words(Document& document, std::uint32_t vocab_size);

// Fails: Error kUsage where options choose among the words of a text whose vocabulary is given.
void require_no_selection_of_words(const TrainOptions& options);

// Warns of the tokens that a reader has left out because the vocabulary lacks their word.
void warn_of_unmapped(const CorpusReader& reader, const std::string& corpus);

// Reads the training corpus into RUN.cache, and the documents that --held-out-fraction chooses by
// their content into RUN.held-out.cache. `vocabulary`, where it is empty, becomes the words that
// the corpus carries, if it does. Returns V. Fails: Error; no cache is left then.
std::uint32_t ingest_corpus(const TrainOptions& options, Vocabulary& vocabulary,
                            const RunDirectory& directory, const std::function<int()>& stopped);

// Counts the words of raw text into the corpus folder RUN.corpus and logs what was found. Fails: as
// vectorize().
void vectorize_for_run(const TrainOptions& options, const RunDirectory& directory,
                       const std::function<int()>& stopped);

// Reads --held-out into RUN.held-out.cache; words beyond the vocabulary are left out and counted in
// a warning. Raw text is made into words by `vectorizer` (vectorizer.json), a corpus folder's words
// are looked up in `vocabulary`.
void ingest_held_out(const TrainOptions& options, const Vocabulary& vocabulary,
                     std::uint32_t vocab_size, const std::string& vectorizer,
                     const RunDirectory& directory, const std::function<int()>& stopped);

// Throws kStopped if a signal has asked the run to stop.
void throw_if_stopped(const std::function<int()>& stopped);

// Whether any part of the training corpus is standard input.
bool reads_standard_input(const TrainOptions& options);

// What to say where the run read standard input and its cache is not complete.
Error pipe_needed(const std::string& run);
// The same of a stream (app/stream_option.h).
Error stream_needed(const std::string& run);

}  // namespace svi_lda
