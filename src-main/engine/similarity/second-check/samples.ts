/** @file Where two pictures are compared while one is laid on the other. */
import { type Kernels } from './kernels.ts';
import { SAMPLES_WANTED } from './parameters.ts';
import { type Plane } from './workspace.ts';

export interface Samples {
  /** Of the picture that they were picked from, px. */
  width: number;
  height: number;
  count: number;
  /** How many there is room for. */
  capacity: number;
  /** By sample, one array of `capacity` behind the other: x, y, value, gradient along x and y (central differences). */
  picked: Float32Array;
  /** What is measured of each under a map: residual (NaN outside the other picture), mean gradient along x and y. */
  measured: Float32Array;
}

const PICKED_NUMBERS = 5;
const MEASURED_NUMBERS = 3;

/** The steepest pixel of each cell of a grid. */
export function takeSamples(kernels: Kernels, plane: Plane): Samples {
  const { width, height } = plane;
  const cell = Math.max(2, Math.round(Math.sqrt((width * height) / SAMPLES_WANTED)));
  const capacity = Math.ceil(width / cell) * Math.ceil(height / cell);
  const picked = kernels.workspace.floats(PICKED_NUMBERS * capacity);
  const measured = kernels.workspace.floats(MEASURED_NUMBERS * capacity);
  const samples = { width, height, count: 0, capacity, picked, measured };
  return { ...samples, count: kernels.pickSamples(plane, cell, samples) };
}
