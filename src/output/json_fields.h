#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

namespace svi_lda {

// Reads the fields of a JSON object, each of exactly the type that is asked for. Everything that is
// not as expected is an Error kInput that names file and field ("corpus.docs").
class JsonFields {
 public:
  // Parses `text`, which must be one object nested at most kMaxDepth deep. `where` is what messages
  // say before the field, "" or like "member meta.json: ".
  JsonFields(std::string path, std::string where, const std::string& text);
  static constexpr int kMaxDepth = 16;

  bool has(const std::string& field) const { return object_.contains(field); }
  JsonFields object(const std::string& field) const;
  std::string text(const std::string& field) const;
  bool flag(const std::string& field) const;
  std::uint64_t count(const std::string& field) const;   // an integer >= 0
  std::int64_t integer(const std::string& field) const;  // any integer of 64 bits
  double number(const std::string& field) const;         // finite
  std::uint64_t hex64(const std::string& field) const;   // hex64_text()'s

  // The object as it was read, keys sorted.
  const nlohmann::json& json() const { return object_; }

  [[noreturn]] void fail(const std::string& field, const std::string& problem) const;

 private:
  JsonFields(std::string path, std::string where, nlohmann::json object);
  const nlohmann::json& at(const std::string& field) const;

  std::string path_;
  std::string where_;
  nlohmann::json object_;
};

// 16 hexadecimal digits: a 64-bit number that every reader of JSON keeps as it is.
std::string hex64_text(std::uint64_t value);

// JSON text of `json`, indented by `indent` (-1: one line). Fails: kUsage where a string in it is
// not UTF-8, naming `path`, the file to be written.
std::string json_text(const std::string& path, const nlohmann::json& json, int indent);
std::string json_text(const std::string& path, const nlohmann::ordered_json& json, int indent);

}  // namespace svi_lda
