// A fuzz target without libFuzzer: its seeds, then a number of inputs that are made of them, the
// same ones each time. For where there is no clang; what is new is found by the preset fuzz.
//
// usage: fuzz_short_NAME INPUTS FOLDER
#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Bytes = std::vector<std::uint8_t>;

volatile std::sig_atomic_t g_input = 0;

extern "C" void say_which(int) {
  std::fprintf(stderr, "failed at input %d\n", static_cast<int>(g_input));
  std::_Exit(1);
}

std::vector<Bytes> read_seeds(const char* folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<Bytes> seeds;
  for (const auto& path : paths) {
    std::ifstream file(path, std::ios::binary);
    seeds.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return seeds;
}

class Mutations {
 public:
  explicit Mutations(const std::vector<Bytes>& seeds) : seeds_(seeds) {}

  Bytes next() {
    Bytes input = seeds_[below(seeds_.size())];
    for (std::size_t changes = 1 + below(6); changes > 0; --changes) change(input);
    return input;
  }

 private:
  std::size_t below(std::size_t end) { return static_cast<std::size_t>(random_() % end); }
  Bytes::iterator place(Bytes& input) {
    return input.begin() + static_cast<std::ptrdiff_t>(below(input.size() + 1));
  }
  // Some bytes of `from`.
  Bytes part(const Bytes& from) {
    if (from.empty()) return {};
    const std::size_t begin = below(from.size());
    const std::size_t length = 1 + below(std::min<std::size_t>(from.size() - begin, 40));
    const auto first = from.begin() + static_cast<std::ptrdiff_t>(begin);
    return Bytes(first, first + static_cast<std::ptrdiff_t>(length));
  }

  void change(Bytes& input) {
    switch (below(5)) {
      case 0:
        if (!input.empty()) input[below(input.size())] = static_cast<std::uint8_t>(random_());
        break;
      case 1:
        if (!input.empty()) {
          input[below(input.size())] ^= static_cast<std::uint8_t>(1U << below(8));
        }
        break;
      case 2: {
        const Bytes inserted = part(seeds_[below(seeds_.size())]);
        input.insert(place(input), inserted.begin(), inserted.end());
        break;
      }
      case 3: {
        const Bytes again = part(input);
        input.insert(place(input), again.begin(), again.end());
        break;
      }
      default: {
        const auto begin = place(input);
        const auto left = static_cast<std::size_t>(input.end() - begin);
        input.erase(
            begin, begin + static_cast<std::ptrdiff_t>(below(std::min<std::size_t>(left, 20) + 1)));
      }
    }
  }

  const std::vector<Bytes>& seeds_;
  std::mt19937_64 random_{1};
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const int inputs = std::atoi(argv[1]);
  const std::vector<Bytes> seeds = read_seeds(argv[2]);
  if (inputs < 1 || seeds.empty()) return 2;
  for (const int signal : {SIGABRT, SIGSEGV, SIGFPE, SIGBUS}) std::signal(signal, say_which);
  Mutations mutations(seeds);
  const int total = static_cast<int>(seeds.size()) + inputs;
  for (int i = 0; i < total; ++i) {
    g_input = i;
    const auto seed = static_cast<std::size_t>(i);
    const Bytes input = seed < seeds.size() ? seeds[seed] : mutations.next();
    LLVMFuzzerTestOneInput(input.data(), input.size());
  }
  std::printf("%d inputs\n", total);
}
