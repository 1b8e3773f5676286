/** @file Our icons: strokes on a 20 x 20 grid, drawn by Icon.svelte. Each entry is the data of its paths. */
function circle(x: number, y: number, radius: number): string {
  return `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${radius * 2} 0a${radius} ${radius} 0 1 0 ${-radius * 2} 0z`;
}

function box(x: number, y: number, width: number, height: number, radius: number): string {
  const corner = (dx: number, dy: number): string => `a${radius} ${radius} 0 0 1 ${dx} ${dy}`;
  return [
    `M${x + radius} ${y}h${width - radius * 2}${corner(radius, radius)}`,
    `v${height - radius * 2}${corner(-radius, radius)}`,
    `h${radius * 2 - width}${corner(-radius, -radius)}`,
    `v${radius * 2 - height}${corner(radius, -radius)}z`,
  ].join('');
}

export const icons = {
  library:
    'M3 6.5V15a1.5 1.5 0 0 0 1.5 1.5h11A1.5 1.5 0 0 0 17 15V7.5A1.5 1.5 0 0 0 15.5 6H10L8.4 4.2a1 1 0 0 0-.8-.4H4.5A1.5 1.5 0 0 0 3 5.3z',
  duplicates: `${box(3, 3, 10.5, 10.5, 1.5)}M16.8 7v8.3a1.5 1.5 0 0 1-1.5 1.5H7`,
  settings: `M3 6h7M14.5 6H17M3 14h2.5M10 14h7${circle(12.2, 6, 2.1)}${circle(7.8, 14, 2.1)}`,
  compare: `${box(2.8, 4, 14.4, 12, 1.5)}M10 2v16M6.8 8.4 5 10l1.8 1.6M13.2 8.4 15 10l-1.8 1.6`,
  side: `${box(2.8, 5, 6.2, 10, 1)}${box(11, 5, 6.2, 10, 1)}`,
  stacked: `${box(4, 3, 12, 6.2, 1)}${box(4, 10.8, 12, 6.2, 1)}`,
  four: `${box(3, 4, 6.3, 5.3, 1)}${box(10.7, 4, 6.3, 5.3, 1)}${box(3, 10.7, 6.3, 5.3, 1)}${box(10.7, 10.7, 6.3, 5.3, 1)}`,
  split: `${box(3, 4, 14, 12, 1.5)}M10 4v12`,
  flip: 'M4 7h11l-2.8-2.8M16 13H5l2.8 2.8',
  difference: `${circle(8, 10, 5)}${circle(12, 10, 5)}`,
  link: 'M8.4 11.6a3 3 0 0 0 4.2 0l2.8-2.8a3 3 0 0 0-4.2-4.2l-.6.6M11.6 8.4a3 3 0 0 0-4.2 0l-2.8 2.8a3 3 0 0 0 4.2 4.2l.6-.6',
  teach: 'M3.2 10.2 6 13l4.4-5.4m1.8.6 4.6 4.6m0-4.6-4.6 4.6',
  map: `${circle(5, 13.5, 1.6)}${circle(8.6, 7, 1.6)}${circle(13.4, 11.4, 1.6)}${circle(15.6, 5, 1.6)}${circle(11, 16, 1.1)}`,
  move: 'M10 3v14M3 10h14M10 3 8 5M10 3l2 2M10 17l-2-2M10 17l2-2M3 10l2-2M3 10l2 2M17 10l-2-2M17 10l-2 2',
  lasso:
    'M7 13.2C4.400 12.400 3 10.800 3 9c0-2.800 3.100-5 7-5s7 2.200 7 5-3.100 5-7 5c-.8 0-1.600-.1-2.300-.3M7.700 13.700c0 1.800-.7 3-2.700 3.300',
  cube: 'M10 2.800 16.500 6.200v7.600L10 17.200 3.500 13.800V6.200zM3.500 6.200 10 9.800l6.500-3.600M10 9.800v7.400',
  list: 'M7 5.500h9.500M7 10h9.500M7 14.500h9.500M3.600 5.500h.01M3.600 10h.01M3.600 14.500h.01',
  check: 'm4 10.6 4 4 8-9',
  ok: `${circle(10, 10, 7)}m3.8.3 2.3 2.3 4.2-4.8`,
  warn: 'M10 3.2 17.6 16H2.4zM10 8v3.6M10 13.9v.1',
  cross: 'm5 5 10 10M15 5 5 15',
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  left: 'm12.5 5-5 5 5 5',
  right: 'm7.5 5 5 5-5 5',
  more: 'M4.5 10h.01M10 10h.01M15.5 10h.01',
  stop: box(5, 5, 10, 10, 1),
  restart: 'M4 10a6 6 0 0 1 10.6-3.8L16 7.6M16 10a6 6 0 0 1-10.6 3.8L4 12.4M16 3.8v3.8h-3.8M4 16.2v-3.8h3.8',
  offline:
    'M2.8 8A11 11 0 0 1 7 5.6M17.2 8a11 11 0 0 0-5.8-3M5.5 11.2a6.5 6.5 0 0 1 3-1.6M14.5 11.2l-.6-.5M10 15v.1M3.5 3l13 14',
  drop: 'M10 3v8M6.8 8 10 11.2 13.2 8M3.5 11.5V15A1.5 1.5 0 0 0 5 16.5h10a1.5 1.5 0 0 0 1.5-1.5v-3.5',
  search: `${circle(8.7, 8.7, 5.4)}M12.8 12.8 17 17M6.2 9.8 8 7.8l1.4 1.4.8-.8 1 1.2`,
  text: 'M4 5.5h12M4 10h12M4 14.5h7',
  undo: 'M4 8h8.2a4.3 4.3 0 0 1 0 8.6H8M7.4 4.4 3.8 8l3.6 3.6',
  trash: 'M3.5 5.5h13M8 5.5V3.8h4v1.7M5.2 5.5l.7 10a1.2 1.2 0 0 0 1.2 1.1h5.8a1.2 1.2 0 0 0 1.2-1.1l.7-10',
  image: `${box(3, 4, 14, 12, 1.5)}${circle(7.2, 8, 1.3)}M3.5 14.5l4-4 3 3 2.5-2.5 3.5 3.5`,
  filter: 'M3 5h14M6 10h8M8.5 15h3',
  shield: 'M10 2.8 16 5v4.6c0 3.6-2.5 6.2-6 7.6-3.5-1.4-6-4-6-7.6V5zm-2.6 7 2 2 3.4-3.8',
  lock: `${box(4.5, 9, 11, 7.5, 1.5)}M7 9V6.5a3 3 0 0 1 6 0V9`,
  rowsLarge: `${box(3.5, 3.5, 13, 5.5, 1)}${box(3.5, 11, 13, 5.5, 1)}`,
  rowsSmall: 'M3.5 5h13M3.5 8.3h13M3.5 11.7h13M3.5 15h13',
  same: 'M4 7.5h12M4 12.5h12',
  pixels: `${box(3.5, 3.5, 13, 13, 1)}M10 3.5v13M3.5 10h13`,
  reencoded: 'M2.5 10c1.9-6 3.7-6 5 0s3.1 6 5 0 3.3-5 5-.5',
  resized: 'M11.5 3.5h5v5M8.5 16.5h-5v-5M16.5 3.5 3.5 16.5',
  cropped: 'M6 2.5V14h11.5M2.5 6H14v11.5',
  turned: 'M15.5 7.2A6.3 6.3 0 1 0 16.3 11M16.3 3.5v4h-4',
  mirrored: 'M10 2.5v15M7.5 6 2.5 14h5zM12.5 6l5 8h-5z',
  edited: 'm12.5 4.5 3 3L7 16l-3.8.8L4 13z',
  burst: `${box(3, 7.5, 9.5, 9, 1)}M6 5h9v8.5M9 2.5h8.5v8`,
  layout: `${box(3.5, 3, 13, 14, 1.5)}M3.5 7.5h13M9 7.5V17`,
} as const;

export type IconName = keyof typeof icons;
