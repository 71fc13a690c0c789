// SPDX-License-Identifier: Apache-2.0
//
// The annotations that mean something here (text-nameannot, text-customannot, and the branch hints of the metadata
// proposal): what is written in one. Where each may stand is the module parser's business. All functions throw
// SyntaxError with the specification's phrases.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "interp/module.h"
#include "suite/text/lexer.h"

namespace weft::text {

inline constexpr std::string_view kCustomAnnotation = "custom";
inline constexpr std::string_view kNameAnnotation = "name";
inline constexpr std::string_view kBranchHintAnnotation = "metadata.code.branch_hint";

/// What a placement calls each section, by Section; data_count is "datacount".
inline constexpr auto kSectionWords =
    std::to_array<std::string_view>({"first", "type", "import", "func", "table", "memory", "tag", "global", "export",
                                     "start", "elem", "datacount", "code", "data", "last"});

/// Whether annotations of this id are known; the others are comments.
bool is_known_annotation(std::string_view id);

/// The id of a TokenKind::annotation, the quotes of a quoted one resolved.
std::string annotation_id(const Token& annotation);

/// `(@custom "name" (before type)? "bytes"*)`
CustomSection custom_annotation(const Token& annotation);
/// `(@name "name")`
std::string name_annotation(const Token& annotation);
/// `(@metadata.code.branch_hint "\00")`: 0 for a branch that is not likely to be taken, else 1.
uint8_t branch_hint_annotation(const Token& annotation);

/// Of an annotation that stands where it may not.
[[noreturn]] void misplaced(const Token& annotation, bool is_in_function);

}  // namespace weft::text
