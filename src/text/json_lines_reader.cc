#include "text/json_lines_reader.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "corpus/quote.h"
#include "text/text_lines.h"

namespace svi_lda {
namespace {

using Json = nlohmann::json;

class JsonLines final : public TextReader {
 public:
  JsonLines(std::unique_ptr<ByteSource> source, const std::string& path, TextFields fields)
      : lines_(std::move(source), path), fields_(std::move(fields)) {
    if (fields_.text.empty()) fields_.text = "text";
  }

  bool next(TextDocument& document) override {
    do {
      if (!lines_.next(line_)) return false;
    } while (line_.find_first_not_of(" \t\r") == std::string::npos);
    const Json object = parse();
    document.clear();
    if (!object.contains(fields_.text)) fail_without_text(object);
    take(object, fields_.text, document.text);
    found_.text = true;
    take_if_there(object, fields_.id, document.id, found_.id);
    take_if_there(object, fields_.label, document.label, found_.label);
    take_if_there(object, fields_.date, document.date, found_.date);
    take_if_there(object, fields_.title, document.title, found_.title);
    return true;
  }
  const EncodingCount& encoding() const override { return lines_.encoding(); }
  FieldsFound found() const override { return found_; }

 private:
  Json parse() const {
    Json object;
    try {
      object = Json::parse(line_);
    } catch (const Json::parse_error& error) {
      lines_.fail("is no JSON at byte " + std::to_string(error.byte) + " of the line",
                  "give one whole JSON object a line (JSON lines)");
    }
    if (!object.is_object()) {
      lines_.fail(std::string("is a JSON ") + object.type_name() + ", not an object",
                  "give one object a line; for one array of them: jq -c '.[]' FILE");
    }
    return object;
  }

  [[noreturn]] void fail_without_text(const Json& object) const {
    std::string names;
    for (const auto& [name, value] : object.items()) {
      names.append(names.empty() ? "" : ", ").append(quote(name));
      if (names.size() > 200) break;
    }
    lines_.fail("has no field " + quote(fields_.text) + " for the text",
                names.empty() ? "the object is empty" : "give --text-field one of " + names);
  }

  void take_if_there(const Json& object, const std::string& name, std::string& out,
                     bool& found) const {
    if (name.empty() || !object.contains(name)) return;
    found = true;
    take(object, name, out);
  }

  void take(const Json& object, const std::string& name, std::string& out) const {
    const Json& value = object.at(name);
    if (!value.is_array()) return append(value, name, out);
    for (const Json& element : value) {
      if (!out.empty()) out += ' ';
      append(element, name, out);
    }
  }

  void append(const Json& value, const std::string& name, std::string& out) const {
    if (value.is_string()) {
      out += value.get_ref<const std::string&>();
    } else if (value.is_number() || value.is_boolean()) {
      out += value.dump();
    } else if (!value.is_null()) {
      lines_.fail("field " + quote(name) + " is an " + value.type_name() + ", not text",
                  "name a field that is a string, or an array of strings");
    }
  }

  TextLines lines_;
  TextFields fields_;
  FieldsFound found_;
  std::string line_;
};

}  // namespace

std::unique_ptr<TextReader> read_json_lines(std::unique_ptr<ByteSource> source,
                                            const std::string& path, const TextFields& fields) {
  return std::make_unique<JsonLines>(std::move(source), path, fields);
}

}  // namespace svi_lda
