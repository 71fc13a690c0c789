// SPDX-License-Identifier: Apache-2.0
//
// WASI's functions of descriptors, on files and directories.
#include <set>
#include <thread>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "interp/tests/host_modules.h"
#include "interp/tests/wasi_guest.h"

namespace weft {
namespace {

using namespace weft::testing;

constexpr uint32_t kOut = WasiGuest::kOut, kBuffer = WasiGuest::kBuffer, kEnd = 2 * 65536;
constexpr uint64_t kBoth = WasiGuest::kRead | WasiGuest::kWrite;
constexpr uint32_t kCreat = 1, kDirectory = 2, kExcl = 4;
constexpr uint32_t kSet = 0, kCur = 1, kFromEnd = 2;

struct WasiFiles : ::testing::Test {
  Folder folder;
  TestWasi wasi{{{folder.box, "/data"}, {folder.box, "again"}}};
  WasiGuest guest{wasi};
  /// A file to read and write.
  uint32_t scratch() { return guest.opened("scratch", {.oflags = kCreat, .rights = kBoth}); }
};

TEST_F(WasiFiles, PreopenedDirectoriesHaveNames) {
  EXPECT_EQ(guest.call("fd_prestat_get", {3, kOut}), Errno::success);
  EXPECT_EQ(guest.load<uint32_t>(), 0u) << "a directory";
  EXPECT_EQ(guest.load<uint32_t>(kOut + 4), 5u);
  EXPECT_EQ(guest.call("fd_prestat_dir_name", {3, kBuffer, 5}), Errno::success);
  EXPECT_EQ(guest.bytes(kBuffer, 6), std::string("/data\0", 6));
  EXPECT_EQ(guest.call("fd_prestat_dir_name", {4, kBuffer, 9}), Errno::success);
  EXPECT_EQ(guest.bytes(kBuffer, 5), "again");
  EXPECT_EQ(guest.call("fd_prestat_dir_name", {3, kBuffer, 4}), Errno::nametoolong);
  EXPECT_EQ(guest.call("fd_prestat_dir_name", {3, kEnd - 4, 5}), Errno::fault);
  EXPECT_EQ(guest.call("fd_prestat_get", {3, kEnd - 7}), Errno::fault);
  EXPECT_EQ(guest.call("fd_prestat_get", {5, kOut}), Errno::badf);
  const uint32_t file = scratch();
  EXPECT_EQ(guest.call("fd_prestat_get", {file, kOut}), Errno::badf);
  EXPECT_EQ(guest.call("fd_prestat_dir_name", {file, kBuffer, 5}), Errno::badf);
}

TEST_F(WasiFiles, ReadWriteSeekTell) {
  const uint32_t file = scratch();
  EXPECT_EQ(guest.write(file, "0123456789"), Errno::success);
  EXPECT_EQ(guest.load<uint32_t>(), 10u);
  EXPECT_EQ(read_file(folder.box / "scratch"), "0123456789");
  EXPECT_EQ(guest.read(file), "") << "the end";
  EXPECT_EQ(guest.call("fd_seek", {file, 2, kSet, kOut}), Errno::success);
  EXPECT_EQ(guest.read(file, 3), "234");
  EXPECT_EQ(guest.call("fd_tell", {file, kOut}), Errno::success);
  EXPECT_EQ(guest.load<uint64_t>(), 5u);
  EXPECT_EQ(guest.call("fd_seek", {file, uint64_t(-1), kCur, kOut}), Errno::success);
  EXPECT_EQ(guest.load<uint64_t>(), 4u);
  EXPECT_EQ(guest.call("fd_seek", {file, uint64_t(-3), kFromEnd, kOut}), Errno::success);
  EXPECT_EQ(guest.read(file), "789");
  EXPECT_EQ(guest.call("fd_seek", {file, uint64_t(-1), kSet, kOut}), Errno::inval);
  EXPECT_EQ(guest.call("fd_seek", {file, 0, 3, kOut}), Errno::inval);
  EXPECT_EQ(guest.call("fd_seek", {file, 0, kSet, kEnd - 7}), Errno::fault);
  EXPECT_EQ(guest.call("fd_tell", {file, kEnd - 7}), Errno::fault);
  EXPECT_EQ(guest.pread(file, 3, 4), "456");
  EXPECT_EQ(guest.pwrite(file, "ab", 8), Errno::success);
  EXPECT_EQ(guest.call("fd_tell", {file, kOut}), Errno::success);
  EXPECT_EQ(guest.load<uint64_t>(), 10u) << "not moved by what has an offset";
  EXPECT_EQ(read_file(folder.box / "scratch"), "01234567ab");
  EXPECT_EQ(guest.pwrite(file, "x", uint64_t(-1)), Errno::inval);
  EXPECT_EQ(guest.pread(file, 1, uint64_t(-1)), "errno 28");
}

TEST_F(WasiFiles, TheElderVersionCountsWhenceAndLinksOtherwise) {
  WasiGuest elder(wasi, "wasi_unstable");
  write_file(folder.box / "file", "0123456789");
  const uint32_t file = elder.opened("file");
  EXPECT_EQ(elder.call("fd_seek", {file, 3, 2, kOut}), Errno::success);
  EXPECT_EQ(elder.call("fd_seek", {file, 4, 0, kOut}), Errno::success);
  EXPECT_EQ(elder.load<uint64_t>(), 7u);
  EXPECT_EQ(elder.call("fd_filestat_get", {file, kEnd - 56}), Errno::success);
  EXPECT_EQ(elder.load<uint32_t>(kEnd - 36), 1u);
  EXPECT_EQ(elder.load<uint64_t>(kEnd - 32), 10u);
  EXPECT_EQ(elder.call("path_filestat_get", {3, 0, "file", kEnd - 56}), Errno::success);
}

TEST_F(WasiFiles, MoreThanOneChunk) {
  const uint32_t file = scratch();
  std::string page(65536, 'x');
  for (size_t i = 0; i < page.size(); ++i) page[i] = static_cast<char>('a' + i % 23);
  guest.store(kBuffer, page);
  const uint32_t list[] = {kBuffer, 65536, kBuffer, 65536, kBuffer, 1};
  guest.store(16, {reinterpret_cast<const char*>(list), sizeof list});
  EXPECT_EQ(guest.call("fd_write", {file, 16, 3, kOut}), Errno::success);
  EXPECT_EQ(guest.call("fd_pwrite", {file, 16, 3, 7, kOut}), Errno::success);
  EXPECT_EQ(guest.load<uint32_t>(), 131073u);
  EXPECT_EQ(read_file(folder.box / "scratch"), page.substr(0, 7) + page + page + "a");
}

TEST_F(WasiFiles, AccessIsWhatRightsSay) {
  write_file(folder.box / "file", "text");
  const uint32_t reader = guest.opened("file"), writer = guest.opened("file", {.rights = WasiGuest::kWrite});
  EXPECT_EQ(guest.write(reader, "x"), Errno::badf);
  EXPECT_EQ(guest.write(reader, ""), Errno::badf) << "even if there is nothing to write";
  EXPECT_EQ(guest.pwrite(reader, "x", 0), Errno::badf);
  EXPECT_EQ(guest.call("fd_allocate", {reader, 0, 1}), Errno::badf);
  EXPECT_EQ(guest.call("fd_filestat_set_size", {reader, 1}), Errno::badf);
  EXPECT_EQ(guest.read(writer), "errno 8");
  EXPECT_EQ(guest.pread(writer, 1, 0), "errno 8");
  EXPECT_EQ(guest.write(writer, "TE"), Errno::success);
  EXPECT_EQ(guest.read(reader), "TExt");
  EXPECT_EQ(guest.call("fd_fdstat_get", {reader, kOut}), Errno::success);
  EXPECT_EQ(guest.load<uint64_t>(kOut + 8) & (kBoth | 4), WasiGuest::kRead | 4);
  EXPECT_EQ(guest.call("fd_fdstat_get", {writer, kOut}), Errno::success);
  EXPECT_EQ(guest.load<uint64_t>(kOut + 8) & (kBoth | 4), WasiGuest::kWrite | 4);
  EXPECT_EQ(guest.load<uint8_t>(), 4u);
}

TEST_F(WasiFiles, ADirectoryIsNoFile) {
  EXPECT_EQ(guest.call("fd_fdstat_get", {3, kOut}), Errno::success);
  EXPECT_EQ(guest.load<uint8_t>(), 3u);
  EXPECT_EQ(guest.load<uint64_t>(kOut + 8), 0x7bffe19u) << "all of path_*, and fd_readdir";
  EXPECT_EQ(guest.load<uint64_t>(kOut + 16), 0xfffffffu) << "what the files in it may have";
  EXPECT_EQ(guest.read(3), "errno 8");
  EXPECT_EQ(guest.write(3, "x"), Errno::badf);
  EXPECT_EQ(guest.pread(3, 1, 0), "errno 8");
  EXPECT_EQ(guest.call("fd_seek", {3, 0, kSet, kOut}), Errno::badf);
  EXPECT_EQ(guest.call("fd_tell", {3, kOut}), Errno::badf);
  EXPECT_EQ(guest.call("fd_advise", {3, 0, 0, 0}), Errno::badf);
  EXPECT_EQ(guest.call("fd_allocate", {3, 0, 1}), Errno::badf);
  EXPECT_EQ(guest.call("fd_filestat_set_size", {3, 0}), Errno::badf);
  EXPECT_EQ(guest.call("fd_sync", {3}), Errno::success);
  EXPECT_EQ(guest.call("fd_datasync", {3}), Errno::success);
}

TEST_F(WasiFiles, FlagsOfADescriptor) {
  const uint32_t file = guest.opened("scratch", {.oflags = kCreat, .rights = kBoth, .fdflags = 4});
  EXPECT_EQ(guest.call("fd_fdstat_get", {file, kOut}), Errno::success);
  EXPECT_EQ(guest.load<uint16_t>(kOut + 2), 4u);
  EXPECT_EQ(guest.write(file, "0123"), Errno::success);
  EXPECT_EQ(guest.call("fd_seek", {file, 0, kSet, kOut}), Errno::success);
  EXPECT_EQ(guest.call("fd_fdstat_set_flags", {file, 1}), Errno::success);
  EXPECT_EQ(guest.write(file, "45"), Errno::success);
  EXPECT_EQ(guest.call("fd_fdstat_set_flags", {file, 0}), Errno::success);
  EXPECT_EQ(guest.call("fd_seek", {file, 0, kSet, kOut}), Errno::success);
  EXPECT_EQ(guest.write(file, "ab"), Errno::success);
  EXPECT_EQ(read_file(folder.box / "scratch"), "ab2345");
  EXPECT_EQ(guest.call("fd_fdstat_set_flags", {file, 16}), Errno::notsup);
  EXPECT_EQ(guest.call("fd_fdstat_set_flags", {file, 32}), Errno::inval);
  EXPECT_EQ(guest.call("fd_fdstat_set_flags", {9, 0}), Errno::badf);
}

TEST_F(WasiFiles, SizeAllocationAdvice) {
  const uint32_t file = scratch();
  EXPECT_EQ(guest.write(file, "0123456789"), Errno::success);
  EXPECT_EQ(guest.call("fd_filestat_set_size", {file, 4}), Errno::success);
  EXPECT_EQ(read_file(folder.box / "scratch"), "0123");
  EXPECT_EQ(guest.call("fd_filestat_set_size", {file, uint64_t(-1)}), Errno::inval);
  const Errno allocated = guest.call("fd_allocate", {file, 2, 4});
  if (allocated != Errno::notsup) {  // as some file systems say
    EXPECT_EQ(allocated, Errno::success);
    EXPECT_EQ(read_file(folder.box / "scratch"), std::string("0123\0\0", 6));
  }
  EXPECT_EQ(guest.call("fd_allocate", {file, uint64_t(-1), 4}), Errno::inval);
  EXPECT_EQ(guest.call("fd_allocate", {file, 0, 0}), Errno::inval);
  for (uint64_t advice = 0; advice < 6; ++advice)
    EXPECT_EQ(guest.call("fd_advise", {file, 0, 4, advice}), Errno::success) << advice;
  EXPECT_EQ(guest.call("fd_advise", {file, 0, 4, 6}), Errno::inval);
  EXPECT_EQ(guest.call("fd_advise", {file, uint64_t(-1), 4, 0}), Errno::inval);
  EXPECT_EQ(guest.call("fd_sync", {file}), Errno::success);
  EXPECT_EQ(guest.call("fd_datasync", {file}), Errno::success);
  EXPECT_EQ(guest.call("fd_sync", {99}), Errno::badf);
}

TEST_F(WasiFiles, StatusAndTimes) {
  const uint32_t file = scratch();
  EXPECT_EQ(guest.write(file, "0123"), Errno::success);
  EXPECT_EQ(guest.call("fd_filestat_set_times", {file, 1'500'000'001, 2'500'000'002, 1 | 4}), Errno::success);
  struct stat status{};
  ASSERT_EQ(::stat((folder.box / "scratch").c_str(), &status), 0);
  EXPECT_EQ(status.st_atim.tv_sec, 1);
  EXPECT_EQ(status.st_atim.tv_nsec, 500'000'001);
  const auto expect_status = [&](Errno error) {
    EXPECT_EQ(error, Errno::success);
    EXPECT_EQ(guest.load<uint64_t>(), status.st_dev);
    EXPECT_EQ(guest.load<uint64_t>(kOut + 8), status.st_ino);
    EXPECT_EQ(guest.load<uint8_t>(kOut + 16), 4u);
    EXPECT_EQ(guest.load<uint64_t>(kOut + 24), 1u);
    EXPECT_EQ(guest.load<uint64_t>(kOut + 32), 4u);
    EXPECT_EQ(guest.load<uint64_t>(kOut + 40), 1'500'000'001u);
    EXPECT_EQ(guest.load<uint64_t>(kOut + 48), 2'500'000'002u);
  };
  expect_status(guest.call("fd_filestat_get", {file, kOut}));
  expect_status(guest.call("path_filestat_get", {3, 0, "scratch", kOut}));
  EXPECT_EQ(guest.call("fd_filestat_get", {file, kEnd - 63}), Errno::fault);
  EXPECT_EQ(guest.call("path_filestat_get", {3, 0, "scratch", kEnd - 63}), Errno::fault);
  EXPECT_EQ(guest.call("path_filestat_get", {3, 0, "nothing", kOut}), Errno::noent);

  EXPECT_EQ(guest.call("path_filestat_set_times", {3, 0, "scratch", 7, 8, 4}), Errno::success);
  EXPECT_EQ(guest.call("fd_filestat_get", {file, kOut}), Errno::success);
  EXPECT_EQ(guest.load<uint64_t>(kOut + 40), 1'500'000'001u) << "not to be set";
  EXPECT_EQ(guest.load<uint64_t>(kOut + 48), 8u);
  EXPECT_EQ(guest.call("fd_filestat_set_times", {file, 0, 0, 2}), Errno::success);
  EXPECT_EQ(guest.call("fd_filestat_get", {file, kOut}), Errno::success);
  EXPECT_GT(guest.load<uint64_t>(kOut + 40), 1'600'000'000'000'000'000u) << "now";
  for (const int contradiction : {3, 12, 16}) {
    EXPECT_EQ(guest.call("fd_filestat_set_times", {file, 0, 0, contradiction}), Errno::inval);
    EXPECT_EQ(guest.call("path_filestat_set_times", {3, 0, "scratch", 0, 0, contradiction}), Errno::inval);
  }
}

/// The names that fd_readdir gives, asked with a buffer of this size again and again.
std::multiset<std::string> names(WasiGuest& guest, uint32_t directory, uint32_t size) {
  std::multiset<std::string> found;
  for (uint64_t cookie = 0, calls = 0; calls < 1000; ++calls) {
    EXPECT_EQ(guest.call("fd_readdir", {directory, kBuffer, size, cookie, kOut}), Errno::success);
    const auto used = guest.load<uint32_t>();
    uint32_t at = 0;
    while (at + 24 <= used) {
      const auto length = guest.load<uint32_t>(kBuffer + at + 16);
      if (at + 24 + length > used) break;
      found.insert(guest.bytes(kBuffer + at + 24, length));
      cookie = guest.load<uint64_t>(kBuffer + at);
      at += 24 + length;
    }
    if (used < size) return found;
  }
  ADD_FAILURE() << "no end";
  return found;
}

TEST_F(WasiFiles, DirectoriesAreReadInPieces) {
  std::multiset<std::string> all{".", ".."};
  for (int i = 0; i < 300; ++i) {
    const std::string name = "file" + std::to_string(i);
    write_file(folder.box / name, "");
    all.insert(name);
  }
  for (const uint32_t size : {32u, 33u, 200u, 4096u, 65536u}) EXPECT_EQ(names(guest, 3, size), all) << size;
  EXPECT_EQ(names(guest, 4, 100), all) << "once more, with a descriptor of its own";

  std::filesystem::create_directory(folder.box / "empty");
  const uint32_t empty = guest.opened("empty", {.oflags = kDirectory});
  EXPECT_EQ(names(guest, empty, 100), (std::multiset<std::string>{".", ".."}));
  write_file(folder.box / "empty/f", "");
  EXPECT_EQ(guest.call("fd_readdir", {empty, kBuffer, 1000, 0, kOut}), Errno::success);
  for (uint32_t at = kBuffer; at < kBuffer + guest.load<uint32_t>(); at += 24 + guest.load<uint32_t>(at + 16)) {
    const std::string name = guest.bytes(at + 24, guest.load<uint32_t>(at + 16));
    EXPECT_EQ(guest.load<uint8_t>(at + 20), name == "f" ? 4 : 3) << name;
    EXPECT_EQ(guest.load<uint64_t>(at + 8) == 0, name == "..") << name;
  }
  EXPECT_EQ(guest.call("fd_readdir", {scratch(), kBuffer, 100, 0, kOut}), Errno::notdir);
  EXPECT_EQ(guest.call("fd_readdir", {99, kBuffer, 100, 0, kOut}), Errno::badf);
  EXPECT_EQ(guest.call("fd_readdir", {3, kEnd - 99, 100, 0, kOut}), Errno::fault);
  EXPECT_EQ(guest.call("fd_readdir", {3, kBuffer, 100, uint64_t(-1), kOut}), Errno::inval);
}

TEST_F(WasiFiles, NumbersAreTheLowestThatAreFree) {
  write_file(folder.box / "a", "a"), write_file(folder.box / "b", "b");
  EXPECT_EQ(guest.opened("a"), 0u) << "there are no streams";
  EXPECT_EQ(guest.opened("a"), 1u);
  EXPECT_EQ(guest.opened("a"), 2u);
  EXPECT_EQ(guest.opened("b"), 5u) << "3 and 4 are the directories";
  EXPECT_EQ(guest.opened("b"), 6u);
  EXPECT_EQ(guest.call("fd_close", {1}), Errno::success);
  EXPECT_EQ(guest.call("fd_close", {1}), Errno::badf);
  EXPECT_EQ(guest.read(1), "errno 8");
  EXPECT_EQ(guest.opened("b"), 1u);

  EXPECT_EQ(guest.call("fd_renumber", {5, 2}), Errno::success);
  EXPECT_EQ(guest.read(2), "b");
  EXPECT_EQ(guest.read(5), "errno 8");
  EXPECT_EQ(guest.call("fd_renumber", {5, 2}), Errno::badf);
  EXPECT_EQ(guest.call("fd_renumber", {2, 5}), Errno::badf) << "only what is open can be replaced";
  EXPECT_EQ(guest.call("fd_renumber", {2, 2}), Errno::success);
  EXPECT_EQ(guest.pread(2, 1, 0), "b");
  EXPECT_EQ(guest.call("fd_close", {3}), Errno::success);
  EXPECT_EQ(guest.open("a"), Errno::badf);
  EXPECT_EQ(guest.open("a", {.directory = 4}), Errno::success);
}

/// The system's descriptors that refer to something in the folder.
std::vector<int> descriptors_in(const Folder& folder) {
  std::vector<int> found;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    std::error_code gone;
    const auto target = std::filesystem::read_symlink(entry.path(), gone);
    if (target.string().starts_with(folder.root.string())) found.push_back(std::stoi(entry.path().filename()));
  }
  return found;
}

TEST(WasiFilesOfTheHost, AreClosedAtTheEndAndNeverInherited) {
  Folder folder;
  {
    TestWasi wasi({{folder.box, "."}});
    WasiGuest guest(wasi);
    guest.opened("file", {.oflags = kCreat | kExcl, .rights = kBoth});
    std::filesystem::create_directory(folder.box / "directory");
    guest.opened("directory");
    const std::vector<int> open = descriptors_in(folder);
    EXPECT_EQ(open.size(), 3u);
    for (const int fd : open) EXPECT_EQ(::fcntl(fd, F_GETFD), FD_CLOEXEC);
    EXPECT_EQ(guest.open("directory/none/file"), Errno::noent);
    EXPECT_EQ(guest.call("path_create_directory", {3, "file/x"}), Errno::notdir);
    EXPECT_EQ(guest.call("path_filestat_get", {3, 1, "file", kEnd}), Errno::fault);
    EXPECT_EQ(descriptors_in(folder).size(), 3u) << "nothing is left by what fails";
  }
  EXPECT_EQ(descriptors_in(folder).size(), 0u);
}

TEST(WasiFilesOfTheHost, AreClosedByATrapAndATimeout) {
  for (const bool trap : {true, false}) {
    Folder folder;
    ModuleBuilder builder;
    const FuncType open{{i32, i32, i32, i32, i32, i64, i64, i32, i32}, {i32}};
    builder.import_function("path_open", open);
    builder.module.imports[0].module = "wasi_snapshot_preview1";
    builder.memory(1, 1, false);
    builder.data(SegmentMode::active, 0, {'f'});
    const Code end = trap ? Code{Op::unreachable} : Code{block(Op::loop), br(0), Op::end};
    builder.function("_start", {},
                     Code{i32_const(3), i32_const(0), i32_const(0), i32_const(1), i32_const(1), i64_const(2),
                          i64_const(0), i32_const(0), i32_const(8), call(0), block(Op::if_), Op::return_, Op::end} +
                         end);
    ProgramOptions options = test_options();
    options.directories = {{folder.box, "."}};
    if (!trap) options.timeout = std::chrono::milliseconds(20);
    const auto module = testing::compile(builder.module);
    ASSERT_NE(module, nullptr);
    EXPECT_EQ(summary(Program(module, options).run()), trap ? "trapped unreachable" : "timed_out");
    EXPECT_TRUE(std::filesystem::exists(folder.box / "f"));
    EXPECT_EQ(descriptors_in(folder).size(), 0u);
  }
}

TEST(WasiFilesOfTheHost, ADirectoryThatIsNoneEndsTheProgramFirst) {
  Folder folder;
  ProgramOptions options = test_options();
  options.directories = {{folder.box, "a"}, {folder.root / "secret", "b"}};
  const ProgramResult result = run(kStartTraps, options);
  EXPECT_EQ(summary(result), "failed " + (folder.root / "secret").string() + ": Not a directory");
  EXPECT_EQ(exit_code(result), 3);
}

TEST(WasiFilesOfTheHost, ThreadsOpenCloseAndReadAtOnce) {
  constexpr int kThreads = 4, kRounds = 300;
  Folder folder;
  for (int i = 0; i < kThreads; ++i)
    write_file(folder.box / std::to_string(i), std::string(1000, static_cast<char>('0' + i)));
  TestWasi wasi({{folder.box, "."}});
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&wasi, i] {
      WasiGuest guest(wasi);
      uint64_t random = static_cast<uint64_t>(i) + 1;
      const auto number = [&random] {
        constexpr uint64_t kNumbers[] = {0, 1, 2, 4, 5};
        random = random * 6364136223846793005u + 1442695040888963407u;
        return kNumbers[(random >> 33) % 5];
      };
      for (int round = 0; round < kRounds; ++round) {
        guest.opened(std::to_string(i));
        // Whosever it is by now: some whole file's, or nobody's.
        const std::string text = guest.pread(static_cast<uint32_t>(number()), 1000, 0);
        if (text != "errno 8") {
          EXPECT_EQ(text, std::string(1000, text.empty() ? '?' : text[0]));
        }
        guest.call("fd_renumber", {number(), number()});
        guest.call("fd_close", {number()});
        guest.call("fd_close", {number()});
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  WasiGuest guest(wasi);
  for (uint32_t number = 0; number < 3 + kThreads * kRounds; ++number) {
    if (number != 3) guest.call("fd_close", {number});
  }
  EXPECT_EQ(descriptors_in(folder).size(), 1u) << "the directory";
}

}  // namespace
}  // namespace weft
