// SPDX-License-Identifier: Apache-2.0
#include "interp/decode.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "interp/binary_reader.h"
#include "interp/decode_code.h"
#include "interp/decode_names.h"
#include "interp/limits.h"
#include "interp/unsupported.h"

namespace weft {
namespace {

constexpr std::string_view kMagic("\0asm", 4);
constexpr std::string_view kVersion("\1\0\0\0", 4);

/// binary-limits
enum LimitsFlags : uint8_t { kHasMax = 1, kShared = 2, kAddress64 = 4, kCustomPage = 8 };

/// Decodes one module. Sections read as far as their contents tell, and their declared size is compared afterwards:
/// that gives the errors which the specification's tests expect. Nothing ever reads beyond the input.
class Decoder {
 public:
  Decoder(std::span<const uint8_t> bytes, Edition edition) : reader_(bytes), edition_(edition) {}

  Result<Module> decode() {
    preamble();
    while (reader_.ok() && !reader_.at_end()) section();
    if (reader_.ok()) check_counts();
    if (!reader_.ok()) return reader_.error();
    if (auto names = names_of(module_.customs)) module_.names = std::move(*names);
    return std::move(module_);
  }

 private:
  void preamble() {
    expect(kMagic, "magic header not detected");
    expect(kVersion, "unknown binary version");
  }

  void expect(std::string_view expected, const char* message) {
    const size_t start = reader_.position();
    const auto found = reader_.bytes(expected.size());
    if (!std::equal(found.begin(), found.end(), expected.begin(),
                    [](uint8_t a, char b) { return a == static_cast<uint8_t>(b); })) {
      reader_.fail(start, message);
    }
  }

  /// A section's reader and its place in the order that non-custom sections must keep (binary-module); the index is the
  /// id.
  struct SectionReader {
    void (Decoder::*read)();
    Section order;
  };
  static const std::array<SectionReader, 14> kSections;

  void section() {
    const size_t start = reader_.position();
    const uint8_t id = reader_.byte();
    if (id >= (has_tags() ? kSections.size() : kSections.size() - 1))
      return reader_.fail(start, fmt::format("malformed section id {}", id));
    const SectionReader& section = kSections[id];
    if (id != 0 && section.order <= last_section_) {
      return reader_.fail(
          start, fmt::format("unexpected content after last section: section {} is out of order or there twice", id));
    }
    if (id != 0) last_section_ = section.order;
    const uint32_t size = reader_.length();
    section_end_ = reader_.position() + size;
    (this->*section.read)();
    if (reader_.ok() && reader_.position() != section_end_) mismatch(start, size, section_end_);
  }

  void mismatch(size_t start, uint32_t size, size_t end) {
    reader_.fail(start, fmt::format("section size mismatch: {} bytes declared, {} found", size,
                                    reader_.position() + size - end));
  }

  /// binary-vec
  template <class Read>
  void vector(Read read) {
    const uint32_t count = reader_.length();
    for (uint32_t i = 0; i < count && reader_.ok(); ++i) read();
  }
  template <class Read>
  void vector(const Limit& limit, Read read) {
    const size_t start = reader_.position();
    const uint32_t count = reader_.length();
    if (count > limit) return exceeded(start, limit, count);
    for (uint32_t i = 0; i < count && reader_.ok(); ++i) read();
  }

  void exceeded(size_t start, const Limit& limit, uint64_t count) {
    reader_.fail(start, too_many(limit, count), ErrorKind::invalid);
  }

  void custom_section() {
    CustomSection& custom = module_.customs.emplace_back();
    custom.name = reader_.name();
    if (!reader_.ok()) return;
    if (reader_.position() > section_end_) return reader_.fail(section_end_, "unexpected end of section or function");
    const auto contents = reader_.bytes(section_end_ - reader_.position());
    custom.bytes.assign(contents.begin(), contents.end());
    custom.place = {last_section_, last_section_ != Section::first};
  }

  void type_section() {
    vector(kMaxTypes, [this] {
      const size_t start = reader_.position();
      if (const auto message = unsupported_type(reader_.peek().value_or(0)); !message.empty()) {
        return reader_.fail(start, std::string(message), ErrorKind::host);
      }
      if (reader_.signed_leb(7) != -0x20) return reader_.fail(start, "malformed function type");
      FuncType& type = module_.types.emplace_back();
      vector([&] { type.params.push_back(read_valtype(reader_)); });
      vector([&] { type.results.push_back(read_valtype(reader_)); });
    });
  }

  void import_section() {
    vector(kMaxImports, [this] {
      Import& import = module_.imports.emplace_back();
      import.module = reader_.name();
      import.name = reader_.name();
      const size_t start = reader_.position();
      if (const auto message = unsupported_import_kind(reader_.peek().value_or(0)); !message.empty()) {
        return reader_.fail(start, std::string(message), ErrorKind::host);
      }
      switch (reader_.byte()) {
        case 0: import.desc = reader_.u32(); break;
        case 1: import.desc = table_type(); break;
        case 2: import.desc = memory_type(); break;
        case 3: import.desc = global_type(); break;
        case 4:
          if (!has_tags()) return reader_.fail(start, "malformed import kind");
          import.desc = tag_type();
          break;
        default: reader_.fail(start, "malformed import kind");
      }
    });
  }

  void function_section() {
    vector(kMaxFunctions, [this] { module_.functions.emplace_back().type = reader_.u32(); });
  }

  void table_section() {
    vector(kMaxTables, [this] { module_.tables.push_back(table()); });
  }

  /// binary-table: 0x40 0x00 announce an initial value.
  Table table() {
    Table table;
    const bool has_init = reader_.peek() == 0x40;
    if (has_init) {
      reader_.byte();
      const size_t start = reader_.position();
      if (reader_.byte() != 0) reader_.fail(start, "malformed table");
    }
    table.type = table_type();
    if (has_init) table.init = expression();
    return table;
  }

  void tag_section() {
    vector(kMaxTags, [this] { module_.tags.push_back(tag_type()); });
  }

  void memory_section() {
    vector(kMaxMemories, [this] { module_.memories.push_back(memory_type()); });
  }

  void global_section() {
    vector(kMaxGlobals, [this] {
      Global& global = module_.globals.emplace_back();
      global.type = global_type();
      global.init = expression();
    });
  }

  void export_section() {
    vector(kMaxExports, [this] {
      Export& exported = module_.exports.emplace_back();
      exported.name = reader_.name();
      const size_t start = reader_.position();
      const uint8_t kind = reader_.byte();
      if (kind >= (has_tags() ? kExternKinds : kExternKinds - 1)) return reader_.fail(start, "malformed export kind");
      exported.kind = static_cast<ExternKind>(kind);
      exported.index = reader_.u32();
    });
  }

  void start_section() { module_.start = reader_.u32(); }

  void element_section() {
    vector(kMaxElementSegments, [this] { element_segment(); });
  }

  /// binary-elemsec: bit 0 of the form says not active, bit 1 an explicit table or declarative, bit 2 expressions
  /// instead of indices.
  void element_segment() {
    const size_t start = reader_.position();
    const uint32_t form = reader_.u32();
    if (form > 7) return reader_.fail(start, "malformed elements segment kind");
    const bool is_active = (form & 1) == 0, bit1 = (form & 2) != 0, bit2 = (form & 4) != 0;
    ElementSegment& segment = module_.elements.emplace_back();
    segment.mode = is_active ? SegmentMode::active : bit1 ? SegmentMode::declarative : SegmentMode::passive;
    segment.as_indices = !bit2;
    if (is_active) {
      if (bit1) segment.table = reader_.u32();
      segment.offset = expression();
    }
    if (!is_active || bit1) segment.type = bit2 ? read_reftype(reader_) : element_kind();
    vector(kMaxSegmentElements, [&] { segment.init.push_back(bit2 ? expression() : function_reference()); });
  }

  ValType element_kind() {
    const size_t start = reader_.position();
    if (reader_.byte() != 0) reader_.fail(start, "malformed element kind");
    return ValType::funcref;
  }

  /// A function index as the expression it abbreviates.
  Expr function_reference() {
    Instr ref_func, end;
    ref_func.op = Op::ref_func;
    end.op = Op::end;
    ref_func.offset = end.offset = static_cast<uint32_t>(reader_.position());
    ref_func.a = reader_.u32();
    return Expr{{ref_func, end}, {}};
  }

  void data_count_section() { module_.data_count = reader_.u32(); }

  /// A body without a function is read too: that it is one too many is said at the end, as all counts are.
  void code_section() {
    vector([this] {
      Function surplus;
      function_body(code_count_ < module_.functions.size() ? module_.functions[code_count_] : surplus);
      ++code_count_;
    });
  }

  void function_body(Function& function) {
    const size_t start = reader_.position();
    const uint32_t size = reader_.length();
    const size_t end = reader_.position() + size;
    if (size > kMaxBodySize) return exceeded(start, kMaxBodySize, size);
    function.offset = static_cast<uint32_t>(reader_.position());
    locals(function);
    function.code = read_expr(
        reader_, {.has_data_count = module_.data_count.has_value(), .edition = edition_, .scratch = &scratch_});
    if (reader_.ok() && reader_.position() != end) mismatch(start, size, end);
  }

  /// binary-local: runs of equal types. All runs are read before any is expanded, so that too many locals cost nothing.
  void locals(Function& function) {
    const size_t start = reader_.position();
    std::vector<std::pair<uint32_t, ValType>> runs;
    uint64_t count = 0;
    vector([&] {
      const uint32_t run = reader_.u32();
      count += run;
      if (count > std::numeric_limits<uint32_t>::max()) return reader_.fail(start, "too many locals");
      runs.emplace_back(run, read_valtype(reader_));
    });
    if (!reader_.ok()) return;
    if (function.type < module_.types.size()) {
      const FuncType& type = module_.types[function.type];
      count += type.params.size();
      module_locals_ += type.results.size();  // instantiation copies the type
    }
    module_locals_ += count;
    if (count > kMaxLocals) return exceeded(start, kMaxLocals, count);
    if (module_locals_ > kMaxModuleLocals) return exceeded(start, kMaxModuleLocals, module_locals_);
    for (const auto& [run, type] : runs) function.locals.insert(function.locals.end(), run, type);
  }

  void data_section() {
    vector(kMaxDataSegments, [this] {
      const size_t start = reader_.position();
      const uint32_t form = reader_.u32();
      if (form > 2) return reader_.fail(start, "malformed data segment kind");
      DataSegment& segment = module_.data.emplace_back();
      if (form != 1) {
        segment.mode = SegmentMode::active;
        if (form == 2) segment.memory = reader_.u32();
        segment.offset = expression();
      }
      const auto contents = reader_.bytes(reader_.length());
      segment.bytes.assign(contents.begin(), contents.end());
    });
  }

  bool has_tags() const { return edition_ != Edition::wasm_2_0; }

  Expr expression() { return read_expr(reader_, {.edition = edition_, .scratch = &scratch_}); }

  /// binary-limits: the flags, of which `allowed` may be set, one byte. In 2.0 they were a number of one or two bits.
  uint8_t limits_flags(uint8_t allowed) {
    const size_t start = reader_.position();
    if (edition_ == Edition::wasm_2_0) {
      const int bits = allowed & kShared ? 2 : 1;
      if (reader_.peek().value_or(0) < 0x80 && reader_.peek().value_or(0) >= 1 << bits) {
        reader_.fail(start, "integer too large: malformed limits flags");
      }
      return static_cast<uint8_t>(reader_.unsigned_leb(bits));
    }
    const uint8_t flags = reader_.byte();
    if ((flags & ~allowed) != 0) {
      reader_.fail(start, fmt::format("malformed limits flags {:#04x}{}", flags,
                                      flags & ~allowed & kShared ? ": tables cannot be shared" : ""));
    }
    return flags;
  }

  /// binary-limits without the flags. Those of 32-bit memories are 64-bit numbers too, which validation then rejects.
  Limits limits(uint8_t flags) {
    const int bits = edition_ == Edition::wasm_2_0 ? 32 : 64;
    Limits result;
    result.min = reader_.unsigned_leb(bits);
    if (flags & kHasMax) result.max = reader_.unsigned_leb(bits);
    return result;
  }

  static AddressType address_type(uint8_t flags) { return flags & kAddress64 ? ValType::i64 : ValType::i32; }

  TableType table_type() {
    TableType type;
    type.element = read_reftype(reader_);
    const uint8_t flags = limits_flags(kHasMax | kAddress64);
    type.address = address_type(flags);
    type.limits = limits(flags);
    return type;
  }

  MemoryType memory_type() {
    const size_t start = reader_.position();
    const uint8_t flags =
        limits_flags(kHasMax | kShared | kAddress64 | (edition_ == Edition::latest ? kCustomPage : 0));
    if ((flags & kShared) && !(flags & kHasMax)) {
      reader_.fail(start, fmt::format("{}malformed limits flags {:#04x}: shared memory must have maximum",
                                      edition_ == Edition::wasm_2_0 ? "integer too large: " : "", flags));
    }
    MemoryType type;
    type.shared = (flags & kShared) != 0;
    type.address = address_type(flags);
    type.limits = limits(flags);
    if (flags & kCustomPage) type.page_size_log2 = page_size_log2();
    return type;
  }

  /// An exponent that validation judges, but one of 64 and more is no page size at all.
  uint8_t page_size_log2() {
    const size_t start = reader_.position();
    const uint32_t exponent = reader_.u32();
    if (exponent >= 64) reader_.fail(start, fmt::format("invalid custom page size 2^{}", exponent));
    return static_cast<uint8_t>(exponent);
  }

  /// binary-tagtype: an attribute byte, then a type index.
  TagType tag_type() {
    const size_t start = reader_.position();
    if (reader_.byte() != 0) reader_.fail(start, "malformed tag attribute");
    return TagType{reader_.u32()};
  }

  GlobalType global_type() {
    GlobalType type;
    type.type = read_valtype(reader_);
    const size_t start = reader_.position();
    const uint8_t mutability = reader_.byte();
    if (mutability > 1) reader_.fail(start, "malformed mutability");
    type.is_mutable = mutability == 1;
    return type;
  }

  /// What sections say of each other (binary-module).
  void check_counts() {
    if (code_count_ != module_.functions.size()) {
      reader_.fail(reader_.position(), fmt::format("function and code section have inconsistent lengths: {} and {}",
                                                   module_.functions.size(), code_count_));
    }
    if (module_.data_count && *module_.data_count != module_.data.size()) {
      reader_.fail(reader_.position(), fmt::format("data count and data section have inconsistent lengths: {} and {}",
                                                   *module_.data_count, module_.data.size()));
    }
  }

  BinaryReader reader_;
  std::vector<Instr> scratch_;
  const Edition edition_;
  Module module_;
  size_t section_end_ = 0;
  Section last_section_ = Section::first;
  size_t code_count_ = 0;
  uint64_t module_locals_ = 0;
};

const std::array<Decoder::SectionReader, 14> Decoder::kSections = {{
    {&Decoder::custom_section, Section::first},
    {&Decoder::type_section, Section::type},
    {&Decoder::import_section, Section::import},
    {&Decoder::function_section, Section::func},
    {&Decoder::table_section, Section::table},
    {&Decoder::memory_section, Section::memory},
    {&Decoder::global_section, Section::global},
    {&Decoder::export_section, Section::exports},
    {&Decoder::start_section, Section::start},
    {&Decoder::element_section, Section::elem},
    {&Decoder::code_section, Section::code},
    {&Decoder::data_section, Section::data},
    {&Decoder::data_count_section, Section::data_count},
    {&Decoder::tag_section, Section::tag},
}};

}  // namespace

Result<Module> decode(std::span<const uint8_t> bytes, Edition edition) {
  if (bytes.size() > kMaxModuleSize) return Error{ErrorKind::invalid, too_many(kMaxModuleSize, bytes.size()), "0x0"};
  return Decoder(bytes, edition).decode();
}

}  // namespace weft
