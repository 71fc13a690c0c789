// SPDX-License-Identifier: Apache-2.0
//
// The two functions of libm that are instructions.
#ifndef WEFT_RT_MATH_H
#define WEFT_RT_MATH_H

/// Never sets errno, so that it is f64.sqrt whatever -fmath-errno says.
static inline double sqrt(double x) { return __builtin_elementwise_sqrt(x); }
static inline double fabs(double x) { return __builtin_fabs(x); }

#endif
