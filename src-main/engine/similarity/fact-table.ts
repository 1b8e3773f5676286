/** @file Facts of two files side by side, those in which they differ, in words. */
import type { Comparison, Photo } from '../../contract/model.ts';
import type { PhotoFacts } from '../imaging/photo-facts.ts';
import { sayBytes, sayDimensions, sayFormat, sayTime } from './wording.ts';

export interface FileFacts extends Pick<
  Photo,
  'width' | 'height' | 'bytes' | 'format' | 'takenAt' | 'camera'
> {
  /** Null: it came without a file. */
  modifiedAt: string | null;
  /** 1..100, of a JPEG. */
  jpegQuality: number | null;
  facts: PhotoFacts;
}

type Row = Comparison['facts'][number];

interface Fact {
  name: string;
  say: (of: FileFacts) => string | null;
  /** Larger is better, as the keeper's rules see it; absent: neither is. */
  value?: (of: FileFacts) => number;
}

const given = (text: string | undefined): string | null => (text === undefined || text === '' ? null : text);
const has = (text: string | null): number => (text === null ? 0 : 1);

function sayExposure({ exposure, aperture, iso, focalLengthMm }: PhotoFacts): string | null {
  const parts = [
    exposure === undefined ? '' : exposure < 0.5 ? `1/${Math.round(1 / exposure)} s` : `${exposure} s`,
    aperture === undefined ? '' : `f/${aperture}`,
    iso === undefined ? '' : `ISO ${iso}`,
    focalLengthMm === undefined ? '' : `${Number(focalLengthMm.toFixed(1))} mm`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? null : parts.join(', ');
}

function sayPlace({ place }: PhotoFacts): string | null {
  if (place === undefined) return null;
  const { latitude, longitude } = place;
  const north = `${Math.abs(latitude).toFixed(4)}° ${latitude < 0 ? 'S' : 'N'}`;
  return `${north}, ${Math.abs(longitude).toFixed(4)}° ${longitude < 0 ? 'W' : 'E'}`;
}

/** What only one of two copies knows is worth keeping. */
function known(name: string, say: Fact['say']): Fact {
  return { name, say, value: (of) => has(say(of)) };
}

const facts: Fact[] = [
  {
    name: 'Pixels',
    say: sayDimensions,
    value: ({ width, height }) => width * height,
  },
  { name: 'Format', say: ({ format }) => sayFormat(format) },
  { name: 'File size', say: ({ bytes }) => sayBytes(bytes), value: ({ bytes }) => bytes },
  {
    name: 'Quality',
    say: ({ jpegQuality }) => (jpegQuality === null ? null : `${jpegQuality} of 100`),
    // Of a format without such a number nothing is known.
    value: ({ jpegQuality }) => jpegQuality ?? NaN,
  },
  known('Date taken', ({ takenAt }) => (takenAt === null ? null : sayTime(takenAt))),
  known('Camera', ({ camera }) => camera),
  known('Lens', (of) => given(of.facts.lens)),
  known('Exposure', (of) => sayExposure(of.facts)),
  known('Place', (of) => sayPlace(of.facts)),
  known('Caption', (of) => given(of.facts.caption)),
  known('Rating', (of) => (of.facts.rating === undefined ? null : `${of.facts.rating} of 5`)),
  known('Keywords', (of) => given(of.facts.keywords?.join(', '))),
  { name: 'Software', say: (of) => given(of.facts.software) },
  { name: 'Changed', say: (of) => (of.facts.changedAt === undefined ? null : sayTime(of.facts.changedAt)) },
  { name: 'File date', say: ({ modifiedAt }) => (modifiedAt === null ? null : sayTime(modifiedAt)) },
];

/** In a fixed order; what both agree on is left out. */
export function tellFactsApart(a: FileFacts, b: FileFacts): Comparison['facts'] {
  return facts.flatMap(({ name, say, value }): Row[] => {
    const [ours, theirs] = [say(a), say(b)];
    if (ours === theirs) return [];
    const [x, y] = value === undefined ? [0, 0] : [value(a), value(b)];
    return [{ name, a: ours, b: theirs, better: x > y ? 'a' : y > x ? 'b' : null }];
  });
}
