#pragma once

#include <string>
#include <string_view>
#include <vector>

struct sb_stemmer;

namespace svi_lda {

// Stems of words by a Snowball algorithm (libstemmer). One for each thread.
class Stemmer {
 public:
  // `language` as "english", "german" or "de". Fails: Error kUsage for one that there is not.
  explicit Stemmer(const std::string& language);
  ~Stemmer();
  Stemmer(const Stemmer&) = delete;
  Stemmer& operator=(const Stemmer&) = delete;

  // The stem of a word in lower case, UTF-8; valid until the next call.
  std::string_view stem(std::string_view word);

  static std::vector<std::string> languages();

 private:
  sb_stemmer* stemmer_;
};

}  // namespace svi_lda
