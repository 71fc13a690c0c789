// SPDX-License-Identifier: Apache-2.0
//
// Fuzz target: any text through the parser of modules. What parses must survive the ways to bytes and back, and to text
// and back, as the same module; and a valid module must stay valid.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "interp/decode.h"
#include "interp/validate.h"
#include "suite/text/encode.h"
#include "suite/text/parse.h"
#include "suite/text/print.h"

namespace {

void require(bool holds, const char* property, const std::string& detail = {}) {
  if (holds) return;
  std::fprintf(stderr, "not so: %s\n%s\n", property, detail.c_str());
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace weft;
  const auto parsed = parse_module(std::string_view(reinterpret_cast<const char*>(data), size));
  if (!parsed) {
    require(!parsed.error().message.empty() && !parsed.error().where.empty(), "an error says what and where");
    return 0;
  }
  const Result<Ok> valid = validate(*parsed);
  const std::string printed = print(*parsed);
  const EncodeOptions with_names{.names = true};
  const auto bytes = encode(*parsed, with_names);

  const auto decoded = decode(bytes);
  if (!decoded) {  // text can say some things that are invalid, and that bytes cannot say
    require(!valid, "a valid module decodes", to_string(decoded.error(), "") + "\n" + printed);
    return 0;
  }
  require(encode(*decoded, with_names) == bytes, "text to bytes to module to bytes", printed);
  require(print(*decoded) == printed, "the module in the bytes is the module in the text", printed);
  require(validate(*decoded).has_value() == valid.has_value(), "valid in the text, valid in the bytes", printed);

  const auto again = parse_module(printed);
  require(again.has_value(), "what is printed parses", again ? "" : to_string(again.error(), "") + "\n" + printed);
  require(encode(*again, with_names) == bytes, "text to module to text to module", printed);
  return 0;
}
