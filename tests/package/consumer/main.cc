// A program that has only the installed package: trains on a corpus of its own and reads the topics
// back. Exit 0 if they are those that it planted.

#include <svi_lda/error.h>
#include <svi_lda/evaluate.h>
#include <svi_lda/infer.h>
#include <svi_lda/info.h>
#include <svi_lda/topics.h>
#include <svi_lda/train.h>
#include <svi_lda/version.h>

#include <cmath>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <set>
#include <string>

namespace {

constexpr int kDocs = 200;
constexpr std::uint32_t kTop = 3;

// LDA-C: even documents use words 0, 1, 2 only, odd ones 3, 4, 5.
void write_corpus(const std::string& path) {
  std::ofstream file(path);
  for (int doc = 0; doc < kDocs; ++doc) {
    const int first = doc % 2 == 0 ? 0 : 3;
    file << "3 " << first << ":4 " << first + 1 << ":3 " << first + 2 << ":2\n";
  }
}

bool topics_are_the_planted_ones(const std::string& run) {
  std::set<std::set<std::string>> found;
  for (const svi_lda::TopicSummary& topic : svi_lda::topics(run, kTop).topics) {
    std::set<std::string> words;
    for (const svi_lda::TopWord& top : topic.words) words.insert(top.word);
    found.insert(words);
  }
  return found == std::set<std::set<std::string>>{{"0", "1", "2"}, {"3", "4", "5"}};
}

bool proportions_sum_to_one(const std::string& run, const std::string& corpus) {
  svi_lda::InferOptions options;
  options.run = run;
  options.corpus = corpus;
  int docs = 0;
  bool good = true;
  svi_lda::infer(options, [&](const svi_lda::InferredDocument& document) {
    double sum = 0.0;
    for (const double share : document.theta) sum += share;
    good = good && std::abs(sum - 1.0) < 1e-9;
    ++docs;
  });
  return good && docs == kDocs;
}

bool wrong_options_are_refused() {
  svi_lda::TrainOptions options;
  options.topics = 0;
  return !svi_lda::violations(options).empty();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: consumer FOLDER\n";
    return 2;
  }
  try {
    const std::string folder = argv[1];
    svi_lda::TrainOptions options;
    options.corpus = folder + "/tiny.ldac";
    options.output = folder + "/run";
    options.topics = 2;
    options.batch_size = 20;
    options.passes = 20;
    options.force = true;
    write_corpus(options.corpus);
    const svi_lda::TrainResult trained = svi_lda::train(options);

    svi_lda::EvaluateOptions evaluation;
    evaluation.run = options.output;
    evaluation.corpus = options.corpus;
    const svi_lda::EvaluateResult figures = svi_lda::evaluate(evaluation);
    std::cout << "svi_lda " << svi_lda::kVersion << ": " << trained.step << " steps, completion "
              << figures.figure("completion").perplexity << ", unigram "
              << figures.figure("unigram").perplexity << '\n';

    bool good = true;
    const auto expect = [&good](bool holds, const char* what) {
      if (!holds) std::cerr << "does not hold: " << what << '\n';
      good = good && holds;
    };
    expect(trained.end == svi_lda::TrainResult::End::kFinished, "training finished");
    expect(trained.passes == 20, "it made 20 passes");
    expect(topics_are_the_planted_ones(options.output), "the planted topics came back");
    expect(proportions_sum_to_one(options.output, options.corpus), "proportions sum to 1");
    expect(svi_lda::info(options.output).kind == "run", "info knows a run");
    expect(wrong_options_are_refused(), "K = 0 is refused");
    expect(figures.figure("completion").perplexity < figures.figure("unigram").perplexity,
           "better than the unigram");
    return good ? 0 : 1;
  } catch (const svi_lda::Error& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
