import { describe, expect, expectTypeOf, test } from 'vitest';
import { LookalikeError } from '../../src-main/contract/errors.ts';
import {
  isMethodName,
  methodNames,
  methods,
  parseInput,
  type MethodEvent,
  type MethodInput,
  type MethodName,
  type MethodOutput,
  type ParsedInput,
} from '../../src-main/contract/methods.ts';
import type { LibraryMap, ScanSummary } from '../../src-main/contract/model.ts';
import type { ScanProgress } from '../../src-main/contract/progress.ts';
import type { Scenarios } from './scenarios.ts';

function refusal(name: MethodName, input: unknown): LookalikeError {
  try {
    parseInput(name, input);
  } catch (error) {
    if (error instanceof LookalikeError) return error;
    throw error;
  }
  throw new Error(`${name} takes ${JSON.stringify(input)}`);
}

describe('inputs', () => {
  test('defaults are filled in', () => {
    expect(parseInput('groups.list', {})).toEqual({ kind: 'copies', order: 'gain', offset: 0, limit: 100 });
    expect(parseInput('folders.add', { paths: ['/p'] })).toEqual({
      paths: ['/p'],
      role: 'library',
      hidden: false,
      followLinks: false,
      exclude: [],
    });
  });

  test.each(methodNames)('%s refuses a field it does not know', (name) => {
    expect(refusal(name, { surprise: 1 })).toMatchObject({ code: 'INVALID_INPUT' });
  });

  test.each(methodNames)('%s refuses what is not an object', (name) => {
    for (const input of [null, undefined, 'text', 7, true])
      expect(refusal(name, input)).toMatchObject({ code: 'INVALID_INPUT' });
  });

  test('the message names method and field', () => {
    expect(refusal('photos.get', { id: 'seven' }).message).toMatch(/^photos\.get: "id": /);
    expect(refusal('scan.run', { folders: [1, 0] }).message).toMatch(/"folders\.1"/);
  });

  test.each([0, -1, 1.5, Number.NaN, Infinity, '1', null])('%s is no id', (id) => {
    expect(refusal('photos.get', { id })).toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('who may ask', () => {
  test('an input that holds text of free form names paths, so only the shell may send it', () => {
    // A title can hold no slash: it is a name, not a path.
    const isTitle = (value: unknown): boolean =>
      typeof value === 'object' &&
      value !== null &&
      'pipe' in value &&
      JSON.stringify(value.pipe).includes('regex');
    for (const name of methodNames) {
      const schema = JSON.stringify(methods[name].input, (_key, value: unknown) =>
        isTitle(value) ? undefined : value,
      );
      const text = schema.includes('"type":"string"');
      expect([name, methods[name].reach]).toEqual([name, text ? 'shell' : 'window']);
    }
  });
});

test('a title is no path', () => {
  const order = ['pixels'] as const;
  expect(parseInput('keeper.rules.savePreset', { name: ' Own order ', order: [...order] }).name).toBe(
    'Own order',
  );
  for (const name of ['', ' ', '/etc/passwd', '..\\x', 'a\u0000', 'x'.repeat(61)])
    expect(refusal('keeper.rules.savePreset', { name, order })).toMatchObject({ code: 'INVALID_INPUT' });
});

describe('names', () => {
  test('inherited names are none', () => {
    expect(isMethodName('constructor')).toBe(false);
    expect(isMethodName('toString')).toBe(false);
    expect(isMethodName('scan.run')).toBe(true);
  });
});

test('a method without a scenario fails the type check', () => {
  expectTypeOf<keyof Scenarios>().toEqualTypeOf<MethodName>();
  expectTypeOf<Omit<Scenarios, 'scan.run'>>().not.toExtend<Scenarios>();
});

test('types of inputs, outputs and events', () => {
  expectTypeOf<MethodInput<'scan.run'>>().toExtend<{ folders?: number[] | undefined }>();
  expectTypeOf<ParsedInput<'scan.run'>>().toExtend<{ retryFailed: boolean }>();
  expectTypeOf<MethodOutput<'scan.run'>>().toEqualTypeOf<ScanSummary>();
  expectTypeOf<MethodEvent<'scan.run'>>().toEqualTypeOf<ScanProgress>();
  expectTypeOf<MethodOutput<'map.points'>>().toEqualTypeOf<LibraryMap>();
  expectTypeOf<MethodEvent<'map.points'>>().toEqualTypeOf<never>();
});
