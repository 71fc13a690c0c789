// SPDX-License-Identifier: Apache-2.0
//
// All of fmt that is no template of its callers, in one object: the headers define it, once, where FMT_HEADER_ONLY says
// so.
#include <fmt/format.h>

// Whoever formats calls one of these, and they all the rest.
extern const void* const weft_fmt_functions[];
const void* const weft_fmt_functions[] = {
    reinterpret_cast<const void*>(static_cast<std::string (*)(fmt::string_view, fmt::format_args)>(fmt::vformat)),
    reinterpret_cast<const void*>(static_cast<void (*)(fmt::string_view, fmt::format_args)>(fmt::vprint)),
    reinterpret_cast<const void*>(static_cast<void (*)(std::FILE*, fmt::string_view, fmt::format_args)>(fmt::vprint)),
#if FMT_VERSION >= 110000
    reinterpret_cast<const void*>(fmt::vprint_buffered),
#endif
};
