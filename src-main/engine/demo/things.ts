/** @file Things that stand in a made photo: trees, houses, balloons, boats, boulders, towers. */
import { blend, scale, type Colour } from './canvas.ts';
import type { Stage } from './scene.ts';

/** Draws one kind of thing into a scene, several of it. */
export type Draw = (stage: Stage) => void;

const paints: readonly [Colour, ...Colour[]] = [
  [206, 62, 54],
  [236, 176, 52],
  [52, 112, 186],
  [240, 236, 226],
  [62, 142, 110],
  [222, 120, 60],
  [132, 84, 160],
];

/** A place on the ground, nearer ones lower and larger. `size` in px. */
function spots(stage: Stage, count: number): { x: number; y: number; size: number }[] {
  const { canvas, random, horizon } = stage;
  return Array.from({ length: count }, () => {
    const near = random.next() ** 1.3;
    return {
      x: random.between(-0.02, 1.02) * canvas.width,
      y: horizon + near * (canvas.height - horizon) * 0.85,
      size: canvas.height * (0.05 + 0.2 * near),
    };
  }).sort((a, b) => a.y - b.y);
}

export function trees(stage: Stage): void {
  const { canvas, random, noise, light } = stage;
  const pointed = random.chance(0.5);
  for (const { x, y, size } of spots(stage, random.integer(14, 42))) {
    const green: Colour = [random.between(34, 84), random.between(78, 128), random.between(38, 70)];
    const trunk: Colour = scale([92, 68, 50], light.strength);
    canvas.fill(x - size * 0.05, y - size * 0.4, x + size * 0.05, y, () => trunk);
    const leaf = (u: number, v: number, px: number, py: number): Colour =>
      scale(green, light.strength * (0.5 + 0.8 * noise.at(px * 0.9, py * 0.9) - 0.22 * u - 0.22 * v));
    if (pointed) {
      canvas.fill(x - size * 0.35, y - size * 1.5, x + size * 0.35, y - size * 0.2, (px, py) => {
        const down = (py - (y - size * 1.5)) / (size * 1.3);
        const ragged = 0.06 * noise.at(px * 1.3, py * 1.3);
        const inside = Math.abs(px - x) / (size * 0.35) < down * (0.8 + 0.2 * ((down * 5) % 1)) - ragged;
        return inside ? leaf((px - x) / size, down - 0.5, px, py) : null;
      });
    } else {
      canvas.ellipse(x, y - size * 0.85, size * 0.45, size * 0.6, (u, v, px, py) =>
        u * u + v * v > 0.55 + 0.45 * noise.at(px * 1.4, py * 1.4) ? null : leaf(u, v, px, py),
      );
    }
  }
}

export function houses(stage: Stage): void {
  const { canvas, random, noise, light } = stage;
  for (const { x, y, size } of spots(stage, random.integer(3, 9))) {
    const wall = blend(random.pick(paints), [236, 226, 210], 0.55);
    const roof = blend(random.pick(paints), [120, 60, 44], 0.6);
    const wide = size * random.between(0.8, 1.4);
    const tall = size * random.between(0.6, 1);
    const columns = random.integer(2, 5);
    const rows = random.integer(1, 3);
    canvas.fill(x - wide / 2, y - tall, x + wide / 2, y, (px, py) => {
      const u = ((px - x) / wide + 0.5) * columns;
      const v = ((py - y) / tall + 1) * rows;
      const glass = u % 1 > 0.3 && u % 1 < 0.7 && v % 1 > 0.25 && v % 1 < 0.7;
      const lit = light.strength * (0.75 + 0.35 * noise.at(px * 1.2, py * 1.2));
      return glass ? scale([60, 78, 98], lit + 0.3 * noise.at(px * 0.2, py * 0.2)) : scale(wall, lit);
    });
    canvas.fill(x - wide * 0.58, y - tall - size * 0.42, x + wide * 0.58, y - tall, (px, py) => {
      const down = (py - (y - tall - size * 0.42)) / (size * 0.42);
      if (Math.abs(px - x) > wide * 0.58 * down) return null;
      const tiles = (py * stage.detail * 3) % 2 < 1 ? 0.9 : 1.05;
      return scale(roof, light.strength * tiles * (0.7 + 0.4 * noise.at(px, py)));
    });
  }
}

export function balloons(stage: Stage): void {
  const { canvas, random, noise, light } = stage;
  const count = random.integer(2, 6);
  for (let i = 0; i < count; i++) {
    const radius = canvas.height * random.between(0.05, 0.15);
    const x = random.between(0.08, 0.92) * canvas.width;
    const y = random.between(0.12, 0.85) * stage.horizon;
    const [first, second] = [random.pick(paints), random.pick(paints)];
    const stripes = random.integer(4, 8);
    canvas.ellipse(x, y, radius, radius * 1.15, (u, v, px, py) => {
      const bulge = Math.asin(Math.max(-1, Math.min(1, u / Math.sqrt(1.001 - v * v)))) / Math.PI + 0.5;
      const paint = Math.floor(bulge * stripes) % 2 === 0 ? first : second;
      return scale(paint, light.strength * (0.82 - 0.28 * u - 0.22 * v + 0.15 * noise.at(px, py)));
    });
    canvas.fill(x - radius * 0.16, y + radius * 1.45, x + radius * 0.16, y + radius * 1.7, (px, py) =>
      scale([124, 84, 50], light.strength * (0.6 + 0.6 * noise.at(px * 2, py * 2))),
    );
  }
}

export function boats(stage: Stage): void {
  const { canvas, random, noise, light } = stage;
  for (const { x, y, size } of spots(stage, random.integer(2, 6))) {
    const [hull, sail] = [random.pick(paints), blend(random.pick(paints), [248, 244, 236], 0.6)];
    const lean = random.between(0.2, 0.55);
    canvas.fill(x - size * 0.6, y - size * 0.2, x + size * 0.6, y, (px, py) => {
      const down = (py - y) / (size * 0.2) + 1;
      const inside = Math.abs(px - x) < size * (0.6 - 0.22 * down);
      return inside ? scale(hull, light.strength * (0.65 + 0.5 * noise.at(px * 1.5, py * 1.5))) : null;
    });
    canvas.fill(x - size * 0.5, y - size * 1.5, x + size * 0.5, y - size * 0.25, (px, py) => {
      const down = (py - (y - size * 1.5)) / (size * 1.25);
      const side = (px - x) / size;
      const inside = side > -down * lean && side < down * (0.7 - lean);
      return inside ? scale(sail, light.strength * (0.8 + 0.25 * noise.at(px * 0.8, py * 0.8))) : null;
    });
  }
}

export function boulders(stage: Stage): void {
  const { canvas, random, noise, light } = stage;
  for (const { x, y, size } of spots(stage, random.integer(8, 24))) {
    const grey = random.between(92, 150);
    const stone: Colour = [
      grey + random.between(0, 18),
      grey + random.between(-4, 6),
      grey - random.between(0, 14),
    ];
    canvas.ellipse(x, y, size * random.between(0.3, 0.6), size * random.between(0.2, 0.4), (u, v, px, py) => {
      if (u * u + v * v > 0.75 + 0.25 * noise.at(px * 0.7, py * 0.7)) return null;
      const relief = (noise.at(px * 1.1, py * 1.1) - noise.at(px * 1.1 - 2, py * 1.1 - 2)) * 2.6;
      return scale(stone, light.strength * (0.74 - 0.3 * u - 0.34 * v + relief));
    });
  }
}

export function towers(stage: Stage): void {
  const { canvas, random, noise, light, horizon } = stage;
  const count = random.integer(5, 14);
  for (let i = 0; i < count; i++) {
    const wide = canvas.width * random.between(0.04, 0.1);
    const x = random.between(0, 1) * canvas.width;
    const top = horizon - canvas.height * random.between(0.08, 0.34);
    const foot = horizon + canvas.height * random.between(0.01, 0.06);
    const wall = blend(random.pick(paints), [150, 156, 166], random.between(0.6, 0.95));
    const columns = random.integer(4, 9);
    const floor = canvas.height * random.between(0.012, 0.022);
    canvas.fill(x, top, x + wide, foot, (px, py) => {
      const u = ((px - x) / wide) * columns;
      const v = (py - top) / floor;
      const glass = u % 1 > 0.22 && v % 1 > 0.35;
      const room = noise.at(Math.floor(u) * 37.1 + i * 11, Math.floor(v) * 23.7);
      const lit =
        light.strength * (0.7 + 0.3 * noise.at(px * 0.6, py * 0.6)) * (px < x + wide * 0.3 ? 0.8 : 1);
      if (!glass) return scale(wall, lit);
      return room > 0.72 ? scale([255, 226, 150], 0.9) : scale([70, 90, 116], lit * (0.7 + 0.6 * room));
    });
  }
}
