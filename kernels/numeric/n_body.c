// SPDX-License-Identifier: Apache-2.0
//
// SIZE steps of bodies that attract each other: two barriers a step part reading everybody's position from moving one's
// own. A barrier that lets a thread through early has forces without their counter-forces: the total momentum is no
// longer zero.
#include "kernel_math.h"
#include "kernel_team.h"

enum { kBodies = 128 };

static const double kStep = 1e-4;
static const double kSoftening = 1e-3;

struct body {
  double mass;
  double position[3];
  double velocity[3];
};

static int64_t steps;
static struct body bodies[kBodies];

/// Adds to a body's velocity what all others give it in one step; their order is fixed.
static void attract(struct body* body) {
  for (int j = 0; j < kBodies; ++j) {
    double distance[3];
    double square = kSoftening;
    for (int axis = 0; axis < 3; ++axis) {
      distance[axis] = bodies[j].position[axis] - body->position[axis];
      square += distance[axis] * distance[axis];
    }
    const double factor = kStep * bodies[j].mass / (square * math_sqrt(square));
    for (int axis = 0; axis < 3; ++axis) body->velocity[axis] += factor * distance[axis];
  }
}

static uint64_t simulate(const struct team_member* self) {
  const struct kernel_slice share = team_share(self, kBodies);
  for (int64_t step = 0; step < steps; ++step) {
    for (int64_t i = share.begin; i < share.end; ++i) attract(&bodies[i]);
    team_barrier(self);
    for (int64_t i = share.begin; i < share.end; ++i) {
      for (int axis = 0; axis < 3; ++axis) bodies[i].position[axis] += kStep * bodies[i].velocity[axis];
    }
    team_barrier(self);
  }
  uint64_t checksum = 0;
  for (int64_t i = share.begin; i < share.end; ++i) {
    for (int axis = 0; axis < 3; ++axis) checksum += team_hash_double(3 * i + axis, bodies[i].position[axis]);
  }
  return checksum;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 3000);
  steps = args.size;
  for (int i = 0; i < kBodies; ++i) {
    bodies[i].mass = 1 + math_unit(kernel_hash((uint64_t)i));
    for (int axis = 0; axis < 3; ++axis) {
      bodies[i].position[axis] = math_unit(kernel_hash((uint64_t)(1000 * (axis + 1) + i))) - 0.5;
    }
  }

  const double started = kernel_seconds();
  const uint64_t checksum = team_run(args.threads, simulate);
  kernel_report_time(started);
  double most = 0;
  for (int axis = 0; axis < 3; ++axis) {
    double momentum = 0;
    for (int i = 0; i < kBodies; ++i) momentum += bodies[i].mass * bodies[i].velocity[axis];
    if (!(math_abs(momentum) <= most)) most = math_abs(momentum);
  }
  const int kept = most < 1e-9;
  printf("momentum kept %d\nchecksum %016llx\n", kept, (unsigned long long)checksum);
  return kept ? 0 : 1;
}
