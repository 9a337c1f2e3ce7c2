#pragma once

#include <spdlog/sinks/base_sink.h>

#include <cstddef>
#include <mutex>
#include <string>

namespace svi_lda::cli {

// Log messages on standard error that share it with one line of status, redrawn in place: a message
// takes the line's place and the status follows below it.
class TerminalSink : public spdlog::sinks::base_sink<std::mutex> {
 public:
  // `fd` is written to unbuffered; a status is shown only where it is a terminal.
  explicit TerminalSink(int fd);

  bool is_terminal() const { return is_terminal_; }
  // Columns of the terminal now; 80 where it does not say.
  std::size_t width() const;

  // Shows `status` in place of the one before; empty removes it.
  void set_status(const std::string& status);

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override;
  void flush_() override {}

 private:
  void write(const std::string& text) const;

  int fd_;
  bool is_terminal_;
  std::string status_;
};

}  // namespace svi_lda::cli
