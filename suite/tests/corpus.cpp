// SPDX-License-Identifier: Apache-2.0
#include "suite/tests/corpus.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "interp/decode.h"
#include "interp/validate.h"
#include "suite/text/lexer.h"
#include "suite/text/parse.h"
#include "suite/text/script.h"

namespace weft::testing {
namespace {

namespace fs = std::filesystem;
using script::Command;
using script::ScriptModule;

/// The expression that begins at the position; the whole source if that is no `(module`, but bare fields.
std::string_view expression_at(std::string_view source, text::Position position) {
  size_t begin = 0;
  for (uint32_t line = 1; line < position.line; ++line) begin = source.find('\n', begin) + 1;
  const std::string_view rest = source.substr(begin + position.column - 1);
  text::Lexer lexer(rest);
  size_t depth = 0;
  for (bool is_first = true;; is_first = false) {
    const text::Token token = lexer.next();
    if (token.kind == text::TokenKind::lpar) ++depth;
    if (token.kind == text::TokenKind::rpar) --depth;
    if (is_first && lexer.next().text != "module") return source;
    if (depth == 0) return rest.substr(0, static_cast<size_t>(token.text.data() - rest.data()) + 1);
  }
}

/// Collects the modules of one script.
class Collector {
 public:
  Collector(std::string name, std::string_view source, std::vector<CorpusModule>& out)
      : name_(std::move(name)), source_(source), out_(out) {}

  void add(const std::vector<Command>& commands) {
    for (const Command& command : commands) {
      std::visit([this](const auto& what) { collect(what); }, command.what);
    }
  }

 private:
  /// The modules of any kind of command.
  template <class T>
  void collect(const T& what) {
    if constexpr (std::is_same_v<T, ScriptModule>) {
      add(what);
    } else if constexpr (requires { what.subject; }) {
      if (const auto* module = std::get_if<ScriptModule>(&what.subject)) add(*module);
    } else if constexpr (requires { what.commands; }) {
      add(what.commands);
    } else if constexpr (requires { what.module; }) {
      collect(what.module);
    }
  }

  void add(const ScriptModule& module) {
    std::string text;
    Result<Module> parsed = Error{};
    if (const auto* ready = std::get_if<Module>(&module.source)) {
      parsed = *ready;
      text = expression_at(source_, module.position);
    } else if (const auto* binary = std::get_if<script::BinarySource>(&module.source)) {
      parsed = decode(binary->bytes);
    } else if (const auto* quoted = std::get_if<script::QuotedSource>(&module.source)) {
      text = quoted->text;
      parsed = parse_module(text);
    }
    if (!parsed) return;
    const bool is_valid = static_cast<bool>(validate(*parsed));
    out_.push_back({fmt::format("{}:{}", name_, module.position.line), std::move(*parsed), std::move(text), is_valid});
  }

  const std::string name_;
  const std::string_view source_;
  std::vector<CorpusModule>& out_;
};

void add_file(const fs::path& path, std::string name, std::vector<CorpusModule>& out) {
  std::ifstream in(path, std::ios::binary);
  const std::string source{std::istreambuf_iterator<char>(in), {}};
  if (path.extension() == ".wast") {
    const auto script = script::parse_script(source);
    // Files for tests of the command line are wrong on purpose.
    if (script) Collector(std::move(name), source, out).add(script->commands);
    return;
  }
  const bool is_binary = path.extension() == ".wasm";
  Result<Module> module = is_binary ? decode(std::vector<uint8_t>(source.begin(), source.end())) : parse_module(source);
  if (!module) return;
  const bool is_valid = static_cast<bool>(validate(*module));
  out.push_back({name + ":1", std::move(*module), is_binary ? "" : source, is_valid});
}

void add_folder(const fs::path& base, const fs::path& folder, std::vector<CorpusModule>& out) {
  std::vector<fs::path> files;
  const auto options = fs::directory_options::follow_directory_symlink;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder, options)) {
    const fs::path extension = entry.path().extension();
    if (extension == ".wast" || extension == ".wat" || extension == ".wasm") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) add_file(file, file.lexically_relative(base).string(), out);
}

}  // namespace

const std::vector<std::string>& corpus_groups() {
  static const std::vector<std::string> groups = {"own", "core-2.0", "threads"};
  return groups;
}

std::string corpus_group_of(const std::string& name) {
  const std::string folder = name.substr(0, name.find('/'));
  const auto& groups = corpus_groups();
  return std::find(groups.begin(), groups.end(), folder) == groups.end() ? "own" : folder;
}

std::string corpus_test_name(const ::testing::TestParamInfo<std::string>& group) {
  std::string name = group.param;
  std::erase_if(name, [](char c) { return c == '-' || c == '.'; });
  return name;
}

std::vector<CorpusModule> corpus(const std::string& group) {
  std::vector<CorpusModule> modules;
  if (group == "own") {
    const fs::path root = fs::path(__FILE__).parent_path().parent_path().parent_path();
    for (const char* folder : {"wast", "suite", "kernels", "tools"}) add_folder(root, root / folder, modules);
    if (fs::is_directory(WEFT_BUILT_KERNELS)) add_folder(WEFT_BUILT_KERNELS, WEFT_BUILT_KERNELS, modules);
    return modules;
  }
  const char* variable = std::getenv("WEFT_SPEC_TESTS");
  const fs::path folder = variable != nullptr && *variable != '\0' ? variable : WEFT_SPEC_TESTS;
  if (!folder.empty() && fs::is_directory(folder / group)) add_folder(folder, folder / group, modules);
  return modules;
}

}  // namespace weft::testing
