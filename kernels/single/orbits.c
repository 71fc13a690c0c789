// SPDX-License-Identifier: Apache-2.0
//
// SIZE steps of the sun and its four large planets: doubles, square roots, divisions. An engine that rounds an
// operation otherwise than IEEE 754 says ends elsewhere; one that leaves a term out does not keep the energy.
#include "kernel_checksum.h"
#include "kernel_math.h"

enum { kBodies = 5 };

static const double kStep = 0.01;  // years of 365.24 days

struct body {
  double x, y, z;     // astronomical units
  double vx, vy, vz;  // a year
  double mass;        // the sun's is 4 pi^2
};

static struct body bodies[kBodies] = {
    {0, 0, 0, 0, 0, 0, 39.47841760435743},
    {4.84143144246472090, -1.16032004402742839, -0.10362204447112311, 0.60632639299583202, 2.81198684491626,
     -0.02521836165988763, 0.03769367487038949},
    {8.34336671824457987, 4.12479856412430479, -0.40352341711432138, -1.01077434617879236, 1.82566237123041186,
     0.00841576137658415, 0.01128632613196877},
    {12.8943695621391310, -15.1111514016986312, -0.22330757889265573, 1.08279100644153536, 0.86871301816960822,
     -0.01083263740136364, 0.00172372405705971},
    {15.3796971148509165, -25.9193146099879641, 0.17925877295037118, 0.97909073224389798, 0.59469899864767617,
     -0.03475595555078104, 0.00203368686992463},
};

/// So that the whole has no momentum.
static void hold_still(void) {
  double x = 0, y = 0, z = 0;
  for (int i = 1; i < kBodies; ++i) {
    x += bodies[i].vx * bodies[i].mass;
    y += bodies[i].vy * bodies[i].mass;
    z += bodies[i].vz * bodies[i].mass;
  }
  bodies[0].vx = -x / bodies[0].mass;
  bodies[0].vy = -y / bodies[0].mass;
  bodies[0].vz = -z / bodies[0].mass;
}

static void step(void) {
  for (int i = 0; i < kBodies; ++i) {
    struct body* a = &bodies[i];
    for (int j = i + 1; j < kBodies; ++j) {
      struct body* b = &bodies[j];
      const double x = a->x - b->x, y = a->y - b->y, z = a->z - b->z;
      const double square = x * x + y * y + z * z;
      const double pull = kStep / (square * math_sqrt(square));
      a->vx -= x * b->mass * pull, a->vy -= y * b->mass * pull, a->vz -= z * b->mass * pull;
      b->vx += x * a->mass * pull, b->vy += y * a->mass * pull, b->vz += z * a->mass * pull;
    }
  }
  for (int i = 0; i < kBodies; ++i) {
    struct body* body = &bodies[i];
    body->x += kStep * body->vx, body->y += kStep * body->vy, body->z += kStep * body->vz;
  }
}

static double energy(void) {
  double sum = 0;
  for (int i = 0; i < kBodies; ++i) {
    const struct body* a = &bodies[i];
    sum += a->mass * (a->vx * a->vx + a->vy * a->vy + a->vz * a->vz) / 2;
    for (int j = i + 1; j < kBodies; ++j) {
      const struct body* b = &bodies[j];
      const double x = a->x - b->x, y = a->y - b->y, z = a->z - b->z;
      sum -= a->mass * b->mass / math_sqrt(x * x + y * y + z * z);
    }
  }
  return sum;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 2000000);
  hold_still();
  const double before = energy();
  const double started = kernel_seconds();
  for (int64_t i = 0; i < args.size; ++i) step();
  kernel_report_time(started);
  uint64_t checksum = 0;
  for (int i = 0; i < kBodies; ++i) {
    checksum = kernel_mix_double(checksum, bodies[i].x);
    checksum = kernel_mix_double(checksum, bodies[i].vy);
  }
  printf("energy %.9f\n", energy());
  return kernel_result(math_abs(energy() / before - 1) < 1e-3, checksum);
}
