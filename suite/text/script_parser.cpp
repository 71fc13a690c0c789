// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include <fmt/format.h>

#include "interp/instructions.h"
#include "interp/limits.h"
#include "interp/unsupported.h"
#include "suite/text/module_parser.h"
#include "suite/text/script.h"

namespace weft::script {
namespace {

using namespace text;

/// `(thread …)` and `(either …)` may contain themselves.
constexpr size_t kMaxScriptNesting = 100;

class ScriptParser {
 public:
  explicit ScriptParser(std::string_view source) : cursor_(source) {}

  Script parse() {
    Script script;
    if (cursor_.at(TokenKind::lpar) && cursor_.peek_next().kind == TokenKind::keyword &&
        is_module_field(cursor_.peek_next().text)) {
      const Cursor start = cursor_;
      const Position position = start.peek().position;
      ScriptModule module{position, std::nullopt, {}};
      try {
        module.source = ModuleParser(cursor_).parse(std::nullopt);
      } catch (SyntaxError& error) {
        if (error.kind == ErrorKind::malformed) throw;
        module.source = to_error(std::move(error));
        cursor_ = start;
        while (!cursor_.at(TokenKind::end)) cursor_.take();
      }
      script.commands.push_back({position, std::move(module)});
      if (!cursor_.at(TokenKind::end)) cursor_.unexpected("a module field");
      return script;
    }
    while (!cursor_.at(TokenKind::end)) script.commands.push_back(command());
    return script;
  }

 private:
  /// Counts how deep a recursive rule is.
  class Nesting {
   public:
    Nesting(size_t& depth, Position position) : depth_(depth) {
      if (++depth_ > kMaxScriptNesting)
        fail(position, fmt::format("nesting too deep: more than {} levels", kMaxScriptNesting));
    }
    ~Nesting() { --depth_; }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;

   private:
    size_t& depth_;
  };

  std::optional<std::string> optional_name() {
    const auto id = cursor_.accept_id();
    return id ? std::optional(id_name(*id)) : std::nullopt;
  }

  std::string strings() {
    std::string joined;
    while (cursor_.at(TokenKind::string)) joined += string_value(cursor_.take());
    return joined;
  }

  std::string message() { return string_value(cursor_.expect(TokenKind::string, "the expected message")); }

  /// What `parse` returns. If it is not supported or invalid, moves behind the parenthesis that closes the one at
  /// `start` and returns what `refused` makes of the error.
  template <class Parse, class Refused>
  auto unless_refused(const Cursor& start, Parse parse, Refused refused) -> decltype(parse()) {
    try {
      return parse();
    } catch (SyntaxError& error) {
      if (error.kind == ErrorKind::malformed) throw;
      cursor_ = start;
      cursor_.take();
      cursor_.skip_to_close();
      return refused(to_error(std::move(error)));
    }
  }

  Command command() {
    const Cursor start = cursor_;
    return unless_refused(
        start, [this] { return supported_command(); },
        [&](const Error& error) { return Command{start.peek().position, Unsupported{error.message}}; });
  }

  Command supported_command() {
    const Position position = cursor_.peek().position;
    Command command{position, Wait{}};
    if (cursor_.at_open("module")) {
      std::visit([&command](auto&& what) { command.what = std::move(what); }, module_command());
      return command;
    }
    if (cursor_.at_open("invoke") || cursor_.at_open("get")) {
      command.what = action();
      return command;
    }
    if (cursor_.accept_open("register")) {
      Register what;
      what.as = cursor_.expect_name("a name to register");
      what.module = optional_name();
      command.what = std::move(what);
    } else if (cursor_.accept_open("assert_return")) {
      AssertReturn what{action(), {}};
      while (!cursor_.at(TokenKind::rpar)) what.results.push_back(expected());
      command.what = std::move(what);
    } else if (cursor_.accept_open("assert_trap")) {
      AssertTrap what;
      if (cursor_.at_open("module")) {
        std::visit([&what](auto&& subject) { what.subject = std::move(subject); }, new_instance());
      } else {
        what.subject = action();
      }
      what.message = message();
      command.what = std::move(what);
    } else if (cursor_.accept_open("assert_exception")) {
      command.what = AssertException{action()};
    } else if (cursor_.accept_open("assert_exhaustion")) {
      Action subject = action();
      command.what = AssertExhaustion{std::move(subject), message()};
    } else if (cursor_.accept_open("assert_malformed")) {
      command.what = module_assertion<AssertMalformed>();
    } else if (cursor_.accept_open("assert_invalid")) {
      command.what = module_assertion<AssertInvalid>();
    } else if (cursor_.accept_open("assert_unlinkable")) {
      auto subject = new_instance();
      command.what = AssertUnlinkable{std::move(subject), message()};
    } else if (cursor_.accept_open("assert_malformed_custom")) {
      command.what = module_assertion<AssertMalformedCustom>();
    } else if (cursor_.accept_open("assert_invalid_custom")) {
      command.what = module_assertion<AssertInvalidCustom>();
    } else if (cursor_.accept_open("thread")) {
      command.what = thread(position);
    } else if (cursor_.accept_open("wait")) {
      command.what = Wait{optional_name()};
    } else {
      if (!cursor_.at(TokenKind::lpar)) cursor_.unexpected("a command");
      Cursor::unexpected(cursor_.peek_next(), "a command");
    }
    cursor_.expect_close();
    return command;
  }

  /// Of a module that nobody instantiates, so that it may be written as a definition.
  template <class Assertion>
  Assertion module_assertion() {
    const Token keyword = cursor_.peek_next();
    auto subject = module_command();
    if (std::holds_alternative<ModuleInstance>(subject)) Cursor::unexpected(keyword, "a module, no instance");
    auto* definition = std::get_if<ModuleDefinition>(&subject);
    ScriptModule& module = definition != nullptr ? definition->module : std::get<ScriptModule>(subject);
    return Assertion{std::move(module), message()};
  }

  std::variant<ScriptModule, ModuleInstance> new_instance() {
    const Token keyword = cursor_.peek_next();
    auto subject = module_command();
    if (std::holds_alternative<ModuleDefinition>(subject)) Cursor::unexpected(keyword, "a module, no definition");
    if (auto* instance = std::get_if<ModuleInstance>(&subject)) return std::move(*instance);
    return std::get<ScriptModule>(std::move(subject));
  }

  Thread thread(Position position) {
    const Nesting nesting(depth_, position);
    Thread thread;
    thread.name = optional_name();
    while (cursor_.accept_open("shared")) {
      cursor_.expect_open("module");
      thread.shared.push_back(id_name(cursor_.expect(TokenKind::id, "the name of a module")));
      cursor_.expect_close();
      cursor_.expect_close();
    }
    while (!cursor_.at(TokenKind::rpar)) thread.commands.push_back(command());
    return thread;
  }

  std::variant<ScriptModule, ModuleDefinition, ModuleInstance> module_command() {
    const Cursor start = cursor_;
    cursor_.expect_open("module");
    if (cursor_.accept_keyword("instance")) {
      ModuleInstance instance;
      instance.module = optional_name();
      if (cursor_.at(TokenKind::id)) instance.name = std::exchange(instance.module, optional_name());
      cursor_.expect_close();
      return instance;
    }
    const bool is_definition = cursor_.accept_keyword("definition");
    const auto id = module_id(cursor_);
    ScriptModule module{start.peek().position, id ? std::optional(id_name(*id)) : std::nullopt, {}};
    module.source =
        unless_refused(start, [&] { return source(id); }, [](Error error) { return Source(std::move(error)); });
    if (is_definition) return ModuleDefinition{std::move(module)};
    return module;
  }

  using Source = decltype(ScriptModule::source);

  /// A module behind its identifier.
  Source source(const std::optional<Token>& id) {
    Source source;
    if (cursor_.accept_keyword("binary")) {
      const std::string bytes = strings();
      source = BinarySource{{bytes.begin(), bytes.end()}};
    } else if (cursor_.accept_keyword("quote")) {
      source = QuotedSource{strings()};
    } else {
      source = ModuleParser(cursor_).parse(id);
    }
    cursor_.expect_close("a module field or ')'");
    return source;
  }

  Action action() {
    Action action{cursor_.peek().position, {}};
    if (cursor_.accept_open("invoke")) {
      Invoke invoke;
      invoke.module = optional_name();
      invoke.name = cursor_.expect_name("the name of a function");
      while (!cursor_.at(TokenKind::rpar)) invoke.arguments.push_back(argument());
      action.what = std::move(invoke);
    } else if (cursor_.accept_open("get")) {
      Get get;
      get.module = optional_name();
      get.name = cursor_.expect_name("the name of a global");
      action.what = std::move(get);
    } else {
      if (!cursor_.at(TokenKind::lpar)) cursor_.unexpected("an action");
      Cursor::unexpected(cursor_.peek_next(), "'invoke' or 'get'");
    }
    cursor_.expect_close();
    return action;
  }

  Constant argument() {
    const Position position = cursor_.peek().position;
    const Expected value = expected();
    bool is_constant = value.kind == Expected::Kind::value;
    for (const FloatPattern pattern : value.patterns) is_constant &= pattern == FloatPattern::exact;
    if (!is_constant) fail(position, "unexpected token: this pattern is a result, not an argument");
    return value.value;
  }

  Expected expected() {
    const Position position = cursor_.peek().position;
    cursor_.expect(TokenKind::lpar, "a constant or ')'");
    Expected result;
    if (cursor_.accept_keyword("either")) {
      const Nesting nesting(depth_, position);
      result.kind = Expected::Kind::either;
      do {
        result.alternatives.push_back(expected());
      } while (!cursor_.at(TokenKind::rpar));
    } else if (cursor_.accept_keyword("ref.extern")) {
      result.value.type = ValType::externref;
      if (cursor_.at(TokenKind::nat)) {
        result.value.lo = cursor_.expect_u32("a number");
      } else {
        result.kind = Expected::Kind::any_extern;
      }
    } else if (cursor_.accept_keyword("ref.exn")) {
      result.kind = Expected::Kind::any_exn;
    } else {
      for (const std::string_view word : {"ref", "ref.host", "ref.eq", "ref.i31", "ref.struct", "ref.array"}) {
        if (cursor_.at_keyword(word)) fail_unsupported(position, kGc);
      }
      const auto op = cursor_.at(TokenKind::keyword) ? find_instruction(cursor_.peek().text) : std::nullopt;
      if (!op || !constant(*op, result)) cursor_.unexpected("a constant");
    }
    cursor_.expect_close();
    return result;
  }

  /// The operand of a constant instruction; which one it is follows from the kind of its immediate.
  bool constant(Op op, Expected& result) {
    Constant& value = result.value;
    const auto number = [&](ValType type) { value.type = type, cursor_.take(); };
    const auto float_number = [&](ValType type, unsigned bits) {
      number(type);
      result.float_lanes = 1;
      std::tie(value.lo, result.patterns[0]) = float_pattern(cursor_, bits);
    };
    switch (info(op).immediate) {
      case Immediate::i32: number(ValType::i32), value.lo = int_constant(cursor_, 32); return true;
      case Immediate::i64: number(ValType::i64), value.lo = int_constant(cursor_, 64); return true;
      case Immediate::f32: float_number(ValType::f32, 32); return true;
      case Immediate::f64: float_number(ValType::f64, 64); return true;
      case Immediate::v128: {
        number(ValType::v128);
        const VectorConstant vector = vector_constant(cursor_, true);
        value.lo = vector.lo;
        value.hi = vector.hi;
        result.float_lanes = vector.is_float ? vector.lanes : 0;
        result.patterns = vector.patterns;
        return true;
      }
      case Immediate::reftype:
        number(ValType::funcref);
        value.is_null = true;
        if (cursor_.at(TokenKind::rpar)) {
          result.kind = Expected::Kind::any_null;
        } else {
          value.type = ModuleParser(cursor_).heap_type();
        }
        return true;
      default: break;
    }
    if (op != Op::ref_func) return false;
    number(ValType::funcref);
    result.kind = Expected::Kind::any_func;
    return true;
  }

  Cursor cursor_;
  size_t depth_ = 0;
};

}  // namespace

size_t count_commands(const std::vector<Command>& commands) {
  size_t count = commands.size();
  for (const Command& command : commands) {
    if (const auto* thread = std::get_if<Thread>(&command.what)) count += count_commands(thread->commands);
  }
  return count;
}

Result<Script> parse_script(std::string_view source) {
  try {
    require_utf8(source);
    return ScriptParser(source).parse();
  } catch (SyntaxError& error) {
    return to_error(std::move(error));
  }
}

}  // namespace weft::script
