// The kernel behind the random start, against Philox, Box-Muller and Marsaglia-Tsang in double.
#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <vector>

#include "base/aligned.h"
#include "base/random.h"
#include "model/kernels.h"
#include "unit/model/philox_reference.h"

namespace svi_lda {
namespace {

constexpr double kD = 100.0 - 1.0 / 3.0;

// The known answers that come with the authors' Random123.
TEST(PhiloxReference, GivesTheKnownAnswers) {
  using Words = std::array<std::uint32_t, 4>;
  EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}), (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  constexpr std::uint32_t kOnes = 0xffffffff;
  EXPECT_EQ(philox({kOnes, kOnes, kOnes, kOnes}, {kOnes, kOnes}),
            (Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(GammaProposals, AreThoseOfTheReference) {
  const double c = 1.0 / std::sqrt(9.0 * kD);
  for (const std::size_t num_topics : {1u, 15u, 16u, 17u, 32u, 33u, 48u, 100u, 1000u}) {
    const std::size_t stride = padded_topics(num_topics);
    AlignedVector<float> row(stride, 7.0f);
    std::vector<GammaProposal> undecided(num_topics);
    for (const std::uint64_t key : {std::uint64_t{0}, ~std::uint64_t{0}, mix64(5)}) {
      for (const std::uint32_t word : {0u, 1u, 35'000u, 0xffffffffu}) {
        const std::size_t count = gamma_proposals(key, word, static_cast<float>(kD), 2.0f, 0.5f,
                                                  num_topics, stride, row.data(), undecided.data());
        std::set<std::uint32_t> left;
        for (std::size_t i = 0; i < count; ++i) {
          const GammaProposal& proposal = undecided[i];
          ASSERT_LT(proposal.topic, num_topics);
          EXPECT_TRUE(left.insert(proposal.topic).second);
          const ReferenceProposal expected = reference_proposal(key, word, proposal.topic);
          EXPECT_NEAR(proposal.normal, expected.normal, 3e-6);
          EXPECT_NEAR(proposal.uniform, expected.uniform, 1e-7);
        }
        for (std::uint32_t k = 0; k < num_topics; ++k) {
          const ReferenceProposal expected = reference_proposal(key, word, k);
          const double t = c * expected.normal;
          EXPECT_NEAR(row[k], 2.0 * std::pow(1.0 + t, 3) - 0.5, 2e-6) << k;
          const double sure = 1.0 - kD * std::pow(t, 4);
          if (std::abs(expected.uniform - sure) > 1e-6) {
            EXPECT_EQ(left.contains(k), expected.uniform > sure) << k;
          }
        }
        for (std::size_t k = num_topics; k < stride; ++k) EXPECT_EQ(row[k], 0.0f);
      }
    }
  }
}

// What is not handed back as undecided is taken by Marsaglia and Tsang's own test, over all that
// can be drawn: the smallest d and the largest normal too.
TEST(GammaProposals, TheSqueezeIsBelowTheChanceOfBeingTaken) {
  const double largest_normal = std::sqrt(2.0 * 32.0 * std::log(2.0));
  for (const double d : {kLeastGammaD, kD, 1e4}) {
    const double c = 1.0 / std::sqrt(9.0 * d);
    EXPECT_LE(c * largest_normal, 0.25);
    for (int i = -10'000; i <= 10'000; ++i) {
      const double x = largest_normal * i / 10'000;
      const double sure = 1.0 - d * std::pow(c * x, 4);
      if (sure > 0.0) {
        EXPECT_TRUE(takes_gamma_proposal(d, x, sure * (1.0 - 1e-9))) << d << " " << x;
      }
    }
  }
}

// 1 in 2700 is undecided, 1 in 3600 not taken at all: E[d t^4] = 1/(27 d), of which 3/4.
TEST(GammaProposals, FewAreUndecided) {
  constexpr std::size_t kTopics = 1024;
  constexpr std::uint32_t kWords = 2000;
  AlignedVector<float> row(kTopics);
  std::vector<GammaProposal> undecided(kTopics);
  std::size_t left = 0;
  std::size_t refused = 0;
  for (std::uint32_t word = 0; word < kWords; ++word) {
    const std::size_t count = gamma_proposals(3, word, static_cast<float>(kD), 1.0f, 0.0f, kTopics,
                                              kTopics, row.data(), undecided.data());
    left += count;
    for (std::size_t i = 0; i < count; ++i) {
      refused += !takes_gamma_proposal(kD, undecided[i].normal, undecided[i].uniform);
    }
  }
  const double expected = kTopics * kWords / (27.0 * kD);
  EXPECT_NEAR(static_cast<double>(left), expected, 5.0 * std::sqrt(expected));
  EXPECT_NEAR(static_cast<double>(refused), 0.75 * expected, 5.0 * std::sqrt(expected));
}

}  // namespace
}  // namespace svi_lda
