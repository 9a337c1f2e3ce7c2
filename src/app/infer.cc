#include "svi_lda/infer.h"

#include <numeric>
#include <string>
#include <vector>

#include "app/document_chunks.h"
#include "app/locate_model.h"
#include "base/isa.h"
#include "local/local_step.h"

namespace svi_lda {
namespace {

constexpr std::size_t kDocsAtATime = 512;

}  // namespace

void infer(const InferOptions& options, const std::function<void(const InferredDocument&)>& row) {
  std::string source;
  use_isa("auto");
  const Model model = load_model(options.run, source);
  const Parallel parallel(options.threads > 0 ? static_cast<int>(options.threads)
                                              : available_processors());
  DocumentChunks chunks(
      {options.corpus, options.further_corpora, options.corpus_format, options.documents_are},
      options.vocabulary, options.text, parallel.threads(), model, source);
  const LocalStepOptions local_options{LocalMethod::kVb, static_cast<int>(options.inner_iterations),
                                       options.inner_tolerance};
  const std::vector<double>& alpha = model.hyper.alpha;
  const double alpha_sum = std::accumulate(alpha.begin(), alpha.end(), 0.0);
  MinibatchBuilder builder(model.topics.vocab_size());
  Minibatch batch;
  Responsibilities responsibilities;
  std::vector<double> theta(alpha.size());
  while (chunks.next(kDocsAtATime)) {
    for (std::size_t i = 0; i < chunks.documents.size(); ++i) {
      builder.add(chunks.documents[i].view(), chunks.first_number + i);
    }
    builder.build(batch);
    local_step(batch, model.topics, model.hyper, local_options, parallel, responsibilities);
    for (std::size_t i = 0; i < chunks.documents.size(); ++i) {
      InferredDocument document;
      document.document = chunks.first_number + i;
      if (!chunks.names.empty()) {
        document.id = chunks.names[i].id;
        if (chunks.has_titles()) document.title = chunks.names[i].title;
        if (chunks.has_labels()) document.label = chunks.names[i].label;
      }
      document.tokens = chunks.documents[i].view().tokens();
      document.out_of_vocabulary = chunks.unknown[i];
      document.empty = document.tokens == 0;
      const float* gamma = responsibilities.gamma.data() + i * responsibilities.stride;
      double sum = 0.0;
      for (std::size_t k = 0; k < theta.size(); ++k) {
        theta[k] = document.empty ? alpha[k] : static_cast<double>(gamma[k]);
        sum += theta[k];
      }
      for (double& share : theta) share /= document.empty ? alpha_sum : sum;
      document.theta = theta;
      row(document);
    }
  }
}

}  // namespace svi_lda
