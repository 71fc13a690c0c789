// SPDX-License-Identifier: Apache-2.0
//
// weft-serve, which is `weft serve`: a program of its own, so that no other command loads the HTTP library and what it
// needs, which takes longer than a small module does.
#include <fmt/format.h>
#include <httplib.h>
#include <semaphore.h>

#include <cerrno>
#include <csignal>
#include <exception>
#include <filesystem>
#include <map>
#include <system_error>
#include <thread>

#include "tools/weft/commands.h"
#include "tools/weft/export_test.h"
#include "tools/weft/interrupt.h"
#include "tools/weft/suite_folders.h"

namespace weft::cli {
namespace {

namespace fs = std::filesystem;
using runtimes::ExportedTest;
using runtimes::Form;

constexpr Help kHelp{
    .arguments = "",
    .summary = "Serves a page that runs the suite in the browser that opens it.",
    .examples =
        "  weft serve                                     then open http://127.0.0.1:8080/\n"
        "  weft serve --port 0                            on any port that is free; the address is printed\n"
        "  weft serve --suite spec/threads                the scripts of another folder\n",
    .details =
        "The page says what the browser lacks, runs all tests or some, shows the results, and gives them as the JSON "
        "of\n"
        "'weft test --runtime … --report json=FILE', for 'weft report'. Nothing is loaded from anywhere else.\n"
        "Browsers share memory between threads only on pages that are cross-origin isolated, which the server sees "
        "to,\n"
        "and that come from this machine or by https: with another --host, put a proxy that speaks https before it.\n"
        "Exit codes: 130 after Ctrl-C, 1 a script is malformed, 2 wrong usage, 3 a file cannot be read, or the port "
        "is\n"
        "taken.\n",
};

/// The suite as plans: what `weft export --form plan` writes.
struct Exported {
  std::string manifest;
  std::map<std::string, std::string> files;  ///< by their paths below the folder of the form
};

/// Errors: malformed, host, with the test.
Result<Exported> export_plans(const std::vector<conformance::SuiteTest>& tests) {
  Exported result;
  const KeepFile keep = [&result](Form, const std::string& name, const std::vector<uint8_t>& contents) -> Result<Ok> {
    result.files[name] = {contents.begin(), contents.end()};
    return Ok{};
  };
  std::vector<ExportedTest> exported;
  for (const conformance::SuiteTest& test : tests) {
    const auto text = test.text();
    if (!text) return text.error();
    auto one = export_test(test, *text, {Form::plan}, keep);
    if (!one && one.error().kind == ErrorKind::malformed) {
      Error error = one.error();
      error.where = fmt::format("{}:{}", test.path.string(), error.where);
      return error;
    }
    if (!one) return one.error();
    exported.push_back(std::move(*one));
  }
  result.manifest = runtimes::manifest(exported, WEFT_VERSION);
  return result;
}

void set_up(httplib::Server& server, const Exported& suite) {
  const fs::path suite_sources = fs::path(WEFT_SOURCES) / "suite", sources = suite_sources / "runtimes";
  // Cross-origin isolation, without which a page has no shared memory; and the tree may change while we serve it.
  server.set_default_headers({{"Cross-Origin-Opener-Policy", "same-origin"},
                              {"Cross-Origin-Embedder-Policy", "require-corp"},
                              {"Cache-Control", "no-cache"}});
  // A connection has a thread as long as it stays, and a browser keeps several.
  server.new_task_queue = [] { return new httplib::ThreadPool(32); };
  server.set_keep_alive_timeout(1);
  // A port belongs to one server: by default the library lets several have it.
  server.set_socket_options([](socket_t socket) {
    const int yes = 1;
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  });
  server.set_file_extension_and_mimetype_mapping("mjs", "text/javascript");
  server.set_mount_point("/js", (sources / "js").string());
  server.set_mount_point("/adapters", sources.string());
  server.set_mount_point("/report", (suite_sources / "report/page").string());
  server.set_mount_point("/", (sources / "page").string());
  server.Get("/manifest.json", [&suite](const httplib::Request&, httplib::Response& response) {
    response.set_content(suite.manifest, "application/json");
  });
  server.Get(R"(/plan/(.+))", [&suite](const httplib::Request& request, httplib::Response& response) {
    const auto found = suite.files.find(request.matches[1]);
    if (found == suite.files.end()) {
      response.status = 404;
      return;
    }
    const fs::path ending = fs::path(found->first).extension();
    response.set_content(found->second, ending == ".wasm"   ? "application/wasm"
                                        : ending == ".mjs"  ? "text/javascript"
                                        : ending == ".json" ? "application/json"
                                                            : "text/plain");
  });
}

/// Posted by Ctrl-C.
class Interruption {
 public:
  Interruption() { sem_init(&came_, 0, 0); }
  ~Interruption() { sem_destroy(&came_); }
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;
  void come() { sem_post(&came_); }
  void wait() {
    while (sem_wait(&came_) != 0) continue;
  }

 private:
  sem_t came_{};
};

int run_server(const Arguments& arguments) {
  CommandLine line("serve", kHelp);
  std::optional<std::string> host;
  std::optional<uint64_t> port;
  std::vector<std::string> folders;
  line.text("--host", host, "HOST", "the address to listen at [127.0.0.1]");
  line.number("--port", port, "0: any that is free [8080]");
  line.texts("--suite", folders, "DIR", "the scripts of this folder instead; may be given several times");
  if (const auto status = line.parse(arguments)) return *status;
  if (const auto status = line.expect_operands(0)) return *status;
  if (port.value_or(0) > 65535) return line.usage_error(fmt::format("--port: wants at most 65535, not {}", *port));
  const auto tests = find_tests(folders, true);
  if (!tests) {
    line.error(tests.error().message);
    return kEnvironment;
  }
  const auto suite = export_plans(*tests);
  if (!suite) {
    const bool malformed = suite.error().kind == ErrorKind::malformed;
    print_error("weft serve", malformed ? to_string(suite.error(), "") : suite.error().message);
    return malformed ? kUnexpected : kEnvironment;
  }

  const std::string address = host.value_or("127.0.0.1");
  int number = static_cast<int>(port.value_or(8080));
  httplib::Server server;
  set_up(server, *suite);
  errno = 0;
  const bool bound =
      number == 0 ? (number = server.bind_to_any_port(address)) > 0 : server.bind_to_port(address, number);
  if (!bound) {
    line.error(fmt::format("{}:{}: {}", address, port.value_or(8080),
                           errno == 0 ? "no such address" : std::generic_category().message(errno)));
    return kEnvironment;
  }
  Interruption interruption;
  const OnInterrupt on_interrupt([&interruption] { interruption.come(); });
  std::thread listener([&server] { server.listen_after_bind(); });
  fmt::print("http://{}:{}/\n", address, number);
  std::fflush(stdout);
  interruption.wait();
  server.stop();
  listener.join();
  line.error("interrupted");
  return kInterrupted;
}

}  // namespace
}  // namespace weft::cli

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a browser that goes away ends a connection only
  try {
    return weft::cli::run_server(weft::cli::Arguments(argv + 1, argv + argc));
  } catch (const std::exception& error) {
    weft::cli::print_error("weft serve", error.what());
    return weft::cli::kEnvironment;
  }
}
