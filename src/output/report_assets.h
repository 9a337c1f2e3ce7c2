#pragma once

#include <string_view>

namespace svi_lda {

// Files of src/output/report/ and d3, as they were when the program was built.
struct ReportAssets {
  std::string_view page;     // page.html, with {{name}} where the others go
  std::string_view style;    // *.css, one after the other
  std::string_view scripts;  // *.js, one after the other
  std::string_view d3;
  std::string_view d3_licence;
};
extern const ReportAssets kReportAssets;

}  // namespace svi_lda
