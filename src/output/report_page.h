#pragma once

#include <string>

#include "output/report_data.h"

namespace svi_lda {

// The page: one HTML file with its style, its scripts, d3 and its data in it, which loads nothing
// (and forbids itself to, by a content security policy). Text of the run appears as text, whatever
// it holds. At most kMostPoints records of metrics.jsonl, evenly chosen.
inline constexpr std::size_t kMostPoints = 600;
std::string report_page(const ReportData& data);

// JSON that may stand inside <script>: '<' and the line separators U+2028 and U+2029 as \u escapes,
// bytes that are not UTF-8 as U+FFFD.
std::string json_for_script(const ReportData& data);

}  // namespace svi_lda
