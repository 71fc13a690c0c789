// SPDX-License-Identifier: Apache-2.0
//
// `weft list tests`.
#pragma once

#include "tools/weft/command.h"

namespace weft::cli {

enum class TestList : uint8_t { names, json, coverage };

/// Prints the tests of our suite: names and titles, all that they say about themselves, or what they cover. Returns the
/// exit code: kUnexpected where the tables of coverage have gaps.
int list_tests(const CommandLine& line, TestList as);

}  // namespace weft::cli
