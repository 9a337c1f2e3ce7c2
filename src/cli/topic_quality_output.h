#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "svi_lda/topic_quality.h"

namespace svi_lda::cli {

// Figures of topics for people: means, then a line a topic, then what they mean.
std::string topic_quality_text(const TopicQuality& quality);

// A line a topic under a header, the last line the means; a field without a figure is empty.
std::string topic_quality_tsv(const TopicQuality& quality);

// The same as JSON; null where there is no figure.
nlohmann::ordered_json topic_quality_json(const TopicQuality& quality);

// A number as a field of a table, empty where there is none.
std::string tsv_field(double value);

}  // namespace svi_lda::cli
