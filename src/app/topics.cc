#include "svi_lda/topics.h"

#include "app/locate_model.h"
#include "output/top_words.h"

namespace svi_lda {

TopicsResult topics(const std::string& run, std::uint32_t top) {
  TopicsResult result;
  const Model model = load_model(run, result.source);
  result.topics = top_words(model.topics, model.hyper, model.vocabulary, top);
  return result;
}

}  // namespace svi_lda
