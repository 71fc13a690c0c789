// SPDX-License-Identifier: Apache-2.0
//
// fuzz_seeds OUT FILE|DIR…: takes scripts (.wast) and modules (.wat) apart into seeds for the fuzz targets:
//   OUT/decode/*.wasm  every module, malformed ones too     OUT/text/*.wat     every module as text
//   OUT/execute/*.wasm those that compile                   OUT/script/*.wast  the commands, a few together
// and OUT/words.dict, the words of the text format from the instruction table.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "interp/instance.h"
#include "suite/text/encode.h"
#include "suite/text/lexer.h"
#include "suite/text/parse.h"
#include "suite/text/print.h"
#include "suite/text/script.h"

namespace {

using namespace weft;
namespace fs = std::filesystem;

constexpr size_t kMaxSeed = 4096;  // larger ones make the fuzzer slow and say little more

class Seeds {
 public:
  explicit Seeds(fs::path out) : out_(std::move(out)) {
    for (const char* target : {"decode", "execute", "text", "script"}) fs::create_directories(out_ / target);
  }

  void file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    const std::string source{std::istreambuf_iterator<char>(in), {}};
    texts(source);
    const auto script = script::parse_script(source);
    if (!script) {
      std::fprintf(stderr, "fuzz_seeds: %s\n", to_string(script.error(), path.string()).c_str());
      return;
    }
    commands(script->commands);
  }

  void dictionary() const {
    std::ofstream dict(out_ / "words.dict");
    for (const InstrInfo& row : kInstructions) dict << '"' << row.text << "\"\n";
    for (const char* word : {"(module",
                             "(func",
                             "(param",
                             "(result",
                             "(local",
                             "(memory",
                             "(table",
                             "(global",
                             "(elem",
                             "(data",
                             "(start",
                             "(type",
                             "(import",
                             "(export",
                             "(mut",
                             "(offset",
                             "(item",
                             "(then",
                             "(else",
                             "declare",
                             "shared",
                             "funcref",
                             "externref",
                             "offset=",
                             "align=",
                             "nan:0x",
                             "inf",
                             "0x",
                             "$x",
                             "(;",
                             ";)",
                             ";;",
                             "(@a",
                             "(@name",
                             "(@custom",
                             "(before",
                             "(after",
                             "(@metadata.code.branch_hint",
                             "\\\"",
                             "i32",
                             "i64",
                             "f32",
                             "f64",
                             "v128",
                             "i8x16",
                             "func",
                             "extern",
                             "binary",
                             "quote",
                             "(assert_return",
                             "(assert_trap",
                             "(assert_invalid",
                             "(assert_malformed",
                             "(assert_unlinkable",
                             "(assert_exhaustion",
                             "(invoke",
                             "(get",
                             "(register",
                             "(thread",
                             "(wait",
                             "(either",
                             "(shared",
                             "nan:canonical",
                             "nan:arithmetic",
                             "(ref.extern"}) {
      std::string escaped;
      for (const char c : std::string_view(word)) {
        if (c == '"' || c == '\\') escaped += '\\';
        escaped += c;
      }
      dict << '"' << escaped << "\"\n";
    }
  }

  size_t count() const { return count_; }

 private:
  void put(const char* target, const char* extension, std::string_view contents) {
    if (contents.empty() || contents.size() > kMaxSeed) return;
    const auto name = fmt::format("{:016x}.{}", std::hash<std::string_view>()(contents), extension);
    std::ofstream(out_ / target / name, std::ios::binary) << contents;
    ++count_;
  }

  /// Each module's source, and the commands. A file with a token that is none ends there.
  void texts(std::string_view source) try {
    text::Lexer lexer(source);
    std::vector<std::pair<const char*, bool>> open;  // where, and whether `(module`
    std::string group;
    for (text::Token token = lexer.next(); token.kind != text::TokenKind::end; token = lexer.next()) {
      if (token.kind == text::TokenKind::lpar) open.emplace_back(token.text.data(), false);
      if (token.text == "module" && !open.empty() && token.text.data() == open.back().first + 1)
        open.back().second = true;
      if (token.kind != text::TokenKind::rpar || open.empty()) continue;
      const auto [start, is_module] = open.back();
      open.pop_back();
      const std::string_view form(start, static_cast<size_t>(token.text.data() + 1 - start));
      if (is_module) put("text", "wat", form);
      if (!open.empty()) continue;
      group += form;
      group += '\n';
      constexpr size_t kGroup = 2000;
      if (group.size() > kGroup) put("script", "wast", std::exchange(group, {}));
    }
    put("script", "wast", group);
  } catch (const text::SyntaxError&) {
  }

  void commands(const std::vector<script::Command>& all) {
    for (const script::Command& command : all) {
      std::visit([this](const auto& what) { modules(what); }, command.what);
    }
  }

  template <class What>
  void modules(const What& what) {
    if constexpr (std::is_same_v<What, script::ScriptModule>) {
      module(what);
    } else if constexpr (std::is_same_v<What, script::Thread>) {
      commands(what.commands);
    } else if constexpr (requires { what.module.source; }) {
      module(what.module);
    } else if constexpr (requires { what.subject; }) {
      if (const auto* subject = std::get_if<script::ScriptModule>(&what.subject)) module(*subject);
    }
  }

  void module(const script::ScriptModule& module) {
    if (const auto* binary = std::get_if<script::BinarySource>(&module.source)) return bytes(binary->bytes);
    if (const auto* quoted = std::get_if<script::QuotedSource>(&module.source)) return put("text", "wat", quoted->text);
    if (const auto* parsed = std::get_if<Module>(&module.source)) bytes(encode(*parsed, {.names = true}));
  }

  void bytes(const std::vector<uint8_t>& bytes) {
    const std::string_view contents(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    put("decode", "wasm", contents);
    if (CompiledModule::compile(bytes)) put("execute", "wasm", contents);
  }

  fs::path out_;
  size_t count_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return std::fprintf(stderr, "usage: fuzz_seeds OUT FILE|DIR…\n"), 2;
  Seeds seeds(argv[1]);
  seeds.dictionary();
  for (int i = 2; i < argc; ++i) {
    if (!fs::is_directory(argv[i])) {
      seeds.file(argv[i]);
      continue;
    }
    const auto options = fs::directory_options::follow_directory_symlink;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(argv[i], options)) {
      if (entry.path().extension() == ".wast" || entry.path().extension() == ".wat") seeds.file(entry.path());
    }
  }
  std::printf("fuzz_seeds: %zu seeds in %s\n", seeds.count(), argv[1]);
  return 0;
}
