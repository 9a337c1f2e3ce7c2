#include "corpus/byte_source.h"

#include <fcntl.h>
#include <unistd.h>

#include "unit/corpus/corpus_support.h"

namespace svi_lda {
namespace {

using testing::HasSubstr;
using namespace std::string_literals;

std::string drain(ByteSource& source, std::size_t block) {
  std::string all;
  std::vector<char> buffer(block);
  while (const std::size_t got = source.read(buffer.data(), block)) all.append(buffer.data(), got);
  return all;
}

std::string gunzip(const std::string& bytes, std::size_t step = std::string::npos,
                   std::size_t block = 1000) {
  const auto source = decompress(std::make_unique<MemorySource>(bytes, step), "a.gz");
  return drain(*source, block);
}

std::string sample(std::size_t size) {
  std::mt19937_64 random(5);
  std::string text;
  while (text.size() < size) text += std::to_string(random() % 5000) + "\n";
  return text;
}

TEST(ByteSource, PassesPlainBytesOn) {
  for (const std::string& text : {""s, "a"s, "\x1f"s, "BZh"s, "PK"s, sample(100'000)}) {
    EXPECT_EQ(gunzip(text), text);
    EXPECT_EQ(gunzip(text, 1, 3), text);
  }
}

TEST(ByteSource, UncompressesByContent) {
  for (const std::string& text : {""s, "a"s, sample(300'000)}) {
    EXPECT_EQ(gunzip(gzip(text)), text);
    EXPECT_EQ(gunzip(gzip(text), 1, 7), text);
  }
}

TEST(ByteSource, ReadsSeveralMembers) {
  EXPECT_EQ(gunzip(gzip("one") + gzip("") + gzip("two") + gzip(sample(9000))),
            "onetwo" + sample(9000));
}

// A member may end anywhere in the blocks that the filter reads: at their edge too.
TEST(ByteSource, ReadsMembersThatEndOnAnyByteOfABlock) {
  const std::string first = gzip(sample(5000));
  const std::string both = first + gzip("tail");
  for (std::size_t step = first.size() - 12; step <= first.size() + 12; ++step) {
    EXPECT_EQ(gunzip(both, step), sample(5000) + "tail") << step;
  }
}

// The filter reads 64 KiB at a time: members that end just around that edge.
TEST(ByteSource, ReadsMembersThatEndAroundTheFiltersOwnBlock) {
  std::mt19937_64 random(3);
  std::string noise(65'536, ' ');
  for (char& c : noise) c = static_cast<char>(random());
  for (std::size_t length = 65'480; length < 65'530; ++length) {
    const std::string text = noise.substr(0, length);
    ASSERT_TRUE(gunzip(gzip(text) + gzip("tail")) == text + "tail") << length;
  }
}

TEST(ByteSource, TruncatedAtAnyByteIsAnError) {
  const std::string whole = gzip(sample(600)) + gzip(sample(300));
  const std::size_t first = gzip(sample(600)).size();
  for (std::size_t length = 2; length < whole.size(); ++length) {
    if (length == first) continue;  // a sound file of one member
    const Error error = error_of([&] { gunzip(whole.substr(0, length)); });
    EXPECT_EQ(error.kind(), ErrorKind::kInput);
    EXPECT_THAT(error.problem(), HasSubstr("end early")) << length;
  }
}

TEST(ByteSource, DeliversWhatWasSoundBeforeTheDamage) {
  const std::string text = sample(50'000);
  std::string bytes = gzip(text);
  bytes.resize(bytes.size() - 4);
  const auto source = decompress(std::make_unique<MemorySource>(bytes), "a.gz");
  std::string got(text.size(), '\0');
  std::size_t filled = 0;
  while (filled < text.size()) {
    const std::size_t more = source->read(got.data() + filled, 7777);
    ASSERT_GT(more, 0u);
    filled += more;
    got.resize(text.size() + 8000);
  }
  got.resize(filled);
  EXPECT_EQ(got, text);
  for (int twice = 0; twice < 2; ++twice) {
    const Error error = error_of([&] { source->read(got.data(), 10); });
    EXPECT_STREQ(
        error.what(),
        "a.gz: compressed data end early; the file was cut off: copy or compress it again");
  }
}

TEST(ByteSource, AnyChangedByteOfBodyCrcOrLengthIsAnError) {
  const std::string whole = gzip(sample(400));
  for (std::size_t at = 10; at < whole.size(); ++at) {
    std::string bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
    const Error error = error_of([&] { gunzip(bytes); });
    EXPECT_EQ(error.kind(), ErrorKind::kInput) << at;
  }
}

TEST(ByteSource, BytesAfterTheEndAreAnError) {
  for (const std::string& junk : {"x"s, "\0\0"s, "\x1f\x8c"s}) {
    const Error error = error_of([&] { gunzip(gzip("text") + junk); });
    EXPECT_THAT(error.problem(), HasSubstr("damaged: other bytes follow")) << junk;
  }
}

TEST(ByteSource, NamesWhatIsNoText) {
  const std::pair<std::string, std::string> heads[] = {{"PK\x03\x04...", "zip"},
                                                       {"\x89SVILDA\n", "cache"}};
  for (const auto& [head, name] : heads) {
    const Error error = error_of([&] { gunzip(head); });
    EXPECT_EQ(error.kind(), ErrorKind::kInput);
    EXPECT_EQ(error.line(), 1u);
    EXPECT_THAT(error.problem(), HasSubstr(name));
    EXPECT_FALSE(error.hint().empty());
  }
}

TEST(ByteSource, OpensFiles) {
  const TemporaryFolder folder;
  EXPECT_EQ(drain(*open_file(write(folder, "a", "some text")), 4), "some text");

  const Error missing = error_of([&] { open_file(folder.file("none")); });
  EXPECT_EQ(missing.kind(), ErrorKind::kIo);
  EXPECT_EQ(missing.path(), folder.file("none"));
  EXPECT_THAT(missing.problem(), HasSubstr("No such file"));

  const Error directory = error_of([&] { open_file(folder.file("")); });
  EXPECT_EQ(directory.kind(), ErrorKind::kIo);
  EXPECT_THAT(directory.problem(), HasSubstr("folder"));
}

TEST(ByteSource, ReadsStandardInput) {
  const TemporaryFolder folder;
  const int saved = ::dup(STDIN_FILENO);
  const int fd = ::open(write(folder, "in", "from a pipe").c_str(), O_RDONLY);
  ::dup2(fd, STDIN_FILENO);
  ::close(fd);
  EXPECT_EQ(drain(*open_file("-"), 4), "from a pipe");
  ::dup2(saved, STDIN_FILENO);
  ::close(saved);
  EXPECT_EQ(display_name("-"), "standard input");
}

}  // namespace
}  // namespace svi_lda
