#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "cli/option.h"
#include "cli/option_table.h"

namespace svi_lda::cli {

inline constexpr const char* kCorpusHelp =
    "corpus file, plain or compressed (gzip, bzip2, zstd, xz), several of them, a folder of files, "
    "a folder that vectorize wrote, or raw text; '-' is standard input";
inline constexpr const char* kCorpusFormatRule =
    "auto, uci, ldac, svmlight, mtx, vw, npz or mallet";
inline constexpr const char* kCorpusFormatHelp =
    "format of the corpus: UCI docword, LDA-C, SVMlight, Matrix Market, Vowpal Wabbit, "
    "scipy.sparse "
    ".npz, MALLET's import format; auto tells by content, all but svmlight and mallet";
inline constexpr const char* kDocumentsAreRule = "rows or columns";
inline constexpr const char* kDocumentsAreHelp = "which way round a matrix (mtx, npz) lies";
inline constexpr const char* kRunHelp = "run directory, its model.npz, or one checkpoint";
inline constexpr const char* kThreadsHelp = "at most this many threads; 0 = one per processor";

// Predicates for Option::holds; each refers to `value`, which must outlive it.
std::function<bool()> one_of(const std::string& value,
                             std::initializer_list<std::string_view> choices);
template <typename Number>
std::function<bool()> within(const Number& value, Number least, Number most) {
  return [&value, least, most] { return value >= least && value <= most; };
}

// Rows that several commands share, bound to the given fields.
void append_common_rows(OptionTable& table, CommonOptions& common);
Option format_row(std::string& target, const char* rule,
                  std::initializer_list<std::string_view> choices);
Option vocabulary_row(std::string& target);
Option corpus_format_row(std::string& target);
Option documents_are_row(std::string& target);
// Whether a corpus is raw text and where its documents lie, as `evaluate` and `infer` ask it.
void append_text_input_rows(OptionTable& table, TextOptions& text);
// The same with titles, labels and dates, and what a word is and which are kept: for `train`.
void append_text_rows(OptionTable& table, TextOptions& text);
// The local step as `evaluate` and `infer` run it on documents that training has not seen.
void append_local_step_rows(OptionTable& table, std::int64_t& iterations, double& tolerance,
                            std::int64_t& threads);

}  // namespace svi_lda::cli
