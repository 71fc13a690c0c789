// SPDX-License-Identifier: Apache-2.0
#include "suite/text/print.h"

#include <algorithm>

#include <fmt/format.h>

#include "suite/text/annotations.h"
#include "suite/text/encode.h"
#include "suite/text/printer.h"

namespace weft {
namespace {

using namespace text;

bool is_function_reference(const Expr& expr) { return expr.body.size() == 2 && expr.body[0].op == Op::ref_func; }

class ModulePrinter {
 public:
  ModulePrinter(const Module& module, const PrintOptions& options)
      : module_(module),
        functions_(module.names.functions, module.function_count()),
        tags_(module.names.tags, module.tag_count()),
        exprs_(module, functions_, tags_, options) {}

  std::string print() {
    out_ = fmt::format("(module{}\n", module_name());
    for (uint32_t i = 0; i < module_.types.size(); ++i)
      field("(type (;{};) (func{}))", i, signature_text(module_.types[i]));
    uint32_t next[kExternKinds] = {};
    for (const Import& import : module_.imports) print(import, next[static_cast<size_t>(import.kind())]++);
    for (const Function& function : module_.functions) print(function, next[0]++);
    for (const Table& table : module_.tables) {
      const std::string init = table.init ? " " + exprs_.line(*table.init) : "";
      field("(table (;{};) {}{})", next[1]++, to_string(table.type), init);
    }
    for (const MemoryType& memory : module_.memories) field("(memory (;{};) {})", next[2]++, to_string(memory));
    for (const TagType& tag : module_.tags)
      field("(tag{} {})", tags_.definition(next[4]++), type_use_text(module_, tag.type));
    for (const Global& global : module_.globals) {
      field("(global (;{};) {} {})", next[3]++, to_string(global.type), exprs_.line(global.init));
    }
    for (const Export& exported : module_.exports) {
      field("(export {} ({} {}))", quote(exported.name), to_string(exported.kind), use(exported.kind, exported.index));
    }
    if (module_.start) field("(start {})", functions_.use(*module_.start));
    for (uint32_t i = 0; i < module_.elements.size(); ++i) print(module_.elements[i], i);
    for (uint32_t i = 0; i < module_.data.size(); ++i) print(module_.data[i], i);
    for (const CustomSection& custom : module_.customs) {
      if (!is_said_by_names(custom)) print(custom);
    }
    return std::move(out_) + ")\n";
  }

 private:
  template <class... Args>
  void field(fmt::format_string<Args...> format, Args&&... args) {
    out_ += "  ";
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
    out_ += '\n';
  }

  std::string use(ExternKind kind, uint32_t index) const {
    if (kind == ExternKind::func) return functions_.use(index);
    return kind == ExternKind::tag ? tags_.use(index) : std::to_string(index);
  }

  std::string module_name() const {
    const std::string& name = module_.names.module;
    if (name.empty()) return "";
    return is_identifier(name) ? fmt::format(" ${}", name) : fmt::format(" (@name {})", quote(name));
  }

  void print(const Import& import, uint32_t index) {
    std::string description;
    switch (import.kind()) {
      case ExternKind::func:
        description =
            fmt::format("{} {}", functions_.definition(index), type_use_text(module_, std::get<uint32_t>(import.desc)));
        break;
      case ExternKind::table:
        description = fmt::format(" (;{};) {}", index, to_string(std::get<TableType>(import.desc)));
        break;
      case ExternKind::memory:
        description = fmt::format(" (;{};) {}", index, to_string(std::get<MemoryType>(import.desc)));
        break;
      case ExternKind::global:
        description = fmt::format(" (;{};) {}", index, to_string(std::get<GlobalType>(import.desc)));
        break;
      case ExternKind::tag:
        description =
            fmt::format("{} {}", tags_.definition(index), type_use_text(module_, std::get<TagType>(import.desc).type));
        break;
    }
    field("(import {} {} ({}{}))", quote(import.module), quote(import.name), to_string(import.kind()), description);
  }

  /// How many locals there are, parameters included; without a type nobody knows where they begin, so that it is none.
  size_t local_count(const Function& function) const {
    if (function.type >= module_.types.size()) return 0;
    return module_.types[function.type].params.size() + function.locals.size();
  }

  Identifiers locals_of(const Function& function, uint32_t index) const {
    const auto count = static_cast<uint32_t>(local_count(function));
    const auto& all = module_.names.locals;
    const auto found = std::lower_bound(all.begin(), all.end(), index,
                                        [](const auto& entry, uint32_t key) { return entry.first < key; });
    return found != all.end() && found->first == index ? Identifiers(found->second, count) : Identifiers();
  }

  void print(const Function& function, uint32_t index) {
    const Identifiers locals = locals_of(function, index);
    field("(func{} {}", functions_.definition(index), type_use_text(module_, function.type, locals));
    const size_t params = function.type < module_.types.size() ? module_.types[function.type].params.size() : 0;
    // One clause per run of unnamed locals, as binary-local compresses runs; a name takes a clause of its own.
    for (size_t i = 0; i < function.locals.size();) {
      const auto binder = [&](size_t local) { return locals.binder(static_cast<uint32_t>(params + local)); };
      if (!binder(i).empty()) {
        field("  (local {} {})", binder(i), to_string(function.locals[i]));
        ++i;
        continue;
      }
      std::string types;
      for (; i < function.locals.size() && binder(i).empty(); ++i)
        types += fmt::format(" {}", to_string(function.locals[i]));
      field("  (local{})", types);
    }
    exprs_.body(out_, function.code, locals, 4);
    out_ += "  )\n";
  }

  /// Elements that are all functions are written as indices, whichever form the binary has: the two mean the same
  /// (text-elem).
  void print(const ElementSegment& segment, uint32_t index) {
    std::string head = segment.mode == SegmentMode::declarative ? " declare" : "";
    if (segment.mode == SegmentMode::active) {
      if (segment.table != 0) head += fmt::format(" (table {})", segment.table);
      head += fmt::format(" (offset {})", exprs_.line(segment.offset));
    }
    const bool as_functions = segment.type == ValType::funcref &&
                              std::all_of(segment.init.begin(), segment.init.end(), is_function_reference);
    head += fmt::format(" {}", as_functions ? "func" : to_string(segment.type));
    std::string items;
    for (const Expr& expr : segment.init) {
      items += as_functions ? fmt::format(" {}", functions_.use(expr.body[0].a))
                            : fmt::format(" (item {})", exprs_.line(expr));
    }
    field("(elem (;{};){}{})", index, head, items);
  }

  void print(const DataSegment& segment, uint32_t index) {
    std::string head;
    if (segment.mode == SegmentMode::active) {
      if (segment.memory != 0) head += fmt::format(" (memory {})", segment.memory);
      head += fmt::format(" (offset {})", exprs_.line(segment.offset));
    }
    field("(data (;{};){}{})", index, head, data_string(segment.bytes));
  }

  void print(const CustomSection& custom) {
    field("(@custom {}{}{})", quote(custom.name), placement(custom.place), data_string(custom.bytes));
  }

  /// Behind the last section before the place; nothing behind all of them, which is where custom sections go by
  /// default.
  std::string placement(SectionPlace place) const {
    Section before = Section::first, behind = Section::last;
    for (int i = static_cast<int>(Section::data); i >= static_cast<int>(Section::type); --i) {
      const auto section = static_cast<Section>(i);
      if (!module_.has_section(section)) continue;
      const bool is_before = SectionPlace{section, true} <= place;
      if (is_before && before == Section::first) before = section;
      if (!is_before) behind = section;
    }
    if (behind == Section::last) return "";
    if (before == Section::first) return " (before first)";
    return fmt::format(" (after {})", kSectionWords[static_cast<size_t>(before)]);
  }

  /// Whether it is the name section that the encoder writes for names which are all in the text.
  bool is_said_by_names(const CustomSection& custom) const {
    const auto is_name_section = [](const CustomSection& other) { return other.name == "name"; };
    if (&custom != &module_.customs.back() || !placement(custom.place).empty() || !is_name_section(custom))
      return false;
    const auto& customs = module_.customs;
    if (std::count_if(customs.begin(), customs.end(), is_name_section) != 1) return false;
    return !custom.bytes.empty() && custom.bytes == encode_names(module_.names) && has_all_names();
  }

  /// Whether there is a definition for each name.
  bool has_all_names() const {
    const auto are_below = [](const auto& names, size_t count) {
      return names.empty() || names.back().first < count;  // they are sorted
    };
    const Names& names = module_.names;
    const uint32_t imported = module_.imported(ExternKind::func);
    return are_below(names.functions, module_.function_count()) && are_below(names.tags, module_.tag_count()) &&
           are_below(names.locals, module_.function_count()) &&
           std::all_of(names.locals.begin(), names.locals.end(), [&](const auto& entry) {
             const auto& [function, locals] = entry;
             return function >= imported && !locals.empty() &&
                    are_below(locals, local_count(module_.functions[function - imported]));
           });
  }

  const Module& module_;
  Identifiers functions_, tags_;
  ExprPrinter exprs_;
  std::string out_;
};

}  // namespace

std::string print(const Module& module, const PrintOptions& options) { return ModulePrinter(module, options).print(); }

}  // namespace weft
