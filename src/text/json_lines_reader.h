#pragma once

#include <memory>
#include <string>

#include "corpus/byte_source.h"
#include "text/text_reader.h"

namespace svi_lda {

// One JSON object a line, blank lines between them aside. The text, like every other field, may be
// a string, a number or an array of them, whose elements are joined by spaces; null is an empty
// text. Only the field of the text must be there in each object.
std::unique_ptr<TextReader> read_json_lines(std::unique_ptr<ByteSource> source,
                                            const std::string& path, const TextFields& fields);

}  // namespace svi_lda
