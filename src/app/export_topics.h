#pragma once

#include <span>
#include <string>
#include <vector>

#include "output/model_file.h"
#include "svi_lda/export.h"

namespace svi_lda {

// lambda_kw of one topic, [V], as model.npz has it.
std::vector<double> lambda_of(const Topics& topics, std::uint32_t topic);

// E[beta_kw] of one topic, [V]: lambda_kw / Sum_w lambda_kw.
std::vector<double> probabilities_of(const Topics& topics, std::uint32_t topic);

// "[a,b,c]" with every number as short as reads back the same.
std::string json_array(std::span<const double> values);
std::string json_array(std::span<const std::uint64_t> values);

// The words as a JSON array of strings; ids where there is no vocabulary.
std::string json_words(const Model& model);

// "[[...],[...]]", a row a topic, E[beta].
void write_json_topics(const Model& model, const ExportSink& sink);

// Whole exports, in the form that export.h describes.
void export_json(const Model& model, const ExportSink& sink);
void export_csv(const Model& model, const ExportSink& sink);
void export_npy(const Model& model, const ExportSink& sink);
void export_mallet_topics(const Model& model, const ExportSink& sink);

}  // namespace svi_lda
