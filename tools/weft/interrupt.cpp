// SPDX-License-Identifier: Apache-2.0
#include "tools/weft/interrupt.h"

#include <csignal>
#include <utility>

namespace weft::cli {
namespace {

// Written while the handler is not installed.
std::function<void()>& pending_request() {
  static std::function<void()> request;
  return request;
}

void handle(int) { pending_request()(); }

}  // namespace

OnInterrupt::OnInterrupt(std::function<void()> request) {
  pending_request() = std::move(request);
  struct sigaction action{};
  action.sa_handler = handle;
  action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
  sigaction(SIGINT, &action, nullptr);
}

OnInterrupt::~OnInterrupt() {
  std::signal(SIGINT, SIG_DFL);
  pending_request() = nullptr;
}

}  // namespace weft::cli
