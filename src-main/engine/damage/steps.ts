/** @file Steps that change the photo as a whole: what crops, turns, tones and printers do. */
import type { Random } from '../demo/random.ts';
import type { RgbImage } from '../imaging/image.ts';
import type { Step } from './damage.ts';
import { SEPIA } from './edits.ts';
import { blank, contained, eachPixel, edit, finish, gaussian, open, recode, sampleInto } from './pixels.ts';

export function jpeg(quality: number): Step {
  return (image) => recode(image, (picture) => picture.jpeg({ quality }));
}

/** Saved again and again, each time cut by a pixel or two, so that the blocks of the codings never coincide. */
export const sentOnAndOn: Step = async (image, random) => {
  let picture = image;
  for (const quality of [75, 50, 60, 40]) {
    picture = await jpeg(quality)(picture, random, []);
    const { width, height } = picture;
    picture = await finish(open(picture).extract({ left: 1, top: 2, width: width - 3, height: height - 3 }));
  }
  return picture;
};

export function scaledBy(factor: number): Step {
  return edit((picture, _random, { width }) =>
    picture.resize({ width: Math.max(8, Math.round(width * factor)) }),
  );
}

/** Longest side at most `edge` px. */
export function within(edge: number): Step {
  return (image) => contained(image, edge, edge);
}

export function square(edge: number): Step {
  return edit((picture) => picture.resize(edge, edge, { fit: 'fill' }));
}

/**
 * @param area part of the picture that stays
 * @param x, y where: 0 is left or top, 1 right or bottom
 */
export function cropped(area: number, x = 0.5, y = 0.5): Step {
  return edit((picture, _random, { width, height }) => {
    const side = Math.sqrt(area);
    const size = {
      width: Math.max(8, Math.round(width * side)),
      height: Math.max(8, Math.round(height * side)),
    };
    const left = Math.round((width - size.width) * x);
    const top = Math.round((height - size.height) * y);
    return picture.extract({ left, top, ...size });
  });
}

/** Cut to a corner or side that is drawn: never nearer to the middle than half of the way. */
export function croppedOffCentre(area: number): Step {
  return (image, random, others) => {
    const place = (): number => (random.chance(0.5) ? random.between(0, 0.25) : random.between(0.75, 1));
    return cropped(area, place(), place())(image, random, others);
  };
}

export const squareCut: Step = edit((picture, _random, { width, height }) => {
  const side = Math.min(width, height);
  return picture.resize(side, side, { fit: 'cover' });
});

export function turned(degrees: 90 | 180 | 270): Step {
  return edit((picture) => picture.rotate(degrees));
}

/** Turned by hand. With corners: the frame grows and is filled; without: the largest upright part inside. */
export function tilted(degrees: number, corners: 'filled' | 'cut off'): Step {
  return async (image, random) => {
    const sense = random.chance(0.5) ? 1 : -1;
    const background = random.pick(['#000000', '#ffffff', '#808080']);
    const picture = await finish(open(image).rotate(sense * degrees, { background }));
    if (corners === 'filled') return picture;
    const angle = (degrees * Math.PI) / 180;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const { width, height } = image;
    const part = 1 / Math.max(cos + (sin * height) / width, cos + (sin * width) / height);
    const size = { width: Math.floor(width * part) - 2, height: Math.floor(height * part) - 2 };
    const left = Math.floor((picture.width - size.width) / 2);
    const top = Math.floor((picture.height - size.height) / 2);
    return finish(open(picture).extract({ left, top, ...size }));
  };
}

export const mirrored: Step = edit((picture) => picture.flop());
export const upsideDown: Step = edit((picture) => picture.flip());
export const grey: Step = edit((picture) => picture.modulate({ saturation: 0 }));
export const sepia: Step = edit((picture) => picture.recomb(SEPIA));
export const negative: Step = edit((picture) => picture.negate({ alpha: false }));

export function brightness(factor: number): Step {
  return (image) =>
    eachPixel(image, (colour) => {
      for (let c = 0; c < 3; c++) colour[c] = (colour[c] ?? 0) * factor;
    });
}

export function contrast(slope: number): Step {
  return edit((picture) => picture.linear(slope, 128 * (1 - slope)));
}

export function saturation(factor: number): Step {
  return edit((picture) => picture.modulate({ saturation: factor }));
}

export function hue(degrees: number): Step {
  return edit((picture, random) => picture.modulate({ hue: random.chance(0.5) ? degrees : -degrees }));
}

/** Below 1 lightens. */
export function gamma(exponent: number): Step {
  const curve = Uint8Array.from({ length: 256 }, (_, level) => Math.round(255 * (level / 255) ** exponent));
  return (image) => ({ ...image, data: image.data.map((level) => curve[level] ?? level) });
}

/** As photo apps call it: blacks lifted, contrast bent, a warm tint, dark corners. */
export const photoFilter: Step = (image) => {
  const { width, height } = image;
  const tint = [1.08, 1, 0.88];
  return eachPixel(image, (colour, x, y) => {
    const u = (2 * x) / width - 1;
    const v = (2 * y) / height - 1;
    const dark = 1 - 0.28 * Math.max(0, u * u + v * v - 0.3);
    for (let c = 0; c < 3; c++) {
      const lifted = 0.06 + (0.94 * (colour[c] ?? 0)) / 255;
      const bent = lifted + 0.18 * Math.sin((lifted - 0.5) * Math.PI) * (1 - Math.abs(2 * lifted - 1));
      colour[c] = 255 * bent * (tint[c] ?? 1) * dark;
    }
  });
};

export function blurred(sigma: number): Step {
  return edit((picture) => picture.blur(sigma));
}

export const sharpened: Step = edit((picture) => picture.sharpen({ sigma: 1.6, m1: 1.5, m2: 4 }));

/** @param deviation grey levels */
export function noisy(deviation: number): Step {
  return (image, random) =>
    eachPixel(image, (colour) => {
      for (let c = 0; c < 3; c++) colour[c] = (colour[c] ?? 0) + deviation * gaussian(random);
    });
}

/** Printed with dots: three screens of ink at angles of their own (Mertle 1957), read in again. */
export const halftone: Step = (image, random) => {
  const period = random.between(4, 5.5);
  const angles = [0.26, 1.31, 0.79];
  return eachPixel(image, (colour, x, y) => {
    for (const [c, angle] of angles.entries()) {
      const u = ((x * Math.cos(angle) + y * Math.sin(angle)) * 2 * Math.PI) / period;
      const v = ((y * Math.cos(angle) - x * Math.sin(angle)) * 2 * Math.PI) / period;
      const screen = 127.5 + 63.75 * (Math.cos(u) + Math.cos(v));
      // Soft edges: dots are read in by a scanner, not cut out.
      colour[c] = 127.5 + ((colour[c] ?? 0) - screen) * 2.5;
    }
  });
};

/** Seen from the side: its corners moved inwards by up to `amount` of the side, on a ground of one colour. */
export function inPerspective(amount: number, ground: readonly [number, number, number]): Step {
  return (image, random) => {
    const { width, height } = image;
    const frame = { width: Math.round(width * 1.1), height: Math.round(height * 1.1) };
    const inset = (side: number): number => side * (0.02 + random.between(0, amount));
    const corners: Corners = [
      [inset(frame.width), inset(frame.height)],
      [frame.width - inset(frame.width), inset(frame.height)],
      [frame.width - inset(frame.width), frame.height - inset(frame.height)],
      [inset(frame.width), frame.height - inset(frame.height)],
    ];
    return warpedOnto(blank(frame.width, frame.height, ground), image, corners);
  };
}

type Point = readonly [x: number, y: number];
type Corners = readonly [Point, Point, Point, Point];

/** `image` drawn into the quadrangle of `corners` (clockwise from top left) of `ground`. */
export function warpedOnto(ground: RgbImage, image: RgbImage, corners: Corners): RgbImage {
  const inverse = invert3(squareToQuad(corners));
  const place = [0, 0, 0];
  return eachPixel(ground, (colour, x, y) => {
    const [u, v] = project(inverse, x + 0.5, y + 0.5);
    if (u < 0 || u > 1 || v < 0 || v > 1) return;
    sampleInto(image, u * image.width - 0.5, v * image.height - 0.5, place);
    for (let c = 0; c < 3; c++) colour[c] = place[c] ?? 0;
  });
}

/** Row major 3 x 3 map of the unit square onto a quadrangle (Heckbert 1989, Fundamentals of texture mapping). */
function squareToQuad([p0, p1, p2, p3]: Corners): number[] {
  const sx = p0[0] - p1[0] + p2[0] - p3[0];
  const sy = p0[1] - p1[1] + p2[1] - p3[1];
  const [dx1, dy1, dx2, dy2] = [p1[0] - p2[0], p1[1] - p2[1], p3[0] - p2[0], p3[1] - p2[1]];
  const area = dx1 * dy2 - dx2 * dy1;
  const g = (sx * dy2 - dx2 * sy) / area;
  const h = (dx1 * sy - sx * dy1) / area;
  const row = (axis: 0 | 1): number[] => [
    p1[axis] - p0[axis] + g * p1[axis],
    p3[axis] - p0[axis] + h * p3[axis],
    p0[axis],
  ];
  return [...row(0), ...row(1), g, h, 1];
}

/** The adjugate: maps of points need no more, their scale falls out. */
function invert3([a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0]: number[]): number[] {
  return [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ];
}

function project(m: number[], x: number, y: number): [number, number] {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0] = m;
  const w = g * x + h * y + i;
  return [(a * x + b * y + c) / w, (d * x + e * y + f) / w];
}

/** Light that falls off across the picture, of a slightly other colour. */
export const unevenLight: Step = (image, random) => {
  const { width, height } = image;
  const factor = (): number => random.between(0.8, 1.1);
  const [left, right, top, bottom] = [factor(), factor(), factor(), factor()];
  const tint = [0, 1, 2].map(() => random.between(0.94, 1.06));
  return eachPixel(image, (colour, x, y) => {
    const across = left + ((right - left) * x) / width;
    const down = top + ((bottom - top) * y) / height;
    for (let c = 0; c < 3; c++) colour[c] = (colour[c] ?? 0) * across * down * (tint[c] ?? 1);
  });
};

/** The lines of a display beating with the sensor's. */
export const moire: Step = (image, random) => {
  const waves = [0, 1, 2].map(() => ({
    period: random.between(5, 11),
    angle: random.between(-0.25, 0.25) + (random.chance(0.5) ? Math.PI / 2 : 0),
    bend: random.between(-0.002, 0.002),
    depth: random.between(0.06, 0.13),
  }));
  return eachPixel(image, (colour, x, y) => {
    for (const [c, { period, angle, bend, depth }] of waves.entries()) {
      const along = x * Math.cos(angle) + y * Math.sin(angle) + bend * x * y;
      colour[c] = (colour[c] ?? 0) * (1 + depth * Math.sin((2 * Math.PI * along) / period));
    }
  });
};

/** One after the other. */
export function chain(...steps: Step[]): Step {
  return async (image: RgbImage, random: Random, others) => {
    let picture = image;
    for (const step of steps) picture = await step(picture, random, others);
    return picture;
  };
}
