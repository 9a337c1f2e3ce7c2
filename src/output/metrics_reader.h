#pragma once

#include <string>
#include <vector>

#include "output/metrics.h"

namespace svi_lda {

// The records of metrics.jsonl in the order of the file; none where there is no file. A last line
// without its end, of a run that is being written or was killed, is left out.
// Fails: kIo; kInput with the line that is not a record.
std::vector<MetricsRecord> read_metrics(const std::string& path);

}  // namespace svi_lda
