#pragma once

#include <cstdint>
#include <vector>

#include "output/report_data.h"
#include "svi_lda/report.h"

namespace svi_lda {

// For each topic (by index in lambda) the options.documents_a_topic documents with the largest
// share theta_dk of it, ties by place, with their titles: those of options.titles, else what raw
// text and corpus folders call them, a title or an id. Documents without a known word are left out.
// Memory: O(K documents_a_topic).
// Fails: as infer(); kInput (not as many titles as documents).
std::vector<std::vector<ShownDocument>> documents_by_topic(const ReportOptions& options,
                                                           std::size_t num_topics);

}  // namespace svi_lda
