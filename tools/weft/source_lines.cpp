// SPDX-License-Identifier: Apache-2.0
#include "tools/weft/source_lines.h"

#include <cstring>
#include <filesystem>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "interp/binary_reader.h"

#if defined(WEFT_DWARF)
#include <elf.h>
#include <elfutils/libdw.h>
#endif

namespace weft::cli {
namespace {

/// A module's custom sections of a debugger, and where its code is.
struct Sections {
  std::map<std::string, std::span<const uint8_t>> debug;
  uint64_t code = 0;
};

Sections find_sections(std::span<const uint8_t> module) {
  Sections sections;
  BinaryReader reader(module);
  reader.bytes(8);  // magic number and version
  while (reader.ok() && !reader.at_end()) {
    const uint8_t id = reader.byte();
    const uint32_t size = reader.length();
    const size_t begin = reader.position();
    const std::span<const uint8_t> contents = reader.bytes(size);
    if (id == 10) sections.code = begin;
    if (id != 0 || !reader.ok()) continue;
    BinaryReader custom(contents);
    const std::string name = custom.name();
    if (custom.ok() && name.starts_with(".debug_")) sections.debug[name] = contents.subspan(custom.position());
  }
  return sections;
}

#if defined(WEFT_DWARF)
/// libdw reads object files in ELF: one with these sections, and nothing else.
std::vector<uint8_t> make_elf(const Sections& sections) {
  std::vector<uint8_t> image(sizeof(Elf32_Ehdr));
  std::vector<Elf32_Shdr> headers(1);
  std::string names(1, '\0');
  const auto add = [&](const std::string& name, std::span<const uint8_t> contents, uint32_t type) {
    Elf32_Shdr& header = headers.emplace_back();
    header.sh_name = static_cast<Elf32_Word>(names.size());
    header.sh_type = type;
    header.sh_offset = static_cast<Elf32_Off>(image.size());
    header.sh_size = static_cast<Elf32_Word>(contents.size());
    header.sh_addralign = 1;
    names.append(name.c_str(), name.size() + 1);
    image.insert(image.end(), contents.begin(), contents.end());
  };
  for (const auto& [name, contents] : sections.debug) add(name, contents, SHT_PROGBITS);
  const std::string own_name = ".shstrtab";
  const std::string all_names = names + own_name + '\0';
  add(own_name, {reinterpret_cast<const uint8_t*>(all_names.data()), all_names.size()}, SHT_STRTAB);

  Elf32_Ehdr elf{};
  std::memcpy(elf.e_ident, ELFMAG, SELFMAG);
  elf.e_ident[EI_CLASS] = ELFCLASS32, elf.e_ident[EI_DATA] = ELFDATA2LSB, elf.e_ident[EI_VERSION] = EV_CURRENT;
  elf.e_type = ET_EXEC, elf.e_machine = EM_NONE, elf.e_version = EV_CURRENT;
  elf.e_ehsize = sizeof elf, elf.e_shentsize = sizeof headers[0];
  elf.e_shnum = static_cast<Elf32_Half>(headers.size()), elf.e_shstrndx = static_cast<Elf32_Half>(headers.size() - 1);
  image.resize((image.size() + 3) / 4 * 4);
  elf.e_shoff = static_cast<Elf32_Off>(image.size());
  const auto* table = reinterpret_cast<const uint8_t*>(headers.data());
  image.insert(image.end(), table, table + headers.size() * sizeof headers[0]);
  std::memcpy(image.data(), &elf, sizeof elf);
  return image;
}
#endif

/// As short as it can be said from here.
std::string shown(const std::string& file) {
  std::error_code error;
  const std::filesystem::path path = std::filesystem::proximate(file, error);
  return error || path.empty() || *path.begin() == ".." ? file : path.string();
}

}  // namespace

SourceLines::SourceLines(std::span<const uint8_t> module) {
#if defined(WEFT_DWARF)
  const Sections sections = find_sections(module);
  if (!sections.debug.contains(".debug_line")) return;
  code_ = sections.code;
  read_rows(make_elf(sections));
#else
  static_cast<void>(module);
  static_cast<void>(find_sections);
#endif
}

void SourceLines::read_rows(std::span<const uint8_t> image) {
#if defined(WEFT_DWARF)
  elf_version(EV_CURRENT);
  std::vector<char> copy(image.begin(), image.end());
  Elf* const elf = elf_memory(copy.data(), copy.size());
  Dwarf* const dwarf = elf == nullptr ? nullptr : dwarf_begin_elf(elf, DWARF_C_READ, nullptr);
  std::map<std::string, uint32_t> numbers;
  Dwarf_Off unit = 0, next = 0;
  for (size_t header = 0; dwarf != nullptr && dwarf_nextcu(dwarf, unit, &next, &header, nullptr, nullptr, nullptr) == 0;
       unit = next) {
    Dwarf_Die die;
    Dwarf_Lines* lines = nullptr;
    size_t count = 0;
    if (dwarf_offdie(dwarf, unit + header, &die) == nullptr || dwarf_getsrclines(&die, &lines, &count) != 0) continue;
    bool begins = true, is_left_out = false;  // a sequence; of a function that the linker has left out
    for (size_t i = 0; i < count; ++i) {
      Dwarf_Line* const line = dwarf_onesrcline(lines, i);
      Row row;
      int number = 0;
      bool ends = false;
      const char* const file = dwarf_linesrc(line, nullptr, nullptr);
      Dwarf_Addr address = 0;
      if (dwarf_lineaddr(line, &address) != 0 || dwarf_lineno(line, &number) != 0 || file == nullptr) continue;
      if (dwarf_lineendsequence(line, &ends) != 0) continue;
      if (std::exchange(begins, ends)) is_left_out = address == 0;
      if (is_left_out) continue;
      const auto [found, is_new] = numbers.try_emplace(file, static_cast<uint32_t>(files_.size()));
      if (is_new) files_.emplace_back(file);
      row.file = found->second;
      row.line = static_cast<uint32_t>(number);
      if (ends) {
        rows_.try_emplace(address, Row{});  // unless another sequence begins there
      } else {
        rows_.insert_or_assign(address, row);
      }
    }
  }
  if (dwarf != nullptr) dwarf_end(dwarf);
  if (elf != nullptr) elf_end(elf);
#else
  static_cast<void>(image);
#endif
}

std::optional<std::string> SourceLines::find(uint32_t offset) const {
  if (offset < code_) return std::nullopt;
  const auto after = rows_.upper_bound(offset - code_);
  if (after == rows_.begin() || std::prev(after)->second.line == 0) return std::nullopt;
  const Row& row = std::prev(after)->second;
  return fmt::format("{}:{}", shown(files_[row.file]), row.line);
}

}  // namespace weft::cli
