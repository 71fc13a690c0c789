// SPDX-License-Identifier: Apache-2.0
#include "suite/model/notation.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace weft::model {
namespace {

constexpr std::array<std::string_view, 6> kRmws{"add", "sub", "and", "or", "xor", "xchg"};
constexpr std::string_view kLocations = "xyzw";  // 16 bytes apart

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }
bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

/// Reads one thread; the first thing that is wrong ends it.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  Result<std::vector<Operation>> read() {
    std::vector<Operation> operations;
    while (!failed_) {
      while (eat(";")) {
      }
      if (at_end()) break;
      operations.push_back(operation());
      if (!failed_ && !at_end() && !eat(";")) fail("expected ';'");
    }
    for (size_t i = 0; i < operations.size() && !failed_; ++i) {
      if (operations[i].skipped >= operations.size() - i)
        fail(fmt::format("the skip of {} operations goes past the end", operations[i].skipped));
    }
    if (failed_) return *failed_;
    return operations;
  }

 private:
  void fail(const std::string& message) {
    if (!failed_) failed_ = Error{ErrorKind::malformed, message, fmt::format("column {}", at_ + 1)};
    at_ = text_.size();
  }
  void skip_space() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
  }
  bool at_end() { return skip_space(), at_ == text_.size(); }
  bool eat(std::string_view token) {
    skip_space();
    if (!text_.substr(at_).starts_with(token)) return false;
    at_ += token.size();
    return true;
  }
  void expect(std::string_view token) {
    if (!eat(token)) fail(fmt::format("expected '{}'", token));
  }
  /// Letters, digits and underscores; empty if there are none.
  std::string word() {
    skip_space();
    const size_t start = at_;
    while (at_ < text_.size() && is_word(text_[at_])) ++at_;
    return std::string(text_.substr(start, at_ - start));
  }

  Operation operation() {
    const size_t start = at_;
    std::string name = word();
    if (name == "fence") return {.verb = Verb::fence};
    if (name == "size") return {.verb = Verb::size, .target = target()};
    if (name == "grow") return with_target({.verb = Verb::grow, .value = expression()});
    if (name == "assume") return condition({.verb = Verb::assume});
    if (name == "skip") {
      Operation skip = condition({.verb = Verb::skip});
      skip.skipped = count();
      return skip;
    }
    if (name == "notify") {
      Operation notify{.verb = Verb::notify, .width = 4, .ordering = 's', .address = address()};
      expect(","), notify.value = expression();
      return with_target(std::move(notify));
    }
    if (eat("[")) {
      --at_;
      return access(start, name);
    }
    if (!name.empty() && !is_digit(name[0]) && eat("="))
      return {.verb = Verb::assign, .value = expression(), .target = name};
    at_ = start;
    fail(name.empty() ? "expected an operation" : fmt::format("unknown operation '{}'", name));
    return {};
  }

  /// "R4u", "cas4", "xchg1", …: a name, a width, and of a plain or atomic access its ordering.
  Operation access(size_t start, const std::string& name) {
    const auto digits = std::find_if(name.begin(), name.end(), is_digit);
    const auto behind = std::find_if_not(digits, name.end(), is_digit);
    const std::string verb(name.begin(), digits), width(digits, behind), ordering(behind, name.end());
    Operation one;
    for (const unsigned bytes : {1U, 2U, 4U, 8U, 16U}) {
      if (width == std::to_string(bytes)) one.width = bytes;
    }
    const bool plain = verb == "R" || verb == "W";
    one.ordering = plain && ordering.size() == 1 ? ordering[0] : 's';
    const bool fits = plain ? is_good_access(one.ordering, one.width) && ordering.size() == 1
                            : ordering.empty() && one.width <= 8 && (verb != "wait" || one.width >= 4);
    const bool is_rmw = std::find(kRmws.begin(), kRmws.end(), verb) != kRmws.end();
    if (one.width == 0 || !fits || (!plain && !is_rmw && verb != "cas" && verb != "wait")) {
      at_ = start;
      fail(fmt::format("unknown operation '{}'", name));
      return {};
    }
    one.address = address();
    if (verb == "R") return one.verb = Verb::read, one.target = target(), one;
    if (verb == "W") return one.verb = Verb::write, expect("="), one.value = expression(), one;
    expect(",");
    if (is_rmw) {
      one.verb = Verb::rmw, one.rmw = verb, one.value = expression();
    } else {
      one.verb = verb == "cas" ? Verb::cas : Verb::wait;
      one.expected = expression();
      expect(","), (one.verb == Verb::cas ? one.value : one.timeout) = expression();
    }
    return with_target(std::move(one));
  }

  static bool is_good_access(char ordering, unsigned width) {
    return ordering == 'f' ? width >= 4 : (ordering == 'u' || ordering == 's') && width <= 8;
  }

  Operation condition(Operation one) {
    one.value = expression();
    if (!eat("==")) expect("!="), one.is_equal = false;
    one.expected = expression();
    return one;
  }

  std::string target() {
    expect("->");
    std::string name = word();
    if (name.empty() || is_digit(name[0])) fail("expected a register");
    return name;
  }
  Operation with_target(Operation one) {
    if (eat("->")) at_ -= 2, one.target = target();
    return one;
  }
  size_t count() {
    const std::string digits = word();
    if (digits.empty() || digits.size() > 4 || !std::all_of(digits.begin(), digits.end(), is_digit)) {
      fail("expected a number of operations");
      return 0;
    }
    return std::stoul(digits);
  }

  Expression address() {
    expect("[");
    Expression all = expression(true);
    expect("]");
    return all;
  }

  Expression expression(bool is_address = false) {
    Expression all;
    for (char op = '+'; op != 0; op = next_operator()) {
      all.push_back(term(is_address));
      all.back().op = op;
    }
    return all;
  }
  char next_operator() {
    for (const std::string_view op : {"+", "-", "^", "&", "|"}) {
      if (text_.substr(std::min(at_, text_.size())).starts_with("->")) return 0;
      if (eat(op)) return op[0];
    }
    return 0;
  }

  Term term(bool is_address) {
    const bool negative = eat("-");
    const size_t start = at_;
    const std::string name = word();
    if (name.empty()) return fail("expected a number or a register"), Term{};
    if (is_digit(name[0])) {
      const auto number = parse_literal(name, negative);
      if (number) return {.number = *number};
    } else if (negative) {
    } else if (const size_t place = kLocations.find(name);
               is_address && name.size() == 1 && place < kLocations.size()) {
      return {.number = to_bytes(16 * place)};
    } else {
      return {.reg = name};
    }
    at_ = start;
    fail(fmt::format("not a number of 128 bits: '{}'", name));
    return {};
  }

  std::string_view text_;
  size_t at_ = 0;
  std::optional<Error> failed_;
};

}  // namespace

std::string_view name_of(char op) {
  switch (op) {
    case '-': return "sub";
    case '^': return "xor";
    case '&': return "and";
    case '|': return "or";
    default: return "add";
  }
}

std::optional<Bytes> parse_literal(std::string_view digits, bool negative) {
  const bool hexadecimal = digits.starts_with("0x") || digits.starts_with("0X");
  if (hexadecimal) digits.remove_prefix(2);
  if (digits.empty()) return {};
  const unsigned base = hexadecimal ? 16 : 10;
  Bytes bytes{};
  for (const char c : digits) {
    const bool good = hexadecimal ? std::isxdigit(static_cast<unsigned char>(c)) != 0 : is_digit(c);
    if (!good) return {};
    unsigned carry = static_cast<unsigned>(is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
    for (uint8_t& byte : bytes) {
      carry += byte * base;
      byte = static_cast<uint8_t>(carry), carry >>= 8;
    }
    if (carry != 0) return {};
  }
  unsigned carry = 1;
  for (uint8_t& byte : bytes) {
    if (!negative) break;
    carry += static_cast<uint8_t>(~byte);
    byte = static_cast<uint8_t>(carry), carry >>= 8;
  }
  return bytes;
}

Result<std::vector<Operation>> parse_notation(std::string_view text) { return Reader(text).read(); }

}  // namespace weft::model
