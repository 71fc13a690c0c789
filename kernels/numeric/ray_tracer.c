// SPDX-License-Identifier: Apache-2.0
//
// SIZE lines of a picture of mirroring spheres; each thread takes the next line from an atomic counter. Doubles, square
// roots, branches and recursion. The scene is its own mirror image, so the picture must be too; a line traced twice or
// never changes the checksum.
#include <stdatomic.h>
#include <stdbool.h>

#include "kernel_math.h"
#include "kernel_team.h"

enum { kWidth = 256, kSpheres = 4, kDepth = 4 };

struct vector {
  double x;
  double y;
  double z;
};

struct sphere {
  struct vector centre;
  double radius;
  double brightness;
  double mirror;
};

static const struct sphere kScene[kSpheres] = {{{0, -1001, 4}, 1000, 0.4, 0.2},
                                               {{0, 0, 5}, 1, 0.9, 0.3},
                                               {{-1.5, -0.3, 4}, 0.7, 0.7, 0.5},
                                               {{1.5, -0.3, 4}, 0.7, 0.7, 0.5}};
static const struct vector kLight = {0, 0.8, -0.6};  // of length 1: where the light comes from

static int64_t height;
static atomic_llong next_line;
static uint8_t* pixels;

static struct vector along(struct vector from, struct vector direction, double distance) {
  return (struct vector){from.x + direction.x * distance, from.y + direction.y * distance,
                         from.z + direction.z * distance};
}

static double dot(struct vector a, struct vector b) { return a.x * b.x + a.y * b.y + a.z * b.z; }

static struct vector unit(struct vector v) { return along((struct vector){0, 0, 0}, v, 1 / math_sqrt(dot(v, v))); }

/// The nearest sphere in front of `from`, NULL for none; `direction` has length 1.
static const struct sphere* hit(struct vector from, struct vector direction, double* distance) {
  const struct sphere* nearest = NULL;
  for (int i = 0; i < kSpheres; ++i) {
    const struct vector to_centre = along(kScene[i].centre, from, -1);
    const double middle = dot(to_centre, direction);
    const double square = middle * middle - dot(to_centre, to_centre) + kScene[i].radius * kScene[i].radius;
    if (square < 0) continue;
    const double near = middle - math_sqrt(square);
    if (near < 1e-6 || (nearest != NULL && near >= *distance)) continue;
    nearest = &kScene[i];
    *distance = near;
  }
  return nearest;
}

static double trace(struct vector from, struct vector direction, int depth) {
  double distance = 0;
  const struct sphere* sphere = hit(from, direction, &distance);
  if (sphere == NULL) return 0.5 + 0.5 * math_abs(direction.y);
  const struct vector point = along(from, direction, distance);
  const struct vector normal = unit(along(point, sphere->centre, -1));
  const double angle = dot(normal, kLight);
  double brightness = 0.1;
  if (angle > 0 && hit(point, kLight, &distance) == NULL) brightness += 0.9 * angle;
  brightness *= sphere->brightness;
  if (depth == 0) return brightness;
  const struct vector mirrored = along(direction, normal, -2 * dot(direction, normal));
  return brightness * (1 - sphere->mirror) + sphere->mirror * trace(point, mirrored, depth - 1);
}

static uint64_t body(const struct team_member* self) {
  (void)self;
  uint64_t checksum = 0;
  for (int64_t line = atomic_fetch_add(&next_line, 1); line < height; line = atomic_fetch_add(&next_line, 1)) {
    for (int column = 0; column < kWidth; ++column) {
      const struct vector direction = {(2 * column + 1 - kWidth) / (double)kWidth,
                                       0.7 - 1.4 * (double)line / (double)height, 1.2};
      const double brightness = trace((struct vector){0, 0, 0}, unit(direction), kDepth);
      pixels[line * kWidth + column] = (uint8_t)(255 * brightness);
      checksum += team_hash_double(line * kWidth + column, brightness);
    }
  }
  return checksum;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 10000);
  height = args.size;
  pixels = kernel_array(height, kWidth);
  const double started = kernel_seconds();
  const uint64_t checksum = team_run(args.threads, body);
  kernel_report_time(started);

  int64_t light = 0;
  bool mirrored = true;
  for (int64_t i = 0; i < height * kWidth; ++i) {
    light += pixels[i];
    mirrored = mirrored && pixels[i] == pixels[i ^ (kWidth - 1)];  // the column counted from the right
  }
  printf("light %lld\nmirrored %d\nchecksum %016llx\n", (long long)light, mirrored, (unsigned long long)checksum);
  free(pixels);
  return mirrored ? 0 : 1;
}
