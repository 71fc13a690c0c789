// SPDX-License-Identifier: Apache-2.0
//
// The commands of the program, each in the file of its name. They get what follows the command's name and return the
// exit code.
#pragma once

#include "tools/weft/command.h"

namespace weft::cli {

int run(const Arguments& arguments);
int bench(const Arguments& arguments);
int export_suite(const Arguments& arguments);
int serve(const Arguments& arguments);
int validate_module(const Arguments& arguments);
int dump(const Arguments& arguments);
int assemble(const Arguments& arguments);
int wast(const Arguments& arguments);
int test(const Arguments& arguments);
int report_command(const Arguments& arguments);
int mutate(const Arguments& arguments);
int model(const Arguments& arguments);
int litmus(const Arguments& arguments);
int list(const Arguments& arguments);
int doctor(const Arguments& arguments);

}  // namespace weft::cli
