#pragma once

#include <cstddef>
#include <cstdint>

namespace svi_lda {

// row[k] <- row[k] * Sum_p ratio[entry[p]] * etheta[doc[p] * stride + k], 0 <= k < stride, over the
// places p of one word, in order; and topic_sums[k] += row[k] in double. Pointers to rows are
// 64-byte aligned, stride a multiple of 16. `available` places are there to be read ahead, the
// word's own first.
void reduce_word(const std::uint32_t* entry, const std::uint32_t* doc, std::size_t places,
                 std::size_t available, const float* ratio, const float* etheta, std::size_t stride,
                 float* row, double* topic_sums);

// A row of etheta in lines of this many floats: those of a cache line.
constexpr std::size_t kEthetaLine = 16;

// The lines of etheta[0, stride) that hold anything above 0, ascending, to line[0, stride / 16).
// Returns their number.
std::size_t find_lines(const float* etheta, std::size_t stride, std::uint16_t* line);

// As reduce_word, to the same bytes, at a cost that follows the lines in use: those of document d
// are line[d * (stride / 16) + i], i < num_lines[d]. scratch holds stride floats.
void reduce_word_over_lines(const std::uint32_t* entry, const std::uint32_t* doc,
                            std::size_t places, std::size_t available, const float* ratio,
                            const float* etheta, std::size_t stride, const std::uint16_t* line,
                            const std::uint32_t* num_lines, float* scratch, float* row,
                            double* topic_sums);

// row[k] <- row[k] * Sum_p ratio[entry[p]] * gamma[doc[p] * stride + k] /
// (normalizer[entry[p]] + row[k]), the rest as reduce_word.
void reduce_corrected_word(const std::uint32_t* entry, const std::uint32_t* doc, std::size_t places,
                           std::size_t available, const float* normalizer, const float* ratio,
                           const float* gamma, std::size_t stride, float* row, double* topic_sums);

// row[k] += phi[k], topic_sums[k] += phi[k].
void add_to_word(const float* phi, std::size_t stride, float* row, double* topic_sums);

}  // namespace svi_lda
