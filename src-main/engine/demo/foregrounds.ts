/** @file What lies before the horizon of a made photo: water, meadow, sand, snow, fields, paving. */
import { blend, scale, type Colour } from './canvas.ts';
import type { Stage } from './scene.ts';
import { balloons, boats, boulders, houses, towers, trees, type Draw } from './things.ts';

export interface Foreground {
  draw: (stage: Stage) => void;
  /** What may stand in it. */
  things: readonly [Draw, ...Draw[]];
}

export const foregrounds: readonly [Foreground, ...Foreground[]] = [
  { draw: water, things: [boats, boats, balloons, boulders] },
  { draw: meadow, things: [trees, houses, balloons, boulders] },
  { draw: sand, things: [boulders, balloons, towers] },
  { draw: snow, things: [trees, houses, boulders] },
  { draw: fields, things: [houses, trees, balloons] },
  { draw: paving, things: [towers, houses, trees] },
];

/** Nearness of a row: 0 at the horizon, 1 at the lower edge; textures grow with it. */
function nearness(stage: Stage, y: number): number {
  return (y - stage.horizon) / (stage.canvas.height - stage.horizon);
}

function ground(stage: Stage, shade: (u: number, v: number, near: number) => Colour): void {
  const { canvas, horizon, detail } = stage;
  canvas.fill(0, horizon, canvas.width, canvas.height, (x, y) => {
    const near = nearness(stage, y);
    const depth = 1 / (0.12 + near); // perspective: far rows hold more ground
    const u = (x - canvas.width / 2) * detail * depth * 0.9 + 400;
    return shade(u, depth * 60, near);
  });
}

function water(stage: Stage): void {
  const { noise, light, random } = stage;
  const deep = random.pick<Colour>([
    [24, 82, 110],
    [30, 110, 120],
    [44, 72, 96],
  ]);
  ground(stage, (u, v, near) => {
    const wave = noise.at(u * 0.5, v * 3.1) * 0.6 + noise.at(u * 1.7, v * 6.3) * 0.4;
    const glint = wave > 0.66 ? (wave - 0.66) * 3 : 0;
    const base = blend(light.horizon, scale(deep, light.strength), 0.35 + 0.6 * near);
    return blend(scale(base, 0.75 + 0.5 * wave), light.sun, Math.min(0.9, glint));
  });
}

function meadow(stage: Stage): void {
  const { noise, light, random } = stage;
  const grass = random.pick<Colour>([
    [86, 124, 52],
    [120, 132, 60],
    [70, 110, 62],
  ]);
  const bloom = random.pick<Colour>([
    [232, 196, 64],
    [222, 84, 92],
    [180, 120, 210],
    [244, 240, 236],
  ]);
  ground(stage, (u, v, near) => {
    const blades = noise.at(u * 4.2, v * 1.1);
    const patches = noise.at(u * 0.3, v * 0.5);
    const lit = scale(grass, light.strength * (0.5 + 0.65 * blades + 0.35 * patches));
    const flower = noise.at(u * 6.1 + 90, v * 5.3) * (0.6 + 0.5 * patches);
    return flower > 0.78 - 0.08 * near ? scale(bloom, light.strength * (0.7 + 0.5 * blades)) : lit;
  });
}

function sand(stage: Stage): void {
  const { noise, light, random } = stage;
  const tone = random.pick<Colour>([
    [222, 190, 138],
    [206, 160, 112],
    [236, 214, 178],
  ]);
  ground(stage, (u, v) => {
    const ripple = Math.sin(v * 2.4 + noise.at(u * 0.4, v * 0.4) * 14) * 0.5 + 0.5;
    const grain = noise.at(u * 7.7, v * 7.1);
    return scale(tone, light.strength * (0.62 + 0.26 * ripple + 0.26 * grain));
  });
}

function snow(stage: Stage): void {
  const { noise, light } = stage;
  ground(stage, (u, v) => {
    const drift = noise.at(u * 0.5, v * 0.9) - noise.at(u * 0.5 - 2, v * 0.9 - 2);
    const grain = noise.at(u * 5, v * 5);
    return scale([226, 234, 246], light.strength * (0.82 + drift * 2.2 + 0.14 * grain));
  });
}

function fields(stage: Stage): void {
  const { noise, light, random } = stage;
  const crops: Colour[] = Array.from({ length: 7 }, () => [
    random.between(90, 210),
    random.between(110, 190),
    random.between(40, 90),
  ]);
  const turn = random.between(-0.5, 0.5);
  ground(stage, (u, v) => {
    const along = u * 0.05 + v * turn * 0.1;
    const plot = Math.floor(along) + 3 * Math.floor(v * 0.07);
    const crop = crops[((plot % 7) + 7) % 7] ?? [120, 130, 60];
    const rows = Math.sin((u + v * turn * 2) * 1.8) * 0.14;
    return scale(crop, light.strength * (0.7 + rows + 0.4 * noise.at(u * 2, v * 2)));
  });
}

function paving(stage: Stage): void {
  const { noise, light, random } = stage;
  const stone = random.pick<Colour>([
    [150, 142, 132],
    [118, 120, 126],
    [168, 128, 104],
  ]);
  ground(stage, (u, v) => {
    const row = Math.floor(v * 0.22);
    const column = Math.floor((u + (row % 2) * 9) / 18);
    const joint = v * 0.22 - row < 0.09 || ((u + (row % 2) * 9) / 18 - column) % 1 < 0.06;
    const tone = 0.66 + 0.4 * noise.at(column * 31.7, row * 17.3) + 0.22 * noise.at(u * 2.6, v * 2.6);
    return scale(stone, light.strength * (joint ? 0.4 : tone));
  });
}
