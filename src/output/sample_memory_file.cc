#include "output/sample_memory_file.h"

#include <algorithm>
#include <cmath>

namespace svi_lda {
SampleMemoryMembers::SampleMemoryMembers(const SampleMemory& memory) {
  for (const DocumentSamples& document : memory.docs) {
    topics_.insert(topics_.end(), document.topics.begin(), document.topics.end());
    sizes_.push_back(document.topics.size());
    weights_.push_back(document.weight);
    log_shrunk_.push_back(document.log_shrunk);
  }
  if (!memory.empty()) log_shrunk_.push_back(memory.log_shrunk);
}

void SampleMemoryMembers::add_to(NpzWriter& npz) const {
  if (sizes_.empty()) return;
  npz.add("samples", topics_);
  npz.add("sample_sizes", sizes_);
  npz.add("sample_weights", weights_);
  npz.add("sample_log_shrunk", log_shrunk_);
}

SampleMemory read_sample_memory(const std::string& path, const NpzReader& npz,
                                std::uint64_t num_docs, std::uint32_t num_topics) {
  SampleMemory memory;
  if (!npz.has("samples.npy")) return memory;
  const std::vector<std::uint16_t> topics = npz.short_integers("samples");
  const std::vector<std::uint64_t> sizes = npz.integers("sample_sizes");
  const std::vector<double> weights = npz.doubles("sample_weights");
  const std::vector<double> log_shrunk = npz.doubles("sample_log_shrunk");
  if (sizes.size() != num_docs) fail_member(path, "sample_sizes", "not one value a document");
  if (weights.size() != num_docs) fail_member(path, "sample_weights", "not one value a document");
  if (log_shrunk.size() != num_docs + 1) {
    fail_member(path, "sample_log_shrunk", "not one value a document and one of the run");
  }
  for (const std::uint16_t topic : topics) {
    if (topic >= num_topics) fail_member(path, "samples", "not topics of the model");
  }
  memory.docs.resize(num_docs);
  memory.log_shrunk = log_shrunk.back();
  if (!(memory.log_shrunk <= 0.0 && std::isfinite(memory.log_shrunk))) {
    fail_member(path, "sample_log_shrunk", "a value out of range");
  }
  std::uint64_t begin = 0;
  for (std::uint64_t i = 0; i < num_docs; ++i) {
    DocumentSamples& document = memory.docs[i];
    if (sizes[i] > topics.size() - begin) {
      fail_member(path, "sample_sizes", "not those of the samples");
    }
    const auto first = topics.begin() + static_cast<std::ptrdiff_t>(begin);
    document.topics.assign(first, first + static_cast<std::ptrdiff_t>(sizes[i]));
    begin += sizes[i];
    document.weight = weights[i];
    if (!(weights[i] >= 0.0 && std::isfinite(weights[i])) || (weights[i] > 0.0 && sizes[i] == 0)) {
      fail_member(path, "sample_weights", "a value out of range");
    }
    document.log_shrunk = log_shrunk[i];
    if (!(log_shrunk[i] <= 0.0 && log_shrunk[i] >= memory.log_shrunk)) {
      fail_member(path, "sample_log_shrunk", "a value out of range");
    }
  }
  if (begin != topics.size()) fail_member(path, "sample_sizes", "not those of the samples");
  return memory;
}

}  // namespace svi_lda
