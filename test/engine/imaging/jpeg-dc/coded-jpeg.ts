/**
 * @file JPEG files made coefficient by coefficient: any sampling, restart interval and table, which no encoder at hand
 * writes. Not nice to look at, but valid to the last bit.
 */
import { createRandom, type Random } from '../../../../src-main/engine/demo/random.ts';

export interface CodedJpeg {
  width: number;
  height: number;
  /** 1: grey. */
  components?: 1 | 3;
  across?: number;
  down?: number;
  restartInterval?: number;
  tables?: CodeTables;
  seed?: number;
  /** Mean count of AC coefficients that are not zero; 63 fills blocks to the end. */
  filled?: number;
  /** Longest values of AC coefficients in bits. */
  acBits?: number;
  quantiser?: number;
  marker?: number;
  adobeTransform?: number;
  ids?: number[];
  /** Behind the end of the picture. */
  tail?: Buffer;
}

/** 16 counts, then symbols. */
export interface CodeTables {
  dc: Buffer;
  ac: Buffer;
}

const DC_SYMBOLS = Array.from({ length: 12 }, (_, size) => size);
const AC_SYMBOLS = [
  0x00,
  0xf0,
  ...Array.from({ length: 160 }, (_, i) => (Math.floor(i / 10) << 4) | ((i % 10) + 1)),
];

/** All codes have about the same length. */
export const flatTables: CodeTables = {
  dc: table([0, 0, 0, 12], DC_SYMBOLS),
  ac: table([0, 0, 0, 0, 0, 0, 0, 162], AC_SYMBOLS),
};

/** Codes as short and as long as there are: the first symbols take 1 to 15 bits, all others 16. */
export const steepTables: CodeTables = {
  dc: table([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], DC_SYMBOLS),
  ac: table(
    [0, 2, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 154],
    [
      0x00,
      0x01,
      0x11,
      0xf0,
      0x02,
      0x21,
      0x03,
      0x31,
      ...AC_SYMBOLS.filter((s) => ![0x00, 0x01, 0x11, 0xf0, 0x02, 0x21, 0x03, 0x31].includes(s)),
    ],
  ),
};

/** Codes of 13 and 14 bits beside short ones. */
export const middleTables: CodeTables = {
  dc: table([0, 1, 5, 1, 1, 1, 1, 1, 1], DC_SYMBOLS),
  ac: table([0, 2, 1, 3, 2, 3, 4, 3, 5, 1, 0, 0, 60, 78], AC_SYMBOLS),
};

function table(counts: number[], symbols: number[]): Buffer {
  return Buffer.from([...counts, ...new Array<number>(16 - counts.length).fill(0), ...symbols]);
}

/** Code and length by symbol. */
function codesOf(source: Buffer): Map<number, { code: number; length: number }> {
  const codes = new Map<number, { code: number; length: number }>();
  let code = 0;
  let index = 16;
  for (let length = 1; length <= 16; length++, code <<= 1) {
    for (let i = 0; i < source[length - 1]!; i++) codes.set(source[index++]!, { code: code++, length });
  }
  return codes;
}

class BitWriter {
  readonly bytes: number[] = [];
  #bits = 0;
  #count = 0;

  put(value: number, length: number): void {
    for (let bit = length - 1; bit >= 0; bit--) {
      this.#bits = (this.#bits << 1) | ((value >> bit) & 1);
      if (++this.#count === 8) this.#flush();
    }
  }

  /** Fills the last byte with ones and writes a marker. */
  marker(code: number): void {
    while (this.#count > 0) this.put(1, 1);
    this.bytes.push(0xff, code);
  }

  #flush(): void {
    this.bytes.push(this.#bits);
    if (this.#bits === 0xff) this.bytes.push(0);
    this.#bits = 0;
    this.#count = 0;
  }
}

function segment(marker: number, body: readonly number[]): Buffer {
  const length = body.length + 2;
  return Buffer.from([0xff, marker, length >> 8, length & 255, ...body]);
}

export function codedJpeg(options: CodedJpeg): Buffer {
  const { width, height, components = 3, across = 1, down = 1, tables = flatTables, quantiser = 2 } = options;
  const {
    restartInterval = 0,
    marker = 0xc0,
    adobeTransform,
    ids = [1, 2, 3],
    tail = Buffer.alloc(0),
  } = options;
  const numbers = ids.slice(0, components);
  const sof = numbers.flatMap((id, i) => [id, i === 0 ? (across << 4) | down : 0x11, 0]);
  const scan = numbers.flatMap((id) => [id, 0]);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    adobeTransform === undefined
      ? segment(0xe0, [...Buffer.from('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0])
      : segment(0xee, [...Buffer.from('Adobe'), 0, 100, 0, 0, 0, 0, adobeTransform]),
    segment(0xdb, [0, ...new Array<number>(64).fill(quantiser)]),
    segment(marker, [8, height >> 8, height & 255, width >> 8, width & 255, components, ...sof]),
    segment(0xc4, [0x00, ...tables.dc, 0x10, ...tables.ac]),
    ...(restartInterval > 0 ? [segment(0xdd, [restartInterval >> 8, restartInterval & 255])] : []),
    segment(0xda, [components, ...scan, 0, 63, 0]),
    scanData({ ...options, components, across, down, tables, restartInterval }),
    tail,
  ]);
}

function scanData(
  options: CodedJpeg &
    Required<Pick<CodedJpeg, 'components' | 'across' | 'down' | 'tables' | 'restartInterval'>>,
): Buffer {
  const { width, height, components, across, down, tables, restartInterval, seed = 1 } = options;
  const { filled = 5, acBits = 4, quantiser = 2 } = options;
  const random = createRandom(seed);
  const [dc, ac] = [codesOf(tables.dc), codesOf(tables.ac)];
  const out = new BitWriter();
  const interleaved = components === 3;
  const luma = interleaved ? across * down : 1;
  const mcus =
    Math.ceil(width / 8 / (interleaved ? across : 1)) * Math.ceil(height / 8 / (interleaved ? down : 1));
  const order = [...new Array<number>(luma).fill(0), ...(interleaved ? [1, 2] : [])];
  const last = [0, 0, 0];
  for (let mcu = 0; mcu < mcus; mcu++) {
    if (restartInterval > 0 && mcu > 0 && mcu % restartInterval === 0) {
      out.marker(0xd0 + ((mcu / restartInterval - 1) % 8));
      last.fill(0);
    }
    for (const component of order) {
      const mean = random.integer(-900, 900) / quantiser;
      const next = Math.trunc(last[component]! * 0.7 + mean * 0.3);
      putValue(out, dc, 0, next - last[component]!);
      last[component] = next;
      putAc(out, ac, random, filled, acBits);
    }
  }
  out.marker(0xd9);
  return Buffer.from(out.bytes);
}

function putAc(
  out: BitWriter,
  codes: Map<number, { code: number; length: number }>,
  random: Random,
  filled: number,
  acBits: number,
): void {
  let run = 0;
  for (let k = 1; k < 64; k++) {
    if (random.integer(1, 63) > filled) {
      run++;
      continue;
    }
    for (; run > 15; run -= 16) putCode(out, codes, 0xf0);
    const size = random.integer(1, acBits);
    const magnitude = random.integer(1 << (size - 1), (1 << size) - 1);
    putValue(out, codes, run << 4, random.integer(0, 1) === 0 ? magnitude : -magnitude);
    run = 0;
  }
  if (run > 0) putCode(out, codes, 0);
}

function putCode(out: BitWriter, codes: Map<number, { code: number; length: number }>, symbol: number): void {
  const { code, length } = codes.get(symbol)!;
  out.put(code, length);
}

function putValue(
  out: BitWriter,
  codes: Map<number, { code: number; length: number }>,
  run: number,
  value: number,
): void {
  const size = 32 - Math.clz32(Math.abs(value));
  putCode(out, codes, run | size);
  out.put(value < 0 ? value + (1 << size) - 1 : value, size);
}
