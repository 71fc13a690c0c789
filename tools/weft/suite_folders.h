// SPDX-License-Identifier: Apache-2.0
//
// Where the suite is, for the commands that run it.
#pragma once

#include <string>
#include <vector>

#include "interp/error.h"
#include "suite/conformance/suite_test.h"

namespace weft::cli {

/// The tests of the folders; without any, of our own suite: the scripts of wast/ and, as "host/…", the programs of
/// kernels/host, in the source tree that this program was built from; with `javascript` also, as "api/…", the tests of
/// the JavaScript API. Error: host, when there is no such folder or no
/// test in it.
Result<std::vector<conformance::SuiteTest>> find_tests(const std::vector<std::string>& folders,
                                                       bool javascript = false);

/// The path of the program that runs.
std::string this_program();

}  // namespace weft::cli
