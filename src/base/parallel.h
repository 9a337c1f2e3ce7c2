#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <type_traits>

namespace svi_lda {

// A non-owning reference to a callable; valid while the callable lives.
template <typename Signature>
class FunctionRef;
template <typename R, typename... Args>
class FunctionRef<R(Args...)> {
 public:
  template <typename F,
            typename = std::enable_if_t<!std::is_same_v<std::remove_cvref_t<F>, FunctionRef>>>
  FunctionRef(F&& f)  // implicit: a call argument, like a function
      : object_(const_cast<void*>(static_cast<const void*>(std::addressof(f)))),
        call_([](void* object, Args... args) -> R {
          return (*static_cast<std::remove_reference_t<F>*>(object))(args...);
        }) {}
  R operator()(Args... args) const { return call_(object_, args...); }

 private:
  void* object_;
  R (*call_)(void*, Args...);
};

// What must not keep the threads of a region waiting, such as reading ahead: task(i) is called once
// for each i < count, each on one of the threads, before that thread takes its first chunk.
struct BesideTasks {
  std::size_t count;
  FunctionRef<void(std::size_t)> task;
};

// Which thread takes which chunk first; what a chunk is, and so every result, is the same.
enum class Schedule {
  kInOrder,  // the next chunk of all: for work whose order was chosen, such as longest first
  kByRange,  // each thread its own range, then what is left of the others': for passes over the
             // same data one after the other, which then stay in one core's cache
};

// A team of at most threads() threads; the only place in the project with OpenMP regions.
//
// Work is handed out in chunks of fixed size in increasing order, so that which thread does a chunk
// may differ from run to run but what a chunk is never does: a result that is written per index, or
// reduced per chunk and then over chunks in order, is the same for every number of threads.
// Subnormal floats are flushed to zero inside, on every thread.
class Parallel {
 public:
  // threads >= 1, a hard cap on the threads that run at a time.
  explicit Parallel(int threads);

  int threads() const { return threads_; }

  // Calls body(begin, end, thread) for consecutive ranges of at most `chunk` indices that cover
  // [0, count); 0 <= thread < threads(). The first exception thrown by a body is rethrown here
  // after all threads have stopped.
  // The tasks `beside`, where given, are done on some of the threads while the others are at work.
  void for_chunks(std::size_t count, std::size_t chunk,
                  FunctionRef<void(std::size_t, std::size_t, int)> body,
                  std::optional<BesideTasks> beside = std::nullopt,
                  Schedule schedule = Schedule::kInOrder) const;

 private:
  int threads_;
};

// Processors that this process may use (affinity respected).
int available_processors();

}  // namespace svi_lda
