#include "output/run_record.h"

#include <gmock/gmock.h>

#include <cmath>
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "output/run_options.h"
#include "support/problem_of.h"
#include "support/temporary_folder.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

using ::testing::HasSubstr;

RunRecord full_record() {
  RunRecord record;
  record.state = "finished";
  record.version = "0.1.0";
  record.formats.random = 3;
  record.isa = "AVX2";
  record.threads = 2;
  record.corpus_path =
      "/data/stra\xc3\x9f"
      "e.txt.gz";
  record.vocabulary_path = "/data/vocab.txt";
  record.held_out_path = "/data/test.txt";
  record.corpus = RunCorpus{0xfedcba9876543210u, 1, 2, 3, 4, 5};
  record.options_json = options_to_json({});
  record.end = RunEnd{100, 3, 1.0 / 3.0, "time limit"};
  record.schedule = RunSchedule{0.1};
  record.restart = RunRestart{1, 1.0 / 7.0, 0xfedcba9876543210u, "because"};
  record.update =
      RunUpdate{"/data/news/model.npz", {7, 70, 0xfedcba9876543210u, 30, "even", 0.3}, 5};
  return record;
}

TEST(RunRecord, EverythingSurvives) {
  const TemporaryFolder folder;
  const RunRecord record = full_record();
  write_run_record(folder.file("run.json"), record);
  const RunRecord read = read_run_record(folder.file("run.json"));
  EXPECT_EQ(read.state, record.state);
  EXPECT_EQ(read.version, record.version);
  EXPECT_EQ(read.formats.run, kRunFormat);
  EXPECT_EQ(read.formats.model, kModelFormat);
  EXPECT_EQ(read.formats.checkpoint, kCheckpointFormat);
  EXPECT_EQ(read.formats.random, 3);
  EXPECT_EQ(read.isa, record.isa);
  EXPECT_EQ(read.threads, 2);
  EXPECT_EQ(read.corpus_path, record.corpus_path);
  EXPECT_EQ(read.vocabulary_path, record.vocabulary_path);
  EXPECT_EQ(read.held_out_path, record.held_out_path);
  ASSERT_TRUE(read.corpus);
  EXPECT_EQ(read.corpus->fingerprint, 0xfedcba9876543210u);
  EXPECT_EQ(read.corpus->docs, 1u);
  EXPECT_EQ(read.corpus->empty_docs, 2u);
  EXPECT_EQ(read.corpus->entries, 3u);
  EXPECT_EQ(read.corpus->tokens, 4u);
  EXPECT_EQ(read.corpus->vocab_size, 5u);
  EXPECT_EQ(read.options_json, record.options_json);
  ASSERT_TRUE(read.end);
  EXPECT_EQ(read.end->step, 100u);
  EXPECT_EQ(read.end->passes, 3u);
  EXPECT_EQ(read.end->seconds, 1.0 / 3.0);
  EXPECT_EQ(read.end->reason, "time limit");
  ASSERT_TRUE(read.schedule.has_value());
  EXPECT_EQ(read.schedule->seconds, 0.1);
  ASSERT_TRUE(read.restart);
  EXPECT_EQ(read.restart->passes, 1u);
  EXPECT_EQ(read.restart->information, 1.0 / 7.0);
  EXPECT_EQ(read.restart->seed, 0xfedcba9876543210u);
  EXPECT_EQ(read.restart->reason, "because");
  ASSERT_TRUE(read.update);
  EXPECT_EQ(read.update->model_path, "/data/news/model.npz");
  EXPECT_EQ(read.update->out_of_vocabulary, 5u);
  EXPECT_EQ(read.update->base.docs, 7u);
  EXPECT_EQ(read.update->base.tokens, 70u);
  EXPECT_EQ(read.update->base.fingerprint, 0xfedcba9876543210u);
  EXPECT_EQ(read.update->base.step, 30u);
  EXPECT_EQ(read.update->base.step_size, "even");
  EXPECT_EQ(read.update->base.share, 0.3);
  EXPECT_EQ(folder.entries(), 1u);
}

TEST(RunRecord, AStreamHasNoPasses) {
  RunRecord record;
  record.end = RunEnd{7, std::nullopt, 1.5, "end of the stream"};
  const std::string json = run_record_to_json("run.json", record);
  EXPECT_EQ(json.find("passes"), std::string::npos);
  const RunRecord read = run_record_from_json("run.json", json);
  ASSERT_TRUE(read.end);
  EXPECT_FALSE(read.end->passes);
  EXPECT_EQ(read.end->step, 7u);
}

TEST(RunRecord, WhatIsNotKnownYetIsLeftOut) {
  const RunRecord read = run_record_from_json("run.json", run_record_to_json("run.json", {}));
  EXPECT_EQ(read.state, "reading");
  EXPECT_FALSE(read.corpus);
  EXPECT_FALSE(read.end);
  EXPECT_EQ(read.options_json, "{}");
}

// Calls visit(parent, key, name) for every field, those of inner objects too, save the options,
// which options_from_json() checks.
void for_each_field(
    nlohmann::json& json, const std::string& prefix,
    const std::function<void(nlohmann::json&, const std::string&, const std::string&)>& visit) {
  std::vector<std::string> keys;
  for (const auto& item : json.items()) keys.push_back(item.key());
  for (const std::string& key : keys) {
    visit(json, key, prefix + "field '" + key + "'");
    if (json[key].is_object() && key != "options") {
      for_each_field(json[key], prefix + key + ": ", visit);
    }
  }
}

TEST(RunRecord, AFieldThatIsMissingOrOfAnotherTypeIsNamed) {
  auto json = nlohmann::json::parse(run_record_to_json("run.json", full_record()));
  int fields = 0;
  for_each_field(
      json, "", [&](nlohmann::json& parent, const std::string& key, const std::string& name) {
        ++fields;
        const nlohmann::json good = parent[key];
        parent[key] = nlohmann::json::array();
        EXPECT_THAT(problem_in_run_json(ErrorKind::kInput,
                                        [&] { run_record_from_json("run.json", json.dump()); }),
                    HasSubstr(name + " is not"));
        parent.erase(key);
        if (key != "corpus" && key != "end" && key != "restart" && key != "schedule" &&
            key != "update") {
          EXPECT_EQ(problem_in_run_json(ErrorKind::kInput,
                                        [&] { run_record_from_json("run.json", json.dump()); }),
                    name + " is missing");
        }
        parent[key] = good;
      });
  EXPECT_EQ(fields, 13 + 4 + 6 + 4 + 5 + 1 + 3 + 6);
  EXPECT_EQ(run_record_from_json("run.json", json.dump()).state, "finished");
}

TEST(RunRecord, AnotherFormatOrStateIsNamed) {
  auto json = nlohmann::json::parse(run_record_to_json("run.json", full_record()));
  json["state"] = "sleeping";
  EXPECT_EQ(problem_in_run_json(ErrorKind::kInput,
                                [&] { run_record_from_json("run.json", json.dump()); }),
            "field 'state' is 'sleeping'");
  json["formats"]["run"] = 2;
  EXPECT_EQ(problem_in_run_json(ErrorKind::kInput,
                                [&] { run_record_from_json("run.json", json.dump()); }),
            "run format 2, this program reads format 1");
}

TEST(RunRecord, AFileNameThatJsonCannotHoldIsRefused) {
  RunRecord record = full_record();
  record.corpus_path = "/data/\xff.txt";
  EXPECT_THAT(problem_in_run_json(ErrorKind::kUsage, [&] { write_run_record("run.json", record); }),
              HasSubstr("not valid UTF-8"));
  EXPECT_FALSE(std::filesystem::exists("run.json"));
}

TEST(RunRecord, SecondsThatAreNoNumberAreRefused) {
  RunRecord record = full_record();
  record.end->seconds = NAN;
  problem_in_run_json(ErrorKind::kNumeric, [&] { run_record_to_json("run.json", record); });
}

TEST(RunRecord, AMissingFileIsAnIoError) {
  const TemporaryFolder folder;
  try {
    read_run_record(folder.file("run.json"));
    FAIL() << "no Error";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kIo);
  }
}

}  // namespace
}  // namespace svi_lda
