#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "output/model_file.h"
#include "support/temporary_folder.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

void touch(const std::string& path) { std::ofstream(path) << "x"; }

TEST(Checkpoints, NamesHoldTheStep) {
  EXPECT_EQ(checkpoint_path("run/checkpoints", 1234), "run/checkpoints/step-00001234.npz");
  EXPECT_EQ(checkpoint_path("run/checkpoints", 0), "run/checkpoints/step-00000000.npz");
  EXPECT_EQ(checkpoint_path("c", 12345678901), "c/step-12345678901.npz");
}

TEST(Checkpoints, AreListedNewestFirstByStep) {
  const TemporaryFolder folder;
  for (const std::uint64_t step :
       {std::uint64_t{3}, std::uint64_t{99999999}, std::uint64_t{100000000}, std::uint64_t{20},
        ~std::uint64_t{0}}) {
    touch(checkpoint_path(folder.path(), step));
  }
  EXPECT_THAT(list_checkpoints(folder.path()),
              ElementsAre(folder.file("step-18446744073709551615.npz"),
                          folder.file("step-100000000.npz"), folder.file("step-99999999.npz"),
                          folder.file("step-00000020.npz"), folder.file("step-00000003.npz")));
}

TEST(Checkpoints, OtherNamesAreNot) {
  const TemporaryFolder folder;
  for (const char* name :
       {"step-1.npz", "step-000000001.npz", "step-+0000001.npz", "step-0000000a.npz",
        "step-00000001.npz.gz", "step-00000001.NPZ", "xstep-00000001.npz", "step-.npz", "step-",
        ".npz", "step-18446744073709551616.npz", "step-00000001.npz.tmp-0123abcd", "model.npz"}) {
    touch(folder.file(name));
  }
  EXPECT_THAT(list_checkpoints(folder.path()), IsEmpty());
}

TEST(Checkpoints, AFolderThatIsNotThereHasNone) {
  const TemporaryFolder folder;
  EXPECT_THAT(list_checkpoints(folder.file("none")), IsEmpty());
  prune_checkpoints(folder.file("none"), 1);
  touch(folder.file("plain"));
  EXPECT_THROW(list_checkpoints(folder.file("plain")), Error);
}

TEST(Checkpoints, PruningKeepsTheNewestAndClearsOurTemporariesOnly) {
  const TemporaryFolder folder;
  for (std::uint64_t step = 8; step < 12; ++step) touch(checkpoint_path(folder.path(), step));
  touch(folder.file("step-00000012.npz.tmp-0123abcd"));
  const std::vector<std::string> others = {"step-12.npz.tmp-0123abcd", "notes.tmp-0123abcd",
                                           "step-00000012.npz.tmp-0123abc", "notes.txt"};
  for (const std::string& name : others) touch(folder.file(name));
  prune_checkpoints(folder.path(), 2);
  EXPECT_THAT(list_checkpoints(folder.path()),
              ElementsAre(folder.file("step-00000011.npz"), folder.file("step-00000010.npz")));
  EXPECT_EQ(folder.entries(), 2 + others.size());
  prune_checkpoints(folder.path(), 5);
  EXPECT_EQ(folder.entries(), 2 + others.size());
}

}  // namespace
}  // namespace svi_lda
