// SPDX-License-Identifier: Apache-2.0
//
// plant ROOT FAULTS PLANTED TABLE SOURCE…: copies the sources (paths below ROOT) to the folder PLANTED with every fault
// of the folder FAULTS in them, each behind its switch, and writes TABLE, the C++ source of faults(). A fault is a text
// file:
//
//   title: what is wrong, in a sentence
//   like: the real bugs of this shape
//   concurrent: yes                      if it takes two threads to see
//   rows: *.atomic.rmw*.@(add|sub)*      for a family: the texts of the instructions it is for, as a pattern of fnmatch
//   file: interp/handlers_atomic.h       then its edits, one or more:
//   row: op                              in a family: the C++ expression, of type Op, that is the instruction there
//   old:
//   lines as they stand in the file, «the part to change» marked; without marks all of it
//   new:
//   what stands there instead when the fault is on, or nothing
//
// A part that ends with ; or } is statements and becomes if (on(…)) { new } else { old }; any other is an expression
// and becomes (on(…) ? (new) : (old)). Several faults may change the same part, but not overlapping ones. Old lines
// that are not in the file exactly once are an error: whoever changes the interpreter sees at once which faults go with
// it.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

namespace fs = std::filesystem;

struct Edit {
  std::string file, row, before, part, after, replacement;  // before + part + after are the old lines
};
struct Fault {
  std::string id, title, like, rows;
  bool concurrent = false;
  std::vector<Edit> edits;
};

[[noreturn]] void fail(std::string_view where, std::string_view why) {
  throw std::runtime_error(fmt::format("{}: {}", where, why));
}

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) fail(path.string(), "cannot be read");
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Leaves a file alone that says the same already, so that nothing is compiled again.
void write(const fs::path& path, const std::string& text) {
  if (fs::exists(path) && read(path) == text) return;
  fs::create_directories(path.parent_path());
  std::ofstream out(path, std::ios::binary);
  out << text;
  if (!out.flush()) fail(path.string(), "cannot be written");
}

std::string_view trim(std::string_view text) {
  const size_t first = text.find_first_not_of(" \n");
  return first == text.npos ? "" : text.substr(first, text.find_last_not_of(" \n") - first + 1);
}

void set_old(Edit& edit, std::string text, std::string_view where) {
  if (text.ends_with('\n')) text.pop_back();
  static constexpr std::string_view kOpen = "«", kClose = "»";
  const size_t open = text.find(kOpen), close = text.find(kClose);
  if ((open == text.npos) != (close == text.npos) || open > close) fail(where, "« and » do not belong together");
  if (open == text.npos) {
    edit.part = trim(text);
    edit.before = text.substr(0, text.find(edit.part));
    edit.after = text.substr(edit.before.size() + edit.part.size());
  } else {
    edit.before = text.substr(0, open);
    edit.part = text.substr(open + kOpen.size(), close - open - kOpen.size());
    edit.after = text.substr(close + kClose.size());
  }
  if (edit.part.empty()) fail(where, "old: there is nothing to change");
}

/// Reads one fault. Keys stand at the start of a line; old: and new: go on until the next one.
Fault parse(const std::string& id, const std::string& text) {
  Fault fault;
  fault.id = id;
  std::string* block = nullptr;
  std::string old_lines, new_lines;
  const auto end_edit = [&] {
    if (fault.edits.empty()) return;
    set_old(fault.edits.back(), std::exchange(old_lines, {}), id);
    fault.edits.back().replacement = trim(new_lines);
    new_lines.clear();
  };
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const std::string line = text.substr(at, end - at);
    at = end + 1;
    const size_t colon = line.find(':');
    const std::string key = line.substr(0, colon);
    const std::string value(colon == line.npos ? "" : trim(std::string_view(line).substr(colon + 1)));
    if (line.starts_with("old:") || line.starts_with("new:")) {
      if (fault.edits.empty()) fail(id, "old: or new: without file:");
      block = line.starts_with("old:") ? &old_lines : &new_lines;
    } else if (line.starts_with("file:")) {
      end_edit();
      fault.edits.emplace_back().file = value;
      block = nullptr;
    } else if (block != nullptr) {
      *block += line + "\n";
    } else if (key == "row" && !fault.edits.empty()) {
      fault.edits.back().row = value;
    } else if (key == "title") {
      fault.title = value;
    } else if (key == "like") {
      fault.like = value;
    } else if (key == "rows") {
      fault.rows = value;
    } else if (key == "concurrent" && value == "yes") {
      fault.concurrent = true;
    } else if (!line.empty()) {
      fail(id, fmt::format("no such line: {}", line));
    }
  }
  end_edit();
  if (fault.title.empty() || fault.like.empty()) fail(id, "wants title: and like:");
  if (fault.edits.empty()) fail(id, "changes nothing");
  for (const Edit& edit : fault.edits) {
    if (edit.row.empty() != fault.rows.empty()) fail(id, "a family has rows:, and row: in each of its edits");
  }
  return fault;
}

/// What a part becomes by one fault.
struct Alternative {
  size_t number = 0;  // of the fault
  std::string row, replacement;

  std::string condition() const { return fmt::format("::weft::fault::on({}{})", number, argument(row)); }
  static std::string argument(const std::string& row) { return row.empty() ? "" : ", " + row; }
};

/// A part of one source and what becomes of it, by the numbers of the faults.
struct Change {
  size_t begin = 0, end = 0;
  std::vector<Alternative> alternatives;

  /// One question where all is as it was: code with many faults is slow, and so is seldom where two threads meet.
  std::string unchanged() const {
    const Alternative &first = alternatives.front(), &last = alternatives.back();
    const bool one_row = std::all_of(alternatives.begin(), alternatives.end(),
                                     [&first](const Alternative& one) { return one.row == first.row; });
    return fmt::format("::weft::fault::none_of({}, {}{})", first.number, last.number,
                       one_row ? Alternative::argument(first.row) : "");
  }
};

std::string changed(const Change& change, std::string_view old) {
  const std::string_view text = trim(old);
  const bool statements = text.ends_with(';') || text.ends_with('}');
  std::string result = statements ? "" : "(";
  const auto add = [&](const std::string& condition, std::string_view replacement) {
    result += statements ? fmt::format("if ({}) {{ {} }} else ", condition, replacement)
                         : fmt::format("{} ? ({}) : ", condition, replacement);
  };
  if (change.alternatives.size() > 1) add(change.unchanged(), old);
  for (const Alternative& one : change.alternatives) add(one.condition(), one.replacement);
  return result + (statements ? fmt::format("{{ {} }}", old) : fmt::format("({}))", old));
}

std::string plant(const std::string& path, const std::string& source, const std::vector<Fault>& faults) {
  std::map<size_t, Change> changes;
  for (size_t number = 1; number <= faults.size(); ++number) {
    const Fault& fault = faults[number - 1];
    for (const Edit& edit : fault.edits) {
      if (edit.file != path) continue;
      const std::string lines = edit.before + edit.part + edit.after;
      const size_t found = source.find(lines);
      if (found == source.npos) fail(fault.id, fmt::format("its old lines are not in {}", path));
      if (source.find(lines, found + 1) != source.npos)
        fail(fault.id, fmt::format("its old lines are more than once in {}", path));
      const size_t begin = found + edit.before.size();
      Change& change = changes[begin];
      if (!change.alternatives.empty() && change.end != begin + edit.part.size())
        fail(fault.id, "changes a part of what another fault changes");
      change.begin = begin;
      change.end = begin + edit.part.size();
      change.alternatives.push_back({number, edit.row, edit.replacement});
    }
  }
  if (changes.empty()) return source;
  std::string result = "#include \"suite/faults/switch.h\"\n#line 1\n";
  size_t at = 0;
  for (const auto& [begin, change] : changes) {
    if (begin < at) fail(path, fmt::format("two faults change overlapping parts: {}", source.substr(begin, 60)));
    result += source.substr(at, begin - at) + changed(change, source.substr(begin, change.end - begin));
    at = change.end;
  }
  return result + source.substr(at);
}

std::string table(const std::vector<Fault>& faults) {
  std::string rows;
  for (const Fault& fault : faults)
    rows += fmt::format("    {{R\"({})\", R\"({})\", R\"({})\", R\"({})\", {}}},\n", fault.id, fault.title, fault.like,
                        fault.rows, fault.concurrent);
  return fmt::format(
      "// Written by suite/faults/plant.cpp.\n#include \"suite/faults/fault.h\"\n\nnamespace weft::fault {{\nnamespace "
      "{{\nconstexpr Fault kFaults[] = {{\n{}}};\n}}  // namespace\nstd::span<const Fault> faults() {{ return kFaults; "
      "}}\n}}  // namespace weft::fault\n",
      rows);
}

std::vector<Fault> read_faults(const fs::path& folder) {
  std::vector<Fault> faults;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".fault") continue;
    fs::path id = entry.path().lexically_relative(folder);
    faults.push_back(parse(id.replace_extension().string(), read(entry.path())));
  }
  std::sort(faults.begin(), faults.end(), [](const Fault& a, const Fault& b) { return a.id < b.id; });
  return faults;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc < 5) fail("usage", "plant ROOT FAULTS PLANTED TABLE SOURCE…");
  const fs::path root = argv[1], planted = argv[3];
  const std::vector<Fault> faults = read_faults(argv[2]);
  const std::vector<std::string> sources(argv + 5, argv + argc);
  for (const Fault& fault : faults) {
    for (const Edit& edit : fault.edits) {
      if (std::find(sources.begin(), sources.end(), edit.file) == sources.end())
        fail(fault.id, fmt::format("no faults are planted in {}", edit.file));
    }
  }
  for (const std::string& source : sources) write(planted / source, plant(source, read(root / source), faults));
  write(argv[4], table(faults));
  return 0;
} catch (const std::exception& error) {
  fmt::print(stderr, "plant: {}\n", error.what());
  return 1;
}
