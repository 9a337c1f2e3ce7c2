#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "svi_lda/error.h"

namespace svi_lda {

// The message of the Error that `action` must throw, of this kind.
inline std::string problem_of(ErrorKind kind, const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), kind) << error.what();
    return error.what();
  }
  ADD_FAILURE() << "no Error";
  return {};
}

// Its problem alone, where it is about the content of run.json.
inline std::string problem_in_run_json(ErrorKind kind, const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), kind) << error.what();
    EXPECT_EQ(error.path(), "run.json");
    return error.problem();
  }
  ADD_FAILURE() << "no Error";
  return {};
}

}  // namespace svi_lda
