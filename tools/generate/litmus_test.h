// SPDX-License-Identifier: Apache-2.0
//
// Litmus tests as the list has them (tools/generate/litmus), and as the scripts that are written of them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "interp/error.h"
#include "tools/generate/table.h"

namespace weft::generate {

/// A test in the compact notation (suite/model/README.md), and what its file says about it. A value.
struct LitmusTest {
  std::string name;                      ///< "SB+u"
  std::string if_allowed, if_forbidden;  ///< its title, as `weak` is an outcome that may be, or none
  std::string weak = {};                 ///< registers and their values, "0:r0=0 1:r0=0"
  std::string reason = {};               ///< a comment; may be empty
  std::string why = {};                  ///< real bugs, as the front matter has them
  std::vector<std::string> threads = {};
  std::string before = {}, after = {};  ///< of the main thread
  uint64_t pages = 1, maximum = 1;
  bool grow_may_fail = false;
};

/// The threads of a cycle in the manner of diy, "PodWR Fre PodWR Fre", and the outcome that only they together have.
struct Shape {
  std::vector<std::string> threads;  ///< in the notation, "?" for each ordering
  std::string after, weak;
};
/// Each edge leads from one access to the next: `Rfe` `Fre` `Wse` to one of another thread at the same place (it reads
/// from it, is read before it, is overwritten by it), `Rfi` `Fri` `Wsi` and `PosRW` (any two of R and W) to one of the
/// same thread at the same place, `PodRW` at the next place; `FencedRW` with a fence between, `DpAddrR`, `DpAddrW`,
/// `DpDataW`, `DpCtrlR` and `DpCtrlW` behind a read on which it depends. Error: malformed, the edge in `where`.
Result<Shape> shape_of_cycle(std::string_view cycle);

/// The threads with the orderings for each "?" in turn: u or s, or x for an rmw in the place of the access; one letter
/// for all, or those of each thread, "us-su". Error: malformed.
Result<std::vector<std::string>> with_orderings(const std::vector<std::string>& threads, std::string_view orderings);

/// The tests of a JSON document {"tests": […]}, shapes with all their orderings. tools/README.md has its members;
/// documents that `weft model` reads are such, too. Error: malformed, the test in `where`.
Result<std::vector<LitmusTest>> read_litmus_tests(std::string_view json);

/// "sb-us-su.wast", or of any other name its letters, digits, and a hyphen for all between, in lower case.
std::string file_name(const LitmusTest& test);

/// The test as a script that states the outcomes that the model allows (wast/README.md). Errors: malformed, the part in
/// `where`; host, when the model does not know all of them.
Result<std::string> write_litmus_script(const LitmusTest& test);

/// All of the list, each a file of "litmus/". Errors: those above, and host for a folder that cannot be read.
Result<std::vector<File>> litmus_files();

}  // namespace weft::generate
