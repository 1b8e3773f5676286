/**
 * @file Lays A on B to a few hundredths of a pixel: Gauss-Newton on locally normalised luminance, gradients of both
 * pictures (E. Malis 2004), Tukey weights against what differs; half the size first, affine, then with perspective.
 */
import { apply, determinantOf, type Homography, multiply, type Size } from './homography.ts';
import { type Kernels } from './kernels.ts';
import {
  CORNER_MOVE_SHARE_MAX,
  FULL_ROUNDS,
  HALF_ROUNDS,
  HALVED_EDGE_MIN_PX,
  NORMALISE_RADIUS_FULL_PX,
  NORMALISE_RADIUS_HALF_PX,
  PERSPECTIVE_ROUNDS,
  TWICE_HALVED_EDGE_PX,
} from './parameters.ts';
import { halve } from './raster.ts';
import { refine } from './refinement.ts';
import { takeSamples } from './samples.ts';
import { type Plane } from './workspace.ts';

export interface Registration {
  /** Pixels of A to those of B. */
  map: Homography;
  /** False: what was found leads too far from where it began, so the map is the one it began with. */
  found: boolean;
  /** Locally normalised luminance of both. */
  normalA: Plane;
  normalB: Plane;
}

/** From pixels of a halved picture to those of the whole one, and back. */
const FROM_HALF: Homography = [2, 0, 0.5, 0, 2, 0.5, 0, 0, 1];
const TO_HALF: Homography = [0.5, 0, -0.25, 0, 0.5, -0.25, 0, 0, 1];

/** @param a, b luminance, blurred alike; @param start pixels of A to those of B */
export function register(kernels: Kernels, a: Plane, b: Plane, start: Homography): Registration {
  const halvings = Math.max(a.width, a.height) > TWICE_HALVED_EDGE_PX ? 2 : 1;
  const coarse = refineHalved(kernels, a, b, start, halvings);
  const normalA = normalised(kernels, a, NORMALISE_RADIUS_FULL_PX);
  const normalB = normalised(kernels, b, NORMALISE_RADIUS_FULL_PX);
  const samples = takeSamples(kernels, normalA);
  const affine = refine(kernels, samples, normalB, coarse, FULL_ROUNDS, 6);
  const projective = refine(kernels, samples, normalB, affine, PERSPECTIVE_ROUNDS, 8);
  const stays = (map: Homography): boolean => isNear(map, start, a, b);
  if (stays(projective)) return { map: projective, found: true, normalA, normalB };
  const found = stays(affine);
  return { map: found ? affine : start, found, normalA, normalB };
}

function refineHalved(kernels: Kernels, a: Plane, b: Plane, start: Homography, halvings: number): Homography {
  if (halvings === 0 || Math.min(a.width, a.height, b.width, b.height) < HALVED_EDGE_MIN_PX) return start;
  const { workspace } = kernels;
  const halfA = workspace.plane(a.width >> 1, a.height >> 1);
  const halfB = workspace.plane(b.width >> 1, b.height >> 1);
  halve(a, halfA);
  halve(b, halfB);
  const halved = multiply(TO_HALF, multiply(start, FROM_HALF));
  const coarse = refineHalved(kernels, halfA, halfB, halved, halvings - 1);
  const samples = takeSamples(kernels, normalised(kernels, halfA, NORMALISE_RADIUS_HALF_PX));
  const found = refine(
    kernels,
    samples,
    normalised(kernels, halfB, NORMALISE_RADIUS_HALF_PX),
    coarse,
    HALF_ROUNDS,
    6,
  );
  return multiply(FROM_HALF, multiply(found, TO_HALF));
}

function normalised(kernels: Kernels, plane: Plane, radius: number): Plane {
  const target = kernels.workspace.plane(plane.width, plane.height);
  kernels.normaliseLocally(plane, target, radius);
  return target;
}

function isNear(map: Homography, start: Homography, a: Size, b: Size): boolean {
  const limit = CORNER_MOVE_SHARE_MAX * Math.max(b.width, b.height);
  for (const x of [0, a.width - 1]) {
    for (const y of [0, a.height - 1]) {
      const [to, from] = [apply(map, { x, y }), apply(start, { x, y })];
      if (!(Math.hypot(to.x - from.x, to.y - from.y) < limit)) return false;
    }
  }
  return determinantOf(map) * determinantOf(start) > 0;
}
