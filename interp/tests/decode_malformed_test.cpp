// SPDX-License-Identifier: Apache-2.0
//
// What the decoder rejects: each case with the place and the beginning of the message. What an earlier edition rejects
// and the latest accepts, or rejects otherwise, stands at the end.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "interp/decode.h"
#include "interp/tests/wasm_bytes.h"

namespace weft {
namespace {

using testing::Bytes;
using testing::full_module;
using testing::hex;
using testing::join;
using testing::leb;
using testing::module;
using testing::module_with_body;
using testing::section;
using testing::sized;
using testing::text;

struct Case {
  const char* name;
  Bytes bytes;
  const char* where;
  const char* message;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class Malformed : public ::testing::TestWithParam<Case> {};

TEST_P(Malformed, IsRejected) {
  const Case& c = GetParam();
  const auto result = decode(c.bytes);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::malformed);
  EXPECT_EQ(result.error().where, c.where);
  EXPECT_THAT(result.error().message, ::testing::StartsWith(c.message));
}

const auto kName = [](const auto& param) { return std::string(param.param.name); };
const Bytes kType = section(1, "01 60 00 00");
const Bytes kFunction = section(3, "01 00");

INSTANTIATE_TEST_SUITE_P(
    Module, Malformed,
    ::testing::Values(
        Case{"empty", {}, "0x0", "unexpected end"}, Case{"half_a_magic", hex("00 61"), "0x2", "unexpected end"},
        Case{"magic", hex("00 61 73 6e 01 00 00 00"), "0x0", "magic header not detected"},
        Case{"no_version", hex("00 61 73 6d 01 00"), "0x6", "unexpected end"},
        Case{"version", hex("00 61 73 6d 02 00 00 00"), "0x4", "unknown binary version"},
        Case{"component", hex("00 61 73 6d 0d 00 01 00"), "0x4", "unknown binary version"},
        Case{"section_id", module({section(14, "00")}), "0x8", "malformed section id 14"},
        Case{"section_without_size", module({hex("01")}), "0x9", "unexpected end"},
        Case{"section_beyond_the_end", module({hex("01 7f 00")}), "0x9", "length out of bounds: 127"},
        Case{"section_too_long", module({section(1, "01 60 00 00 00")}), "0x8",
             "section size mismatch: 5 bytes declared, 4 found"},
        Case{"section_too_short", module({hex("01 03 01 60 00 00")}), "0x8",
             "section size mismatch: 3 bytes declared, 4 found"},
        Case{"order", module({section(3, "00"), section(1, "00")}), "0xb", "unexpected content after last section"},
        Case{"twice", module({section(1, "00"), section(1, "00")}), "0xb", "unexpected content after last section"},
        Case{"tags_before_memories", module({section(13, "00"), section(5, "00")}), "0xb",
             "unexpected content after last section"},
        Case{"tags_after_globals", module({section(6, "00"), section(13, "00")}), "0xb",
             "unexpected content after last section"},
        Case{"data_count_after_code", module({section(10, "00"), section(12, "00")}), "0xb",
             "unexpected content after last section"},
        Case{"custom_without_name", module({section(0, "")}), "0xa", "unexpected end"},
        Case{"custom_name_beyond_section", module({hex("00 02 03 61 62 63")}), "0xc", "unexpected end"},
        Case{"custom_name_not_utf8", module({section(0, "01 ff")}), "0xb", "malformed UTF-8 encoding"},
        Case{"no_code_section", module({kType, kFunction}), "0x12",
             "function and code section have inconsistent lengths: 1 and 0"},
        Case{"surplus_body", module({kType, section(10, "01 02 00 0b")}), "0x14",
             "function and code section have inconsistent lengths: 0 and 1"},
        Case{"data_count_without_data", module({section(12, "01")}), "0xb",
             "data count and data section have inconsistent lengths: 1 and 0"}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    Integers, Malformed,
    ::testing::Values(
        Case{"u32_too_long", module({hex("01 80 80 80 80 80 00")}), "0xe", "integer representation too long"},
        Case{"u32_too_large", module({hex("01 ff ff ff ff 1f")}), "0xd", "integer too large"},
        Case{"u32_cut", module({hex("01 80")}), "0xa", "unexpected end"},
        Case{"i32_too_long", module_with_body("00 41 80 80 80 80 80 00 0b"), "0x2b", "integer representation too long"},
        Case{"i32_too_large", module_with_body("00 41 80 80 80 80 08 0b"), "0x2a", "integer too large"},
        Case{"i32_bits_beyond_the_sign", module_with_body("00 41 ff ff ff ff 6f 0b"), "0x2a", "integer too large"},
        Case{"i64_too_long", module_with_body("00 42 80 80 80 80 80 80 80 80 80 80 00 0b"), "0x30",
             "integer representation too long"},
        Case{"i64_too_large", module_with_body("00 42 80 80 80 80 80 80 80 80 80 01 0b"), "0x2f", "integer too large"},
        Case{"vector_longer_than_the_input", module({hex("01 05 ff ff ff ff 0f")}), "0xa",
             "length out of bounds: 4294967295"}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    Types, Malformed,
    ::testing::Values(
        Case{"function_type", module({section(1, "01 61 00 00")}), "0xb", "malformed function type"},
        Case{"value_type", module({section(1, "01 60 01 40 00")}), "0xd", "malformed value type"},
        Case{"table_type", module({section(4, "01 7f 00 00")}), "0xb", "malformed reference type"},
        Case{"mutability", module({section(6, "01 7f 02 41 00 0b")}), "0xc", "malformed mutability"},
        Case{"import_kind", module({section(2, "01 00 00 05")}), "0xd", "malformed import kind"},
        Case{"import_module_not_utf8", module({section(2, "01 02 c0 80 00 00 00")}), "0xc", "malformed UTF-8 encoding"},
        Case{"export_kind", module({section(7, "01 00 05 00")}), "0xc", "malformed export kind"},
        Case{"table_flags", module({section(4, "01 70 08 00")}), "0xc", "malformed limits flags 0x08"},
        Case{"shared_table", module({section(4, "01 70 03 00 01")}), "0xc",
             "malformed limits flags 0x03: tables cannot be shared"},
        Case{"table_with_a_value", module({section(4, "01 40 01 70 00 00 d0 70 0b")}), "0xc", "malformed table"},
        Case{"memory_flags", module({section(5, "01 10 01")}), "0xb", "malformed limits flags 0x10"},
        Case{"memory_flags_are_one_byte", module({section(5, "01 83 00 01 02")}), "0xb", "malformed limits flags 0x83"},
        Case{"shared_memory_without_maximum", module({section(5, "01 02 01")}), "0xb",
             "malformed limits flags 0x02: shared memory must have maximum"},
        Case{"shared_memory64_without_maximum", module({section(5, "01 06 01")}), "0xb",
             "malformed limits flags 0x06: shared memory must have maximum"},
        Case{"minimum_beyond_64_bits", module({section(5, "01 04 80 80 80 80 80 80 80 80 80 02")}), "0x15",
             "integer too large"},
        Case{"page_size_of_2_to_the_64", module({section(5, "01 08 01 40")}), "0xd", "invalid custom page size 2^64"},
        Case{"tag_attribute", module({section(13, "01 01 00")}), "0xb", "malformed tag attribute"},
        Case{"imported_tag_attribute", module({section(2, "01 00 00 04 01 00")}), "0xe", "malformed tag attribute"}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    Segments, Malformed,
    ::testing::Values(Case{"element_form", module({section(9, "01 08")}), "0xb", "malformed elements segment kind"},
                      Case{"element_kind", module({section(9, "01 01 01 00")}), "0xc", "malformed element kind"},
                      Case{"element_type", module({section(9, "01 05 7f 00")}), "0xc", "malformed reference type"},
                      Case{"data_form", module({section(11, "01 03")}), "0xb", "malformed data segment kind"},
                      Case{"data_cut", module({section(11, "01 01 02 61")}), "0xe", "unexpected end"},
                      Case{"offset_without_end", module({section(11, "01 00 41 00")}), "0xe", "unexpected end"}),
    kName);

// The body of module_with_body begins at 0x24: its run count of locals.
INSTANTIATE_TEST_SUITE_P(
    Code, Malformed,
    ::testing::Values(
        Case{"opcode", module_with_body("00 ff 0b"), "0x25", "illegal opcode ff"},
        Case{"sub_opcode", module_with_body("00 fe 04 0b"), "0x25", "illegal opcode fe 04"},
        Case{"sub_opcode_beyond_the_table", module_with_body("00 fe 4f 0b"), "0x25", "illegal opcode fe 4f"},
        Case{"sub_opcode_beyond_a_byte", module_with_body("00 fe 80 02 0b"), "0x25", "illegal opcode fe 100"},
        Case{"sub_opcode_beyond_two_bytes", module_with_body("00 fd 80 80 01 0b"), "0x25", "illegal opcode fd 4000"},
        Case{"sub_opcode_too_long", module_with_body("00 fe 83 80 80 80 80 00 00 0b"), "0x2b",
             "integer representation too long"},
        Case{"no_end", module({kType, kFunction, section(10, "01 02 00 01")}), "0x18",
             "unexpected end of section or function"},
        Case{"else_without_if", module_with_body("00 05 0b"), "0x25", "END opcode expected"},
        Case{"else_in_block", module_with_body("00 02 40 05 0b 0b"), "0x27", "END opcode expected"},
        Case{"two_else", module_with_body("00 41 00 04 40 05 05 0b 0b"), "0x2a", "END opcode expected"},
        Case{"code_after_end", module_with_body("00 0b 01"), "0x23",
             "section size mismatch: 3 bytes declared, 2 found"},
        Case{"block_type_negative", module_with_body("00 02 80 7f 0b 0b"), "0x26", "malformed block type"},
        Case{"block_type_unknown", module_with_body("00 02 41 0b 0b"), "0x26", "malformed value type"},
        Case{"fence_byte", module_with_body("00 fe 03 01 0b"), "0x27", "zero byte expected"},
        Case{"memory_index_beyond_32_bits", module_with_body("00 3f 80 80 80 80 10 1a 0b"), "0x2a",
             "integer too large"},
        Case{"memop_flags", module_with_body("00 28 80 01 00 0b"), "0x26", "malformed memop flags"},
        Case{"offset_beyond_64_bits", module_with_body("00 28 02 80 80 80 80 80 80 80 80 80 02 0b"), "0x30",
             "integer too large"},
        Case{"catch_without_try", module_with_body("00 07 00 0b"), "0x25", "END opcode expected: catch without try"},
        Case{"catch_in_block", module_with_body("00 06 40 02 40 07 00 0b 0b 0b"), "0x29",
             "END opcode expected: catch without try"},
        Case{"catch_after_catch_all", module_with_body("00 06 40 19 07 00 0b 0b"), "0x28",
             "END opcode expected: catch without try"},
        Case{"two_catch_all", module_with_body("00 06 40 19 19 0b 0b"), "0x28",
             "END opcode expected: catch_all without try"},
        Case{"delegate_without_try", module_with_body("00 02 40 18 00 0b"), "0x27",
             "END opcode expected: delegate without try"},
        Case{"delegate_after_catch", module_with_body("00 06 40 07 00 18 00 0b"), "0x29",
             "END opcode expected: delegate without try"},
        Case{"catch_in_try_table", module_with_body("00 1f 40 00 07 00 0b 0b"), "0x28",
             "END opcode expected: catch without try"},
        Case{"catch_clause", module_with_body("00 1f 40 01 04 00 0b 0b"), "0x28", "malformed catch clause"},
        Case{"more_clauses_than_bytes", module_with_body("00 1f 40 ff 7f 00 0b"), "0x27", "length out of bounds"},
        Case{"null_of_number", module_with_body("00 d0 7f 1a 0b"), "0x26", "malformed reference type"},
        Case{"branch_table_too_long", module_with_body("00 0e ff 7f 00 0b"), "0x26", "length out of bounds"},
        Case{"locals_beyond_32_bits", module_with_body("02 ff ff ff ff 0f 7f 01 7f 0b"), "0x24", "too many locals"},
        Case{"init_without_data_count", module({kType, kFunction, section(10, "01 06 00 fc 08 00 00 0b")}), "0x17",
             "data count section required"},
        Case{"drop_without_data_count", module({kType, kFunction, section(10, "01 05 00 fc 09 00 0b")}), "0x17",
             "data count section required"}),
    kName);

/// What one edition rejects and the latest judges otherwise.
struct EditionCase {
  const char* name;
  Bytes bytes;
  const char* where;
  const char* message;
  const char* latest = "";  ///< what the latest edition says; it accepts when there is nothing
  Edition edition = Edition::wasm_2_0;
};
void PrintTo(const EditionCase& c, std::ostream* out) { *out << c.name; }

class MalformedInEdition : public ::testing::TestWithParam<EditionCase> {};

TEST_P(MalformedInEdition, IsRejected) {
  const EditionCase& c = GetParam();
  const auto earlier = decode(c.bytes, c.edition);
  ASSERT_FALSE(earlier);
  EXPECT_EQ(earlier.error().kind, ErrorKind::malformed);
  EXPECT_EQ(earlier.error().where, c.where);
  EXPECT_THAT(earlier.error().message, ::testing::StartsWith(c.message));

  const auto latest = decode(c.bytes);
  EXPECT_EQ(latest ? "" : latest.error().message, c.latest);
}

INSTANTIATE_TEST_SUITE_P(
    Sections, MalformedInEdition,
    ::testing::Values(
        EditionCase{"tag_section", module({section(13, "00")}), "0x8", "malformed section id 13"},
        EditionCase{"imported_tag", module({section(2, "01 00 00 04 00 00")}), "0xd", "malformed import kind"},
        EditionCase{"exported_tag", module({section(7, "01 00 04 00")}), "0xc", "malformed export kind"},
        EditionCase{"table64", module({section(4, "01 70 04 00")}), "0xc", "integer too large: malformed limits flags"},
        EditionCase{"shared_table", module({section(4, "01 70 02 00")}), "0xc",
                    "integer too large: malformed limits flags",
                    "malformed limits flags 0x02: tables cannot be shared"},
        EditionCase{"memory64", module({section(5, "01 04 01")}), "0xb", "integer too large: malformed limits flags"},
        EditionCase{"shared_memory64", module({section(5, "01 07 01 02")}), "0xb",
                    "integer too large: malformed limits flags"},
        EditionCase{"shared_memory_without_maximum", module({section(5, "01 02 01")}), "0xb",
                    "integer too large: malformed limits flags 0x02: shared memory must have maximum",
                    "malformed limits flags 0x02: shared memory must have maximum"},
        EditionCase{"memory_flags_too_long", module({section(5, "01 83 00 01 02")}), "0xc",
                    "integer representation too long", "malformed limits flags 0x83"},
        EditionCase{"limits_beyond_32_bits", module({section(5, "01 00 80 80 80 80 10")}), "0x10", "integer too large"},
        EditionCase{"page_size", module({section(5, "01 08 01 00")}), "0xb",
                    "integer too large: malformed limits flags"},
        EditionCase{"page_size_in_3_0", module({section(5, "01 08 01 00")}), "0xb", "malformed limits flags 0x08", "",
                    Edition::wasm_3_0}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    Code, MalformedInEdition,
    ::testing::Values(
        EditionCase{"memory_index", module_with_body("00 3f 01 1a 0b"), "0x26", "zero byte expected"},
        EditionCase{"memory_index_of_two_bytes", module_with_body("00 3f 80 00 1a 0b"), "0x26", "zero byte expected"},
        EditionCase{"copy_source_index", module_with_body("00 fc 0a 00 01 0b"), "0x28", "zero byte expected"},
        EditionCase{"alignment_of_2_to_the_32", module_with_body("00 28 20 00 0b"), "0x26", "malformed memop flags"},
        EditionCase{"memory_index_in_memarg", module_with_body("00 fe 10 42 00 00 0b"), "0x27",
                    "malformed memop flags"},
        EditionCase{"offset_beyond_32_bits", module_with_body("00 28 02 80 80 80 80 10 0b"), "0x2b",
                    "integer too large"},
        EditionCase{"try_table", module_with_body("00 1f 40 00 0b 0b"), "0x25", "illegal opcode 1f"},
        EditionCase{"throw", module_with_body("00 08 00 0b"), "0x25", "illegal opcode 08"},
        EditionCase{"throw_ref", module_with_body("00 0a 0b"), "0x25", "illegal opcode 0a"},
        EditionCase{"legacy_try", module_with_body("00 06 40 19 0b 0b"), "0x25", "illegal opcode 06"},
        EditionCase{"return_call", module_with_body("00 12 00 0b"), "0x25", "illegal opcode 12"},
        EditionCase{"return_call_indirect", module_with_body("00 13 00 00 0b"), "0x25", "illegal opcode 13"},
        EditionCase{"relaxed_simd", module_with_body("00 fd 80 02 0b"), "0x25", "illegal opcode fd 100"},
        EditionCase{"wide_arithmetic", module_with_body("00 fc 13 0b"), "0x25", "illegal opcode fc 13"},
        EditionCase{"wide_arithmetic_in_3_0", module_with_body("00 fc 13 0b"), "0x25", "illegal opcode fc 13", "",
                    Edition::wasm_3_0}),
    kName);

// Of proposals that are not implemented the message says the name.
TEST(Decode, SaysWhatIsNotSupported) {
  const auto message = [](const Bytes& bytes) {
    const auto result = decode(bytes);
    if (result) return std::string("accepted");
    EXPECT_EQ(result.error().kind, ErrorKind::host);
    return result.error().message;
  };
  EXPECT_EQ(message(module({section(1, "01 5f 00")})), "not supported: GC");
  EXPECT_EQ(message(module({section(1, "01 60 01 6e 00")})), "not supported: GC");
  EXPECT_EQ(message(module({section(1, "01 60 01 64 70 00")})), "not supported: typed function references");
  EXPECT_EQ(message(module_with_body("00 d4 0b")), "not supported: typed function references");
  EXPECT_EQ(message(module_with_body("00 fb 1c 0b")), "not supported: GC");
  EXPECT_EQ(message(module({section(2, "01 00 00 20 00")})), "not supported: custom descriptors");
}

// 0x63 and a heap type is the long form of what one byte says.
TEST(Decode, ReadsTheLongFormOfANullableReference) {
  const auto decoded = decode(module({section(1, "01 60 03 63 70 63 6f 63 69 00")}));
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->types.at(0).params, (std::vector{ValType::funcref, ValType::externref, ValType::exnref}));
}

}  // namespace
}  // namespace weft
