// SPDX-License-Identifier: Apache-2.0
//
// Reports in files, for the commands that read and write them.
#pragma once

#include <string>

#include "suite/report/report.h"

namespace weft::cli {

/// Error: host, with the file.
Result<std::string> read_text(const std::string& path);
/// Errors: host, when the file cannot be read; malformed, when it is no report. Both say which file.
Result<report::Report> read_report(const std::string& path);
/// Error: host, with the file.
Result<Ok> write_text(const std::string& path, const std::string& text);

}  // namespace weft::cli
