// SPDX-License-Identifier: Apache-2.0
//
// WASI's functions of paths: what they do, and that nothing leads out of the directory that the guest was given.
#include <atomic>
#include <thread>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "interp/tests/wasi_guest.h"

namespace weft {
namespace {

using namespace weft::testing;
namespace fs = std::filesystem;

constexpr uint32_t kOut = WasiGuest::kOut, kBuffer = WasiGuest::kBuffer, kEnd = 2 * 65536;
constexpr uint64_t kRead = WasiGuest::kRead, kWrite = WasiGuest::kWrite, kBoth = kRead | kWrite;
constexpr uint32_t kCreat = 1, kDirectory = 2, kExcl = 4, kTrunc = 8;

struct WasiPaths : ::testing::Test {
  Folder folder;
  TestWasi wasi{{{folder.box, "/data"}, {folder.box, "again"}}};
  WasiGuest guest{wasi};
  void SetUp() override {
    write_file(folder.box / "file", "text");
    fs::create_directory(folder.box / "dir");
    write_file(folder.box / "dir/inner", "inner");
    fs::create_symlink("file", folder.box / "link");
    fs::create_symlink("dir", folder.box / "dirlink");
    fs::create_symlink("nothing", folder.box / "dangling");
    fs::create_symlink("loop", folder.box / "loop");
  }
};

TEST_F(WasiPaths, OpenAnswers) {
  struct Case {
    const char* path;
    WasiGuest::How how;
    Errno error;
  };
  const Case cases[] = {
      {"file", {}, Errno::success},
      {"./file", {}, Errno::success},
      {"dir/../file", {}, Errno::success},
      {"dir/inner", {}, Errno::success},
      {"dirlink/inner", {}, Errno::success},
      {"dirlink/../file", {}, Errno::success},
      {".", {}, Errno::success},
      {"dir", {}, Errno::success},
      {"dir/", {}, Errno::success},
      {"link", {}, Errno::success},
      {"dirlink/", {.lookup = 0}, Errno::success},
      {"", {}, Errno::noent},
      {"nothing", {}, Errno::noent},
      {"nothing/file", {}, Errno::noent},
      {"file/", {}, Errno::notdir},
      {"file/x", {}, Errno::notdir},
      {"dangling", {}, Errno::noent},
      {"loop", {}, Errno::loop},
      {"link", {.lookup = 0}, Errno::loop},
      {"file", {.oflags = kDirectory}, Errno::notdir},
      {"dir", {.oflags = kDirectory}, Errno::success},
      {"dir", {.oflags = kDirectory, .rights = kBoth}, Errno::isdir},
      {"dir", {.rights = kWrite}, Errno::isdir},
      {"new", {.oflags = kCreat | kDirectory}, Errno::inval},
      {"file", {.oflags = kCreat}, Errno::success},
      {"file", {.oflags = kCreat | kExcl}, Errno::exist},
      {"dangling", {.oflags = kCreat | kExcl}, Errno::exist},
      {"new/", {.oflags = kCreat, .rights = kWrite}, Errno::isdir},
      {"file", {.oflags = 16}, Errno::inval},
      {"file", {.fdflags = 32}, Errno::inval},
      {"file", {.fdflags = 31}, Errno::success},
      {"file", {.directory = 99}, Errno::badf},
      {"file", {.directory = 5}, Errno::notdir},  // which SetUp() leaves to this test
  };
  ASSERT_EQ(guest.opened("file"), 0u);
  guest.opened("file"), guest.opened("file");
  ASSERT_EQ(guest.opened("file"), 5u);
  for (const Case& each : cases) {
    EXPECT_EQ(guest.open(each.path, each.how), each.error) << '"' << each.path << '"';
    if (each.error == Errno::success) guest.call("fd_close", {guest.load<uint32_t>()});
  }
  EXPECT_EQ(guest.open(std::string("file\0x", 6)), Errno::inval);
  EXPECT_EQ(guest.open(std::string(256, 'x')), Errno::nametoolong);
  EXPECT_EQ(guest.open(std::string(4096, 'x')), Errno::nametoolong);
  EXPECT_EQ(guest.call("path_open", {3, 1, kEnd - 3, 4, 0, kRead, 0, 0, kOut}), Errno::fault);
  EXPECT_EQ(guest.call("path_open", {3, 1, "made", kCreat, kRead, 0, 0, kEnd - 3}), Errno::fault);
  EXPECT_FALSE(fs::exists(folder.box / "made")) << "a call with a mistake does nothing";
}

TEST_F(WasiPaths, OpenCreatesTruncatesAppends) {
  guest.opened("dangling", {.oflags = kCreat, .rights = kWrite});
  EXPECT_TRUE(fs::exists(folder.box / "nothing")) << "through a link, as everywhere";
  guest.opened("file", {.oflags = kTrunc, .rights = kWrite});
  EXPECT_EQ(read_file(folder.box / "file"), "");
  const uint32_t first = guest.opened("log", {.oflags = kCreat | kExcl, .rights = kWrite, .fdflags = 1});
  const uint32_t second = guest.opened("log", {.rights = kWrite, .fdflags = 1});
  EXPECT_EQ(guest.write(first, "one "), Errno::success);
  EXPECT_EQ(guest.write(second, "two "), Errno::success);
  EXPECT_EQ(guest.write(first, "three"), Errno::success);
  EXPECT_EQ(read_file(folder.box / "log"), "one two three");
}

TEST_F(WasiPaths, WhatCouldBlockIsNotOpened) {
  ASSERT_EQ(::mkfifo((folder.box / "fifo").c_str(), 0600), 0);
  EXPECT_EQ(guest.open("fifo"), Errno::notsup);
  EXPECT_EQ(guest.open("fifo", {.rights = kBoth}), Errno::notsup);
  EXPECT_EQ(guest.open("fifo", {.rights = kWrite}), Errno::nxio);
  TestWasi devices(std::vector<Preopen>{{"/dev", "/dev"}});
  EXPECT_EQ(WasiGuest(devices).open("null"), Errno::notsup);
}

TEST_F(WasiPaths, DirectoriesAreMadeAndRemoved) {
  EXPECT_EQ(guest.call("path_create_directory", {3, "made"}), Errno::success);
  EXPECT_EQ(guest.call("path_create_directory", {3, "made/in//"}), Errno::success);
  EXPECT_TRUE(fs::is_directory(folder.box / "made/in"));
  for (const char* there : {"made", "file", "dangling", "dir/."})
    EXPECT_EQ(guest.call("path_create_directory", {3, there}), Errno::exist) << there;
  EXPECT_EQ(guest.call("path_create_directory", {3, "no/x"}), Errno::noent);
  EXPECT_EQ(guest.call("path_create_directory", {3, "file/x"}), Errno::notdir);
  EXPECT_EQ(guest.call("path_create_directory", {3, ""}), Errno::noent);
  EXPECT_EQ(guest.call("path_create_directory", {99, "x"}), Errno::badf);
  EXPECT_EQ(guest.call("path_remove_directory", {3, "made"}), Errno::notempty);
  EXPECT_EQ(guest.call("path_remove_directory", {3, "made/in/"}), Errno::success);
  EXPECT_EQ(guest.call("path_remove_directory", {3, "made"}), Errno::success);
  EXPECT_FALSE(fs::exists(folder.box / "made"));
  EXPECT_EQ(guest.call("path_remove_directory", {3, "made"}), Errno::noent);
  for (const char* none : {"file", "link", "dirlink", "dirlink/"})
    EXPECT_EQ(guest.call("path_remove_directory", {3, none}), Errno::notdir) << none;
}

TEST_F(WasiPaths, FilesAreUnlinked) {
  EXPECT_EQ(guest.call("path_unlink_file", {3, "dir"}), Errno::isdir);
  EXPECT_EQ(guest.call("path_unlink_file", {3, "file/"}), Errno::notdir);
  EXPECT_EQ(guest.call("path_unlink_file", {3, "dirlink/"}), Errno::notdir);
  EXPECT_EQ(guest.call("path_unlink_file", {3, "nothing"}), Errno::noent);
  EXPECT_EQ(guest.call("path_unlink_file", {3, "link"}), Errno::success);
  EXPECT_TRUE(fs::exists(folder.box / "file")) << "it was the link";
  EXPECT_EQ(guest.call("path_unlink_file", {3, "dir/../file"}), Errno::success);
  EXPECT_FALSE(fs::exists(folder.box / "file"));
}

TEST_F(WasiPaths, Renames) {
  const uint32_t dir = guest.opened("dir");
  EXPECT_EQ(guest.call("path_rename", {3, "file", dir, "moved"}), Errno::success);
  EXPECT_EQ(read_file(folder.box / "dir/moved"), "text");
  EXPECT_EQ(guest.call("path_rename", {3, "dir/moved", 4, "dir/inner"}), Errno::success);
  EXPECT_EQ(read_file(folder.box / "dir/inner"), "text");
  EXPECT_EQ(guest.call("path_rename", {3, "dir/inner", 3, "slash/"}), Errno::notdir);
  EXPECT_EQ(guest.call("path_rename", {3, "dir/inner/", 3, "slash"}), Errno::notdir);
  EXPECT_EQ(guest.call("path_rename", {3, "nothing", 3, "x"}), Errno::noent);
  EXPECT_EQ(guest.call("path_rename", {3, "dir", 3, "dir/in"}), Errno::inval);
  EXPECT_EQ(guest.call("path_rename", {3, "dir", 99, "x"}), Errno::badf);
  EXPECT_EQ(guest.call("path_rename", {3, "dir/", 3, "other/"}), Errno::success);
  guest.opened("inner", {.directory = dir});
}

TEST_F(WasiPaths, Links) {
  EXPECT_EQ(guest.call("path_link", {3, 0, "file", 4, "dir/hard"}), Errno::success);
  EXPECT_TRUE(fs::equivalent(folder.box / "file", folder.box / "dir/hard"));
  EXPECT_EQ(guest.call("path_link", {3, 0, "link", 3, "copy"}), Errno::success);
  EXPECT_EQ(fs::read_symlink(folder.box / "copy"), "file") << "of the link";
  EXPECT_EQ(guest.call("path_link", {3, 1, "link", 3, "x"}), Errno::inval);
  EXPECT_EQ(guest.call("path_link", {3, 0, "file", 3, "link"}), Errno::exist);
  EXPECT_EQ(guest.call("path_link", {3, 0, "dir", 3, "x"}), Errno::perm);
  EXPECT_EQ(guest.call("path_link", {3, 0, "dir/", 3, "x"}), Errno::perm);
  EXPECT_EQ(guest.call("path_link", {3, 0, "file/", 3, "x"}), Errno::notdir);
  EXPECT_EQ(guest.call("path_link", {3, 0, "nothing", 3, "x"}), Errno::noent);
}

TEST_F(WasiPaths, SymbolicLinks) {
  EXPECT_EQ(guest.call("path_symlink", {"../file", 3, "dir/up"}), Errno::success);
  EXPECT_EQ(guest.read(guest.opened("dir/up")), "text");
  EXPECT_EQ(guest.call("path_readlink", {3, "dir/up", kBuffer, 100, kOut}), Errno::success);
  EXPECT_EQ(guest.bytes(kBuffer, guest.load<uint32_t>()), "../file");
  guest.store(kBuffer, "        ");
  EXPECT_EQ(guest.call("path_readlink", {3, "dir/up", kBuffer, 4, kOut}), Errno::success);
  EXPECT_EQ(guest.load<uint32_t>(), 4u);
  EXPECT_EQ(guest.bytes(kBuffer, 6), "../f  ");
  EXPECT_EQ(guest.call("path_symlink", {"x", 3, "link"}), Errno::exist);
  EXPECT_EQ(guest.call("path_symlink", {"", 3, "empty"}), Errno::noent);
  EXPECT_EQ(guest.call("path_symlink", {"x", 99, "y"}), Errno::badf);
  for (const char* none : {"file", "dir", "dirlink/"})
    EXPECT_EQ(guest.call("path_readlink", {3, none, kBuffer, 100, kOut}), Errno::inval) << none;
  EXPECT_EQ(guest.call("path_readlink", {3, "nothing", kBuffer, 100, kOut}), Errno::noent);
  EXPECT_EQ(guest.call("path_readlink", {3, "link", kEnd - 99, 100, kOut}), Errno::fault);

  EXPECT_EQ(guest.call("path_filestat_get", {3, 0, "link", kOut}), Errno::success);
  EXPECT_EQ(guest.load<uint8_t>(kOut + 16), 7u);
  EXPECT_EQ(guest.call("path_filestat_get", {3, 1, "link", kOut}), Errno::success);
  EXPECT_EQ(guest.load<uint8_t>(kOut + 16), 4u);
  EXPECT_EQ(guest.call("path_filestat_set_times", {3, 0, "link", 0, 7, 4}), Errno::success);
  EXPECT_EQ(guest.call("path_filestat_get", {3, 0, "link", kOut}), Errno::success);
  EXPECT_EQ(guest.load<uint64_t>(kOut + 48), 7u) << "of the link itself";
  EXPECT_EQ(guest.call("path_filestat_get", {3, 0, "file", kOut}), Errno::success);
  EXPECT_NE(guest.load<uint64_t>(kOut + 48), 7u);
}

/// Paths that lead to folder.root or to what is in it; nowhere else, for the sake of the machine that runs a test which
/// fails. And links in the box that do.
std::vector<std::string> ways_out(const Folder& folder) {
  fs::create_symlink("../secret", folder.box / "out");
  fs::create_symlink("..", folder.box / "up");
  fs::create_symlink("up/secret", folder.box / "twice");
  fs::create_symlink(folder.root / "secret", folder.box / "absolute");
  fs::create_symlink(folder.box / "file", folder.box / "absolute-inside");
  fs::create_symlink(folder.root, folder.box / "root");
  const std::string root = folder.root.string();
  return {"..",
          "../",
          "../secret",
          "dir/../../secret",
          "./../secret",
          "dir/../..",
          "dirlink/../../secret",
          "up/secret",
          "up/box/file",
          "root/secret",
          "../box/file",
          root,
          "/" + root + "/secret",
          root + "/secret",
          (folder.box / "file").string()};
}

TEST_F(WasiPaths, NothingLeadsOut) {
  for (const std::string& way : ways_out(folder)) {
    EXPECT_EQ(guest.open(way, {.oflags = kCreat, .rights = kBoth}), Errno::notcapable) << way;
    EXPECT_EQ(guest.open(way, {.lookup = 0}), Errno::notcapable) << way;
    EXPECT_EQ(guest.call("path_filestat_get", {3, 0, way, kOut}), Errno::notcapable) << way;
    EXPECT_EQ(guest.call("path_filestat_set_times", {3, 0, way, 0, 0, 4}), Errno::notcapable) << way;
    EXPECT_EQ(guest.call("path_readlink", {3, way, kBuffer, 100, kOut}), Errno::notcapable) << way;
    EXPECT_EQ(guest.call("path_create_directory", {3, way}), Errno::notcapable) << way;
    EXPECT_EQ(guest.call("path_remove_directory", {3, way}), Errno::notcapable) << way;
    EXPECT_EQ(guest.call("path_unlink_file", {3, way}), Errno::notcapable) << way;
    EXPECT_EQ(guest.call("path_rename", {3, "file", 3, way}), Errno::notcapable) << way;
    EXPECT_EQ(guest.call("path_rename", {3, way, 3, "stolen"}), Errno::notcapable) << way;
    EXPECT_EQ(guest.call("path_link", {3, 0, "file", 3, way}), Errno::notcapable) << way;
    EXPECT_EQ(guest.call("path_link", {3, 0, way, 3, "stolen"}), Errno::notcapable) << way;
    EXPECT_EQ(guest.call("path_symlink", {"file", 3, way}), Errno::notcapable) << way;
  }
  for (const char* top : {"/", "//"}) {
    EXPECT_EQ(guest.open(top), Errno::notcapable);
    EXPECT_EQ(guest.call("path_create_directory", {3, top}), Errno::notcapable);
  }
  // Links that lead out are there, but not to be followed.
  for (const char* link : {"out", "twice", "absolute", "absolute-inside", "up", "root"}) {
    EXPECT_EQ(guest.open(link), Errno::notcapable) << link;
    EXPECT_EQ(guest.open(link, {.oflags = kTrunc, .rights = kWrite}), Errno::notcapable) << link;
    EXPECT_EQ(guest.call("path_filestat_get", {3, 1, link, kOut}), Errno::notcapable) << link;
    EXPECT_EQ(guest.call("path_filestat_set_times", {3, 1, link, 0, 0, 4}), Errno::notcapable) << link;
    EXPECT_EQ(guest.call("path_readlink", {3, link, kBuffer, 100, kOut}), Errno::success) << link;
  }
  for (const char* link : {"up/", "root/"}) {
    EXPECT_EQ(guest.call("path_readlink", {3, link, kBuffer, 100, kOut}), Errno::notcapable) << link;
    EXPECT_EQ(guest.call("path_link", {3, 0, link, 3, "stolen"}), Errno::notcapable) << link;
    EXPECT_EQ(guest.open(link, {.lookup = 0}), Errno::notcapable) << link;
  }
  EXPECT_EQ(guest.call("path_symlink", {"/etc/passwd", 3, "passwd"}), Errno::notcapable);
  EXPECT_EQ(guest.call("path_symlink", {"/", 3, "top"}), Errno::notcapable);
  EXPECT_EQ(read_file(folder.root / "secret"), "secret");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.root), {}), 2) << "the box and the secret";
  EXPECT_FALSE(fs::exists(folder.box / "stolen"));
}

TEST_F(WasiPaths, ADirectoryLeadsNotEvenToItsParent) {
  fs::create_directory(folder.box / "dir/deep");
  const uint32_t dir = guest.opened("dir"), deep = guest.opened("dir/deep");
  EXPECT_EQ(guest.open("../file", {.directory = dir}), Errno::notcapable);
  EXPECT_EQ(guest.open("../inner", {.directory = deep}), Errno::notcapable);
  // Nor when it is moved.
  EXPECT_EQ(guest.call("path_rename", {3, "dir/deep", 3, "deep"}), Errno::success);
  EXPECT_EQ(guest.open("../file", {.directory = deep}), Errno::notcapable);
  EXPECT_EQ(guest.call("path_rename", {deep, "..", 3, "x"}), Errno::notcapable);
  EXPECT_EQ(guest.open(".", {.directory = deep}), Errno::success);
}

TEST_F(WasiPaths, NothingWithoutADirectory) {
  TestWasi none({});
  WasiGuest alone(none);
  for (uint32_t fd = 0; fd < 8; ++fd) {
    EXPECT_EQ(alone.open("/etc/passwd", {.directory = fd}), Errno::badf);
    EXPECT_EQ(alone.open(".", {.directory = fd}), Errno::badf);
    EXPECT_EQ(alone.call("path_filestat_get", {fd, 1, "/", kOut}), Errno::badf);
  }
}

TEST_F(WasiPaths, ALinkPutThereMeanwhileLeadsNotOut) {
  // "dir" is a directory and a link out of the box by turns.
  write_file(folder.root / "inner", "outer");
  fs::create_symlink("..", folder.box / "up");
  std::atomic<bool> done{false};
  std::thread swapper([&] {
    WasiGuest other(wasi);
    while (!done) {
      other.call("path_rename", {3, "dir", 3, "kept"});
      other.call("path_rename", {3, "up", 3, "dir"});
      other.call("path_rename", {3, "dir", 3, "up"});
      other.call("path_rename", {3, "kept", 3, "dir"});
    }
  });
  int inside = 0;
  for (int i = 0; i < 2000 || inside == 0; ++i) {
    if (guest.open("dir/inner") != Errno::success) continue;
    const auto fd = guest.load<uint32_t>();
    EXPECT_EQ(guest.read(fd), "inner");
    guest.call("fd_close", {fd});
    ++inside;
  }
  done = true;
  swapper.join();
}

}  // namespace
}  // namespace weft
