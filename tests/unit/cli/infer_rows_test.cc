#include "cli/infer_rows.h"

#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <vector>

#include "archive/npy_header.h"

namespace svi_lda::cli {
namespace {

const std::vector<double> kTheta = {0.25, 0.5, 0.0, 0.25};

InferredDocument document(std::uint64_t number) {
  return {.document = number, .tokens = 7, .out_of_vocabulary = 2, .empty = false, .theta = kTheta};
}

std::vector<std::size_t> numbers(const std::vector<TopicShare>& topics) {
  std::vector<std::size_t> out;
  for (const TopicShare& topic : topics) out.push_back(topic.topic);
  return out;
}

TEST(InferRows, LargestFirstEqualOnesByNumber) {
  EXPECT_EQ(numbers(chosen_topics(kTheta, {})), (std::vector<std::size_t>{1, 0, 3, 2}));
  EXPECT_EQ(numbers(chosen_topics(kTheta, {.most = 2})), (std::vector<std::size_t>{1, 0}));
  EXPECT_EQ(numbers(chosen_topics(kTheta, {.most = 9})), (std::vector<std::size_t>{1, 0, 3, 2}));
  EXPECT_EQ(numbers(chosen_topics(kTheta, {.least = 0.25})), (std::vector<std::size_t>{1, 0, 3}));
  EXPECT_EQ(numbers(chosen_topics(kTheta, {.most = 1, .least = 0.6})), std::vector<std::size_t>{});
}

TEST(InferRows, Tsv) {
  const auto all = make_infer_rows("tsv", {});
  EXPECT_EQ(all->head(document(1)),
            "document\ttokens\tout_of_vocabulary\tstatus\ttopic_0\ttopic_1\ttopic_2\ttopic_3\n");
  EXPECT_EQ(all->row(document(3)), "3\t7\t2\tok\t0.25\t0.5\t0\t0.25\n");
  const auto two = make_infer_rows("tsv", {.most = 2});
  EXPECT_EQ(two->head(document(1)), "document\ttokens\tout_of_vocabulary\tstatus\ttopics\n");
  EXPECT_EQ(two->row(document(3)), "3\t7\t2\tok\t1:0.5 0:0.25\n");
  EXPECT_EQ(make_infer_rows("tsv", {.least = 0.9})->row(document(3)), "3\t7\t2\tok\t\n");
}

TEST(InferRows, JsonLines) {
  EXPECT_EQ(make_infer_rows("jsonl", {})->row(document(1)),
            R"({"document":1,"tokens":7,"out_of_vocabulary":2,"status":"ok",)"
            R"("theta":[0.25,0.5,0,0.25]})"
            "\n");
  EXPECT_EQ(make_infer_rows("jsonl", {.most = 1})->row(document(1)),
            R"({"document":1,"tokens":7,"out_of_vocabulary":2,"status":"ok",)"
            R"("topics":[{"topic":1,"share":0.5}]})"
            "\n");
}

TEST(InferRows, IdsStandBehindTheNumberWhereThereAreAny) {
  InferredDocument named = document(3);
  named.id = "a \"b\"";
  const auto tsv = make_infer_rows("tsv", {.most = 1});
  EXPECT_EQ(tsv->head(named), "document\tid\ttokens\tout_of_vocabulary\tstatus\ttopics\n");
  EXPECT_EQ(tsv->row(named), "3\ta \"b\"\t7\t2\tok\t1:0.5\n");
  EXPECT_EQ(make_infer_rows("jsonl", {.most = 1})->row(named),
            R"({"document":3,"id":"a \"b\"","tokens":7,"out_of_vocabulary":2,"status":"ok",)"
            R"("topics":[{"topic":1,"share":0.5}]})"
            "\n");
}

TEST(InferRows, TitlesAndLabelsKeepTheirColumnsWhereADocumentHasNone) {
  InferredDocument named = document(3);
  named.id = "x";
  named.title = "On \"pears\"";
  named.label = "";
  const auto tsv = make_infer_rows("tsv", {.most = 1});
  EXPECT_EQ(tsv->head(named),
            "document\tid\ttitle\tlabel\ttokens\tout_of_vocabulary\tstatus\ttopics\n");
  EXPECT_EQ(tsv->row(named), "3\tx\tOn \"pears\"\t\t7\t2\tok\t1:0.5\n");
  EXPECT_EQ(make_infer_rows("jsonl", {.most = 1})->row(named),
            R"({"document":3,"id":"x","title":"On \"pears\"","label":"","tokens":7,)"
            R"("out_of_vocabulary":2,"status":"ok","topics":[{"topic":1,"share":0.5}]})"
            "\n");
}

TEST(InferRows, SvmlightHasLabelsThatAreNumbersAndIds) {
  const auto rows = make_infer_rows("svmlight", {.most = 1});
  InferredDocument named = document(3);
  named.id = "x";
  named.label = "-1";
  EXPECT_EQ(rows->row(named), "-1 2:0.5 # x\n");
  for (const char* const label : {"", "fruit", "1:2", "1 2"}) {
    named.label = label;
    EXPECT_EQ(rows->row(named), "0 2:0.5 # x\n") << label;
  }
}

TEST(InferRows, SvmlightCountsFromOneInAscendingOrder) {
  EXPECT_EQ(make_infer_rows("svmlight", {})->row(document(1)), "0 1:0.25 2:0.5 3:0 4:0.25\n");
  EXPECT_EQ(make_infer_rows("svmlight", {.most = 2})->row(document(1)), "0 1:0.25 2:0.5\n");
}

TEST(InferRows, NpyHeaderKeepsItsLengthWhateverTheNumberOfDocuments) {
  const auto rows = make_infer_rows("npy", {.least = 0.3});
  const std::string head = rows->head(document(1));
  std::string bytes;
  for (std::uint64_t d = 1; d <= 12345; ++d) bytes = rows->row(document(d));
  double values[4];
  ASSERT_EQ(bytes.size(), sizeof values);
  std::memcpy(values, bytes.data(), sizeof values);
  EXPECT_EQ((std::vector<double>{values, values + 4}), (std::vector<double>{0.0, 0.5, 0.0, 0.0}));
  EXPECT_EQ(rows->final_head(), format_npy_header({"<f8", false, {12345, 4}}));
  EXPECT_EQ(rows->final_head().size(), head.size());
  // The most that a corpus may have.
  EXPECT_EQ(format_npy_header({"<f8", false, {1'000'000'000, 100'000}}).size(), head.size());
}

}  // namespace
}  // namespace svi_lda::cli
