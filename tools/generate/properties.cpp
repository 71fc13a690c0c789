// SPDX-License-Identifier: Apache-2.0
#include "tools/generate/properties.h"

#include <fmt/format.h>

#include <algorithm>

namespace weft::generate {

File file(std::string_view folder, std::string_view property, const Family& family, const FrontMatter& front_matter,
          std::string_view comment, std::string_view text) {
  return {fmt::format("{}/{}-{}.wast", folder, property, family.name),
          opening(front_matter, comment) + std::string(text)};
}

std::vector<File> all_files() {
  static constexpr std::array<Property, 16> kProperties{
      last_cell,         past_the_end,      address_wrap,        misaligned,
      effective_address, alignment_in_text, alignment_in_binary, operand_types,
      every_lane,        zero_extension,    operand_wrap,        old_value,
      unshared,          access_64,         address_64,          second_memory};
  std::vector<File> files;
  for (const Property property : kProperties) {
    for (const Family& family : kFamilies) {
      if (auto written = property(family)) files.push_back(*std::move(written));
    }
  }
  std::sort(files.begin(), files.end(), [](const File& a, const File& b) { return a.path < b.path; });
  return files;
}

}  // namespace weft::generate
