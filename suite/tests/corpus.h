// SPDX-License-Identifier: Apache-2.0
//
// Every module that the repository and the official tests have, for checks that hold for all modules.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "interp/module.h"

namespace weft::testing {

struct CorpusModule {
  std::string name;  ///< path and line: "wast/notify/all.wast:9", or "core-2.0/align.wast:12" of an official one
  Module module;     ///< as parsed or decoded; what a script calls malformed is not part of the corpus
  std::string text;  ///< the source of one that is text, else empty
  bool is_valid = true;
};

/// "own", what lies in the repository, and subfolders of WEFT_SPEC_TESTS.
const std::vector<std::string>& corpus_groups();
/// Which of them has the module of this name.
std::string corpus_group_of(const std::string& name);
/// The name of a test that has a group as its parameter.
std::string corpus_test_name(const ::testing::TestParamInfo<std::string>& group);

/// The modules of a group, in a fixed order; none where the folder of official tests is not there.
std::vector<CorpusModule> corpus(const std::string& group);

}  // namespace weft::testing
