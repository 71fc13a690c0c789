// SPDX-License-Identifier: Apache-2.0
//
// printf and its like, as far as stdio.h says.
#include <stdint.h>
#include <string.h>

#include "stream.h"

/// A conversion: what stands between % and its letter.
struct conversion {
  bool left, zeros;
  int width, precision;  // precision -1: not given
  int longs;             // how often l; size_t is as long as an int
};

static const char* parse_number(const char* at, int* number) {
  for (*number = 0; *at >= '0' && *at <= '9'; ++at) *number = *number * 10 + (*at - '0');
  return at;
}

static const char* parse(const char* at, struct conversion* conversion) {
  *conversion = (struct conversion){.precision = -1};
  for (; *at == '-' || *at == '0'; ++at) {
    conversion->left |= *at == '-';
    conversion->zeros |= *at == '0';
  }
  at = parse_number(at, &conversion->width);
  if (*at == '.') at = parse_number(at + 1, &conversion->precision);
  for (; *at == 'l' || *at == 'z'; ++at) conversion->longs += *at == 'l';
  return at;
}

/// Returns how much was put.
static int repeat(FILE* file, char character, int count) {
  for (int i = 0; i < count; ++i) rt_put(file, &character, 1);
  return count > 0 ? count : 0;
}

/// Puts a sign and a text into the field's width.
static int put_field(FILE* file, const struct conversion* conversion, const char* sign, const char* text, int length) {
  const int signs = (int)strlen(sign), pad = conversion->width - signs - length;
  int count = signs + length;
  if (!conversion->left && !conversion->zeros) count += repeat(file, ' ', pad);
  rt_put(file, sign, (size_t)signs);
  if (!conversion->left && conversion->zeros) count += repeat(file, '0', pad);
  rt_put(file, text, (size_t)length);
  if (conversion->left) count += repeat(file, ' ', pad);
  return count;
}

static int put_integer(FILE* file, struct conversion* conversion, const char* sign, uint64_t value, unsigned base,
                       const char* digits) {
  enum { kMaxDigits = 64 };
  char text[kMaxDigits];
  int begin = kMaxDigits;
  const int least = conversion->precision < 0            ? 1
                    : conversion->precision < kMaxDigits ? conversion->precision
                                                         : kMaxDigits;
  if (conversion->precision >= 0) conversion->zeros = false;
  for (; value != 0; value /= base) text[--begin] = digits[value % base];
  while (kMaxDigits - begin < least) text[--begin] = '0';
  return put_field(file, conversion, sign, text + begin, kMaxDigits - begin);
}

static int put_double(FILE* file, struct conversion* conversion, double value) {
  const char* sign = __builtin_signbit(value) ? "-" : "";
  if (__builtin_isnan(value) || __builtin_isinf(value)) {
    conversion->zeros = false;
    return put_field(file, conversion, sign, __builtin_isnan(value) ? "nan" : "inf", 3);
  }
  const int wanted = conversion->precision < 0 ? 6 : conversion->precision;
  char text[kMaxFixed];
  const size_t length = rt_fixed(__builtin_fabs(value), wanted < kMaxPrecision ? wanted : kMaxPrecision, text);
  return put_field(file, conversion, sign, text, (int)length);
}

static int put_text(FILE* file, struct conversion* conversion, const char* text) {
  size_t length = 0;  // with a precision, the text need not end
  while ((conversion->precision < 0 || length < (size_t)conversion->precision) && text[length] != '\0') ++length;
  conversion->zeros = false;
  return put_field(file, conversion, "", text, (int)length);
}

int vfprintf(FILE* restrict file, const char* restrict format, va_list arguments) {
  static const char lower[] = "0123456789abcdef", upper[] = "0123456789ABCDEF";
  va_list rest;
  va_copy(rest, arguments);
  int count = 0;
  rt_begin(file);
  for (const char* at = format; *at != '\0'; ++at) {
    if (*at != '%') {
      const char* begin = at;
      while (at[1] != '\0' && at[1] != '%') ++at;
      rt_put(file, begin, (size_t)(at + 1 - begin));
      count += (int)(at + 1 - begin);
      continue;
    }
    struct conversion conversion;
    at = parse(at + 1, &conversion);
    const bool is_long = conversion.longs > 1;
    switch (*at) {
      case 'd':
      case 'i': {
        const int64_t value = is_long ? va_arg(rest, long long) : va_arg(rest, int);
        const uint64_t magnitude = value < 0 ? -(uint64_t)value : (uint64_t)value;
        count += put_integer(file, &conversion, value < 0 ? "-" : "", magnitude, 10, lower);
        break;
      }
      case 'u':
      case 'x':
      case 'X': {
        const uint64_t value = is_long ? va_arg(rest, unsigned long long) : va_arg(rest, unsigned);
        count += put_integer(file, &conversion, "", value, *at == 'u' ? 10 : 16, *at == 'X' ? upper : lower);
        break;
      }
      case 'p': count += put_integer(file, &conversion, "0x", (uintptr_t)va_arg(rest, void*), 16, lower); break;
      case 'f': count += put_double(file, &conversion, va_arg(rest, double)); break;
      case 's': count += put_text(file, &conversion, va_arg(rest, const char*)); break;
      case 'c': {
        const char character = (char)va_arg(rest, int);
        count += put_field(file, &conversion, "", &character, 1);
        break;
      }
      case '%': count += repeat(file, '%', 1); break;
      default: __builtin_trap();  // not in the subset: better than wrong output
    }
  }
  va_end(rest);
  return rt_end(file, count);
}

int fprintf(FILE* restrict file, const char* restrict format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const int count = vfprintf(file, format, arguments);
  va_end(arguments);
  return count;
}

int printf(const char* restrict format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const int count = vfprintf(stdout, format, arguments);
  va_end(arguments);
  return count;
}
