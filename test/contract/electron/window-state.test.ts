import fc from 'fast-check';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  fitState,
  keepState,
  MIN_HEIGHT_PX,
  MIN_WIDTH_PX,
  readState,
} from '../../../src-main/shells/electron/window-state.ts';

const LAPTOP = { x: 0, y: 25, width: 1440, height: 875 };
const SECOND = { x: 1440, y: 0, width: 1920, height: 1080 };
const kept = { width: 1000, height: 700, place: { x: 1600, y: 100 }, maximized: false };

describe('the window at its next start', () => {
  test('stands where it stood, on the second display too', () => {
    expect(fitState(kept, [LAPTOP, SECOND])).toEqual(kept);
  });

  test('is placed by the system when its display is gone', () => {
    expect(fitState(kept, [LAPTOP])).toEqual({ ...kept, place: null });
  });

  test.each([
    ['above the top', { x: 100, y: -300 }],
    ['under the menu bar', { x: 100, y: 10 }],
    ['all but off to the left', { x: -990, y: 100 }],
    ['below the edge', { x: 100, y: 890 }],
  ])('is placed by the system when its title bar was %s', (_where, place) => {
    expect(fitState({ ...kept, place }, [LAPTOP]).place).toBeNull();
  });

  test('is no larger than its display and no smaller than it may be', () => {
    expect(fitState({ ...kept, width: 5000, height: 10, place: { x: 0, y: 25 } }, [LAPTOP])).toMatchObject({
      width: 1440,
      height: MIN_HEIGHT_PX,
    });
  });

  test('opens at its first size when nothing usable was kept', () => {
    const first = fitState(undefined, [LAPTOP]);
    expect(first).toMatchObject({ place: null, maximized: false });
    for (const rubbish of [null, 3, {}, { ...kept, width: 'wide' }, { ...kept, width: Number.NaN }]) {
      expect(fitState(rubbish, [LAPTOP])).toEqual(first);
    }
  });

  test('can be taken hold of, whatever was kept', () => {
    const number = fc.integer({ min: -5000, max: 5000 });
    const state = fc.record({
      width: number,
      height: number,
      place: fc.record({ x: number, y: number }),
      maximized: fc.boolean(),
    });
    fc.assert(
      fc.property(state, (any) => {
        const { place, width, height } = fitState(any, [LAPTOP, SECOND]);
        expect(width).toBeGreaterThanOrEqual(MIN_WIDTH_PX);
        expect(height).toBeGreaterThanOrEqual(MIN_HEIGHT_PX);
        if (place === null) return;
        const displays = [LAPTOP, SECOND].filter(
          (area) => place.y >= area.y && place.y < area.y + area.height && place.x < area.x + area.width,
        );
        expect(displays.some((area) => place.x + width > area.x)).toBe(true);
      }),
      { seed: 3 },
    );
  });
});

test('the state is kept in a file, and a broken file is no reason not to start', async () => {
  const home = await mkdtemp(path.join(tmpdir(), 'lookalike-window-'));
  const file = path.join(home, 'new', 'window.json');
  expect(readState(file)).toBeUndefined();
  keepState(file, kept);
  expect(readState(file)).toEqual(kept);
  await writeFile(file, '{"width":');
  expect(readState(file)).toBeUndefined();
  await rm(home, { recursive: true });
});
