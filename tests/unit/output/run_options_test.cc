#include "output/run_options.h"

#include <gmock/gmock.h>

#include <cmath>
#include <functional>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>

#include "support/problem_of.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Every field of TrainOptions. A field that is added breaks this line, here as in run_options.cc;
// EveryFieldHasItsOwnKey then fails until run_options.cc visits it.
template <typename Options>
auto fields_of(Options& options) {
  auto& [a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, c0, c1, c2,
         c3, c4, c5, c6, c7, c8, c9, d0, d1, d2, d3, d4, d5, d6, d7, d8, d9, e0, e1, e2, text] =
      options;
  auto& [t0, t1, t2, t3, t4, t5, t6, t7, t8, t9, u0, u1, u2, u3, u4, u5, u6] = text;
  return std::tie(a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, b0, b1, b2, b3, b4, b5, b6, b7, b8, b9,
                  c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, d0, d1, d2, d3, d4, d5, d6, d7, d8, d9,
                  e0, e1, e2, t0, t1, t2, t3, t4, t5, t6, t7, t8, t9, u0, u1, u2, u3, u4, u5, u6);
}

void change(std::string& value, int salt) { value = "text " + std::to_string(salt) + " \xc3\x9f"; }
void change(std::vector<std::string>& value, int salt) {
  value = {"text " + std::to_string(salt), ""};
}
void change(bool& value, int) { value = !value; }
void change(double& value, int salt) { value += 1.0 / (3.0 + salt); }
void change(std::int64_t& value, int salt) { value = -1'000'000'000'000 - salt; }
void change(std::uint64_t& value, int salt) {
  value = std::numeric_limits<std::uint64_t>::max() - static_cast<std::uint64_t>(salt);
}

TrainOptions all_changed() {
  TrainOptions options;
  std::apply(
      [](auto&... field) {
        int salt = 0;
        (change(field, salt++), ...);
      },
      fields_of(options));
  return options;
}

std::set<std::string> keys_of(const std::string& json) {
  std::set<std::string> keys;
  const auto object = nlohmann::json::parse(json);
  for (const auto& item : object.items()) keys.insert(item.key());
  return keys;
}

TEST(RunOptions, EveryFieldHasItsOwnKey) {
  TrainOptions options;
  EXPECT_EQ(keys_of(options_to_json(options)).size(),
            std::tuple_size_v<decltype(fields_of(options))>);
}

TEST(RunOptions, EveryFieldSurvives) {
  for (const TrainOptions& options : {TrainOptions(), all_changed()}) {
    const TrainOptions read = options_from_json("run.json", options_to_json(options));
    EXPECT_TRUE(fields_of(read) == fields_of(options));
  }
}

TEST(RunOptions, EveryFieldIsReadFromItsOwnKey) {
  const TrainOptions defaults;
  const auto json = nlohmann::json::parse(options_to_json(defaults));
  const auto changed = nlohmann::json::parse(options_to_json(all_changed()));
  for (const auto& item : json.items()) {
    auto mixed = json;
    mixed[item.key()] = changed[item.key()];
    EXPECT_NE(changed[item.key()], item.value()) << item.key();
    const TrainOptions read = options_from_json("run.json", mixed.dump());
    EXPECT_EQ(nlohmann::json::parse(options_to_json(read)), mixed) << item.key();
  }
}

TEST(RunOptions, KeysAreTheLongNamesOfTheCommandLine) {
  const auto json = nlohmann::json::parse(options_to_json({}));
  EXPECT_EQ(json["batch-size"], 0);
  EXPECT_EQ(json["tau0"], TrainOptions().tau0);
  EXPECT_EQ(json["inner-tolerance"], 1e-3);
  EXPECT_EQ(json["checkpoint-every"], "60s");
  EXPECT_EQ(json["vocab"], "");
  for (const std::string& key : keys_of(options_to_json({}))) {
    EXPECT_EQ(key.find('_'), std::string::npos) << key;
  }
}

TEST(RunOptions, AMissingWrongOrUnknownOptionIsNamed) {
  const auto good = nlohmann::json::parse(options_to_json({}));
  for (const auto& item : good.items()) {
    auto missing = good;
    missing.erase(item.key());
    // As a run of before the option existed: the others are kept, this one has its default.
    EXPECT_EQ(keys_of(options_to_json(options_from_json("run.json", missing.dump()))),
              keys_of(options_to_json(TrainOptions())));
    auto wrong = good;
    wrong[item.key()] = nullptr;
    EXPECT_THAT(problem_in_run_json(ErrorKind::kInput,
                                    [&] { options_from_json("run.json", wrong.dump()); }),
                HasSubstr("options: field '" + item.key() + "' is not"));
  }
  auto unknown = good;
  unknown["gamma-shape"] = 1;
  EXPECT_EQ(problem_in_run_json(ErrorKind::kInput,
                                [&] { options_from_json("run.json", unknown.dump()); }),
            "options: field 'gamma-shape' is unknown");
}

TEST(RunOptions, AlphaMayBeTheNumberThatOlderRunsHold) {
  const auto alpha_of = [](const char* json) { return options_from_json("run.json", json).alpha; };
  EXPECT_EQ(alpha_of(R"({"alpha": 0.05})"), "0.05");
  EXPECT_EQ(alpha_of(R"({"alpha": 0.30000000000000004})"), "0.30000000000000004");
  EXPECT_EQ(alpha_of(R"({"alpha": 0.0})"), "auto");
  EXPECT_EQ(alpha_of(R"({"alpha": 0})"), "auto");
  EXPECT_EQ(alpha_of(R"({"alpha": "symmetric"})"), "symmetric");
  EXPECT_EQ(problem_in_run_json(ErrorKind::kInput, [&] { alpha_of(R"({"alpha": true})"); }),
            "options: field 'alpha' is not text");
}

TEST(RunOptions, ValuesThatAreNoNumbersAreRefused) {
  TrainOptions options;
  options.kappa = NAN;
  EXPECT_THROW(options_to_json(options), Error);
}

TEST(RunOptions, AModelHoldsOnlyWhatShapesIt) {
  EXPECT_THAT(keys_of(model_options_json({})),
              ElementsAre("alpha", "average", "batch-size", "burn-in", "corpus-size", "eta",
                          "held-out-fraction", "inference", "init", "inner-iterations",
                          "inner-tolerance", "kappa", "leave-out", "order", "rho", "seed",
                          "seed-weight", "shuffle-buffer", "step", "sweeps", "tau0", "topics"));
  TrainOptions elsewhere;
  elsewhere.corpus = "/some/where";
  elsewhere.output = "/else/where";
  elsewhere.threads = 7;
  elsewhere.passes = 11;
  elsewhere.time_limit = "10m";
  elsewhere.checkpoint_every = "1";
  EXPECT_EQ(model_options_json(elsewhere), model_options_json({}));
  elsewhere.seed = 2;
  EXPECT_NE(model_options_json(elsewhere), model_options_json({}));
}

}  // namespace
}  // namespace svi_lda
