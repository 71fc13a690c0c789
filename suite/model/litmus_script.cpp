// SPDX-License-Identifier: Apache-2.0
#include "suite/model/litmus_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "suite/conformance/front_matter.h"
#include "suite/model/thread_code.h"
#include "suite/script/context.h"
#include "suite/text/script.h"

namespace weft::model {
namespace {

using script::Command;
using script::Position;
using script::ScriptModule;

/// Reads the commands one after the other; the first that does not belong into a litmus test ends it.
class Reader {
 public:
  explicit Reader(conformance::FrontMatter front) : front_(std::move(front)) {}

  Result<StatedLitmus> read(const script::Script& script) {
    Litmus& litmus = test_.litmus;
    litmus.name = front_.litmus, litmus.grow_may_fail = front_.grow_may_fail;
    for (const Command& command : script.commands) {
      at_ = command.position;
      std::visit([this](const auto& what) { execute(what); }, command.what);
      if (failed_) return *failed_;
    }
    at_.reset();
    if (litmus.threads.empty()) return fail("no thread"), *failed_;
    add_after();
    add_registers();
    state();
    if (failed_) return *failed_;
    return std::move(test_);
  }

 private:
  void fail(std::string message) {
    if (!failed_) failed_ = Error{ErrorKind::malformed, std::move(message), at_ ? to_string(*at_) : ""};
  }

  std::shared_ptr<const CompiledModule> compile(const ScriptModule& module) {
    auto compiled = script::Context::compile(module);
    if (compiled) return *compiled;
    if (!failed_) failed_ = compiled.error();
    return nullptr;
  }

  /// The first module is the memory; the main thread's others have "pre", "post" and "outcome".
  void execute(const ScriptModule& module) {
    auto compiled = compile(module);
    if (compiled == nullptr) return;
    if (!has_memory_) return take_memory(std::move(compiled));
    latest_ = std::move(compiled);
    if (module.name) modules_[*module.name] = latest_;
  }

  void take_memory(std::shared_ptr<const CompiledModule> module) {
    const std::vector<MemoryType>& memories = module->module().memories;
    if (memories.size() != 1 || !memories[0].shared) return fail("the first module is not that of the shared memory");
    test_.litmus.memory = memories[0];
    script::Context context({});
    const auto instance = context.instantiate(std::move(module));
    if (!instance) {
      failed_ = instance.error();
      return;
    }
    for (const auto& [name, value] : instance->exports) {
      if (const auto* memory = std::get_if<std::shared_ptr<Memory>>(&value)) {
        std::vector<uint8_t>& image = test_.litmus.image;
        image.resize((*memory)->size());
        (*memory)->read(0, image);
      }
    }
    has_memory_ = true;
  }

  void execute(const script::Register&) {}

  void execute(const script::Action& action) {
    const auto* invoke = std::get_if<script::Invoke>(&action.what);
    if (invoke == nullptr || invoke->name != "pre" || !test_.litmus.threads.empty() || test_.litmus.before)
      return fail("the main thread invokes \"pre\", once and before the threads, and nothing else");
    if (auto module = find(invoke->module)) test_.litmus.before = code(std::move(module), "pre");
  }

  void execute(const script::Thread& thread) {
    std::shared_ptr<const CompiledModule> module;
    for (const Command& command : thread.commands) {
      at_ = command.position;
      if (const auto* source = std::get_if<ScriptModule>(&command.what)) {
        if (module != nullptr) return fail("a thread has one module");
        module = compile(*source);
      } else if (const auto* action = std::get_if<script::Action>(&command.what)) {
        const auto* invoke = std::get_if<script::Invoke>(&action->what);
        if (invoke == nullptr || invoke->name != "run") return fail("a thread invokes \"run\" and nothing else");
      } else if (!std::holds_alternative<script::Register>(command.what)) {
        return fail("a thread registers the memory, has a module and invokes \"run\"");
      }
    }
    if (module == nullptr) return fail("a thread without a module");
    auto changed = CompiledModule::compile(with_segments_in(module->module(), "thread"));
    if (!changed) return void(failed_ = changed.error());
    test_.litmus.threads.push_back(code(std::move(*changed), "thread"));
  }

  void execute(const script::Wait&) {}

  void execute(const script::AssertReturn& assertion) {
    const auto* invoke = std::get_if<script::Invoke>(&assertion.action.what);
    if (invoke == nullptr || invoke->name != "outcome" || assertion.results.size() != 1 || !stated_.empty())
      return fail("the one assertion is of what \"outcome\" returns");
    const script::Expected& result = assertion.results[0];
    stated_ = result.kind == script::Expected::Kind::either ? result.alternatives : std::vector{result};
    outcome_ = find(invoke->module);
  }

  template <class Other>
  void execute(const Other&) {
    fail("no command of a litmus test");
  }

  std::shared_ptr<const CompiledModule> find(const std::optional<std::string>& name) {
    const auto found = name ? modules_.find(*name) : modules_.end();
    auto module = found != modules_.end() ? found->second : name ? nullptr : latest_;
    if (module == nullptr) fail("no such module");
    return module;
  }

  Code code(std::shared_ptr<const CompiledModule> module, std::string function) {
    add_constants(module->module(), function, test_.litmus.constants);
    return {.module = std::move(module), .function = std::move(function), .registers = {}};
  }

  void add_after() {
    const auto module = outcome_ != nullptr ? outcome_ : latest_;
    if (module == nullptr) return;
    const auto& exports = module->module().exports;
    const auto is_post = [](const Export& one) { return one.name == "post" && one.kind == ExternKind::func; };
    if (std::any_of(exports.begin(), exports.end(), is_post)) test_.litmus.after = code(module, "post");
  }

  /// "0:r0", "1:r1?" or "M:x/8" of the front matter.
  void add_registers() {
    for (const std::string& item : front_.outcome) {
      const size_t slash = item.find('/');
      Register one{.name = item.substr(0, slash)};
      one.may_be_unassigned = one.name.ends_with('?');
      if (one.may_be_unassigned) one.name.pop_back();
      const size_t count = slash == std::string::npos ? 1 : std::stoul(item.substr(slash + 1));
      digits_.push_back({one.name, count});
      const std::string owner = one.name.substr(0, one.name.find(':'));
      if (owner == "M") {
        if (!test_.litmus.after) return fail(fmt::format("{}: no module exports \"post\"", one.name));
        test_.litmus.after->registers.push_back(std::move(one));
      } else if (std::stoul(owner) < test_.litmus.threads.size()) {
        test_.litmus.threads[std::stoul(owner)].registers.push_back(std::move(one));
      } else {
        return fail(fmt::format("{}: no such thread", one.name));
      }
    }
  }

  void state() {
    if (stated_.empty() == front_.allowed.empty())
      return fail("the outcomes are stated by one assertion of \"outcome\", or else by 'allowed' in the front matter");
    Statement statement;
    statement.outcomes.insert(front_.allowed.begin(), front_.allowed.end());
    if (!stated_.empty()) {
      statement.digits = digits_;
      size_t digits = 0;
      for (const Digits& one : digits_) digits += one.count;
      if (digits > 32) return fail("more than 32 digits");
      for (const script::Expected& one : stated_) {
        const ValType type = one.value.type;
        if (one.kind != script::Expected::Kind::value || type != (digits > 16 ? ValType::v128 : ValType::i64))
          return fail(fmt::format("{} digits make {}", digits, digits > 16 ? "a v128" : "an i64"));
        const uint64_t all = ~uint64_t{0};
        if (one.value.lo == all && (type == ValType::i64 || one.value.hi == all) && may_be_dropped()) continue;
        const std::string number = fmt::format("{:016x}{:016x}", one.value.hi, one.value.lo);
        if (number.find_first_not_of('0') < number.size() - digits)
          return fail("a number of more digits than the registers have");
        statement.outcomes.insert("0x" + number.substr(number.size() - digits));
      }
    }
    test_.stated.wasm = std::move(statement);
  }

  /// Whether a thread may find an assumption false; "outcome" then returns -1, which is none.
  bool may_be_dropped() const {
    const auto& threads = test_.litmus.threads;
    return std::any_of(threads.begin(), threads.end(), [](const Code& code) {
      const auto& exports = code.module->module().exports;
      return std::any_of(exports.begin(), exports.end(), [](const Export& one) { return one.name == "dropped"; });
    });
  }

  conformance::FrontMatter front_;
  StatedLitmus test_;
  bool has_memory_ = false;
  std::shared_ptr<const CompiledModule> latest_, outcome_;
  std::map<std::string, std::shared_ptr<const CompiledModule>> modules_;
  std::vector<script::Expected> stated_;
  std::vector<Digits> digits_;
  std::optional<Position> at_;  // of the command
  std::optional<Error> failed_;
};

}  // namespace

Result<StatedLitmus> parse_litmus_script(std::string_view text) {
  auto front = conformance::parse_front_matter(text);
  if (!front) return front.error();
  if (front->litmus.empty())
    return Error{ErrorKind::malformed, "no litmus test: there is no 'litmus' in its front matter", {}};
  const auto script = script::parse_script(text);
  if (!script) return script.error();
  return Reader(std::move(*front)).read(*script);
}

}  // namespace weft::model
