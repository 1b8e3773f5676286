/** @file IPTC records (IIM 4, record 2) in a Photoshop segment: caption and keywords. */
import type { PhotoFacts } from './photo-facts.ts';

const TAG_MARK = 0x1c;
const APPLICATION_RECORD = 2;
const KEYWORD = 25;
const CAPTION = 120;
const HEADER_BYTES = 5;
/** A longer record has its length in another form, which captions and keywords do not need. */
const LENGTH_MAX = 0x7fff;

/** What is broken counts as not told. */
export function readIptc(block: Buffer): Pick<PhotoFacts, 'caption' | 'keywords'> {
  const keywords: string[] = [];
  let caption: string | undefined;
  let at = block.indexOf(Buffer.of(TAG_MARK, APPLICATION_RECORD));
  while (at >= 0 && at + HEADER_BYTES <= block.length && block[at] === TAG_MARK) {
    const kind = block[at + 2];
    const length = block.readUInt16BE(at + 3);
    const end = at + HEADER_BYTES + length;
    if (length > LENGTH_MAX || end > block.length) break;
    const value = decode(block.subarray(at + HEADER_BYTES, end));
    if (block[at + 1] === APPLICATION_RECORD && value !== '') {
      if (kind === KEYWORD) keywords.push(value);
      if (kind === CAPTION) caption ??= value;
    }
    at = end;
  }
  return {
    ...(caption === undefined ? {} : { caption }),
    ...(keywords.length === 0 ? {} : { keywords }),
  };
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Most programs write UTF-8 whatever they say; the others Latin-1. */
function decode(bytes: Buffer): string {
  try {
    return utf8.decode(bytes).trim();
  } catch {
    return bytes.toString('latin1').trim();
  }
}
