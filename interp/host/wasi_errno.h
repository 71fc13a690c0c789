// SPDX-License-Identifier: Apache-2.0
//
// The error numbers of WASI preview 1.
#pragma once

#include <cstdint>

namespace weft {

/// In the order of their numbers. `notcapable` is what leads out of the directories that the guest was given.
enum class Errno : uint16_t {
  success = 0,
  toobig,
  acces,
  addrinuse,
  addrnotavail,
  afnosupport,
  again,
  already,
  badf,
  badmsg,
  busy,
  canceled,
  child,
  connaborted,
  connrefused,
  connreset,
  deadlk,
  destaddrreq,
  dom,
  dquot,
  exist,
  fault,
  fbig,
  hostunreach,
  idrm,
  ilseq,
  inprogress,
  intr,
  inval,
  io,
  isconn,
  isdir,
  loop,
  mfile,
  mlink,
  msgsize,
  multihop,
  nametoolong,
  netdown,
  netreset,
  netunreach,
  nfile,
  nobufs,
  nodev,
  noent,
  noexec,
  nolck,
  nolink,
  nomem,
  nomsg,
  noprotoopt,
  nospc,
  nosys,
  notconn,
  notdir,
  notempty,
  notrecoverable,
  notsock,
  notsup,
  notty,
  nxio,
  overflow,
  ownerdead,
  perm,
  pipe,
  proto,
  protonosupport,
  prototype,
  range,
  rofs,
  spipe,
  srch,
  stale,
  timedout,
  txtbsy,
  xdev,
  notcapable,
};

/// The number for an errno of the system's; `io` for what WASI does not know.
Errno from_system(int error);
/// The outcome of a system call that returned 0, or -1 and set errno.
Errno outcome_of(int returned);

}  // namespace weft
