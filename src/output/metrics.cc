#include "output/metrics.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/file.h"
#include "output/json_fields.h"

namespace svi_lda {
namespace {

double finite(const char* name, double value) {
  if (!std::isfinite(value)) {
    throw Error(ErrorKind::kNumeric, std::string(name) + " is " + std::to_string(value),
                "the report was not written");
  }
  return value;
}

std::uint64_t step_of(const std::string& path, std::uint64_t line, const std::string& text) {
  try {
    return JsonFields(path, "", text).count("step");
  } catch (const Error& error) {
    throw Error(ErrorKind::kInput, path, line, "not a record of this run: " + error.problem(),
                "remove the line");
  }
}

// Rewrites the file at `path` without what comes after step `keep_up_to_step` and without a torn
// last line; leaves it alone where there is neither.
void drop_later_records(const std::string& path, std::uint64_t keep_up_to_step) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw io_error(path, "cannot open", errno);
  PendingFile kept(path);
  std::string line;
  bool dropped = false;
  for (std::uint64_t number = 1; std::getline(in, line); ++number) {
    const bool torn = in.eof();  // no newline: the process died in the middle of it
    if (torn || step_of(path, number, line) > keep_up_to_step) {
      dropped = true;
    } else {
      kept.write(line += '\n');
    }
  }
  if (in.bad()) throw io_error(path, "cannot read", errno);
  if (dropped) kept.commit();
}

}  // namespace

std::string to_json_line(const MetricsRecord& record) {
  nlohmann::ordered_json json;
  json["step"] = record.step;
  if (record.pass) json["pass"] = *record.pass;
  json["docs"] = record.docs;
  json["tokens"] = record.tokens;
  json["rho"] = finite("rho", record.rho);
  json["seconds"] = finite("seconds", record.seconds);
  json["tokens_per_second"] = finite("tokens_per_second", record.tokens_per_second);
  json["inner_iterations"] = finite("inner_iterations", record.inner_iterations);
  json["slow_path_tokens"] = record.slow_path_tokens;
  if (record.held_out_perplexity) {
    json["held_out_perplexity"] = finite("held_out_perplexity", *record.held_out_perplexity);
    json["held_out_estimator"] = record.held_out_estimator;
    json["held_out_tokens"] = record.held_out_tokens;
  }
  if (record.held_out_standard_error) {
    json["held_out_standard_error"] =
        finite("held_out_standard_error", *record.held_out_standard_error);
  }
  if (record.unigram_perplexity) {
    json["unigram_perplexity"] = finite("unigram_perplexity", *record.unigram_perplexity);
  }
  if (record.corpus_bound_per_token) {
    json["corpus_bound_per_token"] =
        finite("corpus_bound_per_token", *record.corpus_bound_per_token);
  }
  return json.dump() + "\n";
}

MetricsFile::MetricsFile(std::string path, std::uint64_t keep_up_to_step) : path_(std::move(path)) {
  // A device or a pipe holds no records to drop.
  struct stat status {};
  if (stat(path_.c_str(), &status) == 0 && S_ISREG(status.st_mode)) {
    drop_later_records(path_, keep_up_to_step);
  }
  do {
    fd_ = open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  } while (fd_ < 0 && errno == EINTR);
  if (fd_ < 0) throw io_error(path_, "cannot write", errno);
}

MetricsFile::~MetricsFile() { close(fd_); }

void MetricsFile::append(const MetricsRecord& record) {
  const std::string line = to_json_line(record);
  struct stat before {};
  const bool can_cut = fstat(fd_, &before) == 0 && S_ISREG(before.st_mode);
  ssize_t written = 0;
  do {
    written = write(fd_, line.data(), line.size());
  } while (written < 0 && errno == EINTR);
  if (written == static_cast<ssize_t>(line.size())) return;
  // A part is written where the disk fills up in the middle.
  const int reason = written < 0 ? errno : ENOSPC;
  if (written > 0 && can_cut && ftruncate(fd_, before.st_size) != 0) {
    throw io_error(path_, "cannot take back half a record", errno);
  }
  throw io_error(path_, "cannot write", reason);
}

}  // namespace svi_lda
