#include "svi_lda/export.h"

#include "app/export_documents.h"
#include "app/export_topics.h"
#include "app/locate_model.h"
#include "svi_lda/error.h"

namespace svi_lda {

void export_model(const ExportOptions& options, const ExportSink& sink) {
  const bool takes_documents = options.to == "pyldavis" || options.to == "mallet";
  if (!options.documents.empty() && !takes_documents) {
    throw Error(ErrorKind::kUsage, "--documents: " + options.to + " has no place for them",
                "give --to pyldavis or mallet, or see svi-lda infer");
  }
  std::string source;
  const Model model = load_model(options.run, source);
  if (options.to == "pyldavis") {
    export_pyldavis(options, model, sink);
  } else if (options.to == "json") {
    export_json(model, sink);
  } else if (options.to == "csv") {
    export_csv(model, sink);
  } else if (options.to == "npy") {
    export_npy(model, sink);
  } else if (options.to == "mallet") {
    export_mallet_topics(model, sink);
    if (!options.documents.empty()) export_mallet_documents(options, sink);
  } else {
    throw Error(ErrorKind::kUsage,
                "--to '" + options.to + "': must be pyldavis, json, csv, npy or mallet");
  }
}

}  // namespace svi_lda
