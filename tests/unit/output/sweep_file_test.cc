#include "output/sweep_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <limits>

#include "output/svg_sweep.h"
#include "support/problem_of.h"
#include "support/temporary_folder.h"

namespace svi_lda {
namespace {

using ::testing::HasSubstr;

SweepRun make_run(std::int64_t topics, std::uint64_t seed, double completion) {
  SweepRun run;
  run.topics = topics;
  run.seed = seed;
  run.run = std::to_string(topics).insert(0, 1, 'k');
  run.completion = completion;
  run.completion_error = 12.25;
  run.unigram = 900.0;
  run.c_v = std::numeric_limits<double>::quiet_NaN();
  run.npmi = -0.125;
  run.duplicates = 2;
  run.passes = 7;
  run.seconds = 1.5;
  return run;
}

TEST(SweepFile, ComesBackAsItWas) {
  const TemporaryFolder folder;
  const std::string path = folder.file("sweep.json");
  write_sweep_record(path,
                     {R"({"passes": 3})", {make_run(10, 1, 512.3), make_run(20, 4, 1.0 / 3)}});
  const SweepRecord read = read_sweep_record(path);
  ASSERT_EQ(read.runs.size(), 2u);
  EXPECT_EQ(read.runs[1].completion, 1.0 / 3);
  EXPECT_EQ(read.runs[1].topics, 20);
  EXPECT_EQ(read.runs[1].seed, 4u);
  EXPECT_EQ(read.runs[0].run, "k10");
  EXPECT_EQ(read.runs[0].npmi, -0.125);
  EXPECT_EQ(read.runs[0].duplicates, 2u);
  EXPECT_EQ(read.runs[0].passes, 7u);
  EXPECT_TRUE(std::isnan(read.runs[0].c_v));
  EXPECT_EQ(sweep_tsv(read.runs), sweep_tsv({make_run(10, 1, 512.3), make_run(20, 4, 1.0 / 3)}));
}

TEST(SweepFile, NamesTheOptionsThatDiffer) {
  const SweepRecord a{R"({"passes": 3, "eta": 0.1, "only": 1})", {}};
  const SweepRecord b{R"({"passes": 4, "eta": 0.1, "new": 2})", {}};
  EXPECT_EQ(differing_options("f", a, b), "--new, --only, --passes");
  EXPECT_EQ(differing_options("f", a, a), "");
}

TEST(SweepFile, SaysWhatIsWrong) {
  const TemporaryFolder folder;
  const auto problem = [&](const char* text) {
    std::ofstream(folder.file("f")) << text;
    return problem_of(ErrorKind::kInput, [&] { read_sweep_record(folder.file("f")); });
  };
  EXPECT_THAT(problem("{"), HasSubstr("/f"));
  EXPECT_THAT(problem(R"({"format": 2})"), HasSubstr("another version"));
  EXPECT_THAT(problem(R"({"format": 1, "options": {}})"), HasSubstr("runs"));
  EXPECT_THAT(problem(R"({"format": 1, "options": {}, "runs": [{"topics": 1}]})"),
              HasSubstr("seed"));
}

TEST(SweepTsv, HasALineARunAndLeavesOutWhatThereIsNot) {
  const std::string text = sweep_tsv({make_run(10, 1, 512.25)});
  EXPECT_THAT(text, HasSubstr("topics\tseed\trun\tcompletion\tcompletion_standard_error\tbound\t"));
  EXPECT_THAT(text, HasSubstr("\n10\t1\tk10\t512.25\t12.25\t0\t900\t\t-0.125\t"));
}

std::size_t times(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

TEST(SweepPicture, HasADotForEachRunInEachPanelThatHasFigures) {
  const std::string svg =
      sweep_svg({make_run(10, 1, 500), make_run(10, 2, 510), make_run(40, 1, 480)}, "a <b> file");
  EXPECT_EQ(times(svg, "<circle"), 3u * 8u);  // C_v has none
  EXPECT_EQ(times(svg, "<polyline"), 8u);
  EXPECT_EQ(times(svg, ">no figure<"), 1u);
  EXPECT_EQ(times(svg, ">40</text>"), 8u);
  EXPECT_THAT(svg, HasSubstr("a &lt;b&gt; file"));
  EXPECT_EQ(times(svg, "nan"), 0u);
  // One number of topics stands in the middle.
  EXPECT_EQ(times(sweep_svg({make_run(10, 1, 500)}, "f"), "nan"), 0u);
}

}  // namespace
}  // namespace svi_lda
