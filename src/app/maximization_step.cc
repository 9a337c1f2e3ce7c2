#include "app/maximization_step.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

#include "app/alpha_option.h"
#include "app/eta_option.h"
#include "app/inference_method.h"
#include "app/step_rule.h"
#include "eval/corpus_bound.h"
#include "global/adaptive_step.h"
#include "global/average_topics.h"
#include "global/coordinate_ascent.h"
#include "global/fit_dirichlet.h"
#include "global/global_step.h"
#include "global/remember_samples.h"
#include "global/seeded_prior.h"

namespace svi_lda {

MaximizationStep::MaximizationStep(const TrainOptions& options, double corpus_docs,
                                   const std::optional<UpdateSteps>& update)
    : options_(options),
      alpha_learning_(update ? AlphaLearning::kNone : alpha_learning(options)),
      eta_learning_(update ? EtaLearning::kNone : eta_learning(options)),
      corpus_docs_(corpus_docs),
      step_size_(step_size_of(options)),
      update_(update) {}

double MaximizationStep::step(const Minibatch& batch, const ExpectationStep& expectation,
                              const SufficientStats& stats, double factor, bool pass_ended,
                              const Parallel& parallel, TrainingState& state) {
  if (!state.memory.empty()) {
    ascend(batch, expectation.responsibilities(), stats, pass_ended, parallel, state);
    return 1.0;
  }
  const double scale_before = state.topics.scale();
  const std::uint64_t t = update_ ? update_->t(state.step) : state.step;
  const double planned =
      update_ ? update_->rho(t, state.docs, batch.num_docs(), step_size_) : factor * step_size_(t);
  const double rho = state.gradient.empty()
                         ? planned
                         : adaptive_step_size(batch, stats, corpus_docs_, state.hyper.eta, planned,
                                              factor, parallel, state.topics, state.gradient);
  if (!state.average.empty()) {
    average_before_step(batch, rho, t, parallel, state.topics, state.average);
  }
  global_step(batch, stats, corpus_docs_, rho, state.hyper.word_prior(), state.step, options_.seed,
              parallel, state.topics);
  if (!state.gradient.empty()) {
    follow_step(rho, scale_before, parallel, state.topics, state.gradient);
  }
  add_seeded_prior(state.hyper.seeds, rho, state.step, options_.seed, state.topics);
  if (const TopicSamples* samples = expectation.samples()) {
    remember_samples(batch, *samples, corpus_docs_, rho, parallel, state.samples);
  } else {
    remember_step(rho, state.samples);
  }
  if (!state.average.empty()) {
    average_after_step(t, parallel, state.topics, state.average);
    if (pass_ended) complete_average(parallel, state.topics, state.average);
  }
  if (update_) state.base_share *= 1.0 - rho;
  learn(batch, expectation, rho, parallel, state);
  return rho;
}

void MaximizationStep::learn(const Minibatch& batch, const ExpectationStep& expectation, double rho,
                             const Parallel& parallel, TrainingState& state) {
  const bool may_change = alpha_may_change(state.step, state.position.pass);
  std::vector<double>& alpha = state.hyper.alpha;
  const bool means = method_of(options_) != InferenceMethod::kVb;
  if (const TopicSamples* samples = expectation.samples()) {
    learn_alpha(batch, *samples, corpus_docs_, rho, alpha_learning_, may_change, parallel,
                state.alpha_memory, alpha);
  } else if (means) {
    learn_alpha_from_counts(expectation.gamma(), state.topics.stride(), corpus_docs_, rho,
                            alpha_learning_, may_change, parallel, state.alpha_memory, alpha);
  } else {
    learn_alpha(expectation.gamma(), state.topics.stride(), rho, alpha_learning_, may_change,
                parallel, state.alpha_memory, alpha);
  }
  if (eta_is_due(state.step)) {
    learn_eta(state.topics, eta_learning_, means ? TopicCounts::kExpected : TopicCounts::kExact,
              parallel, state.hyper);
  }
}

void MaximizationStep::ascend(const Minibatch& batch, const Responsibilities& responsibilities,
                              const SufficientStats& stats, bool pass_ended,
                              const Parallel& parallel, TrainingState& state) {
  DocumentMemory& memory = state.memory;
  const std::uint32_t num_topics = state.topics.num_topics();
  for (std::size_t i = 0; i < batch.num_docs(); ++i) {
    std::copy_n(responsibilities.gamma.data() + i * responsibilities.stride, num_topics,
                memory.gamma.data() + (batch.doc_number[i] - 1) * num_topics);
  }
  const double bound =
      documents_bound(batch, responsibilities, stats, state.topics, state.hyper, parallel);
  const Eta eta = state.hyper.word_prior();
  double of_documents = 0.0;
  if (method_of(options_) == InferenceMethod::kBatch) {
    add_to_sums(batch, stats, bound, parallel, state.topics, memory);
    if (pass_ended) of_documents = take_sums(eta, parallel, state.topics, memory);
  } else {
    if (state.position.pass == 0) {
      keep_block(batch, stats, bound, memory);
    } else {
      replace_block(batch, stats, bound, parallel, state.topics, memory);
    }
    if (pass_ended) of_documents = sum_blocks(eta, parallel, state.topics, memory);
  }
  if (pass_ended) {
    add_seeded_prior(state.hyper.seeds, 1.0, state.step, options_.seed, state.topics);
    of_documents += ascend_alpha(parallel, state);
    memory.bounds.push_back(of_documents + ascend_eta(parallel, state));
  }
}

// After a pass: alpha that fits all documents, with gamma following, where the corpus bound rises
// by it; returns by how much.
double MaximizationStep::ascend_alpha(const Parallel& parallel, TrainingState& state) {
  if (alpha_learning_ == AlphaLearning::kNone || state.position.pass == 0) return 0.0;
  std::vector<float>& gamma = state.memory.gamma;
  std::vector<double>& alpha = state.hyper.alpha;
  const std::size_t num_topics = alpha.size();
  std::vector<double> next =
      fit_dirichlet(mean_log_theta(gamma, num_topics, state.topics.num_topics(), parallel),
                    alpha_learning_ == AlphaLearning::kSymmetric, alpha);
  if (alpha_learning_ == AlphaLearning::kShares) {
    next = shares_of_sum(std::accumulate(alpha.begin(), alpha.end(), 0.0), std::move(next));
  }
  const double rise =
      alpha_bound(gamma, alpha, next, parallel) - alpha_bound(gamma, alpha, alpha, parallel);
  if (!(rise > 0.0)) return 0.0;
  for (std::size_t i = 0; i < gamma.size(); ++i) {
    gamma[i] = gamma_for_alpha(gamma[i], alpha[i % num_topics], next[i % num_topics]);
  }
  alpha = next;
  return rise;
}

// After a pass: a step of eta, with lambda following, where the corpus bound rises by it; returns
// the topics' part of the bound.
double MaximizationStep::ascend_eta(const Parallel& parallel, TrainingState& state) {
  const double before = topics_bound(state.topics, state.hyper, parallel);
  if (eta_learning_ == EtaLearning::kNone || state.position.pass == 0) return before;
  Hyperparameters next = state.hyper;
  learn_eta(state.topics, eta_learning_, TopicCounts::kExact, parallel, next);
  Topics& topics = state.topics;
  const double offset = topics.eta_bar();
  std::vector<double> offsets(topics.eta_bar_words().begin(), topics.eta_bar_words().end());
  std::vector<double> row_sums(topics.row_sums().begin(), topics.row_sums().end());
  topics.move_offset(state.hyper.word_prior(), next.word_prior());
  const double after = topics_bound(topics, next, parallel);
  if (after > before) {
    state.hyper = std::move(next);
    return after;
  }
  topics.restore(topics.scale(), offset, std::move(row_sums), std::move(offsets));
  return before;
}

DocumentMemory initial_memory(const TrainOptions& options, double docs) {
  DocumentMemory memory;
  if (is_coordinate_ascent(method_of(options))) {
    memory.gamma.resize(static_cast<std::size_t>(docs) * static_cast<std::size_t>(options.topics));
  }
  return memory;
}

TopicAverage initial_average(const TrainOptions& options, const Topics& topics) {
  TopicAverage average;
  if (averages(options)) {
    average.mean.emplace(topics.num_topics(), topics.vocab_size(), topics.eta_bar());
    average.taken.assign(topics.vocab_size(), 0.0);
  }
  return average;
}

const Topics& resulting_topics(const TrainingState& state, const Parallel& parallel,
                               std::optional<Topics>& copy) {
  if (state.average.empty() || state.step == 0) return state.topics;
  if (state.average.due == 0.0) return *state.average.mean;
  TopicAverage completed = state.average;
  complete_average(parallel, state.topics, completed);
  copy = std::move(completed.mean);
  return *copy;
}

SampleMemory initial_samples(const TrainOptions& options, double docs) {
  SampleMemory samples;
  if (is_sampled(method_of(options)) && options.leave_out == "on") {
    samples.docs.resize(static_cast<std::size_t>(docs));
  }
  return samples;
}

double sample_bytes(const TrainOptions& options, double docs, double tokens) {
  const auto kept = static_cast<double>(options.sweeps - options.burn_in);
  return sizeof(std::uint16_t) * kept * tokens + sizeof(DocumentSamples) * docs;
}

double remembered_bytes(const TrainOptions& options, double docs, double words,
                        std::uint32_t vocab_size) {
  const InferenceMethod method = method_of(options);
  if (!is_coordinate_ascent(method)) return 0.0;
  const auto topics = static_cast<std::uint32_t>(options.topics);
  const auto row = static_cast<double>(Topics::bytes(topics, 1));
  const double gamma = docs * sizeof(float) * topics;
  const double blocks = std::ceil(docs / static_cast<double>(options.batch_size));
  const double rows =
      method == InferenceMethod::kBatch ? static_cast<double>(vocab_size) : blocks * words;
  return gamma + rows * row;
}

}  // namespace svi_lda
