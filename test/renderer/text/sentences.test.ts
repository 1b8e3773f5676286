import { describe, expect, it } from 'vitest';
import { errorCodes, LookalikeError } from '../../../src-main/contract/errors.ts';
import { failureCodes, type DoctorReport } from '../../../src-main/contract/model.ts';
import { findingsOf, formatsOf } from '../../../src-renderer/text/check-up.ts';
import { errorWords } from '../../../src-renderer/text/errors.ts';
import { failureWords } from '../../../src-renderer/text/failures.ts';
import { keySections } from '../../../src-renderer/text/keys.ts';
import { amountWords, jobLine, stageShare, stageState } from '../../../src-renderer/text/stages.ts';
import { progressWith } from '../fake-client.ts';

describe('errors', () => {
  it('says for every code what happened, in a sentence of its own', () => {
    const titles = errorCodes.map((code) => errorWords(new LookalikeError(code, 'x')).title);
    expect(new Set(titles).size).toBe(errorCodes.length);
    for (const title of titles) expect(title).toMatch(/^[A-Z].*\.$/);
  });

  it('joins message and next step as sentences', () => {
    const error = new LookalikeError('FOLDER_MISSING', '“Old disk” is gone', {
      nextStep: 'Connect the drive',
    });
    expect(errorWords(error).detail).toBe('“Old disk” is gone. Connect the drive.');
  });

  it('tells of anything else without hiding it', () => {
    expect(errorWords(new TypeError('no such thing')).detail).toContain('no such thing.');
  });
});

it('has a title and a help of its own for every reason why a file is not read', () => {
  const titles = failureCodes.map((code) => failureWords[code].title);
  expect(new Set(titles).size).toBe(failureCodes.length);
  for (const code of failureCodes) expect(failureWords[code].help).toMatch(/\.$/);
});

describe('stages', () => {
  it('tells which are done, running and next', () => {
    expect(stageState('find', 'read')).toBe('done');
    expect(stageState('read', 'read')).toBe('now');
    expect(stageState('group', 'read')).toBe('next');
  });

  it('knows no share while the total is unknown, and is whole when there is nothing to do', () => {
    expect(stageShare(progressWith({ total: null }))).toBeNull();
    expect(stageShare(progressWith({ done: 0, total: 0 }))).toBe(1);
    expect(stageShare(progressWith({ done: 650, total: 1000 }))).toBe(0.65);
  });

  it('words amounts', () => {
    expect(amountWords(progressWith({ done: 5, total: 48210 }))).toBe('of 48,210 photos read');
    expect(amountWords(progressWith({ stage: 'find', total: null }))).toBe('files found');
    expect(jobLine(progressWith({ done: 31406, total: 48210 }))).toBe('Reading photos: 31,406 of 48,210');
    expect(jobLine(progressWith({ stage: 'find', done: 1200, total: null }))).toBe('Finding files: 1,200');
  });
});

it('lists the key of the file manager only where there is one', () => {
  const deeds = (canReveal: boolean): string[] =>
    keySections(canReveal).flatMap((section) => section.keys.map((entry) => entry.deed));
  expect(deeds(true)).toContain('Show in folder');
  expect(deeds(false)).not.toContain('Show in folder');
});

describe('check-up', () => {
  const report: DoctorReport = {
    version: '1.0.0',
    node: 'v24.21.0',
    backends: [
      { name: 'tensorflow', available: false, chosen: false, reason: 'its library is missing' },
      { name: 'wasm', available: true, chosen: true, reason: 'the fastest that runs here' },
      { name: 'cpu', available: true, chosen: false, reason: 'plain JavaScript, slow' },
    ],
    localFeatures: { runs: 'typescript', reason: 'There is no SIMD.' },
    formats: { jpeg: true, heic: 'No reader yet.', bmp: 'No reader yet.' },
    database: { path: '/data/library.sqlite', schema: 1, photos: 20, bytes: 412_000_000, ok: true },
    folders: [
      { path: '/photos/a', role: 'library', online: true, photos: 5 },
      { path: '/photos/Old disk', role: 'library', online: false, photos: 15 },
    ],
    model: 'model-1',
  };

  it('says what is chosen and why, what else works and what is missing', () => {
    const backend = findingsOf(report).find((finding) => finding.title.startsWith('Network engine'));
    expect(backend).toEqual({
      ok: true,
      title: 'Network engine: WebAssembly',
      detail:
        'The fastest that runs here. Works too: plain JavaScript, slow. Native TensorFlow is not here: its library is missing.',
    });
  });

  it('says how details are compared', () => {
    const said = (localFeatures: DoctorReport['localFeatures']): unknown =>
      findingsOf({ ...report, localFeatures }).find(({ title }) => title.startsWith('Details'));
    expect(said(report.localFeatures)).toMatchObject({ ok: true, detail: 'The slow way. There is no SIMD.' });
    expect(said({ runs: 'wasm', reason: '' })).toMatchObject({ ok: true });
    expect(said({ runs: null, reason: 'It is damaged.' })).toMatchObject({
      ok: false,
      detail: 'It is damaged.',
    });
  });

  it('warns of folders that are not connected, and of a damaged database', () => {
    const damaged = findingsOf({ ...report, database: { ...report.database, ok: false } });
    expect(damaged.filter((finding) => !finding.ok).map((finding) => finding.title)).toEqual([
      'Database is damaged',
      '1 of 2 folders is not connected',
    ]);
    expect(damaged.map((finding) => finding.detail).join(' ')).toContain(
      '“Old disk”: its 15 photos stay listed',
    );
  });

  it('gives one reason for all formats that it holds for', () => {
    expect(formatsOf(report).reasons).toEqual(['HEIC, BMP: No reader yet.']);
    expect(
      formatsOf(report)
        .formats.filter((format) => format.readable)
        .map((format) => format.name),
    ).toEqual(['JPEG']);
  });
});
