import { describe, expect, it } from 'vitest';
import { apply, identity, type Affine } from '../../../src-renderer/geometry/affine.ts';
import { clippedTo, polygonArea } from '../../../src-renderer/geometry/polygon.ts';
import {
  keptOutline,
  keptOutlines,
  partAt,
  sceneOf,
  shownShare,
  type Scene,
  type ScenePhoto,
} from '../../../src-renderer/geometry/scene.ts';

/** How A lies on a crop of it: the part from (left, top) of the given width and height. */
function cropMap(left: number, top: number, width: number, height: number): Affine {
  return { xx: 1 / width, xy: 0, yx: 0, yy: 1 / height, x0: -left / width, y0: -top / height };
}
const turned: Affine = { xx: 0, xy: -1, yx: 1, yy: 0, x0: 1, y0: 0 };
const mirrored: Affine = { ...identity, xx: -1, x0: 1 };

function photo(id: number, width: number, height: number, map: Affine | null = identity): ScenePhoto {
  return { id, width, height, map };
}

function placed(scene: Scene, index: number) {
  const placement = scene.placements[index];
  if (placement === undefined) throw new Error(`no placement ${index}`);
  return placement;
}

describe('the scene of a comparison', () => {
  it('is photo A, and a resized copy lies on all of it', () => {
    const scene = sceneOf([photo(1, 400, 300), photo(2, 100, 75)]);
    expect([scene.width, scene.height]).toEqual([400, 300]);
    expect(apply(placed(scene, 1).place, { x: 0.5, y: 1 })).toEqual({ x: 200, y: 300 });
    expect(shownShare(placed(scene, 0), placed(scene, 1))).toBeCloseTo(1);
    expect(keptOutline(placed(scene, 0), placed(scene, 1))).toBeNull();
  });

  it.each([
    ['turned', turned, { x: 1, y: 0 }],
    ['mirrored', mirrored, { x: 1, y: 0 }],
  ])('a %s copy lies as A does', (_, map, leftTopOfA) => {
    const scene = sceneOf([photo(1, 400, 300), photo(2, 300, 400, map)]);
    expect([scene.width, scene.height]).toEqual([400, 300]);
    // The corner of the copy that shows A's left top is where A's left top is.
    expect(apply(placed(scene, 1).place, leftTopOfA)).toEqual({ x: 0, y: 0 });
  });

  it('a crop lies where it was cut out, and has no part beside it', () => {
    const scene = sceneOf([photo(1, 400, 300), photo(2, 200, 150, cropMap(0.25, 0.5, 0.5, 0.5))]);
    const [a, b] = [placed(scene, 0), placed(scene, 1)];
    expect(apply(b.place, { x: 0, y: 0 })).toEqual({ x: 100, y: 150 });
    expect(shownShare(a, b)).toBeCloseTo(0.25);
    expect(shownShare(b, a)).toBeCloseTo(1);
    expect(keptOutline(a, b)?.[2]).toEqual({ x: 300, y: 300 });
    expect(partAt(b, { x: 50, y: 200 })).toBeNull();
    expect(partAt(b, { x: 200, y: 225 })).toEqual({ x: 0.5, y: 0.5 });
  });

  it('reaches as far as the larger photo when A is the crop', () => {
    const scene = sceneOf([
      photo(1, 200, 150),
      photo(2, 400, 300, { ...identity, xx: 0.5, yy: 0.5, x0: 0.25, y0: 0.5 }),
    ]);
    expect([scene.width, scene.height]).toEqual([400, 300]);
    expect(apply(placed(scene, 0).place, { x: 0, y: 0 })).toEqual({ x: 100, y: 150 });
    expect(keptOutline(placed(scene, 1), placed(scene, 0))).not.toBeNull();
  });

  it('draws one outline for all that keep the same part', () => {
    const crop = cropMap(0.25, 0.25, 0.5, 0.5);
    const quarterTurned = { xx: 0, xy: -2, yx: 2, yy: 0, x0: 1.5, y0: -0.5 };
    const scene = sceneOf([
      photo(1, 400, 400),
      photo(2, 200, 200, crop),
      photo(3, 100, 100, cropMap(0.251, 0.25, 0.5, 0.5)),
      photo(4, 200, 200, quarterTurned),
      photo(5, 200, 200, cropMap(0.3, 0.25, 0.5, 0.5)),
      photo(6, 400, 400),
    ]);
    const [whole, ...parts] = scene.placements;
    expect(keptOutlines(whole!, parts).map(({ by }) => by)).toEqual([[2, 3, 4], [5]]);
  });

  it('shows what can’t be laid on A whole, in A’s place', () => {
    for (const map of [null, { ...identity, xx: 0 }, { ...identity, xx: 0.01 }]) {
      const scene = sceneOf([photo(1, 400, 300), photo(2, 300, 600, map)]);
      const other = placed(scene, 1);
      expect([scene.width, other.laid]).toEqual([400, false]);
      expect(apply(other.place, { x: 0, y: 0 })).toEqual({ x: 125, y: 0 });
      expect(apply(other.place, { x: 1, y: 1 })).toEqual({ x: 275, y: 300 });
      expect(keptOutline(placed(scene, 0), other)).toBeNull();
    }
  });
});

describe('the part of a polygon inside another', () => {
  const square = [
    { x: 0, y: 0 },
    { x: 1, y: 0 },
    { x: 1, y: 1 },
    { x: 0, y: 1 },
  ];

  it('is found however either is turned round', () => {
    const diamond = [
      { x: 0.5, y: -0.5 },
      { x: 1.5, y: 0.5 },
      { x: 0.5, y: 1.5 },
      { x: -0.5, y: 0.5 },
    ];
    for (const frame of [square, square.toReversed()]) {
      for (const polygon of [diamond, diamond.toReversed()]) {
        expect(polygonArea(clippedTo(polygon, frame))).toBeCloseTo(1);
        expect(polygonArea(clippedTo(square, polygon))).toBeCloseTo(1);
      }
    }
    const half = square.map(({ x, y }) => ({ x: x + 0.5, y }));
    expect(polygonArea(clippedTo(half, square))).toBeCloseTo(0.5);
  });

  it('is nothing where they lie apart', () => {
    expect(
      clippedTo(
        square.map(({ x, y }) => ({ x: x + 3, y })),
        square,
      ),
    ).toEqual([]);
  });
});
