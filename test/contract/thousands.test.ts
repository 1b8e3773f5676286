import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withThousands } from '../../src-main/contract/thousands.ts';

test('writes whole numbers as English does', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), (value) => {
      expect(withThousands(value)).toBe(value.toLocaleString('en-US'));
    }),
  );
});

test('keeps as many decimals as asked for, and no zeros behind them', () => {
  expect(withThousands(1234.56, 1)).toBe('1,234.6');
  expect(withThousands(12.192768, 1)).toBe('12.2');
  expect(withThousands(999.96, 1)).toBe('1,000');
  expect(withThousands(999.5)).toBe('1,000');
  expect(withThousands(0)).toBe('0');
});
