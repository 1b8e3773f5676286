/**
 * @file The points of the map drawn by WebGL: one buffer of places that is filled once, one of colours, one draw a frame.
 * Written out instead of a library: those for scatter plots make code from text at run time, which the window's content
 * policy forbids, and know two dimensions only.
 */
import { pixelsPerUnit, rotation, type Camera, type Fitted, type Frame } from './camera.ts';

const VERTEX = `#version 300 es
layout(location = 0) in vec3 place;
layout(location = 1) in vec4 colour;
layout(location = 2) in float shape;
uniform mat3 turn;
uniform vec4 view;
uniform float size;
out vec4 tint;
flat out float kind;
void main() {
  vec3 seen = turn * place;
  gl_Position = vec4(seen.xy * view.xy + view.zw, clamp(-seen.z * 0.1, -0.99, 0.99), 1.0);
  gl_PointSize = colour.a <= 0.0 ? 0.0 : size * (shape > 0.5 ? 1.5 : 1.0) * (1.0 + 0.25 * clamp(seen.z, -1.0, 1.0));
  if (colour.a <= 0.0) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  tint = colour;
  kind = shape;
}`;

/** Dots and rings are round where they are large enough to show it. */
const FRAGMENT = `#version 300 es
precision highp float;
in vec4 tint;
flat in float kind;
uniform float size;
out vec4 result;
void main() {
  vec2 from = gl_PointCoord - 0.5;
  float away = dot(from, from);
  if (size > 3.0 && kind < 1.5 && away > 0.25) discard;
  if (kind > 0.5 && kind < 1.5 && away < 0.08) discard;
  result = vec4(tint.rgb * tint.a, tint.a);
}`;

const LINE_VERTEX = `#version 300 es
layout(location = 0) in vec3 place;
uniform mat3 turn;
uniform vec4 view;
void main() { gl_Position = vec4((turn * place).xy * view.xy + view.zw, 0.0, 1.0); }`;

const LINE_FRAGMENT = `#version 300 es
precision highp float;
uniform vec4 colour;
out vec4 result;
void main() { result = vec4(colour.rgb * colour.a, colour.a); }`;

/** How each point is drawn. */
export const shapes = { dot: 0, ring: 1, square: 2 } as const;

export interface PointLook {
  /** Four numbers a point, 0 to 255; alpha 0: not drawn. */
  colours: Uint8Array;
  /** Of each point. */
  shapes: Uint8Array;
  /** Two points a line. */
  lines: Int32Array;
  /** 0 to 1 each. */
  lineColour: readonly [number, number, number, number];
}

export class PointLayer {
  readonly #gl: WebGL2RenderingContext;
  readonly #points: WebGLProgram;
  readonly #lines: WebGLProgram;
  readonly #buffers: { place: WebGLBuffer; colour: WebGLBuffer; shape: WebGLBuffer; line: WebGLBuffer };
  #fitted: Fitted | undefined;
  #count = 0;
  #lineEnds = 0;
  #lineColour: PointLook['lineColour'] = [1, 1, 1, 0.4];

  private constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl;
    this.#points = link(gl, VERTEX, FRAGMENT);
    this.#lines = link(gl, LINE_VERTEX, LINE_FRAGMENT);
    const [place, colour, shape, line] = [buffer(gl), buffer(gl), buffer(gl), buffer(gl)];
    this.#buffers = { place, colour, shape, line };
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  }

  /** @returns null where the browser has no WebGL 2 */
  static on(canvas: HTMLCanvasElement): PointLayer | null {
    const gl = canvas.getContext('webgl2', { antialias: false, alpha: true, premultipliedAlpha: true });
    return gl === null ? null : new PointLayer(gl);
  }

  setPoints(fitted: Fitted): void {
    const gl = this.#gl;
    this.#fitted = fitted;
    this.#count = fitted.points.length / 3;
    fill(gl, this.#buffers.place, fitted.points);
  }

  setLook({ colours, shapes: kinds, lines, lineColour }: PointLook): void {
    const gl = this.#gl;
    fill(gl, this.#buffers.colour, colours);
    fill(gl, this.#buffers.shape, kinds);
    const ends = new Float32Array(lines.length * 3);
    for (const [at, point] of lines.entries())
      ends.set(this.#fitted?.points.subarray(point * 3, point * 3 + 3) ?? [], at * 3);
    fill(gl, this.#buffers.line, ends);
    this.#lineEnds = lines.length;
    this.#lineColour = lineColour;
  }

  /** @param ratio pixels of the screen a px of the page */
  draw(camera: Camera, frame: Frame, ratio: number): void {
    const gl = this.#gl;
    const [width, height] = [Math.round(frame.width * ratio), Math.round(frame.height * ratio)];
    const { canvas } = gl;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    gl.viewport(0, 0, width, height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    if (frame.width === 0 || frame.height === 0) return;
    if (this.#lineEnds > 0) this.#drawLines(camera, frame);
    if (this.#count > 0) this.#drawPoints(camera, frame, ratio);
  }

  #drawPoints(camera: Camera, frame: Frame, ratio: number): void {
    const gl = this.#gl;
    gl.useProgram(this.#points);
    this.#look(this.#points, camera, frame);
    gl.uniform1f(gl.getUniformLocation(this.#points, 'size'), pointSize(this.#count, camera) * ratio);
    attribute(gl, 0, this.#buffers.place, 3, gl.FLOAT, false);
    attribute(gl, 1, this.#buffers.colour, 4, gl.UNSIGNED_BYTE, true);
    attribute(gl, 2, this.#buffers.shape, 1, gl.UNSIGNED_BYTE, false);
    gl.drawArrays(gl.POINTS, 0, this.#count);
  }

  #drawLines(camera: Camera, frame: Frame): void {
    const gl = this.#gl;
    gl.useProgram(this.#lines);
    this.#look(this.#lines, camera, frame);
    gl.uniform4f(gl.getUniformLocation(this.#lines, 'colour'), ...this.#lineColour);
    attribute(gl, 0, this.#buffers.line, 3, gl.FLOAT, false);
    gl.disableVertexAttribArray(1);
    gl.disableVertexAttribArray(2);
    gl.drawArrays(gl.LINES, 0, this.#lineEnds);
  }

  #look(program: WebGLProgram, camera: Camera, frame: Frame): void {
    const gl = this.#gl;
    const rows = rotation(camera);
    // Column by column.
    const turn = [0, 1, 2].flatMap((column) => rows.map((row) => row[column] ?? 0));
    const unit = pixelsPerUnit(frame, camera);
    const [sx, sy] = [(2 * unit) / frame.width, (2 * unit) / frame.height];
    gl.uniformMatrix3fv(gl.getUniformLocation(program, 'turn'), false, turn);
    gl.uniform4f(gl.getUniformLocation(program, 'view'), sx, sy, -camera.x * sx, -camera.y * sy);
  }
}

/** px; few points are larger, and all grow a little with the zoom. */
export function pointSize(points: number, { zoom }: Pick<Camera, 'zoom'>): number {
  const LEAST = 1.5;
  const MOST = 7;
  const base = Math.min(MOST, Math.max(LEAST, 260 / Math.sqrt(Math.max(1, points))));
  return Math.min(2 * MOST, base * Math.max(1, zoom) ** 0.35);
}

function attribute(
  gl: WebGL2RenderingContext,
  index: number,
  source: WebGLBuffer,
  size: number,
  type: number,
  normalised: boolean,
): void {
  gl.bindBuffer(gl.ARRAY_BUFFER, source);
  gl.enableVertexAttribArray(index);
  gl.vertexAttribPointer(index, size, type, normalised, 0, 0);
}

function fill(gl: WebGL2RenderingContext, into: WebGLBuffer, data: AllowSharedBufferSource): void {
  gl.bindBuffer(gl.ARRAY_BUFFER, into);
  gl.bufferData(gl.ARRAY_BUFFER, data, gl.DYNAMIC_DRAW);
}

function buffer(gl: WebGL2RenderingContext): WebGLBuffer {
  return gl.createBuffer();
}

/** @throws Error with the compiler's words */
function link(gl: WebGL2RenderingContext, vertex: string, fragment: string): WebGLProgram {
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(type);
    if (shader === null) throw new Error('WebGL gives no shader.');
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (gl.getProgramParameter(program, gl.LINK_STATUS) !== true && !gl.isContextLost())
    throw new Error(`The map can’t be drawn: ${gl.getProgramInfoLog(program) ?? 'no reason given'}`);
  return program;
}
