// SPDX-License-Identifier: Apache-2.0
//
// What is asked of every family, one function per property. A property that has no meaning for a family has no file.
#pragma once

#include <optional>

#include "tools/generate/table.h"

namespace weft::generate {

using Property = std::optional<File> (*)(const Family&);

// properties_bounds.cpp
std::optional<File> last_cell(const Family& family);
std::optional<File> past_the_end(const Family& family);
std::optional<File> address_wrap(const Family& family);
// properties_align.cpp
std::optional<File> misaligned(const Family& family);
std::optional<File> effective_address(const Family& family);
std::optional<File> alignment_in_text(const Family& family);
std::optional<File> alignment_in_binary(const Family& family);
// properties_types.cpp
std::optional<File> operand_types(const Family& family);
// properties_values.cpp
std::optional<File> every_lane(const Family& family);
std::optional<File> zero_extension(const Family& family);
std::optional<File> operand_wrap(const Family& family);
std::optional<File> old_value(const Family& family);
// properties_memories.cpp
std::optional<File> unshared(const Family& family);
std::optional<File> access_64(const Family& family);
std::optional<File> address_64(const Family& family);
std::optional<File> second_memory(const Family& family);

/// Every generated file, sorted by path.
std::vector<File> all_files();

/// "FOLDER/PROPERTY-FAMILY.wast".
File file(std::string_view folder, std::string_view property, const Family& family, const FrontMatter& front_matter,
          std::string_view comment, std::string_view text);

}  // namespace weft::generate
