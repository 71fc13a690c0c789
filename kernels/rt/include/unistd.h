// SPDX-License-Identifier: Apache-2.0
#ifndef WEFT_RT_UNISTD_H
#define WEFT_RT_UNISTD_H

int usleep(unsigned microseconds);

#endif
