// SPDX-License-Identifier: Apache-2.0
//
// What the page is made of.
#pragma once

#include <string>
#include <string_view>

namespace weft::report {

/// A file of suite/report/page, as it was when this program was built. Defined by what CMake writes of them.
std::string_view page_file(std::string_view name);

struct Packed {
  std::string_view encoding;  ///< a name that the browsers' DecompressionStream has, or "none"
  std::string text;           ///< may stand in a script element: base64, or JSON without `<`
};
/// JSON, deflated where zlib is there: sources of tests get to a tenth of their size.
Packed pack(const std::string& json);

}  // namespace weft::report
