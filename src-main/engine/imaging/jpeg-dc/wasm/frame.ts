/** @file The picture at an eighth of its size, by component: what is known of it and where it is written. */
import { COMPONENTS_MAX } from '../parameters';
import { BLOCK_BYTES, blocks, COMPONENT_BYTES, components, planes, quantisers } from './memory';

/** Of luminance: 1 or 2 blocks of an MCU beside and below each other. Chrominance has one. */
export let across: i32 = 1;
export let down: i32 = 1;
export let componentCount: i32 = 0;
export let mcuColumns: i32 = 0;
export let mcuRows: i32 = 0;
export let blockCount: i32 = 0;

/**
 * Four samples of each chrominance block instead of one: where both sides have half as many blocks the decoder that we
 * stand in for does so too.
 */
export let isFine: bool = false;

/** Samples from one row to the next. */
export let lumaStride: i32 = 0;
export let chromaStride: i32 = 0;
export let lumaPlane: usize = 0;
export let bluePlane: usize = 0;
export let redPlane: usize = 0;
/** Behind the planes: the picture that is made of them. */
export let pixels: usize = 0;

/** Behind the picture. */
export let frameEnd: usize = 0;

/** A component's fields. */
const PREDICTION: usize = 0;
const DC_SLOT: usize = 4;
const AC_SLOT: usize = 8;

/** A block's fields: its component, where its samples go, and how far on the next block of its kind goes. */
const COMPONENT: usize = 0;
const TARGET: usize = 4;
const STEP: usize = 8;
const ROW_STEP: usize = 12;

/**
 * @param pixelBytes of the picture that will lie at `pixels`
 * @returns false when there is not enough memory
 */
export function setFrame(count: i32, h: i32, v: i32, columns: i32, rows: i32, pixelBytes: i32): bool {
  componentCount = count;
  across = h;
  down = v;
  mcuColumns = columns;
  mcuRows = rows;
  isFine = h === 2 && v === 2;
  const fine = isFine ? 2 : 1;
  lumaStride = columns * h;
  chromaStride = columns * fine;
  lumaPlane = planes;
  bluePlane = lumaPlane + <usize>padded(lumaStride * rows * v);
  redPlane = bluePlane + <usize>padded(count === 1 ? 0 : chromaStride * rows * fine);
  pixels = redPlane + <usize>padded(count === 1 ? 0 : chromaStride * rows * fine);
  setBlocks(fine);
  frameEnd = pixels + <usize>padded(pixelBytes);
  return growTo(frameEnd);
}

export function setComponent(index: i32, dcSlot: i32, acSlot: i32): void {
  store<i32>(componentAt(index), dcSlot, DC_SLOT);
  store<i32>(componentAt(index), acSlot, AC_SLOT);
}

function setBlocks(fine: i32): void {
  blockCount = 0;
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < across; x++) {
      const target = lumaPlane + <usize>(y * lumaStride + x);
      setBlock(0, target, across, (down - 1) * lumaStride);
    }
  }
  if (componentCount === 1) return;
  setBlock(1, bluePlane, fine, (fine - 1) * chromaStride);
  setBlock(2, redPlane, fine, (fine - 1) * chromaStride);
}

function setBlock(component: i32, target: usize, step: i32, rowStep: i32): void {
  const block = blockAt(blockCount++);
  store<i32>(block, component, COMPONENT);
  store<usize>(block, target, TARGET);
  store<i32>(block, step, STEP);
  store<i32>(block, rowStep, ROW_STEP);
}

export function growTo(end: usize): bool {
  const pages = <i32>((end + 0xffff) >> 16) - memory.size();
  return pages <= 0 || memory.grow(pages) >= 0;
}

export function padded(bytes: i32): i32 {
  return (bytes + 64 + 15) & ~15;
}

function componentAt(index: i32): usize {
  return components + <usize>(index * COMPONENT_BYTES);
}

function blockAt(index: i32): usize {
  return blocks + <usize>(index * BLOCK_BYTES);
}

export function forgetPredictions(): void {
  for (let index = 0; index < COMPONENTS_MAX; index++) store<i32>(componentAt(index), 0, PREDICTION);
}

export function componentOf(block: i32): i32 {
  return load<i32>(blockAt(block), COMPONENT);
}

/** @returns where the block's samples go, and moves on to the next */
export function nextTarget(block: i32): usize {
  const address = blockAt(block);
  const target = load<usize>(address, TARGET);
  store<usize>(address, target + <usize>load<i32>(address, STEP), TARGET);
  return target;
}

export function endRow(): void {
  for (let block = 0; block < blockCount; block++) {
    const address = blockAt(block);
    const target = load<usize>(address, TARGET);
    store<usize>(address, target + <usize>load<i32>(address, ROW_STEP), TARGET);
  }
}

export function predicted(component: i32, difference: i32): i32 {
  const address = componentAt(component);
  const dc = load<i32>(address, PREDICTION) + difference;
  store<i32>(address, dc, PREDICTION);
  return dc;
}

export function dcSlotOf(component: i32): i32 {
  return load<i32>(componentAt(component), DC_SLOT);
}

export function acSlotOf(component: i32): i32 {
  return load<i32>(componentAt(component), AC_SLOT);
}

export function quantisersOf(component: i32): usize {
  return quantisers + <usize>(component * 64 * 2);
}
