// SPDX-License-Identifier: Apache-2.0
#ifndef WEFT_RT_SCHED_H
#define WEFT_RT_SCHED_H

int sched_yield(void);

#endif
