// SPDX-License-Identifier: Apache-2.0
//
// The numbers are WASI's, so that what a host function returns is an errno as it is.
#ifndef WEFT_RT_ERRNO_H
#define WEFT_RT_ERRNO_H

#define EAGAIN 6
#define EBUSY 10
#define EDEADLK 16
#define EDOM 18
#define EINVAL 28
#define EIO 29
#define ENOMEM 48
#define EOVERFLOW 61
#define EPERM 63
#define ERANGE 68
#define ESRCH 71
#define ETIMEDOUT 73

extern _Thread_local int errno;
#define errno errno

#endif
