// svi_bench [--csv=FILE] [GOOGLE BENCHMARK OPTION...]: measures the machine, then each kernel and
// stage against it. Times are the least over repetitions. SVI_LDA_ISA forces an instruction set,
// for the measurement of the machine too.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "base/isa.h"
#include "machine.h"
#include "suites.h"

namespace svi_lda::bench {
namespace {

int run(int argc, char** argv) {
  // Many short repetitions: the more of them, the likelier one is left alone by other work.
  std::string program = "svi_bench";
  std::string repetitions = "--benchmark_repetitions=20";
  std::string min_time = "--benchmark_min_time=0.01";
  std::vector<char*> arguments{program.data(), repetitions.data(), min_time.data()};
  constexpr std::string_view kCsv = "--csv=";
  std::string csv;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument.starts_with(kCsv)) {
      csv = argument.substr(kCsv.size());
    } else {
      arguments.push_back(argv[i]);
    }
  }
  int count = static_cast<int>(arguments.size());
  benchmark::Initialize(&count, arguments.data());
  if (benchmark::ReportUnrecognizedArguments(count, arguments.data())) return 2;

  use_isa("auto");
  std::cout << "Kernels for " << current_isa() << "\n\n";
  print_machine(std::cout);
  print_load(std::cout);
  register_local_kernels();
  register_row_kernels();
  register_plain_loops();
  register_batch_building();
  register_stages();
  BestRuns runs;
  benchmark::RunSpecifiedBenchmarks(&runs);
  print_speedup_over_plain_loop(runs);
  print_serial_share(runs);
  std::cout << '\n';
  print_load(std::cout);
  if (!csv.empty()) runs.write_csv(csv);
  return runs.failed() ? 1 : 0;
}

}  // namespace
}  // namespace svi_lda::bench

int main(int argc, char** argv) {
  try {
    return svi_lda::bench::run(argc, argv);
  } catch (const std::exception& failure) {
    std::cerr << "svi_bench: " << failure.what() << '\n';
    return 1;
  }
}
