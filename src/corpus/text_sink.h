#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace svi_lda {

// Text on its way into a file that appears under its name only when it is complete, compressed by
// gzip where the name ends in .gz, by zstd where it ends in .zst; equal texts give equal bytes.
class TextSink {
 public:
  // `path` "-": what is written goes to `standard_output` as it is. Fails: kIo.
  TextSink(const std::string& path, std::function<void(std::string_view)> standard_output);
  ~TextSink();  // without finish() nothing stays behind
  TextSink(const TextSink&) = delete;
  TextSink& operator=(const TextSink&) = delete;

  // Fails: kIo (a full disk), naming the path; what standard_output throws.
  void write(std::string_view text);
  void finish();

  // Text is handed on in blocks of this size.
  static constexpr std::size_t kBlock = std::size_t{64} * 1024;

  class Encoder;

 private:
  std::string block_;
  std::unique_ptr<Encoder> encoder_;
};

}  // namespace svi_lda
