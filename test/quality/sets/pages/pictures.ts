/** @file Layouts around pictures: slides, memes, quotes, products, chess, maps, charts. */
import type { Random } from '../../../../src-main/engine/demo/random.ts';
import {
  box,
  disc,
  drawFont,
  drawn,
  fillWith,
  type Font,
  type Layout,
  line,
  person,
  pickPhoto,
  picture,
  polygon,
  polyline,
  text,
  times,
  tint,
  title,
  whole,
  write,
} from './page.ts';

const slides: Layout = {
  name: 'slides',
  look(random, photos) {
    const font = drawFont(random);
    const ground = random.pick(['#ffffff', '#f6f3ea', '#1c2238']);
    const ink = ground === '#1c2238' ? '#eeeeee' : '#222222';
    const accent = tint(random, 60, 40);
    const firm = title(random, 1);
    const bar = random.pick([84, 14, 0]);
    return (page) => {
      const side = page.chance(0.4) ? picture(pickPhoto(page, photos), 620, 150, 300, 260) : '';
      const points = drawn(
        page.integer(3, 5),
        (i) =>
          disc(52, 156 + i * 62, 5, ink) +
          fillWith(font, title(page, 3, 7), {
            x: 70,
            y: 140 + i * 62,
            size: 24,
            width: side === '' ? 800 : 520,
            colour: ink,
          }),
      );
      return {
        width: 960,
        height: 540,
        body:
          box(0, 0, 960, 540, ground) +
          box(0, 0, 960, bar, accent) +
          write(font, title(page, 2, 4), {
            x: 50,
            y: bar === 84 ? 56 : 80,
            size: 40,
            colour: bar === 84 ? '#ffffff' : ink,
          }) +
          points +
          side +
          disc(960, 480, 100, accent) +
          write(font, `${firm} conference`, { x: 50, y: 522, size: 17, colour: accent }) +
          write(font, whole(page, 1, 60), { x: 930, y: 522, size: 17, colour: ink, anchor: 'end' }),
      };
    };
  },
};

const slidesOnPhoto: Layout = {
  name: 'slides on a photo',
  look(random, photos) {
    const font = drawFont(random);
    const photo = pickPhoto(random, photos);
    const shade = random.between(0, 0.6);
    return (page) => ({
      width: 960,
      height: 540,
      body:
        picture(photo, 0, 0, 960, 540) +
        box(0, 0, 960, 540, '#000000', { opacity: shade }) +
        rimmed(font, title(page, 2, 4), 60, 100, 50) +
        drawn(page.integer(2, 5), (i) => rimmed(font, title(page, 3, 7), 60, 210 + i * 58, 30)),
    });
  },
};

function rimmed(
  font: Font,
  words: string,
  x: number,
  y: number,
  size: number,
  anchor: 'start' | 'middle' = 'start',
): string {
  const dark = write({ ...font, weight: font.weight * 2 }, words, { x, y, size, colour: '#000000', anchor });
  return dark + write(font, words, { x, y, size, colour: '#ffffff', anchor });
}

const meme: Layout = {
  name: 'meme',
  look(random, photos) {
    const font = { ...drawFont(random), weight: 0.13 };
    const photo = pickPhoto(random, photos);
    const factor = 600 / Math.max(photo.width, photo.height);
    const [width, height] = [Math.round(photo.width * factor), Math.round(photo.height * factor)];
    const size = random.between(34, 56);
    const below = random.chance(0.7);
    return (page) => {
      const words = (): string =>
        title(page, 2, 3)
          .toUpperCase()
          .slice(0, Math.floor((width * 1.4) / size));
      return {
        width,
        height,
        body:
          picture(photo, 0, 0, width, height) +
          rimmed(font, words(), width / 2, size * 1.1, size, 'middle') +
          (below ? rimmed(font, words(), width / 2, height - size * 0.4, size, 'middle') : ''),
      };
    };
  },
};

const captionBar: Layout = {
  name: 'caption bar',
  look(random, photos) {
    const font = drawFont(random);
    const photo = pickPhoto(random, photos);
    const height = Math.round((photo.height * 560) / photo.width);
    return (page) => ({
      width: 560,
      height: height + 120,
      body:
        box(0, 0, 560, 120, '#ffffff') +
        fillWith(font, title(page, 5, 9), { x: 14, y: 10, size: 29, width: 530 }) +
        picture(photo, 0, 120, 560, height),
    });
  },
};

const quote: Layout = {
  name: 'quote card',
  look(random, photos) {
    const font = drawFont(random);
    const photo = pickPhoto(random, photos);
    const shade = random.between(0.1, 0.5);
    const blur = random.integer(0, 6);
    const soft =
      blur === 0 ? '' : `<defs><filter id="b"><feGaussianBlur stdDeviation="${blur}"/></filter></defs>`;
    return (page) => ({
      width: 600,
      height: 600,
      body:
        soft +
        `<g${blur === 0 ? '' : ' filter="url(#b)"'}>${picture(photo, 0, 0, 600, 600)}</g>` +
        box(0, 0, 600, 600, '#000000', { opacity: shade }) +
        fillWith(font, text(page, 2), {
          x: 70,
          y: 130,
          size: 34,
          width: 460,
          colour: '#ffffff',
          lineHeight: 1.35,
        }) +
        write(font, person(page), { x: 300, y: 550, size: 24, colour: '#ffffff', anchor: 'middle' }),
    });
  },
};

/** Shapes of things on a table, sizes and colours drawn. */
function thing(page: Random): string {
  const [main, other] = [tint(page, 55, page.integer(30, 65)), tint(page, 40, 30)];
  const [a, b] = [page.between(0.7, 1.4), page.between(0.7, 1.4)];
  const ellipse = (y: number, rx: number, ry: number, fill: string): string =>
    `<ellipse cx="320" cy="${y}" rx="${rx}" ry="${ry}" fill="${fill}"/>`;
  return page.pick([
    `<path d="M${320 - 90 * a} 240q${90 * a} ${-60 * b} ${180 * a} 0l${20 * a} 210q${-110 * a} 40 ${-220 * a} 0z" fill="${main}"/>` +
      box(320 - 30 * a, 170 - 20 * b, 60 * a, 60, other),
    ellipse(380, 150 * a, 90 * b, main) + ellipse(350, 110 * a, 50 * b, other),
    box(320 - 120 * a, 340 - 100 * b, 240 * a, 180 * b, main, { radius: 20 }) + disc(320, 340, 50 * b, other),
    polygon(
      [
        [320, 190 - 20 * b],
        [320 + 130 * a, 480],
        [320 - 130 * a, 480],
      ],
      main,
    ) + box(320 - 60 * a, 400, 120 * a, 40, other),
  ]);
}

const product: Layout = {
  name: 'product',
  look(random, photos) {
    const font = drawFont(random);
    const grounds = [tint(random, 15, 88), tint(random, 15, 75)] as const;
    const firm = title(random, 1);
    const backdrop = random.chance(0.33) ? pickPhoto(random, photos) : undefined;
    return (page) => ({
      width: 640,
      height: 640,
      body:
        (backdrop === undefined
          ? box(0, 0, 640, 400, grounds[0]) + box(0, 400, 640, 240, grounds[1])
          : picture(backdrop, 0, 0, 640, 640)) +
        `<ellipse cx="320" cy="490" rx="170" ry="22" fill="#000000" opacity="0.25"/>` +
        thing(page) +
        write(font, firm, { x: 620, y: 620, size: 26, colour: '#555555', anchor: 'end' }),
    });
  },
};

const PIECES: Readonly<Record<string, string>> = {
  p: 'M30 62h20l-4-16a9 9 0 1 0-12 0z',
  r: 'M24 62h32v-8l-5-6V34h6V20h-8v5h-6v-5h-6v5h-6v-5h-8v14h6v14l-5 6z',
  n: 'M26 62h30c0-16 0-34-16-42l-4 6c-6 4-12 12-14 18l6 4 8-6c0 8-8 10-10 20z',
  b: 'M26 62h28l-4-10c8-10 2-24-10-34-12 10-18 24-10 34z',
  q: 'M24 62h32l6-36-10 14-5-20-7 18-7-18-5 20-10-14z',
  k: 'M26 62h28l6-24c-6-8-14-6-18 0v-8h5v-5h-5v-6h-4v6h-5v5h5v8c-4-6-12-8-18 0z',
};

/** Pieces moved and taken at random from `board`. */
function played(board: readonly string[], random: Random, moves: number): string[] {
  const next = [...board];
  for (let move = 0; move < moves; move++) {
    const [from, to] = [random.integer(0, 63), random.integer(0, 63)];
    if (next[from] === '.') continue;
    next[to] = next[from] ?? '.';
    next[from] = '.';
  }
  return next;
}

const START = Array.from(`rnbqkbnr${'p'.repeat(8)}${'.'.repeat(32)}${'P'.repeat(8)}RNBQKBNR`);

const chess: Layout = {
  name: 'chess',
  look(random) {
    const [light, dark] = [tint(random, 30, 85), tint(random, 35, 45)];
    const near = random.chance(0.5) ? played(START, random, random.integer(10, 50)) : undefined;
    const seen = new Set<string>();
    return (page) => {
      let board: string[];
      do {
        board = played(near ?? START, page, near === undefined ? page.integer(10, 50) : page.integer(1, 8));
      } while (seen.has(board.join('')));
      seen.add(board.join(''));
      const square = (i: number): string => {
        const [x, y] = [(i % 8) * 80, Math.floor(i / 8) * 80];
        const piece = board[i] ?? '.';
        const shape = PIECES[piece.toLowerCase()];
        const fill = piece === piece.toLowerCase() ? '#111111' : '#ffffff';
        const drawing =
          shape === undefined
            ? ''
            : `<path transform="translate(${x} ${y})" d="${shape}" fill="${fill}" stroke="#333333" stroke-width="2"/>`;
        return box(x, y, 80, 80, (i + Math.floor(i / 8)) % 2 === 0 ? light : dark) + drawing;
      };
      return { width: 640, height: 640, body: drawn(64, square) };
    };
  },
};

const map: Layout = {
  name: 'map',
  look(random) {
    const font = drawFont(random);
    const [ground, water, park] = [tint(random, 10, 93), tint(random, 50, 75), tint(random, 35, 80)];
    const road = random.pick(['#ffffff', '#ffdd99', '#bbbbbb']);
    const roadWidth = random.between(5, 12);
    return (page) => {
      const street = (): string => {
        const [x, y, angle] = [page.between(0, 640), page.between(0, 640), page.between(0, Math.PI)];
        const [dx, dy] = [900 * Math.cos(angle), 900 * Math.sin(angle)];
        const width = roadWidth * page.pick([0.5, 1, 1, 2]);
        return (
          line(x - dx, y - dy, x + dx, y + dy, '#999999', width + 2) +
          line(x - dx, y - dy, x + dx, y + dy, road, width)
        );
      };
      const level = page.between(100, 540);
      const river = times(9, (i): [number, number] => [-20 + i * 85, level + page.between(-70, 70)]);
      return {
        width: 640,
        height: 640,
        body:
          box(0, 0, 640, 640, ground) +
          drawn(3, () => disc(page.between(0, 640), page.between(0, 640), page.between(40, 140), park)) +
          polyline(river, water, 34) +
          drawn(16, street) +
          drawn(12, () =>
            write(font, title(page, 1, 2), {
              x: page.between(10, 500),
              y: page.between(20, 630),
              size: 17,
              colour: '#444444',
            }),
          ),
      };
    };
  },
};

const chart: Layout = {
  name: 'chart',
  look(random) {
    const font = drawFont(random);
    const inks = times(3, () => tint(random, 60, 50));
    const kind = random.pick(['bars', 'lines', 'dots']);
    const heading = title(random, 2, 4);
    const labels = times(8, () => title(random, 1).slice(0, 6));
    return (page) => {
      const bars = (series: number): string =>
        drawn(8, (i) => {
          const value = page.between(10, 390);
          return box(92 + i * 84 + series * 18, 476 - value, 16, value, inks[series] ?? '#000000');
        });
      const curve = (series: number): string => {
        let value = page.between(100, 300);
        const points = times(8, (i): [number, number] => {
          value = Math.max(5, Math.min(395, value + page.between(-80, 80)));
          return [120 + i * 84, 476 - value];
        });
        const ink = inks[series] ?? '#000000';
        const dots = kind === 'dots' ? points.map(([x, y]) => disc(x, y, 7, ink)).join('') : '';
        return polyline(points, ink, 4) + dots;
      };
      return {
        width: 800,
        height: 560,
        body:
          box(0, 0, 800, 560, '#ffffff') +
          write(font, heading, { x: 400, y: 44, size: 26, anchor: 'middle' }) +
          drawn(
            7,
            (i) =>
              line(80, 80 + i * 66, 760, 80 + i * 66, '#cccccc') +
              write(font, String(100 - i * 16), { x: 70, y: 86 + i * 66, size: 16, anchor: 'end' }),
          ) +
          drawn(8, (i) =>
            write(font, labels[i] ?? '', { x: 120 + i * 84, y: 505, size: 15, anchor: 'middle' }),
          ) +
          drawn(3, kind === 'bars' ? bars : curve) +
          line(80, 70, 80, 476, '#000000', 2) +
          drawn(
            3,
            (i) =>
              box(250 + i * 120, 526, 18, 18, inks[i] ?? '#000000') +
              write(font, labels[i] ?? '', { x: 276 + i * 120, y: 542, size: 15 }),
          ),
      };
    };
  },
};

export const pictures: readonly Layout[] = [
  slides,
  slidesOnPhoto,
  meme,
  captionBar,
  quote,
  product,
  chess,
  map,
  chart,
];
