#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "output/json_fields.h"
#include "output/model_file.h"

namespace svi_lda {

// ModelBase as run.json and the meta.json of models and checkpoints have it. Fails: Error kNumeric
// naming `path` (a share that is not finite).
nlohmann::ordered_json base_to_json(const std::string& path, const ModelBase& base);

// The inverse. Fails: Error kInput naming the file and the field that is missing, of the wrong type
// or out of range.
ModelBase base_from_json(const JsonFields& fields);

}  // namespace svi_lda
