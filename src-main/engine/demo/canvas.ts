/** @file A picture under construction: colours are three numbers 0..255, shapes are filled through a shader. */
import type { RgbImage } from '../imaging/image.ts';

export type Colour = readonly [red: number, green: number, blue: number];

/** Colour of a pixel; null leaves what is there. */
export type Shader = (x: number, y: number) => Colour | null;

export class Canvas {
  readonly width: number;
  readonly height: number;
  readonly #data: Uint8Array;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.#data = new Uint8Array(width * height * 3);
  }

  /** Fills a rectangle, cut to the picture. */
  fill(left: number, top: number, right: number, bottom: number, shader: Shader): void {
    const x1 = Math.min(this.width, Math.ceil(right));
    const y1 = Math.min(this.height, Math.ceil(bottom));
    for (let y = Math.max(0, Math.floor(top)); y < y1; y++) {
      for (let x = Math.max(0, Math.floor(left)); x < x1; x++) {
        const colour = shader(x, y);
        if (colour !== null) this.#set(x, y, colour);
      }
    }
  }

  /** Fills an ellipse; the shader gets the place inside it as well, from -1 to 1 on both axes. */
  ellipse(
    centreX: number,
    centreY: number,
    radiusX: number,
    radiusY: number,
    shader: (u: number, v: number, x: number, y: number) => Colour | null,
  ): void {
    this.fill(centreX - radiusX, centreY - radiusY, centreX + radiusX, centreY + radiusY, (x, y) => {
      const u = (x - centreX) / radiusX;
      const v = (y - centreY) / radiusY;
      return u * u + v * v > 1 ? null : shader(u, v, x, y);
    });
  }

  toImage(): RgbImage {
    return { width: this.width, height: this.height, data: this.#data };
  }

  #set(x: number, y: number, colour: Colour): void {
    const i = (y * this.width + x) * 3;
    for (let channel = 0; channel < 3; channel++) {
      this.#data[i + channel] = Math.max(0, Math.min(255, Math.round(colour[channel] ?? 0)));
    }
  }
}

export function blend(a: Colour, b: Colour, t: number): Colour {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
}

export function scale(colour: Colour, factor: number): Colour {
  return [colour[0] * factor, colour[1] * factor, colour[2] * factor];
}
