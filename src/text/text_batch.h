#pragma once

#include <string>
#include <vector>

#include "text/text_inputs.h"

namespace svi_lda {

// Documents that are read, and then counted, together: a few megabytes of text.
struct TextBatch {
  std::vector<std::string> texts;
  std::vector<std::string> rows;  // "id TAB title TAB label TAB date", without control characters

  bool empty() const { return texts.empty(); }
};

// The next documents of `stream`; none at its end. The same ones whatever comes of the batch.
void read_batch(TextStream& stream, TextBatch& batch);

}  // namespace svi_lda
