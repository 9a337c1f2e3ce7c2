#include "svi_lda/convert.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <utility>

#include "app/corpus_ingest.h"
#include "app/corpus_input.h"
#include "base/file.h"
#include "corpus/corpus_words.h"
#include "corpus/corpus_writer.h"
#include "corpus/vocabulary.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

constexpr std::uint64_t kDocsBetweenChecks = 1024;

std::optional<CorpusFormat> format_of_output(const ConvertOptions& options) {
  if (options.to == "auto") return corpus_format_from_path(options.output);
  const auto format = corpus_format_from_name(options.to);
  return format == CorpusFormat::kAuto ? std::nullopt : format;
}

void require_absent(const std::string& path, bool force) {
  std::error_code ignored;
  if (path.empty() || path == "-" || force || !std::filesystem::exists(path, ignored)) return;
  throw Error(ErrorKind::kIo, path, 0, "already exists",
              "name another file, or add --force to replace it");
}

std::unique_ptr<CorpusReader> open_input(const ConvertOptions& options,
                                         const Vocabulary& vocabulary) {
  const CorpusInput input{options.inputs.front(),
                          {options.inputs.begin() + 1, options.inputs.end()},
                          options.corpus_format,
                          options.documents_are};
  OpenCorpusOptions open = input.open_options();
  open.read_ahead = true;
  open.vocab_size = vocabulary.size();
  if (!vocabulary.empty()) open.vocabulary = &vocabulary;
  auto reader = open_corpus(input.paths(), open);
  const auto declared = reader->declared_vocab_size();
  if (declared && !vocabulary.empty() && *declared != vocabulary.size()) {
    throw Error(ErrorKind::kInput, options.vocabulary, 0,
                "holds " + std::to_string(vocabulary.size()) + " words, but " + input.corpus +
                    " says that it has " + std::to_string(*declared),
                "give the vocabulary that belongs to this corpus");
  }
  return reader;
}

// Where the words go that the input carries and the output cannot hold; empty where there are none.
std::string words_path(const ConvertOptions& options, CorpusFormat to, const CorpusReader& reader) {
  const bool has_room = carries_words(to) || to == CorpusFormat::kCache;
  if (reader.words() == nullptr || has_room || !options.vocabulary.empty()) return {};
  if (!options.output_vocabulary.empty()) return options.output_vocabulary;
  if (options.output != "-") return options.output + ".vocab";
  throw Error(ErrorKind::kUsage, std::string("the input carries words, which ")
                                     .append(name_of(to))
                                     .append(" has no room for; add --write-vocab FILE for them"));
}

void write_words(const std::string& path, const Vocabulary& words) {
  PendingFile file(path);
  std::string text;
  for (const std::string& word : words.words()) text.append(word).append("\n");
  file.write(text);
  file.commit();
}

// The word of an id, as the output shall have it.
class WordNames {
 public:
  WordNames(const CorpusReader& reader, const Vocabulary& vocabulary)
      : reader_(reader), vocabulary_(vocabulary) {}

  std::string_view operator()(std::uint32_t id) {
    if (reader_.words() != nullptr) return reader_.words()->word(id);
    if (!vocabulary_.empty()) return vocabulary_.words()[id];
    number_ = std::to_string(id);
    return number_;
  }

 private:
  const CorpusReader& reader_;
  const Vocabulary& vocabulary_;
  std::string number_;
};

}  // namespace

std::vector<std::string> violations(const ConvertOptions& options) {
  std::vector<std::string> broken;
  const auto require = [&](bool holds, std::string rule) {
    if (!holds) broken.push_back(std::move(rule));
  };
  const auto to = format_of_output(options);
  require(!options.inputs.empty(), "INPUT: must be given (a file, a folder, or -)");
  require(!options.output.empty(), "--output: must be given (the file to write, or -)");
  require(to || options.to != "auto",
          "--to must be given (uci, ldac, svmlight, mtx, vw, npz, mallet or cache): the name '" +
              options.output + "' does not tell");
  require(to || options.to == "auto",
          "--to '" + options.to + "': must be uci, ldac, svmlight, mtx, vw, npz, mallet or cache");
  require(!to || is_text(*to) || options.output != "-", std::string("--output -: ")
                                                            .append(to ? name_of(*to) : "")
                                                            .append(" is written to a file only"));
  require(options.output_vocabulary != "-", "--write-vocab '-': must be a file");
  require(corpus_format_from_name(options.corpus_format).has_value(),
          "--corpus-format '" + options.corpus_format + "': is no format");
  const bool matrix = to == CorpusFormat::kMatrixMarket || to == CorpusFormat::kNpz;
  const auto orientation = documents_are_from_name(options.output_documents_are);
  require(documents_are_from_name(options.documents_are).has_value(),
          "--documents-are '" + options.documents_are + "': must be rows or columns");
  require(orientation.has_value(),
          "--output-documents-are '" + options.output_documents_are + "': must be rows or columns");
  require(matrix || orientation != DocumentsAre::kColumns,
          "--output-documents-are columns: is for matrices (mtx, npz)");
  return broken;
}

ConvertResult convert(const ConvertOptions& options, const ConvertCallbacks& callbacks) {
  const std::vector<std::string> broken = violations(options);
  if (!broken.empty()) throw Error(ErrorKind::kUsage, broken.front());
  require_absent(options.output, options.force);
  require_absent(options.output_vocabulary, options.force);
  Vocabulary vocabulary;
  if (!options.vocabulary.empty()) vocabulary = Vocabulary::read(options.vocabulary);
  const auto reader = open_input(options, vocabulary);

  WriteCorpusOptions write;
  write.format = *format_of_output(options);
  write.documents_are = *documents_are_from_name(options.output_documents_are);
  write.word = WordNames(*reader, vocabulary);
  write.standard_output = callbacks.standard_output;
  ConvertResult result;
  result.from = name_of(reader->format());
  result.to = name_of(write.format);
  result.vocabulary = words_path(options, write.format, *reader);
  require_absent(result.vocabulary, options.force);
  const auto writer = write_corpus(options.output, write);
  for (Document document; reader->next(document);) {
    writer->add(document.view(), reader->name(), reader->label());
    if (document.words.empty()) ++result.empty_docs;
    result.entries += document.words.size();
    result.tokens += document.view().tokens();
    if (++result.docs % kDocsBetweenChecks != 0) continue;
    throw_if_stopped(callbacks.stop_signal);
    if (callbacks.progress) callbacks.progress(result.docs, reader->declared_docs().value_or(0));
  }
  if (vocabulary.empty() && reader->words() != nullptr) {
    vocabulary = reader->words()->vocabulary();
  }
  result.vocab_size = vocabulary.empty()
                          ? reader->declared_vocab_size().value_or(reader->vocab_seen())
                          : vocabulary.size();
  result.unmapped_tokens = reader->unmapped_tokens();
  if (!result.vocabulary.empty()) write_words(result.vocabulary, vocabulary);
  writer->finish(result.vocab_size, vocabulary);
  result.names_left_out = writer->names_left_out();
  result.labels_left_out = writer->labels_left_out();
  return result;
}

}  // namespace svi_lda
