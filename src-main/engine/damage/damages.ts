/** @file The named damages: what recall is measured by, in test/quality and in the product's self-test. */
import { type Sharp } from 'sharp';
import { type Damage, type DamageKind, type Step } from './damage.ts';
import * as overlay from './overlay-steps.ts';
import { open } from './pixels.ts';
import * as step from './steps.ts';

/** Of copies whose name says nothing of coding. */
const COPY_QUALITY = 85;
const BLACK = [0, 0, 0] as const;
const WHITE = [255, 255, 255] as const;

type Encode = (picture: Sharp) => Sharp;

const asCopy: Encode = (picture) => picture.jpeg({ quality: COPY_QUALITY });

function named(
  kind: DamageKind,
  name: string,
  change: Step,
  options: { encode?: Encode; others?: number } = {},
): Damage {
  const { encode = asCopy, others: needed = 0 } = options;
  return {
    name,
    kind,
    others: needed,
    apply: async (image, random, others = []) => encode(open(await change(image, random, others))).toBuffer(),
  };
}

const asItIs: Step = (image) => image;

function jpegOf(quality: number, name = `JPEG ${quality}`): Damage {
  return named('coding', name, asItIs, { encode: (picture) => picture.jpeg({ quality }) });
}

const coding: Damage[] = [
  ...[75, 50, 30, 20, 10, 5].map((quality) => jpegOf(quality)),
  named('coding', 'sent on four times', step.sentOnAndOn, {
    encode: (picture) => picture.jpeg({ quality: 40 }),
  }),
  named('coding', 'WebP 40', asItIs, { encode: (picture) => picture.webp({ quality: 40 }) }),
  named('coding', 'GIF', asItIs, { encode: (picture) => picture.gif({ colours: 64 }) }),
  named('coding', 'palette of 16 colours', asItIs, {
    encode: (picture) => picture.png({ palette: true, colours: 16 }),
  }),
];

const size: Damage[] = [
  named('size', 'half size', step.scaledBy(0.5)),
  named('size', 'quarter size', step.scaledBy(0.25)),
  named('size', 'enlarged', step.scaledBy(1.7)),
  named('size', '96 px thumbnail', step.within(96)),
  named('size', 'squashed to a square', step.square(320)),
];

const crop: Damage[] = [0.8, 0.5, 0.3].flatMap((area) => [
  named('crop', `crop to ${area * 100} %`, step.cropped(area)),
  named('crop', `crop to ${area * 100} % off centre`, step.croppedOffCentre(area)),
]);

const turn: Damage[] = [
  ...([90, 180, 270] as const).map((degrees) => named('turn', `turn by ${degrees}°`, step.turned(degrees))),
  named('turn', 'tilt by 2°, corners cut off', step.tilted(2, 'cut off')),
  named('turn', 'tilt by 5°', step.tilted(5, 'filled')),
  named('turn', 'tilt by 10°, corners cut off', step.tilted(10, 'cut off')),
  named('turn', 'tilt by 15°', step.tilted(15, 'filled')),
  named('turn', 'mirror', step.mirrored),
  named('turn', 'mirror upside down', step.upsideDown),
];

const tone: Damage[] = [
  named('tone', 'grey', step.grey),
  named('tone', 'sepia', step.sepia),
  named('tone', 'negative', step.negative),
  named('tone', 'brighter', step.brightness(1.4)),
  named('tone', 'darker', step.brightness(0.55)),
  named('tone', 'more contrast', step.contrast(1.6)),
  named('tone', 'less contrast', step.contrast(0.5)),
  named('tone', 'more saturation', step.saturation(2)),
  named('tone', 'less saturation', step.saturation(0.4)),
  named('tone', 'hue', step.hue(30)),
  named('tone', 'gamma lighter', step.gamma(0.6)),
  named('tone', 'gamma darker', step.gamma(1.7)),
  named('tone', 'photo filter', step.photoFilter),
];

const detail: Damage[] = [
  named('detail', 'blur', step.blurred(3)),
  named('detail', 'sharpen', step.sharpened),
  named('detail', 'noise', step.noisy(25)),
  named('detail', 'halftone', step.halftone),
];

const overlays: Damage[] = [
  named('overlay', 'text', overlay.caption),
  named('overlay', 'logo', overlay.logo),
  named('overlay', 'watermark', overlay.watermark),
  named('overlay', 'sticker', overlay.emojiSticker),
  named('overlay', 'date stamp', overlay.dateStamp),
  named('overlay', 'blurred face', overlay.blurredFace),
];

const webPage = overlay.screenshot({
  width: 640,
  height: 720,
  ground: [248, 249, 250],
  ink: '#787d82',
  top: 0.14,
  bottom: 0.2,
  bar: '#23468c',
  share: 0.85,
});
const phoneViewer = overlay.screenshot({
  width: 540,
  height: 1140,
  ground: BLACK,
  ink: '#ebebeb',
  top: 0.1,
  bottom: 0.12,
});
const phoneFeed = overlay.screenshot({
  width: 540,
  height: 1000,
  ground: WHITE,
  ink: '#3c3c46',
  top: 0.15,
  bottom: 0.3,
});
const photoOfScreen = step.chain(
  step.inPerspective(0.05, [40, 38, 42]),
  step.moire,
  step.unevenLight,
  step.blurred(0.8),
  step.noisy(5),
);
const photoOfPrint = step.chain(
  step.inPerspective(0.06, [110, 90, 70]),
  step.blurred(1.1),
  step.unevenLight,
  step.noisy(6),
);

const frame: Damage[] = [
  named('frame', 'black border', overlay.bordered(0.1, BLACK)),
  named('frame', 'white border', overlay.bordered(0.15, WHITE)),
  named('frame', 'letterbox', overlay.letterboxed(405, 720)),
  named(
    'frame',
    'polaroid',
    step.chain(step.squareCut, step.photoFilter, overlay.bordered(0.07, [250, 249, 244], 0.24)),
  ),
  named('frame', 'caption bar', overlay.captionBar),
  named('frame', 'web screenshot', webPage),
  named('frame', 'phone screenshot', phoneViewer),
  named('frame', 'phone screenshot of a feed', phoneFeed),
  named('frame', 'photo of a screen', photoOfScreen),
  named('frame', 'photo of a print', photoOfPrint),
];

const collages: Damage[] = [
  named('collage', 'collage of 4 with gaps', overlay.collage(2, 2, 6), { others: 3 }),
  named('collage', 'collage of 2 with a gap', overlay.collage(2, 1, 6), { others: 1 }),
  named('collage', 'collage of 2 without a gap', overlay.collage(1, 2, 0), { others: 1 }),
  named('collage', 'collage of 4 without gaps', overlay.collage(2, 2, 0), { others: 3 }),
];

const mixed: Damage[] = [
  named('mixed', 'half size and JPEG 30', step.scaledBy(0.5), {
    encode: (picture) => picture.jpeg({ quality: 30 }),
  }),
  named('mixed', 'grey and crop', step.chain(step.grey, step.cropped(0.7, 0.3, 0.6))),
  named('mixed', 'filter and border', step.chain(step.photoFilter, overlay.bordered(0.06, WHITE))),
  named(
    'mixed',
    'crop, text and JPEG 35',
    step.chain(step.cropped(0.6, 0.7, 0.4), overlay.caption, step.jpeg(35)),
  ),
  named(
    'mixed',
    'mirror, crop and colour',
    step.chain(step.mirrored, step.cropped(0.65, 0.3, 0.6), step.brightness(1.25), step.saturation(0.5)),
  ),
  named(
    'mixed',
    'small, turn and sticker',
    step.chain(step.within(220), step.turned(90), overlay.emojiSticker),
  ),
  named(
    'mixed',
    'crop, filter and screenshot',
    step.chain(step.cropped(0.7, 0.2, 0.5), step.photoFilter, phoneViewer),
  ),
  named(
    'mixed',
    'darker, tilt and JPEG 20',
    step.chain(step.brightness(0.7), step.tilted(4, 'cut off'), step.jpeg(20)),
  ),
];

/** All of them, kind by kind. */
export const damages: readonly Damage[] = [
  ...coding,
  ...size,
  ...crop,
  ...turn,
  ...tone,
  ...detail,
  ...overlays,
  ...frame,
  ...collages,
  ...mixed,
];
