/** @file Letters of strokes: text that is drawn the same on every machine, whatever fonts it has. */
import type { Random } from '../demo/random.ts';

/**
 * Strokes of a character on a grid 4 wide and 6 high (digits x then y, 0 0 is top left, y 6 the base line, 8 below it);
 * strokes are parted by spaces.
 */
const GLYPHS: Readonly<Record<string, string>> = {
  a: '12324246 44140506163645',
  b: '0006 0313334445363606',
  c: '4332120305153646',
  d: '4046 4222130305163645',
  e: '044443321203051636',
  f: '4130211116 0333',
  g: '4222130304152544 42473818',
  h: '0006 0312324346',
  i: '2226 2021',
  j: '323718 3030',
  k: '0006 4205 1446',
  l: '20253646',
  m: '0206 03121326 2322334346',
  n: '0206 0312324346',
  o: '123243453616050312',
  p: '0208 0312324345361605',
  q: '4248 4332120305163645',
  r: '1216 13223242',
  s: '4322120313344546360605',
  t: '20253646 1242',
  u: '0205163645 4246',
  v: '022642',
  w: '0216243642',
  x: '0246 4206',
  y: '0226 42272808',
  z: '02420646',
  A: '062046 1434',
  B: '00063645443303 3342413000',
  C: '4130100105163645',
  D: '00062645412000',
  E: '40000646 0333',
  F: '400006 0333',
  G: '41301001051636454323',
  H: '0006 4046 0343',
  I: '2026 1030 1636',
  J: '404536160504',
  K: '0006 4003 0346',
  L: '000646',
  M: '0600234046',
  N: '06004640',
  O: '103041453616050110',
  P: '06003041423303',
  Q: '103041453616050110 2446',
  R: '06003041423303 2346',
  S: '4130100112324345361605',
  T: '0040 2026',
  U: '000516364540',
  V: '002640',
  W: '0016233640',
  X: '0046 4006',
  Y: '002340 2326',
  Z: '00400646',
  0: '103041453616050110 0541',
  1: '112026 1636',
  2: '01103041420646',
  3: '01103041323345361605',
  4: '36300444',
  5: '400002324345361605',
  6: '413010010516364544331303',
  7: '00401626',
  8: '103041423313020110 3344453616050413',
  9: '433313020110304145361605',
  '.': '2626',
  ',': '2617',
  ':': '2323 2626',
  '!': '2024 2626',
  '?': '0110304142332324 2626',
  '-': '1333',
  '+': '1333 2224',
  '/': '0640',
  '%': '0640 0101 4545',
  '(': '3021242536',
  ')': '1031343516',
  "'": '2021',
  '#': '1016 3036 0242 0444',
  '@': '322324333244414010010516',
};

const ADVANCE = 5.4;
/** A line of text is as high as two thirds of its size above the base line. */
const GRID_HEIGHT = 8;

export interface Lettering {
  /** Left end and base line of the first line, px. */
  x: number;
  y: number;
  /** Height of a line, px. */
  size: number;
  colour: string;
  /** Stroke width as a part of the size. */
  weight?: number;
  /** Sideways lean of the letters: 0.2 is italic. */
  slant?: number;
  /** Width of letters: 1 is plain. */
  stretch?: number;
  anchor?: 'start' | 'middle' | 'end';
}

/** Of one line, px. */
export function textWidth(text: string, { size, stretch = 1 }: Pick<Lettering, 'size' | 'stretch'>): number {
  return (text.length * ADVANCE * stretch * size) / GRID_HEIGHT;
}

/** One line of text as an SVG path. Characters without strokes are left blank. */
export function lettered(text: string, style: Lettering): string {
  const { x, y, size, colour, weight = 0.1, slant = 0, stretch = 1, anchor = 'start' } = style;
  const unit = size / GRID_HEIGHT;
  const width = textWidth(text, style);
  const left = anchor === 'start' ? x : anchor === 'middle' ? x - width / 2 : x - width;
  let path = '';
  for (const [i, character] of Array.from(text).entries()) {
    const origin = left + i * ADVANCE * stretch * unit;
    path += strokes(GLYPHS[character] ?? '', (column, row) => {
      const px = origin + (column * stretch + (6 - row) * slant) * unit;
      return `${px.toFixed(1)} ${(y + (row - 6) * unit).toFixed(1)}`;
    });
  }
  const pen = `stroke-width="${(size * weight).toFixed(2)}" stroke-linecap="round" stroke-linejoin="round"`;
  return `<path d="${path}" fill="none" stroke="${colour}" ${pen}/>`;
}

function strokes(glyph: string, place: (column: number, row: number) => string): string {
  return glyph
    .split(' ')
    .map((stroke) => {
      const points: string[] = [];
      for (let i = 0; i + 1 < stroke.length; i += 2) {
        points.push(place(Number(stroke[i]), Number(stroke[i + 1])));
      }
      return points.length === 0 ? '' : `M${points.join('L')}`;
    })
    .join('');
}

/** Lines of text from a top edge down; words are never parted. */
export function paragraph(text: string, style: Lettering & { width: number; lineHeight?: number }): string {
  const { size, width, lineHeight = 1.3 } = style;
  return wrapped(text, style, width)
    .map((line, i) => lettered(line, { ...style, y: style.y + size * (0.8 + i * lineHeight) }))
    .join('');
}

export function wrapped(text: string, style: Pick<Lettering, 'size' | 'stretch'>, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && textWidth(longer, style) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line === '' ? lines : [...lines, line];
}

const WORDS =
  'time year people way day man thing woman life child world school state family student group country problem ' +
  'hand part place case week company system program question work number night point home water room mother area ' +
  'money story fact month lot right study book eye job word business issue side kind head house service friend ' +
  'father power hour game line end member law car city community name president team minute idea body information ' +
  'back parent face level office door health person art war history party result change morning reason research ' +
  'girl moment air teacher force education river stone market garden winter summer bridge letter paper mountain';

const words = WORDS.split(' ') as [string, ...string[]];

export function someWords(random: Random, fewest: number, most: number): string {
  return Array.from({ length: random.integer(fewest, most) }, () => random.pick(words)).join(' ');
}

export function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** Sentences, each of five to twelve words. */
export function sentences(random: Random, count: number): string {
  return Array.from({ length: count }, () => `${capitalised(someWords(random, 5, 12))}.`).join(' ');
}
