#include "text/stemmer.h"

#include <libstemmer.h>

#include <new>

#include "svi_lda/error.h"

namespace svi_lda {

Stemmer::Stemmer(const std::string& language)
    : stemmer_(sb_stemmer_new(language.c_str(), "UTF_8")) {
  if (stemmer_ != nullptr) return;
  std::string known;
  for (const std::string& name : languages()) known.append(known.empty() ? "" : ", ").append(name);
  throw Error(ErrorKind::kUsage, "--stem '" + language + "': there is no such stemmer",
              "take one of " + known);
}

Stemmer::~Stemmer() { sb_stemmer_delete(stemmer_); }

std::string_view Stemmer::stem(std::string_view word) {
  const sb_symbol* const stem = sb_stemmer_stem(
      stemmer_, reinterpret_cast<const sb_symbol*>(word.data()), static_cast<int>(word.size()));
  if (stem == nullptr) throw std::bad_alloc();
  return {reinterpret_cast<const char*>(stem),
          static_cast<std::size_t>(sb_stemmer_length(stemmer_))};
}

std::vector<std::string> Stemmer::languages() {
  std::vector<std::string> names;
  for (const char** name = sb_stemmer_list(); *name != nullptr; ++name) names.emplace_back(*name);
  return names;
}

}  // namespace svi_lda
