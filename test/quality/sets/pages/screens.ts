/** @file Layouts of screens: chat, settings, feed, weather, player, album, game, desktop, editor, spreadsheet. */
import {
  box,
  clock,
  disc,
  drawFont,
  drawn,
  fillWith,
  type Layout,
  line,
  person,
  pickPhoto,
  picture,
  polygon,
  text,
  times,
  tint,
  title,
  whole,
  write,
} from './page.ts';

const chat: Layout = {
  name: 'chat',
  look(random) {
    const font = drawFont(random);
    const [ground, mine, theirs, bar] = [
      tint(random, 20, 92),
      tint(random, 60, 80),
      tint(random, 10, 98),
      tint(random, 50, 35),
    ];
    const name = person(random);
    return (page) => {
      let body = box(0, 0, 540, 1080, ground);
      for (let y = 96; y < 920;) {
        const words = text(page, page.integer(1, 3));
        const height = (Math.ceil((words.length * 9.5) / 340) + 1) * 24;
        const x = page.chance(0.5) ? 166 : 14;
        body += box(x, y, 360, height, x > 100 ? mine : theirs, { radius: 14 });
        body += fillWith(font, words, { x: x + 12, y: y + 10, size: 18, width: 336 });
        y += height + 14;
      }
      body += box(0, 0, 540, 74, bar) + disc(42, 37, 22, '#ffffff');
      body += write(font, name, { x: 80, y: 46, size: 28, colour: '#ffffff' });
      body +=
        box(0, 990, 540, 90, '#ffffff') +
        box(20, 1008, 440, 50, '#ffffff', { radius: 25, stroke: '#bbbbbb' });
      return {
        width: 540,
        height: 1080,
        body: body + write(font, 'Message', { x: 40, y: 1040, size: 20, colour: '#999999' }),
      };
    };
  },
};

const settings: Layout = {
  name: 'settings',
  look(random) {
    const font = drawFont(random);
    const ground = random.pick(['#ffffff', '#111111', '#f4f4f8']);
    const ink = ground === '#111111' ? '#eeeeee' : '#222222';
    const accent = tint(random);
    const rows = random.integer(9, 12);
    return (page) => {
      const step = 920 / rows;
      const row = (i: number): string => {
        const y = 130 + i * step;
        const on = page.chance(0.5);
        return (
          line(0, y, 540, y, '#888888') +
          box(20, y + step / 2 - 19, 38, 38, tint(page, 60, 55), { radius: 10 }) +
          write(font, title(page, 1, 3), { x: 78, y: y + step * 0.45, size: 22, colour: ink }) +
          write(font, title(page, 2, 4), { x: 78, y: y + step * 0.78, size: 14, colour: '#888888' }) +
          box(460, y + step / 2 - 15, 54, 30, on ? accent : '#999999', { radius: 15 }) +
          disc(on ? 499 : 475, y + step / 2, 12, '#ffffff')
        );
      };
      const head =
        box(0, 0, 540, 1080, ground) + write(font, 'Settings', { x: 20, y: 90, size: 42, colour: ink });
      return { width: 540, height: 1080, body: head + drawn(rows, row) };
    };
  },
};

const feed: Layout = {
  name: 'feed',
  look(random, photos) {
    const font = drawFont(random);
    const ground = random.pick(['#ffffff', '#000000', '#fafafa']);
    const ink = ground === '#000000' ? '#eeeeee' : '#222222';
    const accent = tint(random);
    const name = title(random, 1);
    return (page) => ({
      width: 540,
      height: 1000,
      body:
        box(0, 0, 540, 1000, ground) +
        write(font, name, { x: 20, y: 48, size: 34, colour: accent }) +
        disc(36, 100, 22, tint(page)) +
        write(font, person(page), { x: 72, y: 108, size: 20, colour: ink }) +
        picture(pickPhoto(page, photos), 0, 130, 540, 480) +
        drawn(3, (i) => disc(36 + i * 50, 640, 16, 'none', ink)) +
        write(font, `${whole(page, 3, 999)} likes`, { x: 200, y: 648, size: 20, colour: ink }) +
        fillWith(font, text(page, 3), { x: 20, y: 680, size: 18, width: 500, colour: ink }) +
        line(0, 930, 540, 930, '#888888') +
        drawn(5, (i) => disc(54 + i * 108, 966, 16, 'none', ink, 3)),
    });
  },
};

const weather: Layout = {
  name: 'weather',
  look(random) {
    const font = drawFont(random);
    const [upper, lower] = [tint(random, 50, 45), tint(random, 60, 65)];
    return (page) => {
      const white = '#ffffff';
      const sky = (x: number, y: number): string =>
        page.chance(0.5)
          ? disc(x, y, 13, '#ffe070')
          : disc(x - 6, y, 9, white) + disc(x + 5, y - 4, 11, white);
      const hour = (i: number): string =>
        write(font, String(10 + i), { x: 66 + i * 82, y: 420, size: 20, colour: white, anchor: 'middle' }) +
        sky(66 + i * 82, 452) +
        write(font, whole(page, -5, 30), {
          x: 66 + i * 82,
          y: 496,
          size: 20,
          colour: white,
          anchor: 'middle',
        });
      const row = (i: number): string => {
        const y = 590 + i * 62;
        const name = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][i] ?? '';
        const range = `${whole(page, -5, 12)} / ${whole(page, 12, 33)}`;
        return (
          write(font, name, { x: 44, y, size: 22, colour: white }) +
          sky(250, y - 8) +
          write(font, range, { x: 496, y, size: 22, colour: white, anchor: 'end' })
        );
      };
      return {
        width: 540,
        height: 1000,
        body:
          `<defs><linearGradient id="w" x2="0" y2="1"><stop stop-color="${upper}"/><stop offset="1" stop-color="${lower}"/></linearGradient></defs>` +
          box(0, 0, 540, 1000, 'url(#w)') +
          write(font, title(page, 1), { x: 270, y: 90, size: 36, colour: white, anchor: 'middle' }) +
          write(font, whole(page, -5, 33), { x: 270, y: 280, size: 150, colour: white, anchor: 'middle' }) +
          box(26, 380, 488, 140, white, { radius: 18, opacity: 0.2 }) +
          box(26, 545, 488, 400, white, { radius: 18, opacity: 0.2 }) +
          drawn(6, hour) +
          drawn(6, row),
      };
    };
  },
};

const player: Layout = {
  name: 'video player',
  look(random, photos) {
    const font = drawFont(random);
    const accent = tint(random, 70, 50);
    const white = '#eeeeee';
    return (page) => ({
      width: 960,
      height: 600,
      body:
        box(0, 0, 960, 600, '#111111') +
        picture(pickPhoto(page, photos), 0, 0, 960, 510) +
        write(font, title(page, 2, 5), { x: 20, y: 40, size: 24, colour: white }) +
        box(0, 522, 960, 8, '#666666') +
        box(0, 522, 960 * page.between(0.1, 0.9), 8, accent) +
        polygon(
          [
            [30, 550],
            [30, 586],
            [58, 568],
          ],
          white,
        ) +
        polygon(
          [
            [80, 550],
            [80, 586],
            [108, 568],
          ],
          white,
        ) +
        write(font, `${clock(page)} / 22:59`, { x: 150, y: 576, size: 20, colour: white }) +
        drawn(3, (i) => box(800 + i * 52, 552, 30, 30, 'none', { stroke: white, line: 3 })),
    });
  },
};

const album: Layout = {
  name: 'album',
  look(random, photos) {
    const font = drawFont(random);
    const ground = random.pick(['#121212', '#ffffff', '#2b2140']);
    const ink = ground === '#ffffff' ? '#222222' : '#eeeeee';
    const accent = tint(random, 70, 50);
    return (page) => ({
      width: 540,
      height: 1000,
      body:
        box(0, 0, 540, 1000, ground) +
        write(font, 'NOW PLAYING', { x: 270, y: 70, size: 20, colour: ink, anchor: 'middle' }) +
        picture(pickPhoto(page, photos), 50, 110, 440, 440) +
        write(font, title(page, 1, 3), { x: 50, y: 620, size: 32, colour: ink }) +
        write(font, person(page), { x: 50, y: 660, size: 22, colour: '#999999' }) +
        box(50, 720, 440, 6, '#888888') +
        box(50, 720, 440 * page.between(0.1, 0.9), 6, accent) +
        polygon(
          [
            [240, 790],
            [240, 850],
            [300, 820],
          ],
          accent,
        ) +
        polygon(
          [
            [140, 820],
            [180, 795],
            [180, 845],
          ],
          accent,
        ) +
        polygon(
          [
            [400, 820],
            [360, 795],
            [360, 845],
          ],
          accent,
        ),
    });
  },
};

const game: Layout = {
  name: 'game',
  look(random, photos) {
    const font = drawFont(random);
    const accent = tint(random, 80, 50);
    return (page) => ({
      width: 960,
      height: 540,
      body:
        picture(pickPhoto(page, photos), 0, 0, 960, 540) +
        box(20, 16, 260, 22, '#000000', { opacity: 0.5, stroke: '#ffffff', line: 3 }) +
        box(20, 16, 2.6 * page.integer(10, 100), 22, accent) +
        write(font, `SCORE ${whole(page, 100, 99_999)}`, {
          x: 930,
          y: 44,
          size: 36,
          colour: '#ffffff',
          anchor: 'end',
        }) +
        disc(95, 449, 74, '#003355', '#ffffff', 4) +
        drawn(6, (i) => box(740 + i * 34, 490, 24, 24, '#ffffff')),
    });
  },
};

const desktop: Layout = {
  name: 'desktop',
  look(random, photos) {
    const font = drawFont(random);
    const wallpaper = pickPhoto(random, photos);
    const bar = tint(random, 30, 25);
    const icons = times(6, (i) => {
      const y = 20 + i * 86;
      return (
        box(16, y, 46, 46, tint(random, 60, 55), { radius: 9 }) +
        write(font, title(random, 1), { x: 16, y: y + 64, size: 14, colour: '#ffffff' })
      );
    }).join('');
    return (page) => {
      const window = (): string => {
        const [width, height] = [page.integer(250, 560), page.integer(160, 380)];
        const [x, y] = [page.integer(90, 940 - width), page.integer(20, 550 - height)];
        const dark = page.chance(0.4);
        const lines = Math.floor((height - 50) / 20);
        const words = fillWith(font, text(page, Math.max(1, Math.floor((lines * width) / 800))), {
          x: x + 8,
          y: y + 34,
          size: 15,
          width: width - 16,
          colour: dark ? '#cccccc' : '#222222',
        });
        return (
          box(x + 4, y + 6, width, height, '#000000', { opacity: 0.4 }) +
          box(x, y, width, height, dark ? '#222222' : '#fafafa') +
          box(x, y, width, 26, bar) +
          write(font, title(page, 1, 3), { x: x + 8, y: y + 19, size: 16, colour: '#ffffff' }) +
          words
        );
      };
      return {
        width: 960,
        height: 600,
        body:
          picture(wallpaper, 0, 0, 960, 600) +
          icons +
          drawn(page.integer(1, 3), window) +
          box(0, 564, 960, 36, '#111111', { opacity: 0.8 }) +
          write(font, clock(page), { x: 945, y: 588, size: 18, colour: '#ffffff', anchor: 'end' }),
      };
    };
  },
};

const editor: Layout = {
  name: 'editor',
  look(random) {
    const font = { ...drawFont(random), slant: 0 };
    const ground = random.pick(['#1e1e2a', '#ffffff', '#282c34']);
    const ink = ground === '#ffffff' ? '#222222' : '#dddddd';
    const inks = times(4, () => tint(random, 70, 60));
    const tree = drawn(16, (i) =>
      write(font, title(random, 1), { x: 12, y: 40 + i * 26, size: 16, colour: ink }),
    );
    return (page) => {
      let indent = 0;
      const row = (i: number): string => {
        indent = Math.max(0, Math.min(5, indent + page.integer(-1, 1)));
        let x = 230 + indent * 36;
        let body = write(font, String(i + 1), {
          x: 215,
          y: 24 + i * 22,
          size: 15,
          colour: '#888888',
          anchor: 'end',
        });
        for (let word = page.integer(0, 6); word > 0; word--) {
          const letters = `${title(page, 1).toLowerCase()}${page.pick(['', '()', ',', '.', ':'])}`;
          const colour = page.chance(0.5) ? ink : (inks[page.integer(0, 3)] ?? ink);
          body += write(font, letters, { x, y: 24 + i * 22, size: 15, colour });
          x += (letters.length + 1) * 15 * 0.68 * font.stretch;
        }
        return body;
      };
      return {
        width: 900,
        height: 640,
        body:
          box(0, 0, 900, 640, ground) +
          box(0, 0, 180, 640, '#888888', { opacity: 0.25 }) +
          tree +
          drawn(27, row) +
          box(0, 616, 900, 24, inks[0] ?? ink),
      };
    };
  },
};

const spreadsheet: Layout = {
  name: 'spreadsheet',
  look(random) {
    const font = drawFont(random);
    const bar = tint(random, 50, 35);
    const rows = random.integer(18, 23);
    const widths = times(8, () => random.integer(60, 160));
    return (page) => {
      const cell = (x: number, y: number, width: number): string => {
        const content = page.pick([title(page, 1), whole(page, 1, 9999), whole(page, 1, 99), '', '']);
        return (
          box(x, y, width, 23, '#ffffff', { stroke: '#cccccc' }) +
          write(font, content.slice(0, Math.floor(width / 11)), { x: x + 4, y: y + 17, size: 14 })
        );
      };
      const row = (i: number): string => {
        let x = 0;
        return widths.reduce((body, width) => {
          const one = cell(x, 66 + i * 23, width);
          x += width;
          return body + one;
        }, '');
      };
      return {
        width: 900,
        height: 600,
        body:
          box(0, 0, 900, 600, '#ffffff') +
          box(0, 0, 900, 60, bar) +
          write(font, 'File Edit View Insert Format Data Help', {
            x: 10,
            y: 24,
            size: 17,
            colour: '#ffffff',
          }) +
          drawn(8, (i) => box(12 + i * 34, 34, 20, 18, 'none', { stroke: '#ffffff', line: 2 })) +
          drawn(rows, row),
      };
    };
  },
};

export const screens: readonly Layout[] = [
  chat,
  settings,
  feed,
  weather,
  player,
  album,
  game,
  desktop,
  editor,
  spreadsheet,
];
