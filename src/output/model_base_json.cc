#include "output/model_base_json.h"

#include <cmath>

#include "svi_lda/error.h"

namespace svi_lda {

nlohmann::ordered_json base_to_json(const std::string& path, const ModelBase& base) {
  if (!std::isfinite(base.share)) {
    throw Error(ErrorKind::kNumeric, path, 0, "the share of the old model is not finite");
  }
  return {{"docs", base.docs},
          {"tokens", base.tokens},
          {"fingerprint", hex64_text(base.fingerprint)},
          {"step", base.step},
          {"step_size", base.step_size},
          {"share", base.share}};
}

ModelBase base_from_json(const JsonFields& fields) {
  ModelBase base{fields.count("docs"), fields.count("tokens"),   fields.hex64("fingerprint"),
                 fields.count("step"), fields.text("step_size"), fields.number("share")};
  if (!(base.share >= 0.0 && base.share <= 1.0)) fields.fail("share", "is not in [0, 1]");
  if (base.docs == 0) fields.fail("docs", "is not above 0");
  return base;
}

}  // namespace svi_lda
