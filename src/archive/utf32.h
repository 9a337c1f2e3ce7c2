#pragma once

#include <string>
#include <string_view>

namespace svi_lda {

// Conversions for NumPy's '<U' strings, which are UTF-32 padded with NUL. Both append to `out` and
// return false, with `out` in between, at the first thing that is not a Unicode scalar value (an
// overlong form, a surrogate, beyond U+10FFFF) or that is NUL, which such a string cannot hold.
bool append_utf32(std::string_view utf8, std::u32string& out);
bool append_utf8(std::u32string_view code_points, std::string& out);

}  // namespace svi_lda
