/** @file Frames of a burst and other views of one scene, made from one photo: look-alikes that are no copies. */
import { covering, eachPixel, finish, gaussian, open } from '../../../src-main/engine/damage/pixels.ts';
import type { Random } from '../../../src-main/engine/demo/random.ts';
import type { RgbImage } from '../../../src-main/engine/imaging/image.ts';
import { displaced, drawEllipse, ellipseMask, holeFilled, largest, mixed, smoothField } from './masks.ts';
import { SOURCE_EDGE_PX } from './source.ts';

/** A second frame of the scene. `other` is a photo of something else, for passers-by. */
type SecondFrame = (image: RgbImage, random: Random, other: RgbImage) => RgbImage | Promise<RgbImage>;

/** Lengths are meant for a picture of SOURCE_EDGE_PX. */
function lengths(image: RgbImage): number {
  return Math.max(image.width, image.height) / SOURCE_EDGE_PX;
}

/** The camera shifted, turned and zoomed a little. */
function camera(pixels: number, degrees: number, zoom: number): SecondFrame {
  return (image, random) => {
    const { width, height } = image;
    const direction = random.between(0, 2 * Math.PI);
    const length = pixels * lengths(image) * random.between(0.6, 1);
    const angle = ((random.chance(0.5) ? 1 : -1) * random.between(0.5, 1) * degrees * Math.PI) / 180;
    const factor = 1 + random.between(-1, 1) * zoom;
    const [cos, sin] = [Math.cos(angle) * factor, Math.sin(angle) * factor];
    return displaced(image, (i) => {
      const [x, y] = [(i % width) - width / 2, Math.floor(i / width) - height / 2];
      return [
        cos * x - sin * y - x + length * Math.cos(direction),
        sin * x + cos * y - y + length * Math.sin(direction),
      ];
    });
  };
}

/** A thing gone from its place, which is filled, and come to another. @param far part of the width */
function moved(area: number, far: number): SecondFrame {
  return (image, random) => {
    const ellipse = drawEllipse(random, image, area);
    const direction = random.between(0, 2 * Math.PI);
    const distance = far * image.width * random.between(0.7, 1.2);
    const [dx, dy] = [distance * Math.cos(direction), distance * Math.sin(direction) * 0.5];
    const around = { ...ellipse, rx: ellipse.rx + 4, ry: ellipse.ry + 4 };
    const emptied = holeFilled(image, ellipseMask(image, around, 2));
    const shifted = displaced(image, () => [-dx, -dy]);
    const there = { ...ellipse, x: ellipse.x + dx, y: ellipse.y + dy };
    return mixed(emptied, shifted, ellipseMask(image, there, 4));
  };
}

/** A body that bends. */
function warped(area: number, pixels: number): SecondFrame {
  return (image, random) => {
    const ellipse = drawEllipse(random, image, area);
    const radius = Math.min(ellipse.rx, ellipse.ry);
    const mask = ellipseMask(image, ellipse, radius * 0.8);
    const fields = [0, 1].map(() => {
      const field = smoothField(random, image, radius * 1.2);
      return field.map((value, i) => value * (mask[i] ?? 0));
    });
    const [across = new Float32Array(), down = new Float32Array()] = fields;
    const factor = (pixels * lengths(image)) / Math.max(largest(across), largest(down));
    return displaced(image, (i) => [(across[i] ?? 0) * factor, (down[i] ?? 0) * factor]);
  };
}

function passerBy(area: number, soft: number): SecondFrame {
  return async (image, random, other) => {
    const fitted = await covering(other, image.width, image.height);
    return mixed(image, fitted, ellipseMask(image, drawEllipse(random, image, area), soft * 2));
  };
}

/** Leaves and grass: small shifts, stronger above. */
const wind: SecondFrame = (image, random) => {
  const { width, height } = image;
  const pixels = 1.5 * lengths(image);
  const [across, down] = [0, 1].map(() => smoothField(random, image, width / 14));
  return displaced(image, (i) => {
    const strength = pixels * Math.max(0, Math.min(1, 1.3 - (1.6 * Math.floor(i / width)) / height));
    return [(across?.[i] ?? 0) * strength, (down?.[i] ?? 0) * strength * 0.5];
  });
};

/** Clouds that went on. */
const sky: SecondFrame = (image, random) => {
  const { width, height } = image;
  const horizon = random.between(0.3, 0.5);
  const pixels = 9 * lengths(image) * (random.chance(0.5) ? 1 : -1);
  return displaced(image, (i) => {
    const above = 1 / (1 + Math.exp((Math.floor(i / width) / height - horizon) * 60));
    return [pixels * above, 0.2 * Math.abs(pixels) * above];
  });
};

/** Another viewpoint: what is near shifts further than what is far. */
function parallax(pixels: number): SecondFrame {
  return (image, random) => {
    const { width, height } = image;
    const hills = smoothField(random, image, width / 3);
    const thing = ellipseMask(image, drawEllipse(random, image, 0.12), 4);
    const angle = random.between(-0.4, 0.4);
    const depth = hills.map(
      (hill, i) => hill * 0.4 + ((2 * Math.floor(i / width)) / height - 1) * 0.7 + (thing[i] ?? 0),
    );
    const mean = depth.reduce((sum, value) => sum + value, 0) / depth.length;
    const factor = (pixels * lengths(image)) / largest(depth.map((value) => value - mean));
    return displaced(image, (i) => {
      const shift = ((depth[i] ?? 0) - mean) * factor;
      return [shift * Math.cos(angle), shift * Math.sin(angle) * 0.4];
    });
  };
}

const blink: SecondFrame = (image, random) => {
  const { width } = image;
  const { x, y } = drawEllipse(random, image, 0.02);
  const eye = (side: number): Float32Array =>
    ellipseMask(image, { x: x + side * 0.035 * width, y, rx: 0.016 * width, ry: 0.009 * width }, 1);
  const [left, right] = [eye(-1), eye(1)];
  const lids = left.map((value, i) => Math.max(value, right[i] ?? 0));
  const closed = holeFilled(image, lids);
  return eachPixel(closed, (colour, px, py) => {
    const shade = 1 - 0.25 * (lids[py * width + px] ?? 0);
    for (let c = 0; c < 3; c++) colour[c] = (colour[c] ?? 0) * shade;
  });
};

function exposure(strength: number): SecondFrame {
  return (image, random) => {
    const sense = random.chance(0.5) ? 1 : -1;
    const factor = Math.exp(sense * random.between(0.6, 1) * strength);
    const power = Math.exp(random.between(-0.12, 0.12));
    const tint = [0, 1, 2].map(() => random.between(1 - strength * 0.15, 1 + strength * 0.15));
    return eachPixel(image, (colour) => {
      for (let c = 0; c < 3; c++) {
        colour[c] = 255 * Math.min(1, ((colour[c] ?? 0) * factor) / 255) ** power * (tint[c] ?? 1);
      }
    });
  };
}

/** Light from elsewhere: another hour of another day. */
const relit: SecondFrame = (image, random) => {
  const field = smoothField(random, image, image.width / 2.5);
  return eachPixel(image, (colour, x, y) => {
    const factor = Math.exp((field[y * image.width + x] ?? 0) * 0.3);
    for (let c = 0; c < 3; c++) colour[c] = (colour[c] ?? 0) * factor;
  });
};

function both(...changes: SecondFrame[]): SecondFrame {
  return async (image, random, other) => {
    let frame = image;
    for (const change of changes) frame = await change(frame, random, other);
    return frame;
  };
}

export interface BurstKind {
  name: string;
  /** still: nothing in the scene moved, no thumbnail can tell it from a copy. */
  label: 'still' | 'scene';
  frame: SecondFrame;
}

export const burstKinds: readonly BurstKind[] = [
  { name: 'still', label: 'still', frame: (image) => image },
  { name: 'still, other exposure', label: 'still', frame: exposure(0.3) },
  { name: 'hand-held, hardly moved', label: 'still', frame: camera(1.5, 0.1, 0.002) },
  { name: 'hand-held', label: 'still', frame: camera(8, 0.7, 0.01) },
  { name: 'blink', label: 'scene', frame: blink },
  { name: 'moved, small', label: 'scene', frame: moved(0.02, 0.04) },
  { name: 'moved, middle', label: 'scene', frame: moved(0.07, 0.07) },
  { name: 'moved, large', label: 'scene', frame: moved(0.2, 0.15) },
  { name: 'body, small', label: 'scene', frame: warped(0.12, 4) },
  { name: 'body, large', label: 'scene', frame: warped(0.3, 14) },
  { name: 'passer-by', label: 'scene', frame: passerBy(0.08, 2.5) },
  { name: 'passer-by, small', label: 'scene', frame: passerBy(0.015, 1.5) },
  { name: 'wind', label: 'scene', frame: wind },
  { name: 'sky', label: 'scene', frame: sky },
  {
    name: 'hand-held and moved',
    label: 'scene',
    frame: both(moved(0.05, 0.05), camera(6, 0.6, 0.01), exposure(0.15)),
  },
  { name: 'hand-held and body', label: 'scene', frame: both(warped(0.25, 8), camera(10, 1, 0.015)) },
  { name: 'viewpoint, near', label: 'scene', frame: both(parallax(4), camera(4, 0.4, 0.01)) },
  { name: 'viewpoint, far', label: 'scene', frame: both(parallax(12), camera(10, 1.5, 0.03)) },
  {
    name: 'other day',
    label: 'scene',
    frame: both(warped(0.2, 5), passerBy(0.05, 2), camera(10, 1, 0.02), relit),
  },
];

/** What a camera writes of a scene: noise of its own, the rim cut off (what moved in is made up there), coded. */
export async function captured(
  scene: RgbImage,
  random: Random,
  noise: number,
  quality: number,
): Promise<Buffer> {
  const grainy = eachPixel(scene, (colour) => {
    for (let c = 0; c < 3; c++) {
      const level = colour[c] ?? 0;
      // Shot noise grows with the root of the light.
      colour[c] = level + gaussian(random) * noise * Math.sqrt(0.3 + level / 180);
    }
  });
  const { width, height } = grainy;
  const [left, top] = [Math.round(width * RIM), Math.round(height * RIM)];
  const inner = await finish(
    open(grainy).extract({ left, top, width: width - 2 * left, height: height - 2 * top }),
  );
  return open(inner).jpeg({ quality }).toBuffer();
}

const RIM = 0.05;
