#pragma once

#include <string>
#include <vector>

#include "output/report_data.h"
#include "svi_lda/evaluate.h"

namespace svi_lda {

// The last held-out figures of metrics.jsonl, the unigram baseline behind them; none where nothing
// was held out.
std::vector<NamedFigure> figures_of(const std::vector<MetricsRecord>& records);

// Every figure of an evaluation on `corpus`.
std::vector<NamedFigure> figures_of(const EvaluateResult& result, const std::string& corpus);

// What a reader of these figures must know before they are compared with others.
std::vector<std::string> warnings_of(const std::vector<NamedFigure>& figures);

}  // namespace svi_lda
