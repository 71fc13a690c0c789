// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <regex>

#include "suite/conformance/front_matter.h"
#include "tools/generate/litmus_test.h"

namespace weft::generate {
namespace {

constexpr std::string_view kLocations = "xyzw";

enum class Link : uint8_t { none, fence, address, data, control };

/// From one access to the next, the last to the first.
struct Edge {
  std::string name;
  char from = 'R', to = 'R';
  bool external = false;  ///< to another thread
  bool other_place = false;
  Link link = Link::none;
};

/// What an edge begins at.
struct Node {
  char kind = 'R';
  size_t place = 0;
  unsigned value = 0;
};

std::optional<Edge> parse_edge(const std::string& name) {
  static const std::regex communication("(Rf|Fr|Ws)([ei])"),
      program("(Pod|Pos|Fenced|DpAddr|DpData|DpCtrl)([RW]?)([RW])");
  static const std::map<std::string, Link> links{
      {"Fenced", Link::fence}, {"DpAddr", Link::address}, {"DpData", Link::data}, {"DpCtrl", Link::control}};
  std::smatch part;
  if (std::regex_match(name, part, communication)) {
    const std::string relation = part[1];
    return Edge{.name = name,
                .from = relation == "Fr" ? 'R' : 'W',
                .to = relation == "Rf" ? 'R' : 'W',
                .external = part[2] == "e"};
  }
  if (!std::regex_match(name, part, program)) return {};
  const bool depends = part[1].str().starts_with("Dp");
  if (depends == (part[2].length() != 0) || (part[1] == "DpData" && part[3] == "R")) return {};
  const auto link = links.find(part[1]);
  return Edge{.name = name,
              .from = depends ? 'R' : part[2].str()[0],
              .to = part[3].str()[0],
              .other_place = part[1] != "Pos",
              .link = link == links.end() ? Link::none : link->second};
}

Error malformed(std::string message, std::string where) {
  return {ErrorKind::malformed, std::move(message), std::move(where)};
}

/// The accesses that the edges begin at. What comes first at a place is there with the value 0, or is the write of 1;
/// each further write is one more, and what reads sees the value so far.
Result<std::vector<Node>> accesses_of(const std::vector<Edge>& edges) {
  std::vector<Node> accesses;
  const auto places =
      static_cast<size_t>(std::count_if(edges.begin(), edges.end(), [](const Edge& edge) { return edge.other_place; }));
  size_t first = 0;  // the edge behind one to another place
  while (first < edges.size() && !edges[(first + edges.size() - 1) % edges.size()].other_place) ++first;
  if (places < 2 || places > kLocations.size())
    return malformed(fmt::format("a cycle over {} places, and not over two to four", places), {});
  accesses.resize(edges.size());
  size_t place = 0;
  unsigned value = 0, writes = 0;
  for (size_t i = 0; i < edges.size(); ++i) {
    const size_t at = (first + i) % edges.size();
    const Edge& edge = edges[at];
    if (edge.from == 'W') value = ++writes;
    if (writes > 2) return malformed("more than two writes to one place", edge.name);
    accesses[at] = {edge.from, place, value};
    if (edge.other_place) ++place, value = writes = 0;
  }
  std::map<size_t, size_t> names;  // the places in the order of the accesses
  for (Node& access : accesses) access.place = names.try_emplace(access.place, names.size()).first->second;
  return accesses;
}

class Writer {
 public:
  Writer(const std::vector<Edge>& edges, const std::vector<Node>& accesses) : edges_(edges), accesses_(accesses) {}

  Shape write() {
    for (size_t i = 0; i < edges_.size(); ++i) {
      add(accesses_[i], i == 0 || edges_[i - 1].external ? Link::none : edges_[i - 1].link);
      if (edges_[i].external) shape_.threads.push_back(std::exchange(thread_, {})), registers_ = 0;
    }
    for (size_t place = 0; place < kLocations.size(); ++place) {
      unsigned last = 0;
      for (const Node& access : accesses_) {
        if (access.place == place && access.kind == 'W') last = std::max(last, access.value);
      }
      if (last < 2) continue;
      shape_.after +=
          fmt::format("{}R4u[{}]->{}", shape_.after.empty() ? "" : "; ", kLocations[place], kLocations[place]);
      observe(fmt::format("M:{}", kLocations[place]), last);
    }
    return std::move(shape_);
  }

 private:
  void observe(const std::string& name, unsigned value) {
    shape_.weak += fmt::format("{}{}={}", shape_.weak.empty() ? "" : " ", name, value);
  }

  void add(const Node& access, Link link) {
    if (!thread_.empty()) thread_ += "; ";
    const std::string last = fmt::format("r{}", registers_ - 1);  // depended on: the access before, which reads
    std::string place(1, kLocations[access.place]), value = fmt::format("{}", access.value);
    if (link == Link::fence) thread_ += "fence; ";
    if (link == Link::address) place += fmt::format("+{0}-{0}", last);
    if (link == Link::data) value = fmt::format("{0}^{0}+{1}", last, access.value);
    if (link == Link::control) thread_ += fmt::format("skip {}!={} 1; ", last, seen_);
    if (access.kind == 'W') {
      thread_ += fmt::format("W4?[{}]={}", place, value);
    } else {
      thread_ += fmt::format("R4?[{}]->r{}", place, registers_);
      observe(fmt::format("{}:r{}", shape_.threads.size(), registers_++), access.value);
      seen_ = access.value;
    }
  }

  const std::vector<Edge>& edges_;
  const std::vector<Node>& accesses_;
  Shape shape_;
  std::string thread_;
  unsigned registers_ = 0, seen_ = 0;
};

}  // namespace

Result<Shape> shape_of_cycle(std::string_view cycle) {
  std::vector<Edge> edges;
  for (const std::string& name : conformance::split(cycle, " ")) {
    auto edge = parse_edge(name);
    if (!edge) return malformed("no edge of a cycle", name);
    edges.push_back(*std::move(edge));
  }
  if (edges.empty() || !edges.back().external) return malformed("a cycle ends with an edge to another thread", {});
  for (size_t i = 0; i < edges.size(); ++i) {
    const Edge& next = edges[(i + 1) % edges.size()];
    if (edges[i].to != next.from)
      return malformed(
          fmt::format("leads to a {}, where {} does not begin", edges[i].to == 'R' ? "read" : "write", next.name),
          edges[i].name);
  }
  const auto accesses = accesses_of(edges);
  if (!accesses) return accesses.error();
  return Writer(edges, *accesses).write();
}

}  // namespace weft::generate
