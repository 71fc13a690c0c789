// SPDX-License-Identifier: Apache-2.0
#include "tools/weft/export_test.h"

namespace weft::cli {

using runtimes::ExportedTest;
using runtimes::Form;

Result<ExportedTest> export_test(const conformance::SuiteTest& test, const std::string& text,
                                 const std::vector<Form>& forms, const KeepFile& keep) {
  const auto front = conformance::parse_front_matter(text);
  ExportedTest exported{test.name, front ? *front : conformance::FrontMatter{}, {}};
  for (const Form form : forms) {
    Result<runtimes::Lowering> lowering = runtimes::lower(test, text, form);
    if (!lowering && lowering.error().kind == ErrorKind::malformed) return lowering.error();
    if (lowering) {
      for (const auto& [name, contents] : lowering->files) {
        if (auto kept = keep(form, name, contents); !kept) return kept.error();
      }
      lowering->files.clear();
    }
    exported.forms.emplace_back(form, std::move(lowering));
  }
  return exported;
}

}  // namespace weft::cli
