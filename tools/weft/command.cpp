// SPDX-License-Identifier: Apache-2.0
#include "tools/weft/command.h"

#include <fmt/format.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <numeric>
#include <utility>

namespace weft::cli {
namespace {

enum class ColorMode : uint8_t { automatic, always, never };
ColorMode color_mode =
    ColorMode::automatic;  // written while the command line is parsed, before there is a second thread

/// Splits "150ms" into its number and its unit; the number is what from_chars reads of it.
template <class Number>
std::optional<std::pair<Number, std::string_view>> split_unit(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{}) return std::nullopt;
  return std::pair{number, text.substr(static_cast<size_t>(end - text.data()))};
}

std::vector<const CLI::Option*> options_of(const CLI::App& app) {
  const auto all = app.get_options([](const CLI::Option* option) { return option->nonpositional(); });
  return {all.begin(), all.end()};
}

/// "-j, --jobs N": a comma and a space between the names, then what the value is.
std::string spelling(const CLI::Option& option) {
  std::string text;
  for (const std::string& name : option.get_snames()) text += (text.empty() ? "-" : ", -") + name;
  for (const std::string& name : option.get_lnames()) text += (text.empty() ? "--" : ", --") + name;
  if (option.get_items_expected_max() > 0 && !option.get_type_name().empty()) text += " " + option.get_type_name();
  return text;
}

bool looks_like_option(std::string_view word) { return word.size() > 1 && word[0] == '-'; }

}  // namespace

struct CommandLine::Options {
  CLI::App app;
  std::string color = "auto";

  /// An option whose value `read` takes from its text, or refuses.
  template <class T, class Read>
  void add(const std::string& name, std::optional<T>& value, const char* placeholder, const char* wants, Read read,
           const std::string& description) {
    const auto store = [=, &value](const std::string& text) {
      value = read(text);
      if (!value) throw CLI::ValidationError(name, fmt::format("wants {}, not '{}'", wants, text));
    };
    app.add_option_function<std::string>(name, store, description)->type_name(placeholder);
  }
};

CommandLine::CommandLine(std::string name, const Help& help)
    : name_(std::move(name)), help_(help), options_(std::make_unique<Options>()) {
  CLI::App& app = options_->app;
  app.set_help_flag("-h", "short help");
  app.set_help_all_flag("--help", "long help, examples first");
  app.add_option("--color", options_->color, "auto (on a terminal, unless NO_COLOR is set), always or never")
      ->type_name("WHEN");
  app.allow_extras();
}

CommandLine::~CommandLine() = default;

void CommandLine::flag(const std::string& name, bool& value, const std::string& description) {
  options_->app.add_flag(name, value, description);
}

void CommandLine::text(const std::string& name, std::optional<std::string>& value, const char* placeholder,
                       const std::string& description) {
  options_->add(
      name, value, placeholder, "a text", [](const std::string& text) { return std::optional(text); }, description);
}

void CommandLine::texts(const std::string& name, std::vector<std::string>& values, const char* placeholder,
                        const std::string& description) {
  options_->app.add_option(name, values, description)->type_name(placeholder)->allow_extra_args(false);
}

void CommandLine::number(const std::string& name, std::optional<uint64_t>& value, const std::string& description) {
  options_->add(name, value, "N", "a number", parse_number, description);
}

void CommandLine::count(const std::string& name, std::optional<uint64_t>& value, const std::string& description) {
  const auto read = [long_name = name.substr(name.find("--"))](const std::string& text) {
    const auto number = parse_number(text);
    if (number == 0U) throw CLI::ValidationError(long_name, "wants at least 1");
    return number;
  };
  options_->add(name, value, "N", "a number", read, description);
}

void CommandLine::duration(const std::string& name, std::optional<std::chrono::nanoseconds>& value,
                           const std::string& description) {
  options_->add(name, value, "DURATION", "a duration such as 20s or 150ms", parse_duration, description);
}

void CommandLine::size(const std::string& name, std::optional<uint64_t>& value, const std::string& description) {
  options_->add(name, value, "SIZE", "a size such as 64M or 1G", parse_size, description);
}

void CommandLine::stop_at_first_operand() { options_->app.prefix_command(); }

std::optional<int> CommandLine::parse(const Arguments& arguments) {
  try {
    options_->app.parse(Arguments(arguments.rbegin(), arguments.rend()));  // CLI11 takes them last first
  } catch (const CLI::CallForHelp&) {
    fmt::print("{}", help(false));
    return kAsExpected;
  } catch (const CLI::CallForAllHelp&) {
    fmt::print("{}", help(true));
    return kAsExpected;
  } catch (const CLI::ArgumentMismatch&) {
    return usage_error(fmt::format("{}: its value is missing", arguments.back()));  // only the last option can lack one
  } catch (const CLI::ParseError& error) {
    return usage_error(error.what());
  }
  operands_ = options_->app.remaining();
  if (const auto found = complaint()) return usage_error(*found);
  // The first "--" is ours: it says that what follows is no option.
  const bool prefix = options_->app.get_prefix_command();
  const auto marker = prefix ? operands_.begin() : std::find(operands_.begin(), operands_.end(), "--");
  if (marker != operands_.end() && *marker == "--") operands_.erase(marker);
  return std::nullopt;
}

/// What is wrong with the command line as CLI11 left it: a colour that is none, an option that nobody declared.
std::optional<std::string> CommandLine::complaint() const {
  static constexpr std::array<std::pair<std::string_view, ColorMode>, 3> kModes{
      {{"auto", ColorMode::automatic}, {"always", ColorMode::always}, {"never", ColorMode::never}}};
  const std::string& color = options_->color;
  const auto* const mode =
      std::find_if(kModes.begin(), kModes.end(), [&](const auto& entry) { return entry.first == color; });
  if (mode == kModes.end()) return fmt::format("--color: wants auto, always or never, not '{}'", color);
  color_mode = mode->second;

  // Options stand anywhere before "--"; of a prefix command, before the first operand.
  auto end = std::find(operands_.begin(), operands_.end(), "--");
  if (options_->app.get_prefix_command()) end = std::find_if_not(operands_.begin(), end, looks_like_option);
  const auto unknown = std::find_if(operands_.begin(), end, looks_like_option);
  if (unknown == end) return std::nullopt;
  std::vector<std::string> names;
  for (const CLI::Option* option : options_of(options_->app)) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    for (const std::string& name : option->get_snames()) names.push_back("-" + name);
  }
  return fmt::format("unknown option '{}'{}", *unknown, suggestion(unknown->substr(0, unknown->find('=')), names));
}

std::optional<int> CommandLine::expect_operands(size_t count) const {
  if (operands_.size() > count) return usage_error(fmt::format("unexpected operand '{}'", operands_[count]));
  if (operands_.size() < count) return usage_error(fmt::format("{} is missing", help_.arguments));
  return std::nullopt;
}

void CommandLine::error(std::string_view message) const { print_error("weft " + name_, message); }

int CommandLine::usage_error(std::string_view message) const {
  error(message);
  fmt::print(stderr, "{}\nTry 'weft {} -h' for the options.\n", usage(), name_);
  return kUsage;
}

std::string CommandLine::usage() const {
  return fmt::format("Usage: weft {} [options]{}{}", name_, help_.arguments.empty() ? "" : " ", help_.arguments);
}

std::string CommandLine::help(bool with_examples) const {
  std::string text;
  if (with_examples) text += fmt::format("Examples:\n{}\n", help_.examples);
  text += fmt::format("{}\n\n{}\n\nOptions:\n", usage(), help_.summary);
  size_t width = 0;
  for (const CLI::Option* option : options_of(options_->app)) width = std::max(width, spelling(*option).size());
  for (const CLI::Option* option : options_of(options_->app)) {
    text += fmt::format("  {:{}}  {}\n", spelling(*option), width, option->get_description());
  }
  if (with_examples && !help_.details.empty()) text += fmt::format("\n{}", help_.details);
  return text;
}

void print_error(std::string_view who, std::string_view message) {
  fmt::print(stderr, "{} {}\n", paint(stderr, Color::red, fmt::format("{}:", who)), message);
}

bool use_color(FILE* stream) {
  if (color_mode != ColorMode::automatic) return color_mode == ColorMode::always;
  const char* const no_color =
      std::getenv("NO_COLOR");  // NOLINT(concurrency-mt-unsafe): nothing here changes the environment
  return (no_color == nullptr || *no_color == '\0') && isatty(fileno(stream)) == 1;
}

std::string paint(FILE* stream, Color color, std::string_view text) {
  if (!use_color(stream)) return std::string(text);
  return fmt::format("\x1b[1;{}m{}\x1b[0m", static_cast<int>(color), text);
}

std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates) {
  const auto distance = [word](std::string_view other) {
    std::vector<size_t> row(other.size() + 1);
    std::iota(row.begin(), row.end(), size_t{0});
    for (size_t i = 0; i < word.size(); ++i) {
      size_t diagonal = std::exchange(row[0], i + 1);
      for (size_t j = 0; j < other.size(); ++j) {
        const size_t substituted = diagonal + (word[i] == other[j] ? 0 : 1);
        diagonal = row[j + 1];
        row[j + 1] = std::min({substituted, row[j] + 1, diagonal + 1});
      }
    }
    return row.back();
  };
  std::optional<std::string> best;
  size_t best_distance = std::max<size_t>(2, word.size() / 3) + 1;  // further away it is a different word, not a slip
  for (const std::string& candidate : candidates) {
    const size_t d = word.size() > 2 && candidate.starts_with(word) ? 1 : distance(candidate);
    if (d < best_distance && d < candidate.size()) best = candidate, best_distance = d;
  }
  return best;
}

std::string suggestion(std::string_view word, std::span<const std::string> candidates) {
  const auto match = nearest(word, candidates);
  return match ? fmt::format("; did you mean '{}'?", *match) : "";
}

std::optional<uint64_t> parse_number(std::string_view text) {
  const auto split = split_unit<uint64_t>(text);
  return split && split->second.empty() ? std::optional(split->first) : std::nullopt;
}

std::optional<std::chrono::nanoseconds> parse_duration(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, double>, 6> kUnits{
      {{"", 1e9}, {"s", 1e9}, {"ms", 1e6}, {"us", 1e3}, {"m", 60e9}, {"h", 3600e9}}};
  const auto split = split_unit<double>(text);
  if (!split || !(split->first >= 0)) return std::nullopt;
  for (const auto& [unit, nanoseconds] : kUnits) {
    const double value = split->first * nanoseconds;
    if (split->second == unit && value < 9.2e18) return std::chrono::nanoseconds(std::llround(value));
  }
  return std::nullopt;
}

std::optional<uint64_t> parse_size(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, unsigned>, 5> kUnits{
      {{"", 0}, {"K", 10}, {"M", 20}, {"G", 30}, {"T", 40}}};
  const auto split = split_unit<uint64_t>(text);
  if (!split) return std::nullopt;
  for (const auto& [unit, shift] : kUnits) {
    if (split->second == unit && split->first <= std::numeric_limits<uint64_t>::max() >> shift)
      return split->first << shift;
  }
  return std::nullopt;
}

}  // namespace weft::cli
