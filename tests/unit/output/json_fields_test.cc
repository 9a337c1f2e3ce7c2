#include "output/json_fields.h"

#include <gmock/gmock.h>

#include <functional>
#include <limits>

#include "support/problem_of.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

JsonFields parse(const std::string& text) { return JsonFields("run.json", "", text); }

TEST(JsonFields, ReadsEachTypeExactly) {
  const JsonFields fields = parse(R"({"text": "a", "flag": true, "big": 18446744073709551615,
      "low": -9223372036854775808, "high": 9223372036854775807, "x": 0.1, "whole": 64,
      "hex": "00ff00000000000f", "inner": {"y": 1}})");
  EXPECT_EQ(fields.text("text"), "a");
  EXPECT_TRUE(fields.flag("flag"));
  EXPECT_EQ(fields.count("big"), std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(fields.integer("low"), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(fields.integer("high"), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(fields.number("x"), 0.1);
  EXPECT_EQ(fields.number("whole"), 64.0);
  EXPECT_EQ(fields.hex64("hex"), 0x00ff00000000000fu);
  EXPECT_EQ(fields.object("inner").count("y"), 1u);
  EXPECT_TRUE(fields.has("x"));
  EXPECT_FALSE(fields.has("z"));
}

TEST(JsonFields, NamesTheFieldThatIsWrong) {
  const JsonFields fields = parse(R"({"n": -1, "x": 1.5, "t": "a", "big": 18446744073709551615,
      "inner": {"y": null}})");
  EXPECT_EQ(problem_in_run_json(ErrorKind::kInput, [&] { fields.count("gone"); }),
            "field 'gone' is missing");
  EXPECT_EQ(problem_in_run_json(ErrorKind::kInput, [&] { fields.count("n"); }),
            "field 'n' is not a whole number >= 0");
  EXPECT_EQ(problem_in_run_json(ErrorKind::kInput, [&] { fields.count("x"); }),
            "field 'x' is not a whole number >= 0");
  EXPECT_EQ(problem_in_run_json(ErrorKind::kInput, [&] { fields.integer("x"); }),
            "field 'x' is not a whole number of 64 bits");
  EXPECT_EQ(problem_in_run_json(ErrorKind::kInput, [&] { fields.integer("big"); }),
            "field 'big' is not a whole number of 64 bits");
  EXPECT_EQ(problem_in_run_json(ErrorKind::kInput, [&] { fields.number("t"); }),
            "field 't' is not a finite number");
  EXPECT_EQ(problem_in_run_json(ErrorKind::kInput, [&] { fields.text("n"); }),
            "field 'n' is not text");
  EXPECT_EQ(problem_in_run_json(ErrorKind::kInput, [&] { fields.flag("n"); }),
            "field 'n' is not true or false");
  EXPECT_EQ(problem_in_run_json(ErrorKind::kInput, [&] { fields.object("n"); }),
            "field 'n' is not an object");
  EXPECT_EQ(problem_in_run_json(ErrorKind::kInput, [&] { fields.hex64("t"); }),
            "field 't' is not 16 hexadecimal digits");
  EXPECT_EQ(problem_in_run_json(ErrorKind::kInput, [&] { fields.object("inner").number("y"); }),
            "inner: field 'y' is not a finite number");
}

TEST(JsonFields, RefusesWhatIsNoObject) {
  for (const char* text : {"", "{", "{} x", "{\"a\": 1e999}", "{\"a\": \"\xff\"}", "nul"}) {
    EXPECT_EQ(problem_in_run_json(ErrorKind::kInput, [&] { parse(text); }), "not valid JSON")
        << text;
  }
  for (const char* text : {"[]", "1", "null"}) {
    EXPECT_EQ(problem_in_run_json(ErrorKind::kInput, [&] { parse(text); }), "not a JSON object")
        << text;
  }
}

TEST(JsonFields, DeepNestingIsRefusedNotRecursedInto) {
  const std::string deep = "{\"a\": " + std::string(500000, '[') + std::string(500000, ']') + "}";
  EXPECT_EQ(problem_in_run_json(ErrorKind::kInput, [&] { parse(deep); }), "nested too deeply");
}

TEST(JsonFields, HexKeepsAll64Bits) {
  for (const std::uint64_t value : {std::uint64_t{0}, std::uint64_t{0xff}, ~std::uint64_t{0}}) {
    const std::string text = hex64_text(value);
    EXPECT_EQ(text.size(), 16u);
    EXPECT_EQ(parse("{\"v\": \"" + text + "\"}").hex64("v"), value);
  }
  EXPECT_EQ(problem_in_run_json(ErrorKind::kInput,
                                [] { parse(R"({"v": "00000000000000FF"})").hex64("v"); }),
            "field 'v' is not 16 hexadecimal digits");
}

TEST(JsonFields, TextThatIsNotUtf8IsNamedBeforeItIsWritten) {
  const nlohmann::json json = {{"a", "\xff"}};
  try {
    json_text("run.json", json, 2);
    FAIL() << "no Error";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    EXPECT_EQ(error.path(), "run.json");
  }
}

}  // namespace
}  // namespace svi_lda
