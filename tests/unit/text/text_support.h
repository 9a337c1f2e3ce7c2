#pragma once

#include <string>
#include <vector>

#include "text/tokens.h"

namespace svi_lda {

inline std::vector<std::string> words_of(const Tokens& tokens) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < tokens.size(); ++i) words.emplace_back(tokens[i]);
  return words;
}

}  // namespace svi_lda
