#pragma once

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <tuple>
#include <vector>

#include "base/file.h"
#include "svi_lda/train.h"

namespace svi_lda::testing {

// The model that the run in folder `run` left.
inline std::string model_bytes(const std::string& run) { return read_file(run + "/model.npz"); }
inline std::string model_bytes(const TrainOptions& options) { return model_bytes(options.output); }

// A signal after so many steps.
inline TrainCallbacks stop_after(int steps) {
  TrainCallbacks callbacks;
  callbacks.stop_signal = [left = steps]() mutable { return --left <= 0 ? 15 : 0; };
  return callbacks;
}

// The corpus bounds that a run by coordinate ascent has reported, one a pass.
inline std::vector<double> bounds_in(const std::string& run) {
  std::vector<double> bounds;
  std::ifstream file(run + "/metrics.jsonl");
  for (std::string line; std::getline(file, line);) {
    bounds.push_back(nlohmann::json::parse(line).at("corpus_bound_per_token"));
  }
  return bounds;
}

// "inference_way" for tests of methods and how a parameter is learned.
using MethodAndWay = std::tuple<const char*, const char*>;
struct NameOfBoth {
  template <typename Info>
  std::string operator()(const Info& both) const {
    return std::string(std::get<0>(both.param)).append("_").append(std::get<1>(both.param));
  }
};

}  // namespace svi_lda::testing
