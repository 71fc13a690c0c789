// SPDX-License-Identifier: Apache-2.0
//
// Breadth-first search of a random graph of SIZE vertices, by levels: whoever writes a vertex's distance first, by a
// compare-and-exchange, puts it at the end of the queue. A vertex claimed twice makes the queue too long; a barrier
// that leaks gives distances that are too great.
#include <stdatomic.h>

#include "kernel_team.h"

enum { kDegree = 8, kUnreached = -1 };

static int64_t vertices;
static _Atomic int32_t* distances;
static int32_t* queue;
static atomic_llong queued;

/// No edge is stored: the graph is a hash function.
static int64_t neighbour(int64_t vertex, int edge) {
  return (int64_t)(kernel_hash((uint64_t)(vertex * kDegree + edge)) % (uint64_t)vertices);
}

static void reach(int64_t vertex, int32_t distance) {
  int32_t expected = kUnreached;
  if (!atomic_compare_exchange_strong(&distances[vertex], &expected, distance)) return;
  const int64_t place = atomic_fetch_add(&queued, 1);
  if (place >= vertices) {
    fprintf(stderr, "a vertex was claimed twice\n");
    exit(1);
  }
  queue[place] = (int32_t)vertex;
}

static uint64_t body(const struct team_member* self) {
  int64_t begin = 0;
  int64_t end = 1;
  for (int32_t distance = 1; begin < end; ++distance) {
    const struct kernel_slice share = team_share(self, end - begin);
    for (int64_t i = begin + share.begin; i < begin + share.end; ++i) {
      for (int edge = 0; edge < kDegree; ++edge) reach(neighbour(queue[i], edge), distance);
    }
    team_barrier(self);
    begin = end;
    end = atomic_load(&queued);
    team_barrier(self);  // nobody adds to the queue before everybody knows where it ended
  }
  const struct kernel_slice share = team_share(self, vertices);
  uint64_t checksum = 0;
  for (int64_t i = share.begin; i < share.end; ++i) checksum += team_hash(i, (uint64_t)atomic_load(&distances[i]));
  return checksum;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 3000000);
  vertices = args.size;
  distances = kernel_array(vertices, sizeof *distances);
  queue = kernel_array(vertices, sizeof *queue);
  for (int64_t i = 0; i < vertices; ++i) atomic_init(&distances[i], kUnreached);
  reach(0, 0);

  const double started = kernel_seconds();
  const uint64_t checksum = team_run(args.threads, body);
  kernel_report_time(started);
  int64_t reached = 0;
  for (int64_t i = 0; i < vertices; ++i) reached += atomic_load(&distances[i]) != kUnreached;
  const int64_t in_queue = atomic_load(&queued);
  printf("reached %lld\nqueued %lld\nchecksum %016llx\n", (long long)reached, (long long)in_queue,
         (unsigned long long)checksum);
  free(distances);
  free(queue);
  return reached == in_queue ? 0 : 1;
}
