#pragma once

#include "output/model_file.h"
#include "svi_lda/export.h"

namespace svi_lda {

// The arguments of pyLDAvis.prepare, see export.h. Streams the documents; memory is a number a
// document.
void export_pyldavis(const ExportOptions& options, const Model& model, const ExportSink& sink);

// doc-topics.txt as MALLET's --output-doc-topics: number, name, share of each topic, parted by
// tabs; an empty document has the prior mean.
void export_mallet_documents(const ExportOptions& options, const ExportSink& sink);

}  // namespace svi_lda
