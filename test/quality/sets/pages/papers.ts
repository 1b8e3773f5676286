/** @file Layouts of papers: form, receipt, ticket, book, music, calendar, diploma, cards, article, sudoku. */
import type { Random } from '../../../../src-main/engine/demo/random.ts';
import {
  box,
  clock,
  day,
  disc,
  drawFont,
  drawn,
  fillWith,
  type Layout,
  line,
  matrixCode,
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

const form: Layout = {
  name: 'form',
  look(random) {
    const [font, hand] = [drawFont(random), { ...drawFont(random), slant: 0.25 }];
    const ink = random.pick(['#000000', '#223344', '#662222']);
    const pen = random.pick(['#111144', '#000000', '#0000aa']);
    const heading = title(random, 2, 4);
    const notes = text(random, 3);
    const labels = times(14, () => title(random, 1, 2));
    return (page) => {
      const field = (i: number): string => {
        const isWide = i % 5 === 0;
        const x = isWide || i % 2 === 1 ? 20 : 370;
        const y = 190 + Math.floor(i * 0.62) * 76;
        const value = page.pick([person(page), day(page), whole(page, 10, 99_999), title(page, 1, 2)]);
        return (
          box(x, y, isWide ? 680 : 330, 66, 'none', { stroke: ink }) +
          write(font, labels[i] ?? '', { x: x + 6, y: y + 16, size: 12, colour: ink }) +
          write(hand, value, { x: x + 12, y: y + 52, size: 24, colour: pen })
        );
      };
      const tick = (i: number): string =>
        box(24 + i * 136, 930, 18, 18, 'none', { stroke: ink }) +
        (page.chance(0.5) ? write(hand, 'x', { x: 26 + i * 136, y: 946, size: 20, colour: pen }) : '') +
        write(font, (labels[i] ?? '').slice(0, 9), { x: 48 + i * 136, y: 945, size: 14, colour: ink });
      return {
        width: 720,
        height: 1000,
        body:
          box(0, 0, 720, 1000, '#fdfdfa') +
          write(font, heading, { x: 20, y: 60, size: 32, colour: ink }) +
          line(20, 76, 700, 76, ink, 3) +
          fillWith(font, notes, { x: 20, y: 90, size: 13, width: 680, colour: ink }) +
          drawn(14, field) +
          drawn(5, tick),
      };
    };
  },
};

const receipt: Layout = {
  name: 'receipt',
  look(random) {
    const font = { ...drawFont(random), slant: 0 };
    const shop = title(random, 2).toUpperCase();
    const street = title(random, 2, 3);
    const ground = tint(random, 15, 95);
    return (page) => {
      const rows = page.integer(8, 14);
      const row = (i: number): string => {
        const y = 190 + i * 27;
        const price = `${whole(page, 0, 59)}.${whole(page, 10, 99)}`;
        return (
          write(font, `${whole(page, 1, 4)} ${title(page, 1, 2).toUpperCase()}`, { x: 24, y, size: 18 }) +
          write(font, price, { x: 396, y, size: 18, anchor: 'end' })
        );
      };
      const end = 200 + rows * 27;
      return {
        width: 420,
        height: 900,
        body:
          box(0, 0, 420, 900, ground) +
          write(font, shop, { x: 210, y: 60, size: 28, anchor: 'middle' }) +
          write(font, street, { x: 210, y: 100, size: 18, anchor: 'middle' }) +
          write(font, `${day(page)} ${clock(page)}`, { x: 210, y: 130, size: 18, anchor: 'middle' }) +
          line(24, 150, 396, 150, '#222222') +
          drawn(rows, row) +
          line(24, end, 396, end, '#222222') +
          write(font, 'TOTAL', { x: 24, y: end + 40, size: 28 }) +
          write(font, `${whole(page, 20, 400)}.${whole(page, 10, 99)}`, {
            x: 396,
            y: end + 40,
            size: 28,
            anchor: 'end',
          }) +
          write(font, 'THANK YOU', { x: 210, y: end + 90, size: 20, anchor: 'middle' }) +
          matrixCode(page, 145, end + 110, 130),
      };
    };
  },
};

const ticket: Layout = {
  name: 'ticket',
  look(random, photos) {
    const font = drawFont(random);
    const accent = tint(random, 60, 40);
    const name = title(random, 1, 2);
    const emblem = random.chance(0.5) ? picture(pickPhoto(random, photos), 650, 90, 60, 60) : '';
    const labels = ['NAME', 'FROM', 'TO', 'DATE', 'SEAT', 'GATE', 'TIME', 'CLASS', 'No'];
    return (page) => {
      const values = [
        title(page, 1),
        title(page, 1).slice(0, 3).toUpperCase(),
        title(page, 1).slice(0, 3).toUpperCase(),
        day(page),
        `${whole(page, 1, 40)}${page.pick(['A', 'B', 'C', 'D'])}`,
        whole(page, 1, 60),
        clock(page),
        page.pick(['Y', 'C', 'F']),
        whole(page, 10_000, 99_999),
      ];
      const field = (i: number): string => {
        const [x, y] = [30 + (i % 3) * 200, 110 + Math.floor(i / 3) * 90];
        return (
          write(font, labels[i] ?? '', { x, y, size: 14, colour: '#777777' }) +
          write(font, values[i] ?? '', { x, y: y + 34, size: 25 })
        );
      };
      return {
        width: 900,
        height: 400,
        body:
          box(0, 0, 900, 400, '#ffffff') +
          box(0, 0, 900, 64, accent) +
          write(font, name, { x: 30, y: 44, size: 34, colour: '#ffffff' }) +
          drawn(9, field) +
          emblem +
          matrixCode(page, 680, 170, 190, 29) +
          drawn(17, (i) => line(640, 66 + i * 20, 640, 78 + i * 20, '#999999', 3)),
      };
    };
  },
};

const book: Layout = {
  name: 'book page',
  look(random) {
    const font = drawFont(random);
    const ground = random.pick(['#fffdf6', '#f5eeda', '#ffffff']);
    const heading = title(random, 2, 3);
    const size = random.between(17, 22);
    return (page) => {
      const count = Math.floor(11_000 / (size * size));
      return {
        width: 640,
        height: 920,
        body:
          box(0, 0, 640, 920, ground) +
          write(font, heading, { x: 56, y: 54, size: 16 }) +
          write(font, whole(page, 10, 400), { x: 584, y: 54, size: 16, anchor: 'end' }) +
          line(56, 64, 584, 64, '#555555') +
          fillWith(font, text(page, count), { x: 56, y: 84, size, width: 528, lineHeight: 1.4 }),
      };
    };
  },
};

const music: Layout = {
  name: 'sheet music',
  look(random) {
    const font = drawFont(random);
    const ground = random.pick(['#ffffff', '#fbf7ea']);
    const [staves, bars] = [random.integer(6, 8), random.integer(3, 4)];
    const ink = '#222222';
    return (page) => {
      const note = (x: number, bottom: number): string => {
        const y = bottom - 4.5 * page.integer(-2, 10);
        const fill = page.chance(0.7) ? ink : 'none';
        const head = `<ellipse cx="${x}" cy="${y}" rx="6" ry="4.4" fill="${fill}" stroke="${ink}" stroke-width="1.6"/>`;
        const stem = line(x + 5.5, y, x + 5.5, y - 30, ink, 1.6);
        return head + stem + (page.chance(0.3) ? line(x + 5.5, y - 30, x + 14, y - 14, ink, 2) : '');
      };
      const staff = (k: number): string => {
        const y = 90 + (k * 830) / staves;
        let body = drawn(5, (i) => line(40, y + i * 9, 680, y + i * 9, ink));
        body += drawn(bars + 1, (i) => line(40 + (640 * i) / bars, y, 40 + (640 * i) / bars, y + 36, ink, 2));
        body += polyline(
          [
            [56, y + 46],
            [60, y - 12],
            [66, y - 4],
            [50, y + 18],
            [60, y + 32],
            [66, y + 20],
          ],
          ink,
          2.5,
        );
        for (let x = 100; x < 660; x += page.between(16, 40)) body += note(x, y + 36);
        return body;
      };
      return {
        width: 720,
        height: 960,
        body:
          box(0, 0, 720, 960, ground) +
          write(font, title(page, 1, 3), { x: 360, y: 50, size: 28, anchor: 'middle' }) +
          drawn(staves, staff),
      };
    };
  },
};

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

const calendar: Layout = {
  name: 'calendar',
  look(random, photos) {
    const font = drawFont(random);
    const accent = tint(random, 60, 40);
    const one = random.chance(0.34) ? pickPhoto(random, photos) : undefined;
    return (page) => {
      const first = page.integer(0, 6);
      const days = page.integer(28, 31);
      const cell = (i: number): string => {
        const [x, y] = [24 + (i % 7) * 96, 530 + Math.floor(i / 7) * 68];
        const date = i - first + 1;
        if (date < 1 || date > days) return box(x, y, 96, 68, 'none', { stroke: '#999999' });
        const colour = i % 7 === 6 ? '#cc2222' : '#222222';
        const note = page.chance(0.15) ? write(font, title(page, 1), { x: x + 5, y: y + 54, size: 12 }) : '';
        return (
          box(x, y, 96, 68, 'none', { stroke: '#999999' }) +
          write(font, String(date), { x: x + 6, y: y + 28, size: 22, colour }) +
          note
        );
      };
      const month = `${MONTHS[page.integer(0, 11)] ?? ''} 20${whole(page, 10, 29)}`;
      return {
        width: 720,
        height: 960,
        body:
          box(0, 0, 720, 960, '#ffffff') +
          picture(one ?? pickPhoto(page, photos), 0, 0, 720, 460) +
          write(font, month, { x: 24, y: 510, size: 38, colour: accent }) +
          drawn(42, cell),
      };
    };
  },
};

const diploma: Layout = {
  name: 'diploma',
  look(random) {
    const font = drawFont(random);
    const accent = tint(random, 60, 35);
    const heading = title(random, 1, 2);
    const count = random.integer(30, 60);
    const rim =
      drawn(count + 1, (i) =>
        [30, 590].map((y) => disc(30 + (820 * i) / count, y, 9, 'none', accent, 3)).join(''),
      ) +
      drawn(Math.floor(count * 0.7), (i) =>
        [30, 850].map((x) => disc(x, 30 + (560 * i) / (count * 0.7), 9, 'none', accent, 3)).join(''),
      );
    return (page) => ({
      width: 880,
      height: 620,
      body:
        box(0, 0, 880, 620, '#fffef4') +
        rim +
        box(52, 52, 776, 516, 'none', { stroke: accent, line: 2 }) +
        disc(700, 490, 50, accent) +
        write(font, heading, { x: 440, y: 140, size: 50, colour: accent, anchor: 'middle' }) +
        write(font, 'is awarded to', { x: 440, y: 190, size: 22, anchor: 'middle' }) +
        write({ ...font, slant: 0.2 }, person(page), { x: 440, y: 260, size: 46, anchor: 'middle' }) +
        fillWith(font, text(page, 2), { x: 160, y: 300, size: 22, width: 560 }) +
        write(font, day(page), { x: 120, y: 500, size: 20 }) +
        write(font, person(page), { x: 120, y: 530, size: 20 }),
    });
  },
};

const businessCard: Layout = {
  name: 'business card',
  look(random) {
    const font = drawFont(random);
    const accent = tint(random, 60, 38);
    const ground = random.pick(['#ffffff', '#f5f2ea', '#1b1e2b']);
    const ink = ground === '#1b1e2b' ? '#eeeeee' : '#222222';
    const [firm, domain] = [title(random, 1, 2), title(random, 1).toLowerCase()];
    const [x, anchor] = random.chance(0.5) ? ([60, 'start'] as const) : ([790, 'end'] as const);
    return (page) => {
      const name = person(page);
      const rows = [
        title(page, 1, 3),
        `+49 ${whole(page, 100, 999)} ${whole(page, 100_000, 9_999_999)}`,
        `${name.toLowerCase().replace(' ', '.')}@${domain}.com`,
      ];
      return {
        width: 850,
        height: 480,
        body:
          box(0, 0, 850, 480, ground) +
          disc(115, 105, 60, accent) +
          polygon(
            [
              [80, 120],
              [115, 65],
              [150, 120],
            ],
            '#ffffff',
          ) +
          write(font, firm, { x: 200, y: 115, size: 44, colour: accent }) +
          write(font, name, { x, y: 290, size: 36, colour: ink, anchor }) +
          drawn(3, (i) => write(font, rows[i] ?? '', { x, y: 335 + i * 36, size: 22, colour: ink, anchor })) +
          box(0, 464, 850, 16, accent),
      };
    };
  },
};

const idCard: Layout = {
  name: 'ID card',
  look(random, photos) {
    const font = drawFont(random);
    const [ground, accent] = [tint(random, 40, 75), tint(random, 50, 35)];
    const heading = title(random, 2, 3);
    const waves = drawn(32, (i) => {
      const y = 90 + i * 14;
      return `<path d="M0 ${y}q215 ${60 + (y % 50)} 430 0t430 0" stroke="${accent}" fill="none" opacity="0.35"/>`;
    });
    return (page) => {
      const fields: [string, string][] = [
        ['Name', person(page)],
        ['Born', day(page)],
        ['No', whole(page, 1_000_000, 9_999_999)],
        ['Place', title(page, 1)],
        ['Valid', day(page)],
      ];
      const field = (i: number): string => {
        const [label = '', value = ''] = fields[i] ?? [];
        return (
          write(font, label, { x: 300, y: 130 + i * 76, size: 14, colour: '#444444' }) +
          write(font, value, { x: 300, y: 166 + i * 76, size: 27 })
        );
      };
      return {
        width: 860,
        height: 540,
        body:
          box(0, 0, 860, 540, ground) +
          waves +
          box(0, 0, 860, 70, accent) +
          write(font, heading, { x: 30, y: 48, size: 32, colour: '#ffffff' }) +
          box(37, 117, 226, 286, '#ffffff') +
          picture(pickPhoto(page, photos), 40, 120, 220, 280) +
          drawn(5, field),
      };
    };
  },
};

const article: Layout = {
  name: 'article',
  look(random, photos) {
    const font = drawFont(random);
    const accent = tint(random, 60, 35);
    const [paper, sections] = [title(random, 2), title(random, 6)];
    const advert = pickPhoto(random, photos);
    return (page) => ({
      width: 900,
      height: 1000,
      body:
        box(0, 0, 900, 1000, '#ffffff') +
        box(0, 0, 900, 76, accent) +
        write(font, paper, { x: 30, y: 54, size: 44, colour: '#ffffff' }) +
        write(font, sections, { x: 30, y: 106, size: 18 }) +
        line(0, 120, 900, 120, '#cccccc', 2) +
        fillWith(font, title(page, 4, 7), { x: 30, y: 136, size: 34, width: 560 }) +
        write(font, `${person(page)}, ${day(page)}`, { x: 30, y: 252, size: 15, colour: '#888888' }) +
        picture(pickPhoto(page, photos), 30, 270, 560, 300) +
        fillWith(font, text(page, 10), { x: 30, y: 590, size: 18, width: 560, lineHeight: 1.45 }) +
        picture(advert, 620, 140, 250, 300) +
        write(font, 'Most read', { x: 620, y: 490, size: 24 }) +
        drawn(6, (i) => fillWith(font, title(page, 3, 5), { x: 630, y: 510 + i * 70, size: 16, width: 240 })),
    });
  },
};

const sudoku: Layout = {
  name: 'sudoku',
  look(random) {
    const font = drawFont(random);
    const ink = tint(random, 60, 15);
    const share = random.between(0.3, 0.6);
    return (page: Random) => {
      const digit = (i: number): string =>
        page.chance(share)
          ? write(font, whole(page, 1, 9), {
              x: 64 + (i % 9) * 64,
              y: 80 + Math.floor(i / 9) * 64,
              size: 40,
              anchor: 'middle',
            })
          : '';
      const rule = (i: number): string => {
        const at = 32 + i * 64;
        const width = i % 3 === 0 ? 4 : 1;
        return line(at, 32, at, 608, ink, width) + line(32, at, 608, at, ink, width);
      };
      return {
        width: 640,
        height: 640,
        body: box(0, 0, 640, 640, '#ffffff') + drawn(10, rule) + drawn(81, digit),
      };
    };
  },
};

export const papers: readonly Layout[] = [
  form,
  receipt,
  ticket,
  book,
  music,
  calendar,
  diploma,
  businessCard,
  idCard,
  article,
  sudoku,
];
