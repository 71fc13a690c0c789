// SPDX-License-Identifier: Apache-2.0
#include "interp/host/program.h"

#include "interp/host/program_host.h"
#include "interp/host/thread_group.h"
#include "interp/host/wasi.h"

namespace weft {

std::string_view to_string(ProgramResult::Kind kind) {
  switch (kind) {
    case ProgramResult::Kind::exited: return "exited";
    case ProgramResult::Kind::returned: return "returned";
    case ProgramResult::Kind::trapped: return "trapped";
    case ProgramResult::Kind::exhausted: return "exhausted";
    case ProgramResult::Kind::deadlocked: return "deadlocked";
    case ProgramResult::Kind::unlinkable: return "unlinkable";
    case ProgramResult::Kind::usage: return "usage";
    case ProgramResult::Kind::timed_out: return "timed_out";
    case ProgramResult::Kind::interrupted: return "interrupted";
    case ProgramResult::Kind::failed: return "failed";
  }
  return "?";
}

int exit_code(const ProgramResult& result) {
  switch (result.kind) {
    case ProgramResult::Kind::exited: return static_cast<int>(result.status & 0xff);
    case ProgramResult::Kind::returned: return 0;
    case ProgramResult::Kind::trapped:
    case ProgramResult::Kind::exhausted: return 134;
    case ProgramResult::Kind::deadlocked: return 134;
    case ProgramResult::Kind::unlinkable: return 1;
    case ProgramResult::Kind::usage: return 2;
    case ProgramResult::Kind::timed_out: return 124;
    case ProgramResult::Kind::interrupted: return 130;
    case ProgramResult::Kind::failed: return 3;
  }
  return 3;
}

Program::Program(std::shared_ptr<const CompiledModule> module, ProgramOptions options)
    : module_(std::move(module)),
      options_(std::move(options)),
      wasi_(std::make_unique<Wasi>(WasiOptions{options_.args, options_.env, options_.streams, options_.directories})),
      threads_(std::make_unique<ThreadGroup>(options_)),
      host_(make_host({module_, options_, *threads_, *wasi_})) {}

Program::~Program() = default;

ProgramResult Program::run() {
  if (auto error = wasi_->preopen()) return {.kind = ProgramResult::Kind::failed, .error = *std::move(error)};
  if (auto failed = host_->prepare()) return *failed;
  return threads_->run([this](GuestThread& thread) { host_->lead_main(thread); });
}

void Program::request_stop() noexcept { threads_->request_stop(); }

}  // namespace weft
