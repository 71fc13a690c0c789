// SPDX-License-Identifier: Apache-2.0
#include "tools/weft/command.h"

#include <fmt/format.h>
#include <unistd.h>

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
ColorMode color_mode = ColorMode::automatic;  // written while the command line is parsed, before there is a second thread

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

CommandLine::CommandLine(std::string name, const Help& help) : name_(std::move(name)), help_(help) {
  app_.set_help_flag("-h", "short help");
  app_.set_help_all_flag("--help", "long help, examples first");
  app_.add_option("--color", color_, "colour: auto (on a terminal, unless NO_COLOR is set), always or never")->type_name("WHEN");
  app_.allow_extras();
}

CLI::Option* CommandLine::add_duration(const std::string& name, std::chrono::nanoseconds& value, const std::string& description) {
  const auto read = [name, &value](const std::string& text) {
    const auto parsed = parse_duration(text);
    if (!parsed) throw CLI::ValidationError(fmt::format("{} wants a duration such as 20s or 150ms, not '{}'", name, text));
    value = *parsed;
  };
  return app_.add_option_function<std::string>(name, read, description)->type_name("DURATION");
}

CLI::Option* CommandLine::add_size(const std::string& name, uint64_t& value, const std::string& description) {
  const auto read = [name, &value](const std::string& text) {
    const auto parsed = parse_size(text);
    if (!parsed) throw CLI::ValidationError(fmt::format("{} wants a size such as 64M or 1G, not '{}'", name, text));
    value = *parsed;
  };
  return app_.add_option_function<std::string>(name, read, description)->type_name("SIZE");
}

std::optional<int> CommandLine::parse(const Arguments& arguments) {
  try {
    app_.parse(Arguments(arguments.rbegin(), arguments.rend()));  // CLI11 takes them last first
  } catch (const CLI::CallForHelp&) {
    fmt::print("{}", help(false));
    return kAsExpected;
  } catch (const CLI::CallForAllHelp&) {
    fmt::print("{}", help(true));
    return kAsExpected;
  } catch (const CLI::ParseError& error) {
    return usage_error(error.what());
  }

  static constexpr std::array<std::pair<std::string_view, ColorMode>, 3> kModes{
      {{"auto", ColorMode::automatic}, {"always", ColorMode::always}, {"never", ColorMode::never}}};
  const auto* const mode = std::find_if(kModes.begin(), kModes.end(), [&](const auto& entry) { return entry.first == color_; });
  if (mode == kModes.end()) return usage_error(fmt::format("--color wants auto, always or never, not '{}'", color_));
  color_mode = mode->second;

  operands_ = app_.remaining();
  // After "--" nothing is an option; before the first operand of a prefix command an unknown one is still ours.
  const auto marker = std::find(operands_.begin(), operands_.end(), "--");
  const auto first_operand = std::find_if_not(operands_.begin(), marker, looks_like_option);
  const auto ours_end = app_.get_prefix_command() ? first_operand : marker;
  const auto unknown = std::find_if(operands_.begin(), ours_end, looks_like_option);
  if (unknown != ours_end) {
    std::vector<std::string> names;
    for (const CLI::Option* option : options_of(app_)) {
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
      for (const std::string& name : option->get_snames()) names.push_back("-" + name);
    }
    const auto match = nearest(unknown->substr(0, unknown->find('=')), names);
    return usage_error(fmt::format("unknown option '{}'{}", *unknown, match ? fmt::format("; did you mean '{}'?", *match) : ""));
  }
  if (marker != operands_.end() && (!app_.get_prefix_command() || marker == first_operand)) operands_.erase(marker);
  return std::nullopt;
}

int CommandLine::usage_error(std::string_view message) const {
  print_error(fmt::format("{}: {}", name_, message));
  fmt::print(stderr, "usage: weft {} [options] {}\nTry 'weft {} -h' for the options.\n", name_, help_.arguments, name_);
  return kUsage;
}

std::string CommandLine::help(bool with_examples) const {
  std::string text;
  if (with_examples) text += fmt::format("Examples:\n{}\n", help_.examples);
  text += fmt::format("Usage: weft {} [options] {}\n\n{}\n\nOptions:\n", name_, help_.arguments, help_.summary);
  size_t width = 0;
  for (const CLI::Option* option : options_of(app_)) width = std::max(width, spelling(*option).size());
  for (const CLI::Option* option : options_of(app_)) {
    text += fmt::format("  {:{}}  {}\n", spelling(*option), width, option->get_description());
  }
  if (with_examples && !help_.details.empty()) text += fmt::format("\n{}", help_.details);
  return text;
}

void print_error(std::string_view message) {
  fmt::print(stderr, "{} {}\n", paint(stderr, Color::red, "weft:"), message);
}

bool use_color(FILE* stream) {
  if (color_mode != ColorMode::automatic) return color_mode == ColorMode::always;
  const char* const no_color = std::getenv("NO_COLOR");  // NOLINT(concurrency-mt-unsafe): nothing here changes the environment
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
    const size_t d = distance(candidate);
    if (d < best_distance && d < candidate.size()) best = candidate, best_distance = d;
  }
  return best;
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
  static constexpr std::array<std::pair<std::string_view, unsigned>, 5> kUnits{{{"", 0}, {"K", 10}, {"M", 20}, {"G", 30}, {"T", 40}}};
  const auto split = split_unit<uint64_t>(text);
  if (!split) return std::nullopt;
  for (const auto& [unit, shift] : kUnits) {
    if (split->second == unit && split->first <= std::numeric_limits<uint64_t>::max() >> shift) return split->first << shift;
  }
  return std::nullopt;
}

}  // namespace weft::cli
