/** @file Pages of small print, so small that their thumbnails don't show a word. */
import sharp, { type Sharp } from 'sharp';
import { createRandom } from '../../../src-main/engine/demo/random.ts';

const [WIDTH, HEIGHT] = [840, 1_100];
const [GLYPH_WIDTH, GLYPH_HEIGHT] = [6, 9];
const [COLUMN_PX, LINE_PX, MARGIN_PX] = [8, 22, 60];
const LETTERS = 5;
const WORD = { line: 21, first: 30 };

export interface Page {
  seed: number;
  /** Another word at one place. */
  word?: number;
}

/** 840 x 1,100 px: dark letters of strokes on white. */
export function pagePixels({ seed, word = 0 }: Page): Sharp {
  const data = Buffer.alloc(WIDTH * HEIGHT * 3, 250);
  const random = createRandom(seed);
  const other = createRandom(word);
  const columns = Math.floor((WIDTH - 2 * MARGIN_PX) / COLUMN_PX);
  const lines = Math.floor((HEIGHT - 2 * MARGIN_PX) / LINE_PX);
  for (let line = 0; line < lines; line++) {
    const letters = Math.floor(columns * (0.6 + 0.4 * random.next()));
    for (let column = 0; column < letters; column++) {
      const shape = Math.floor(random.next() * 256);
      const isWord = word > 0 && line === WORD.line && column >= WORD.first && column < WORD.first + LETTERS;
      const isSpace = column % (LETTERS + 1) === LETTERS;
      if (!isSpace) drawLetter(data, column, line, isWord ? Math.floor(other.next() * 256) : shape);
    }
  }
  return sharp(data, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } });
}

/** Eight strokes, each there or not. */
function drawLetter(data: Buffer, column: number, line: number, shape: number): void {
  const [left, top] = [MARGIN_PX + column * COLUMN_PX, MARGIN_PX + line * LINE_PX];
  for (let y = 0; y < GLYPH_HEIGHT; y++) {
    for (let x = 0; x < GLYPH_WIDTH; x++) {
      const stroke = Math.floor(x / 3) + 2 * Math.floor((y * 4) / GLYPH_HEIGHT);
      if ((shape >> stroke) & 1)
        data.fill(40, ((top + y) * WIDTH + left + x) * 3, ((top + y) * WIDTH + left + x) * 3 + 3);
    }
  }
}
