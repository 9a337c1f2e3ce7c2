#pragma once

#include <unicode/utypes.h>

#include <string>

#include "svi_lda/error.h"

namespace svi_lda {

// Throws Error kIo where ICU could not do `what`: its data files are missing or no memory was left.
inline void require_icu(UErrorCode status, const std::string& what) {
  if (U_FAILURE(status)) {
    throw Error(ErrorKind::kIo, "ICU cannot do its " + what + ": " + u_errorName(status),
                "check that its data are installed (Debian: libicu72)");
  }
}

}  // namespace svi_lda
