#pragma once

#include <memory>
#include <string>

#include "corpus/byte_source.h"
#include "text/text_reader.h"

namespace svi_lda {

// Records of fields: with ',' by RFC 4180, with '\t' by IANA's text/tab-separated-values (no
// quotes). Blank lines between records are passed over; every record has as many fields as the
// first.
std::unique_ptr<TextReader> read_delimited(std::unique_ptr<ByteSource> source,
                                           const std::string& path, char delimiter,
                                           const TextFields& fields);

}  // namespace svi_lda
