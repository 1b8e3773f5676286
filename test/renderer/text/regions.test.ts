import { describe, expect, it } from 'vitest';
import { regionsLine, whereIs } from '../../../src-renderer/text/regions.ts';

describe('regions in words', () => {
  it('are counted and placed', () => {
    expect([0, 1, 3].map(regionsLine)).toEqual(['No region', '1 region differs', '3 regions differ']);
    const at = (left: number, top: number) => whereIs({ left, top, width: 0.1, height: 0.1 });
    expect([at(0, 0), at(0.85, 0.85), at(0.45, 0.45), at(0.45, 0), at(0, 0.45)]).toEqual([
      'upper left',
      'lower right',
      'middle',
      'upper middle',
      'left',
    ]);
  });
});
