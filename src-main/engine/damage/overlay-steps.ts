/** @file Steps that put something onto the photo or around it: captions, stickers, borders, screens, collages. */
import type { Random } from '../demo/random.ts';
import type { RgbImage } from '../imaging/image.ts';
import type { Step } from './damage.ts';
import { capitalised, lettered, paragraph, someWords, textWidth } from './lettering.ts';
import { blank, contained, covering, drawOver, finish, open, pasted } from './pixels.ts';

type Rgb = readonly [red: number, green: number, blue: number];

/** A caption in white or yellow with a dark rim, as chats and memes have it. */
export const caption: Step = (image, random) => {
  const { width, height } = image;
  const text = someWords(random, 2, 3).toUpperCase();
  const size = Math.min(height * random.between(0.09, 0.14), (width * 0.9) / textWidth(text, { size: 1 }));
  const place = { x: width / 2, y: height * random.pick([0.16, 0.5, 0.92]), size, anchor: 'middle' as const };
  const colour = random.pick(['#ffffff', '#ffee33']);
  const rim = lettered(text, { ...place, colour: '#000000', weight: 0.2 });
  return drawOver(image, rim + lettered(text, { ...place, colour, weight: 0.1 }));
};

/** A mark of a maker in a corner, half transparent. */
export const logo: Step = (image, random) => {
  const { width, height } = image;
  const size = height * 0.07;
  const x = random.pick([0.03, 0.62]) * width;
  const y = random.pick([0.12, 0.94]) * height;
  const name = capitalised(someWords(random, 1, 1));
  const mark = `<circle cx="${x + size / 2}" cy="${y - size * 0.4}" r="${size / 2}" fill="#ffffff"/>`;
  const text = lettered(name, { x: x + size * 1.3, y, size, colour: '#ffffff', weight: 0.13 });
  return drawOver(image, `<g opacity="0.6">${mark}${text}</g>`);
};

/** Words across the whole picture, as picture agencies do. */
export const watermark: Step = (image) => {
  const { width, height } = image;
  const text = 'picture agency';
  const size = (width * 0.8) / textWidth(text, { size: 1 });
  const lines = [0.3, 0.55, 0.8].map((part) =>
    lettered(text, {
      x: width / 2,
      y: height * part,
      size,
      colour: '#ffffff',
      anchor: 'middle',
      slant: 0.2,
    }),
  );
  return drawOver(image, `<g opacity="0.45">${lines.join('')}</g>`);
};

/** A yellow face, a tenth to a fifth of the shorter side across. */
export const emojiSticker: Step = (image, random) => {
  const { width, height } = image;
  const radius = Math.min(width, height) * random.between(0.1, 0.18);
  const x = random.between(0.15, 0.85) * width;
  const y = random.between(0.15, 0.85) * height;
  const eye = (side: number): string =>
    `<ellipse cx="${x + side * radius * 0.36}" cy="${y - radius * 0.2}" rx="${radius * 0.12}" ry="${radius * 0.18}" fill="#3c2810"/>`;
  const mouth =
    `<path d="M${x - radius * 0.5} ${y + radius * 0.2} Q${x} ${y + radius * 0.85} ${x + radius * 0.5} ${y + radius * 0.2}" ` +
    `fill="none" stroke="#3c2810" stroke-width="${radius * 0.12}"/>`;
  return drawOver(
    image,
    `<circle cx="${x}" cy="${y}" r="${radius}" fill="#ffcd32"/>${eye(-1)}${eye(1)}${mouth}`,
  );
};

export const dateStamp: Step = (image, random) => {
  const { width, height } = image;
  const two = (low: number, high: number): string => String(random.integer(low, high)).padStart(2, '0');
  const text = `'${two(0, 24)} ${two(1, 12)} ${two(1, 28)}`;
  return drawOver(
    image,
    lettered(text, {
      x: width * 0.96,
      y: height * 0.95,
      size: height * 0.055,
      colour: '#ff8c14',
      anchor: 'end',
      weight: 0.13,
    }),
  );
};

/** An ellipse of about a fifth of the shorter side made unrecognisable. */
export const blurredFace: Step = async (image, random) => {
  const { width, height } = image;
  const radius = Math.min(width, height) * random.between(0.1, 0.16);
  const x = random.between(0.25, 0.75) * width;
  const y = random.between(0.25, 0.75) * height;
  const mask = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><ellipse cx="${x}" cy="${y}" rx="${radius}" ry="${radius * 1.25}" fill="#fff"/></svg>`;
  const soft = await open(image)
    .blur(radius / 4)
    .ensureAlpha()
    .composite([{ input: Buffer.from(mask), blend: 'dest-in' }])
    .png()
    .toBuffer();
  return finish(open(image).composite([{ input: soft }]));
};

/** @param shares of the shorter side: left and right, top and bottom */
export function bordered(share: number, colour: Rgb, below = share): Step {
  return (image) => {
    const border = Math.round(share * Math.min(image.width, image.height));
    const lower = Math.round(below * Math.min(image.width, image.height));
    const ground = blank(image.width + 2 * border, image.height + border + lower, colour);
    return pasted(ground, image, border, border);
  };
}

/** Whole within a frame of another shape, the rest black. */
export function letterboxed(width: number, height: number): Step {
  return async (image) => {
    const whole = await contained(image, width, height);
    return pasted(
      blank(width, height, [0, 0, 0]),
      whole,
      Math.round((width - whole.width) / 2),
      Math.round((height - whole.height) / 2),
    );
  };
}

/** A text above the picture on a white bar. */
export const captionBar: Step = async (image, random) => {
  const bar = Math.round(image.height * 0.2);
  const ground = pasted(blank(image.width, image.height + bar, [255, 255, 255]), image, 0, bar);
  const text = paragraph(capitalised(someWords(random, 4, 8)), {
    x: image.width * 0.04,
    y: bar * 0.12,
    size: bar * 0.32,
    width: image.width * 0.9,
    colour: '#000000',
  });
  return drawOver(ground, text);
};

/** Texts, icons and lines of a program between two heights. */
function interfaceRows(random: Random, width: number, from: number, to: number, colour: string): string {
  let body = '';
  for (let y = from; y < to - 8;) {
    const height = width * random.between(0.012, 0.035);
    const x = width * random.between(0.03, 0.3);
    switch (random.integer(0, 2)) {
      case 0:
        body += `<rect x="${x}" y="${y}" width="${width * random.between(0.2, 0.6)}" height="${height}" fill="${colour}"/>`;
        break;
      case 1: {
        const icons = random.integer(3, 5);
        for (let i = 0; i < icons; i++) {
          const cx = (width * (i + 0.5)) / icons;
          body += `<circle cx="${cx}" cy="${y + height}" r="${height}" fill="none" stroke="${colour}" stroke-width="2"/>`;
        }
        y += height;
        break;
      }
      default:
        body += lettered(someWords(random, 1, 4), {
          x,
          y: y + height * 1.4,
          size: height * 1.6,
          colour,
        });
        y += height * 0.6;
    }
    y += height + width * random.between(0.015, 0.06);
  }
  return body;
}

interface Screen {
  width: number;
  height: number;
  ground: Rgb;
  ink: string;
  /** Parts of the height above and below that belong to the program. */
  top: number;
  bottom: number;
  /** A bar across the top. */
  bar?: string;
  /** Part of the width that the photo takes. */
  share?: number;
}

export function screenshot(screen: Screen): Step {
  const { width, height, ground, ink, top, bottom, bar, share = 1 } = screen;
  return async (image, random) => {
    const room = height * (1 - top - bottom);
    const photo = await contained(image, width * share, room);
    const y = Math.round(height * top + (random.chance(0.4) ? 0 : (room - photo.height) / 2));
    const head =
      bar === undefined ? '' : `<rect width="${width}" height="${height * top * 0.6}" fill="${bar}"/>`;
    const above = interfaceRows(random, width, height * 0.012, height * top * 0.8, ink);
    const follows = random.chance(0.6) ? y + photo.height + height * 0.02 : height * (1 - bottom * 0.9);
    const below = interfaceRows(random, width, follows, height, ink);
    const page = await drawOver(blank(width, height, ground), head + above + below);
    return pasted(page, photo, Math.round((width - photo.width) / 2), y);
  };
}

/** A photo's tile among others. @throws RangeError when there are too few others */
export function collage(columns: number, rows: number, gap: number): Step {
  return async (image, random, others) => {
    const count = columns * rows;
    if (others.length < count - 1) throw new RangeError(`A collage of ${count} needs ${count - 1} others.`);
    const place = random.integer(0, count - 1);
    const tile = count === 2 ? [360, 270] : [280, 250];
    const [tileWidth = 0, tileHeight = 0] = columns === 1 || rows === 1 ? tile : [280, 250];
    let page = blank(columns * (tileWidth + gap) + gap, rows * (tileHeight + gap) + gap, [240, 240, 240]);
    const pictures: RgbImage[] = others.slice(0, count - 1);
    pictures.splice(place, 0, image);
    for (const [i, picture] of pictures.entries()) {
      const tiled = await covering(picture, tileWidth, tileHeight);
      const left = gap + (i % columns) * (tileWidth + gap);
      page = pasted(page, tiled, left, gap + Math.floor(i / columns) * (tileHeight + gap));
    }
    return page;
  };
}
