#pragma once

#include <exception>
#include <string>
#include <string_view>

namespace svi_lda::cli {

// Whoever read our standard output has gone (`| head`): not an error, but nothing more to do.
class BrokenPipe : public std::exception {};

// Where a command writes its result: standard output, or a file that appears under its name only
// when it is complete.
class Output {
 public:
  // "-" is standard output. Without `replace` an existing file is refused (Error kIo) before
  // anything is written.
  Output(const std::string& path, bool replace);
  ~Output();  // an unfinished file leaves nothing behind
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  // Fails: Error kIo (a full disk), BrokenPipe.
  void write(std::string_view text);

  // Replaces the first bytes of a file that has at least as many. Fails: Error kIo.
  void replace_head(std::string_view text);

  // Writes what is left, checks that it arrived, and puts a file under its name.
  void finish();

 private:
  void flush();
  [[noreturn]] void fail(int error_number) const;

  std::string path_;       // as messages name it
  std::string temporary_;  // empty for standard output
  std::string buffer_;
  int fd_ = -1;
};

// Makes the folder and those above it where they are missing. Fails: Error kIo.
void make_folder(const std::string& path);

// Writes `text` to standard output and checks that it arrived.
void print(std::string_view text);

// `word` with control characters replaced, for tables and tab-separated values.
std::string printable(std::string word);

}  // namespace svi_lda::cli
