/** @file What an XMP packet tells of a photo. Programs write few forms of it, so no parser of XML is needed. */
import type { PhotoFacts } from './photo-facts.ts';

type XmpFacts = Pick<PhotoFacts, 'software' | 'caption' | 'rating' | 'keywords' | 'changedAt'>;

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** A property is an attribute or an element, under the prefix that every program uses for its name space. */
const PROPERTIES = Object.fromEntries(
  ['xmp:Rating', 'xmp:ModifyDate', 'xmp:CreatorTool'].map((name) => [
    name,
    new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')|<${name}>([^<]*)</${name}>`),
  ]),
);
const LISTS = Object.fromEntries(
  ['dc:subject', 'dc:description'].map((name) => [name, new RegExp(`<${name}>(.*?)</${name}>`, 's')]),
);
const ITEM = /<rdf:li[^>]*>([^<]*)<\/rdf:li>/g;

/** What is broken in it counts as not told. */
export function readXmp(packet: Buffer): XmpFacts {
  const text = packet.toString('utf8');
  const rating = Number(property(text, 'xmp:Rating') ?? NaN);
  const keywords = items(text, 'dc:subject');
  const [caption] = items(text, 'dc:description');
  const software = property(text, 'xmp:CreatorTool');
  const changedAt = property(text, 'xmp:ModifyDate');
  return {
    ...(Number.isNaN(rating) ? {} : { rating }),
    ...(keywords.length === 0 ? {} : { keywords }),
    ...(caption === undefined ? {} : { caption }),
    ...(software === undefined ? {} : { software }),
    ...(changedAt !== undefined && isTime(changedAt) ? { changedAt } : {}),
  };
}

function property(text: string, name: string): string | undefined {
  const match = PROPERTIES[name]?.exec(text);
  const value = match?.[1] ?? match?.[2] ?? match?.[3];
  return value === undefined ? undefined : unescape(value) || undefined;
}

function items(text: string, name: string): string[] {
  const list = LISTS[name]?.exec(text)?.[1] ?? '';
  return Array.from(list.matchAll(ITEM), ([, item = '']) => unescape(item)).filter((item) => item !== '');
}

function unescape(text: string): string {
  return text
    .replaceAll(
      /&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi,
      (whole, hex?: string, decimal?: string, name?: string) => {
        if (name !== undefined) return ENTITIES[name] ?? whole;
        const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
        return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
      },
    )
    .trim();
}

function isTime(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) && !Number.isNaN(Date.parse(text));
}
