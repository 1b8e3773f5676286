/** @file Made photos: seeded landscapes with sky, ridges, a foreground and things in it, rich in texture. */
import type { RgbImage } from '../imaging/image.ts';
import { blend, Canvas, scale, type Colour } from './canvas.ts';
import { foregrounds } from './foregrounds.ts';
import { createNoiseTile, type NoiseTile } from './noise.ts';
import { createRandom, type Random } from './random.ts';

/** The light of a scene: sky from top to horizon, tint of what is far away, strength of the light. */
export interface Light {
  zenith: Colour;
  horizon: Colour;
  sun: Colour;
  strength: number;
}

/** What the parts of a scene are drawn with. */
export interface Stage {
  canvas: Canvas;
  random: Random;
  noise: NoiseTile;
  light: Light;
  /** Row of the horizon, px. */
  horizon: number;
  /** Texture units a pixel: detail is the same part of the picture at every size. */
  detail: number;
}

const lights: readonly [Light, ...Light[]] = [
  { zenith: [58, 118, 196], horizon: [196, 222, 240], sun: [255, 250, 225], strength: 1 },
  { zenith: [38, 92, 160], horizon: [244, 204, 160], sun: [255, 214, 150], strength: 0.92 },
  { zenith: [60, 52, 108], horizon: [244, 132, 92], sun: [255, 190, 120], strength: 0.72 },
  { zenith: [142, 156, 170], horizon: [214, 218, 220], sun: [240, 240, 236], strength: 0.85 },
  { zenith: [16, 22, 52], horizon: [62, 76, 120], sun: [236, 236, 220], strength: 0.45 },
  { zenith: [92, 158, 200], horizon: [250, 236, 200], sun: [255, 240, 190], strength: 1.05 },
];

const rockTones: readonly [Colour, ...Colour[]] = [
  [96, 104, 88],
  [120, 100, 80],
  [84, 96, 112],
  [132, 92, 72],
  [74, 98, 70],
  [150, 140, 128],
];

/** Sky and ridges reach a little below the horizon, so that no gap shows above the ground. */
const BEHIND_HORIZON_PX = 3;

/** Draws the scene of a seed. The same seed and size give the same pixels on every machine. */
export function renderScene(seed: number, size: { width: number; height: number }): RgbImage {
  const random = createRandom(seed * 7919 + 17);
  const canvas = new Canvas(size.width, size.height);
  const stage: Stage = {
    canvas,
    random,
    noise: createNoiseTile(random),
    light: random.pick(lights),
    horizon: size.height * random.between(0.34, 0.62),
    detail: 640 / Math.max(size.width, size.height),
  };
  drawSky(stage);
  drawRidges(stage);
  const foreground = random.pick(foregrounds);
  foreground.draw(stage);
  const kinds = random.integer(1, 2);
  for (let i = 0; i < kinds; i++) random.pick(foreground.things)(stage);
  return canvas.toImage();
}

function drawSky({ canvas, random, noise, light, horizon, detail }: Stage): void {
  const sunX = random.between(0.1, 0.9) * canvas.width;
  const sunY = random.between(0.15, 0.9) * horizon;
  const sunRadius = random.between(0.02, 0.06) * canvas.width;
  const cover = random.between(0.42, 0.72);
  const drift = random.between(0, 256);
  canvas.fill(0, 0, canvas.width, horizon + BEHIND_HORIZON_PX, (x, y) => {
    const clear = blend(light.zenith, light.horizon, Math.min(1, y / horizon) ** 1.4);
    const distance = Math.hypot(x - sunX, y - sunY) / sunRadius;
    const glow = distance < 1 ? 1 : Math.exp(-(distance - 1) / 3.5) * 0.6;
    const puffs = noise.at(x * detail * 0.35 + drift, y * detail * 0.8);
    const wisps = noise.at(x * detail * 1.6, y * detail * 2.6 + drift);
    const cloud = Math.max(0, Math.min(1, (puffs * 0.75 + wisps * 0.25 - cover) * 5));
    const white = scale([252, 250, 248], 0.55 + 0.45 * light.strength * (0.7 + 0.5 * wisps));
    return blend(blend(clear, light.sun, glow), white, cloud * 0.85);
  });
}

function drawRidges({ canvas, random, noise, light, horizon, detail }: Stage): void {
  const layers = random.integer(2, 4);
  for (let layer = 0; layer < layers; layer++) {
    const near = (layer + 1) / layers;
    const tone = random.pick(rockTones);
    const offset = random.between(0, 256);
    const roughness = random.between(0.12, 0.4);
    const lift = canvas.height * random.between(0.1, 0.32) * (1.15 - near * 0.6);
    const crest = (x: number): number =>
      horizon + 2 - lift * (noise.at(x * detail * roughness + offset, layer * 61) * 1.5 - 0.35);
    const haze = 0.72 * (1 - near) + 0.08;
    for (let x = 0; x < canvas.width; x++) {
      const top = crest(x);
      canvas.fill(x, top, x + 1, horizon + BEHIND_HORIZON_PX, (_x, y) => {
        const u = x * detail * 1.9 + offset;
        const v = y * detail * 2.3 + layer * 40;
        // Light from the upper left: the slope of the texture, as in a relief map.
        const relief = (noise.at(u, v) - noise.at(u - 1.5, v - 1.5)) * 3.2;
        const lit = light.strength * (0.72 + relief + 0.35 * noise.at(u * 0.35, v * 0.35));
        return blend(scale(tone, lit), light.horizon, haze);
      });
    }
  }
}
