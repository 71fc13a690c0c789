// SPDX-License-Identifier: Apache-2.0
//
// The last thread throws. In Emscripten's default mode no catch is compiled, and __cxa_throw is a host function: a
// runtime has to end the program there, say why, and with the status of a program that aborts; it must not go on behind
// the throw or leave anybody waiting.
#include <exception>
#include <stdexcept>

#include "kernel.hpp"

int main(int argc, char** argv) {
  const kernel_args args = kernel_parse(argc, argv, 1);
  std::set_terminate([] { _Exit(134); });  // natively: what a shell reports for SIGABRT
  printf("thrown by the last of %d\n", args.threads);
  fflush(stdout);
  kernel_threads(args.threads, [&args](int id) {
    if (id == args.threads - 1) throw std::runtime_error("nobody catches");
  });
  printf("not thrown\n");
  return 1;
}
