#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "archive/npy_header.h"

namespace svi_lda {

// Writes a NumPy .npz: a zip of .npy members with CRCs, readable by numpy.load and by unzip.
// Equal content gives equal bytes: fixed zip times, no host data. The file appears under its name
// only when finish() has written, synced and renamed it. What is added by span must stay alive and
// unchanged until then; beside it, memory is one column or one word.
class NpzWriter {
 public:
  explicit NpzWriter(std::string path);
  ~NpzWriter();
  NpzWriter(const NpzWriter&) = delete;
  NpzWriter& operator=(const NpzWriter&) = delete;

  // Members appear in the order of these calls. `name` is NumPy's key (".npy" is added).
  void add(const std::string& name, std::span<const double> values);
  void add(const std::string& name, std::span<const std::uint64_t> values);
  void add(const std::string& name, std::span<const std::uint16_t> values);
  void add_scalar(const std::string& name, double value);
  // Words as numpy '<U{longest}', deflated. Fails: kInput (a word that is not valid UTF-8 or holds
  // a NUL, which NumPy's strings cannot).
  void add_strings(const std::string& name, std::span<const std::string> words);
  // A [columns.. x rows] float32 matrix handed over column by column of NumPy's view: shape
  // (num_rows, num_columns) with fortran_order true, so that column c (num_rows floats) is
  // contiguous. fill(c, out) writes column c; it is called for c = 0, 1, ... during finish(), and
  // what it throws leaves finish().
  void add_columns(const std::string& name, std::uint64_t num_rows, std::uint64_t num_columns,
                   std::function<void(std::uint64_t, float*)> fill);
  // An array of `descr` and `shape` (C order) whose bytes next(out) gives piece by piece, front to
  // back, during finish(); what it throws leaves finish().
  void add_stream(const std::string& name, const std::string& descr,
                  const std::vector<std::uint64_t>& shape, bool deflated,
                  std::function<void(std::span<char>)> next);
  // A plain member (not .npy), `name` verbatim: "meta.json".
  void add_text(const std::string& name, std::string text);

  // Writes the file; nothing stays behind where it fails. Once per writer. `before_it_appears`,
  // where given, is called when the file is complete under its temporary name; what it throws
  // leaves finish().
  // Fails: Error kIo, naming the path (a full disk, no permission).
  void finish(const std::function<void()>& before_it_appears = {});

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// What to say of member `name` (without ".npy") of the archive `path` that holds what it should
// not.
[[noreturn]] void fail_member(const std::string& path, const std::string& name,
                              const std::string& problem);

// A vector of whole numbers in a .npz, front to back, a block in memory at a time.
class NpzNumbers {
 public:
  virtual ~NpzNumbers() = default;
  virtual std::uint64_t size() const = 0;
  // The next number; after the last one the member's CRC has been checked. At most size() calls.
  // Fails: kInput for a number that is negative, not whole or above 2^53, naming its place.
  virtual std::uint64_t next() = 0;
};

// Reads a .npz, checking CRCs as members are read to their end.
class NpzReader {
 public:
  // `hint`: what to do where the file is damaged or is no such archive; by default what to do with
  // a model or a checkpoint. Fails: kIo (missing, unreadable), kInput (not a zip).
  explicit NpzReader(const std::string& path, const std::string& hint = {});
  ~NpzReader();
  NpzReader(const NpzReader&) = delete;
  NpzReader& operator=(const NpzReader&) = delete;

  bool has(const std::string& member) const;  // with ".npy" where it is one
  // Each fails with kInput, naming path and member: absent, another type or shape, damaged (CRC).
  std::vector<double> doubles(const std::string& name) const;
  std::vector<std::uint64_t> integers(const std::string& name) const;
  std::vector<std::uint16_t> short_integers(const std::string& name) const;
  double scalar(const std::string& name) const;
  bool is_scalar(const std::string& name) const;  // a shape of no axes, whatever its type
  std::vector<std::string> strings(const std::string& name) const;
  std::string text(const std::string& name) const;
  // A scalar of bytes or of Unicode ('|S3', '<U3'), ASCII only, at most 64 characters.
  std::string short_text(const std::string& name) const;
  // A vector of whole numbers of any type that NumPy has, to be read front to back; it must not
  // outlive this. Several may be read in turns.
  std::unique_ptr<NpzNumbers> numbers(const std::string& name) const;
  // Calls take(column, values) in order; expects exactly this shape, float32, fortran order.
  void columns(const std::string& name, std::uint64_t num_rows, std::uint64_t num_columns,
               const std::function<void(std::uint64_t, const float*)>& take) const;

  // Arrays of other programs: the names of all .npy members, in the order of the file; the header
  // of one and the bytes of its data, which may not fit the shape; these data, front to back in
  // blocks of at most `block_bytes`.
  std::vector<std::string> arrays() const;
  std::pair<NpyHeader, std::uint64_t> header(const std::string& name) const;
  void data(const std::string& name, std::size_t block_bytes,
            const std::function<void(const char*, std::size_t)>& take) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace svi_lda
