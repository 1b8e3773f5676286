/** @file How each point is painted: by its label, by what is hidden and selected, or by where two folders have it. Pure. */
import type { MapLinks } from '../../../src-main/contract/model.ts';
import { coloursOfLabels, type Legend, type Rgb } from '../../plot/colours.ts';
import { shapes, type PointLook } from '../../plot/point-layer.ts';
import type { ThemePalette } from './theme-palette.ts';

const FULL = 255;
const USUAL = 205;
/** Of what is not selected, while something is. */
const FAINT = 60;
const OUTSIDE = 40;
const LINE_ALPHA = 0.45;

const NO_LINES = new Int32Array(0);

export interface LookInput {
  count: number;
  labelOf: Int32Array;
  legend: Legend;
  colorBy: string;
  shownEntries: Uint8Array;
  selected: ReadonlySet<number>;
  links: MapLinks | null;
  palette: ThemePalette;
}

export function pointLook(input: LookInput): PointLook {
  const { count, palette, links } = input;
  const look: PointLook = {
    colours: new Uint8Array(count * 4),
    shapes: new Uint8Array(count),
    lines: links?.lines ?? NO_LINES,
    lineColour: [palette.text[0] / FULL, palette.text[1] / FULL, palette.text[2] / FULL, LINE_ALPHA],
  };
  if (links === null) paintLabels(input, look);
  else paintFolders(links, input, look);
  return look;
}

function paint(look: PointLook, point: number, [red, green, blue]: Rgb, alpha: number): void {
  const at = point * 4;
  look.colours[at] = red;
  look.colours[at + 1] = green;
  look.colours[at + 2] = blue;
  look.colours[at + 3] = alpha;
}

function paintLabels(input: LookInput, look: PointLook): void {
  const { count, labelOf, legend, shownEntries, selected, palette } = input;
  const colours = coloursOfLabels(legend, input.colorBy, palette);
  const usual = selected.size > 0 ? FAINT : USUAL;
  for (let point = 0; point < count; point++) {
    const label = labelOf[point] ?? 0;
    if (shownEntries[legend.entryOf[label] ?? 0] === 0) continue;
    const isSelected = selected.size > 0 && selected.has(point);
    paint(look, point, colours[label] ?? palette.none, isSelected ? FULL : usual);
  }
}

function paintFolders({ placeOf }: MapLinks, { count, selected, palette }: LookInput, look: PointLook): void {
  const [onlyA = palette.none, onlyB = palette.none] = palette.categories;
  const colours = [palette.none, onlyA, onlyB, palette.text] as const;
  const kinds = [shapes.dot, shapes.dot, shapes.ring, shapes.square] as const;
  for (let point = 0; point < count; point++) {
    const place = placeOf[point] ?? 0;
    const isFaint = selected.size > 0 && !selected.has(point);
    paint(look, point, colours[place] ?? palette.none, place === 0 ? OUTSIDE : isFaint ? FAINT : USUAL);
    look.shapes[point] = kinds[place] ?? shapes.dot;
  }
}
