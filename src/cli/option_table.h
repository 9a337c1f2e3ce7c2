#pragma once

#include <cstdint>
#include <string>

#include "cli/option.h"
#include "svi_lda/convert.h"
#include "svi_lda/evaluate.h"
#include "svi_lda/export.h"
#include "svi_lda/infer.h"
#include "svi_lda/plot.h"
#include "svi_lda/report.h"
#include "svi_lda/train.h"
#include "svi_lda/vectorize.h"

namespace svi_lda::cli {

// Options that every command has.
struct CommonOptions {
  std::string log_level = "info";
  bool quiet = false;
  std::string config;  // path of a file of options
  bool help = false;
};

struct TopicsCommand {
  std::string run;
  std::int64_t top = 10;
  std::string format = "text";
};

struct EvaluateCommand {
  EvaluateOptions options;
  std::string format = "text";
};

struct InferCommand {
  InferOptions options;
  std::string output = "-";
  std::string format = "tsv";
  std::int64_t top = 0;
  double threshold = 0.0;
  bool force = false;
};

struct InfoCommand {
  std::string path;
  std::string corpus_format = "auto";
  std::string documents_are = "rows";
  std::string format = "text";
};

struct ReportCommand {
  ReportOptions options;
  std::string output = "report.html";
  bool force = false;
};

struct PlotCommand {
  PlotOptions options;
  std::string output = ".";
  bool force = false;
};

struct ExportCommand {
  ExportOptions options;
  std::string output;
  bool force = false;
};

// The only source of what each command accepts. The table is bound to the fields of its arguments,
// which must outlive it.
OptionTable vectorize_table(VectorizeOptions& options, CommonOptions& common);
OptionTable train_table(TrainOptions& options, CommonOptions& common);
OptionTable resume_table(ResumeOptions& options, CommonOptions& common);
OptionTable topics_table(TopicsCommand& command, CommonOptions& common);
OptionTable evaluate_table(EvaluateCommand& command, CommonOptions& common);
OptionTable infer_table(InferCommand& command, CommonOptions& common);
OptionTable info_table(InfoCommand& command, CommonOptions& common);
OptionTable report_table(ReportCommand& command, CommonOptions& common);
OptionTable plot_table(PlotCommand& command, CommonOptions& common);
OptionTable export_table(ExportCommand& command, CommonOptions& common);
// The first INPUT apart: options.inputs takes those that follow it.
OptionTable convert_table(ConvertOptions& options, std::string& first_input, CommonOptions& common);

}  // namespace svi_lda::cli
