#pragma once

#include <string>

namespace svi_lda {

// Where the files of a run lie.
class RunDirectory {
 public:
  explicit RunDirectory(std::string path);

  const std::string& path() const { return path_; }
  std::string model() const { return path_ + "/model.npz"; }
  std::string checkpoints() const { return path_ + "/checkpoints"; }
  std::string metrics() const { return path_ + "/metrics.jsonl"; }
  std::string record() const { return path_ + "/run.json"; }
  // Beside the directory: not part of what a run leaves.
  std::string cache() const { return path_ + ".cache"; }
  std::string held_out_cache() const { return path_ + ".held-out.cache"; }
  std::string corpus_folder() const { return path_ + ".corpus"; }  // of raw text

  // True if the directory exists and holds anything.
  bool has_content() const;
  // The same before a new run is written: what is there is to be replaced. Fails: kIo where it is
  // not to be, unless `force`.
  bool replaces(bool force) const;
  // Creates the directory and checkpoints/ where missing. Fails: kIo.
  void create() const;
  // Removes what a run leaves (model, checkpoints, metrics, record), nothing else, and the folder
  // if it is then empty.
  void clear() const;
  void remove_caches() const;

 private:
  std::string path_;
};

}  // namespace svi_lda
