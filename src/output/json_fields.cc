#include "output/json_fields.h"

#include <charconv>
#include <cmath>
#include <cstdio>
#include <utility>

#include "svi_lda/error.h"

namespace svi_lda {
namespace {

template <typename Json>
std::string dump(const std::string& path, const Json& json, int indent) {
  try {
    return json.dump(indent);
  } catch (const nlohmann::json::type_error&) {  // 316, the only one that dump() throws
    throw Error(ErrorKind::kUsage, path, 0,
                "cannot hold a file name or an option that is not valid UTF-8", "rename the file");
  }
}

}  // namespace

JsonFields::JsonFields(std::string path, std::string where, const std::string& text)
    : path_(std::move(path)), where_(std::move(where)) {
  // Depth is bounded here because printing nested values recurses.
  const auto bounded = [this](int depth, nlohmann::json::parse_event_t, nlohmann::json&) {
    if (depth > kMaxDepth) fail("", "nested too deeply");
    return true;
  };
  try {
    object_ = nlohmann::json::parse(text, bounded);
  } catch (const nlohmann::json::exception&) {
    fail("", "not valid JSON");
  }
  if (!object_.is_object()) fail("", "not a JSON object");
}

JsonFields::JsonFields(std::string path, std::string where, nlohmann::json object)
    : path_(std::move(path)), where_(std::move(where)), object_(std::move(object)) {}

void JsonFields::fail(const std::string& field, const std::string& problem) const {
  throw Error(ErrorKind::kInput, path_, 0,
              where_ + (field.empty() ? "" : "field '" + field + "' ") + problem,
              "the file is damaged, or of another version of svi-lda");
}

const nlohmann::json& JsonFields::at(const std::string& field) const {
  const auto found = object_.find(field);
  if (found == object_.end()) fail(field, "is missing");
  return *found;
}

JsonFields JsonFields::object(const std::string& field) const {
  const nlohmann::json& value = at(field);
  if (!value.is_object()) fail(field, "is not an object");
  return JsonFields(path_, where_ + field + ": ", value);
}

std::string JsonFields::text(const std::string& field) const {
  const nlohmann::json& value = at(field);
  if (!value.is_string()) fail(field, "is not text");
  return value.get<std::string>();
}

bool JsonFields::flag(const std::string& field) const {
  const nlohmann::json& value = at(field);
  if (!value.is_boolean()) fail(field, "is not true or false");
  return value.get<bool>();
}

std::uint64_t JsonFields::count(const std::string& field) const {
  const nlohmann::json& value = at(field);
  if (!value.is_number_unsigned()) fail(field, "is not a whole number >= 0");
  return value.get<std::uint64_t>();
}

std::int64_t JsonFields::integer(const std::string& field) const {
  const nlohmann::json& value = at(field);
  const bool fits = value.is_number_unsigned() ? value.get<std::uint64_t>() <= INT64_MAX
                                               : value.is_number_integer();
  if (!fits) fail(field, "is not a whole number of 64 bits");
  return value.get<std::int64_t>();
}

double JsonFields::number(const std::string& field) const {
  const nlohmann::json& value = at(field);
  if (!value.is_number() || !std::isfinite(value.get<double>())) {
    fail(field, "is not a finite number");
  }
  return value.get<double>();
}

std::uint64_t JsonFields::hex64(const std::string& field) const {
  const std::string digits = text(field);
  std::uint64_t value = 0;
  const char* end = digits.data() + digits.size();
  const auto [next, error] = std::from_chars(digits.data(), end, value, 16);
  if (error != std::errc() || next != end || digits != hex64_text(value)) {
    fail(field, "is not 16 hexadecimal digits");
  }
  return value;
}

std::string hex64_text(std::uint64_t value) {
  char text[17];
  std::snprintf(text, sizeof(text), "%016llx", static_cast<unsigned long long>(value));
  return text;
}

std::string json_text(const std::string& path, const nlohmann::json& json, int indent) {
  return dump(path, json, indent);
}

std::string json_text(const std::string& path, const nlohmann::ordered_json& json, int indent) {
  return dump(path, json, indent);
}

}  // namespace svi_lda
