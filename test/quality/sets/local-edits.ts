/** @file Copies with a local edit and recoloured things, made from one photo. */
import type { Step } from '../../../src-main/engine/damage/damage.ts';
import { lettered, paragraph, someWords } from '../../../src-main/engine/damage/lettering.ts';
import * as overlay from '../../../src-main/engine/damage/overlay-steps.ts';
import {
  contained,
  covering,
  drawOver,
  eachPixel,
  finish,
  open,
  pasted,
  resized,
} from '../../../src-main/engine/damage/pixels.ts';
import * as step from '../../../src-main/engine/damage/steps.ts';
import type { Random } from '../../../src-main/engine/demo/random.ts';
import type { RgbImage } from '../../../src-main/engine/imaging/image.ts';
import { drawEllipse, ellipseMask, holeFilled, mixed } from './masks.ts';

/** `change` of the picture, seen inside an ellipse of a part of its area only. */
function inside(area: number, change: Step, soft = 3): Step {
  return async (image, random, others) => {
    const mask = ellipseMask(image, drawEllipse(random, image, area), soft);
    return mixed(image, await change(image, random, others), mask);
  };
}

const captionOnBox: Step = (image, random) => {
  const { width, height } = image;
  const size = height * 0.08;
  const y = height * random.pick([0.02, 0.84]);
  const body =
    `<rect x="0" y="${y}" width="${width}" height="${size * 1.8}" fill="#000000"/>` +
    lettered(someWords(random, 3, 4), { x: width * 0.05, y: y + size * 1.2, size, colour: '#ffffff' });
  return drawOver(image, body);
};

/** @param share radius as part of the shorter side */
function plainSticker(share: number): Step {
  return (image, random) => {
    const { width, height } = image;
    const radius = Math.min(width, height) * share;
    const [x, y] = [random.between(0.1, 0.9) * width, random.between(0.1, 0.9) * height];
    const fill = `rgb(${random.integer(0, 255)},${random.integer(0, 255)},${random.integer(0, 255)})`;
    return drawOver(
      image,
      random.pick([
        `<circle cx="${x}" cy="${y}" r="${radius}" fill="${fill}"/>`,
        `<rect x="${x - radius}" y="${y - radius / 2}" width="${2 * radius}" height="${radius}" fill="${fill}"/>`,
        `<path d="M${x} ${y - radius}L${x + radius} ${y + radius}H${x - radius}Z" fill="${fill}"/>`,
      ]),
    );
  };
}

const insetPhoto: Step = async (image, random, others) => {
  const small = await contained(firstOf(others), image.width * 0.3, image.height * 0.3);
  const left = Math.round(random.next() * (image.width - small.width));
  return pasted(image, small, left, Math.round(random.next() * (image.height - small.height)));
};

const photoSticker: Step = async (image, random, others) => {
  const other = await covering(firstOf(others), image.width, image.height);
  return mixed(image, other, ellipseMask(image, drawEllipse(random, image, 0.07), 1));
};

function firstOf(others: readonly RgbImage[]): RgbImage {
  const [other] = others;
  if (other === undefined) throw new RangeError('An inset needs another photo.');
  return other;
}

const facePixels: Step = inside(
  0.04,
  async (image) => {
    const coarse = await resized(image, image.width / 16, image.height / 16);
    return finish(open(coarse).resize(image.width, image.height, { fit: 'fill', kernel: 'nearest' }));
  },
  0.5,
);

const blackBar: Step = (image, random) => {
  const { width, height } = image;
  const [x, y] = [random.between(0.1, 0.6) * width, random.between(0.1, 0.8) * height];
  return drawOver(
    image,
    `<rect x="${x}" y="${y}" width="${width * 0.3}" height="${height * 0.07}" fill="#000000"/>`,
  );
};

const scribble: Step = (image, random) => {
  const { width, height } = image;
  const colour = random.pick(['#ff2020', '#ffffff', '#2040ff', '#000000']);
  const strokes = Array.from({ length: 3 }, () => {
    let [x, y] = [random.between(0.25, 0.75) * width, random.between(0.25, 0.75) * height];
    const points = Array.from({ length: 9 }, () => {
      x += random.between(-0.09, 0.09) * width;
      y += random.between(-0.09, 0.09) * height;
      return `${x.toFixed(1)} ${y.toFixed(1)}`;
    });
    return `<path d="M${points.join('L')}" fill="none" stroke="${colour}" stroke-width="${width * 0.008}"/>`;
  });
  return drawOver(image, strokes.join(''));
};

const ringAndArrow: Step = (image, random) => {
  const { width, height } = image;
  const [x, y] = [random.between(0.2, 0.7) * width, random.between(0.2, 0.7) * height];
  const pen = `fill="none" stroke="#e61414" stroke-width="${width * 0.012}"`;
  return drawOver(
    image,
    `<ellipse cx="${x}" cy="${y}" rx="${width * 0.12}" ry="${height * 0.1}" ${pen}/>` +
      `<path d="M${x - width * 0.2} ${y - height * 0.18}L${x - width * 0.09} ${y - height * 0.08}" ${pen}/>`,
  );
};

/** Things removed: ellipses filled from around them. */
function retouched(count: number, area: number): Step {
  return (image, random) => {
    let picture = image;
    for (let i = 0; i < count; i++) {
      picture = holeFilled(picture, ellipseMask(picture, drawEllipse(random, picture, area), 1));
    }
    return picture;
  };
}

const redEye: Step = (image, random) => {
  const { width } = image;
  const { x, y } = drawEllipse(random, image, 0.02);
  const pupil = (side: number): string =>
    `<circle cx="${x + side * 0.03 * width}" cy="${y}" r="${0.008 * width}" fill="#1e1919"/>`;
  return drawOver(image, pupil(-1) + pupil(1));
};

const captionInside: Step = (image, random) => {
  const { width, height } = image;
  const body =
    `<rect x="0" y="${height * 0.84}" width="${width}" height="${height * 0.13}" fill="#ffffff"/>` +
    paragraph(someWords(random, 3, 4), {
      x: width * 0.05,
      y: height * 0.86,
      size: height * 0.07,
      width,
      colour: '#000000',
    });
  return drawOver(image, body);
};

const backgroundBlur: Step = async (image, random) => {
  const soft = await step.blurred(4)(image, random, []);
  const { width, height } = image;
  const centre = { x: width * random.between(0.35, 0.65), y: height * random.between(0.4, 0.6) };
  const mask = ellipseMask(image, { ...centre, rx: width * 0.25, ry: height * 0.35 }, 12);
  return mixed(soft, image, mask);
};

export interface LocalEdit {
  name: string;
  edit: Step;
}

export const localEdits: readonly LocalEdit[] = [
  { name: 'text', edit: overlay.caption },
  { name: 'text on a box', edit: captionOnBox },
  { name: 'date stamp', edit: overlay.dateStamp },
  { name: 'logo', edit: overlay.logo },
  { name: 'watermark', edit: overlay.watermark },
  { name: 'sticker, small', edit: plainSticker(0.07) },
  { name: 'sticker, large', edit: plainSticker(0.2) },
  { name: 'emoji', edit: overlay.emojiSticker },
  { name: 'photo sticker', edit: photoSticker },
  { name: 'inset photo', edit: insetPhoto },
  { name: 'face blurred', edit: overlay.blurredFace },
  { name: 'face in pixels', edit: facePixels },
  { name: 'black bar', edit: blackBar },
  { name: 'scribble', edit: scribble },
  { name: 'ring and arrow', edit: ringAndArrow },
  { name: 'red eye', edit: redEye },
  { name: 'retouched', edit: retouched(4, 0.0012) },
  { name: 'object removed', edit: retouched(1, 0.03) },
  { name: 'caption bar inside', edit: captionInside },
  { name: 'background blurred', edit: backgroundBlur },
  { name: 'dodged', edit: inside(0.15, step.gamma(0.6), 40) },
  { name: 'local colour', edit: inside(0.04, step.chain(step.brightness(1.2), step.saturation(1.6)), 6) },
  { name: 'text and sticker', edit: step.chain(overlay.caption, plainSticker(0.12)) },
  { name: 'crop and sticker', edit: step.chain(step.cropped(0.75, 0.3, 0.6), plainSticker(0.1)) },
  { name: 'JPEG 35 and text', edit: step.chain(overlay.caption, step.jpeg(35)) },
  { name: 'half size and logo', edit: step.chain(step.scaledBy(0.5), overlay.logo) },
  { name: 'filter and text', edit: step.chain(step.photoFilter, overlay.caption) },
  { name: 'mirror and sticker', edit: step.chain(step.mirrored, plainSticker(0.12)) },
];

type Lab = [lightness: number, a: number, b: number];

/** Oklab (Ottosson 2020), from sRGB 0 to 255. */
function toOklab([red, green, blue]: readonly [number, number, number]): Lab {
  const [r, g, b] = [red, green, blue].map((value) => {
    const v = value / 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromOklab([lightness, a, b]: Lab): [number, number, number] {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return linear.map((v) => 255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055)) as [
    number,
    number,
    number,
  ];
}

const CHROMA_FLOOR = 0.02;
const HUE_BINS = 36;

/** Turns hues: all of them, or those within half a radian of the commonest. */
export function recoloured(degrees: number, which: 'one colour' | 'all colours') {
  return (image: RgbImage, random: Random): RgbImage => {
    const turn = ((random.chance(0.5) ? 1 : -1) * degrees * Math.PI) / 180;
    const main = which === 'one colour' ? commonestHue(image) : undefined;
    return eachPixel(image, (colour) => {
      const [lightness, a, b] = toOklab(colour);
      const chroma = Math.hypot(a, b);
      const hue = Math.atan2(b, a);
      let share = Math.max(0, Math.min(1, (chroma - CHROMA_FLOOR) / CHROMA_FLOOR));
      if (main !== undefined) {
        const away = Math.abs(Math.atan2(Math.sin(hue - main), Math.cos(hue - main)));
        share *= Math.max(0, Math.min(1, 2 - away / 0.5));
      }
      const turned = hue + turn * share;
      const next = fromOklab([lightness, chroma * Math.cos(turned), chroma * Math.sin(turned)]);
      for (let c = 0; c < 3; c++) colour[c] = next[c] ?? 0;
    });
  };
}

function commonestHue(image: RgbImage): number {
  const bins = new Float64Array(HUE_BINS);
  eachPixel(image, (colour) => {
    const [, a, b] = toOklab(colour);
    const chroma = Math.hypot(a, b);
    if (chroma < 2 * CHROMA_FLOOR) return;
    const bin = Math.min(HUE_BINS - 1, Math.floor(((Math.atan2(b, a) + Math.PI) / (2 * Math.PI)) * HUE_BINS));
    bins[bin] = (bins[bin] ?? 0) + chroma;
  });
  const most = bins.indexOf(Math.max(...bins));
  return ((most + 0.5) * 2 * Math.PI) / HUE_BINS - Math.PI;
}

export const recolourings = [
  { name: 'one colour by 70°', edit: recoloured(70, 'one colour') },
  { name: 'one colour by 150°', edit: recoloured(150, 'one colour') },
  { name: 'all colours by 60°', edit: recoloured(60, 'all colours') },
  { name: 'all colours by 150°', edit: recoloured(150, 'all colours') },
] as const;
