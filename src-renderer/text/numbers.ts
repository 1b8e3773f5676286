/** @file Numbers as the app writes them: thousands with commas, a space that never breaks before a unit. */

/** Between a number and its unit, so that a line never ends between the two. */
const UNIT_SPACE = '\u00a0';
const BYTE_STEP = 1000;
const byteUnits = ['bytes', 'KB', 'MB', 'GB', 'TB', 'PB'] as const;
const PIXELS_PER_MEGAPIXEL = 1_000_000;
const MINUTE_S = 60;
const HOUR_S = 3600;

const wholeNumber = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** 48210 -> "48,210" */
export function count(value: number): string {
  return wholeNumber.format(value);
}

/** The word beside a number that is drawn apart from it. */
export function oneOrMany(value: number, one: string, many: string): string {
  return value === 1 ? one : many;
}

/** (3412, 'group') -> "3,412 groups"; the plural is the singular with an s unless given. */
export function counted(value: number, singular: string, plural = `${singular}s`): string {
  return `${count(value)} ${oneOrMany(value, singular, plural)}`;
}

/** One decimal below 100, none above, and never a decimal that is zero. */
function short(value: number): string {
  const text = value >= 99.95 ? count(value) : value.toFixed(1);
  return text.endsWith('.0') ? text.slice(0, -2) : text;
}

/** 22600000 -> "22.6 MB" (decimal units, as file managers write them); below 1 KB in whole bytes. */
export function bytes(value: number): string {
  let unit = 0;
  let amount = value;
  // 999.95 KB would be written as "1,000 KB"
  while (amount >= 999.5 && unit < byteUnits.length - 1) {
    amount /= BYTE_STEP;
    unit += 1;
  }
  return `${unit === 0 ? count(amount) : short(amount)}${UNIT_SPACE}${byteUnits[unit] ?? ''}`;
}

/** 4032 x 3024 -> "12.2 MP"; small pictures keep two decimals so that they are never "0 MP". */
export function megapixels(width: number, height: number): string {
  const value = (width * height) / PIXELS_PER_MEGAPIXEL;
  const text = value >= 0.095 ? short(value) : value.toFixed(2);
  return `${text}${UNIT_SPACE}MP`;
}

/**
 * A chance as a share of 1 -> "97.4 %"; two decimals above 99.9 %. Rounded down, so that only a chance of 1 reads
 * as 100 %.
 */
export function percent(share: number): string {
  return flooredPercent(share, share > 0.999 ? 2 : 1);
}

/** The same with one decimal at most, where room is short: "99.9 %". */
export function shortPercent(share: number): string {
  return flooredPercent(share, 1);
}

function flooredPercent(share: number, digits: number): string {
  const scale = 10 ** digits;
  // The small addend undoes what binary fractions lose: 0.994 * 100 * 10 is 993.9999…
  const value = Math.floor(Math.min(1, Math.max(0, share)) * 100 * scale + 1e-6) / scale;
  return `${value.toFixed(digits).replace(/\.?0+$/, '')}${UNIT_SPACE}%`;
}

/** A share of work done -> "65 %", whole numbers; 100 only when all is done. */
export function wholePercent(share: number): string {
  return `${Math.floor(Math.min(1, Math.max(0, share)) * 100 + 1e-9)}${UNIT_SPACE}%`;
}

/** A similarity score -> "0.931". Cut, not rounded, as chances are. */
export function score(value: number): string {
  return (Math.floor(value * 1000 + 1e-6) / 1000).toFixed(3);
}

/** Seconds -> "0.4 s", "12 s", "1 min 19 s", "2 h 5 min". */
export function duration(seconds: number): string {
  if (seconds > 0 && seconds < 0.95) return `${Math.max(0.1, seconds).toFixed(1)}${UNIT_SPACE}s`;
  const whole = Math.max(0, Math.round(seconds));
  if (whole < MINUTE_S) return `${whole}${UNIT_SPACE}s`;
  if (whole < HOUR_S) {
    const rest = whole % MINUTE_S;
    const minutes = `${Math.floor(whole / MINUTE_S)}${UNIT_SPACE}min`;
    return rest === 0 ? minutes : `${minutes} ${rest}${UNIT_SPACE}s`;
  }
  const rest = Math.round((whole % HOUR_S) / MINUTE_S);
  const hours = Math.floor(whole / HOUR_S) + (rest === MINUTE_S ? 1 : 0);
  const minutes = rest === MINUTE_S ? 0 : rest;
  return minutes === 0
    ? `${count(hours)}${UNIT_SPACE}h`
    : `${count(hours)}${UNIT_SPACE}h ${minutes}${UNIT_SPACE}min`;
}

/** Items a second -> "212 photos/s", "0.4 photos/s". */
export function rate(perSecond: number, unit: string): string {
  return `${perSecond >= 10 ? count(perSecond) : short(perSecond)}${UNIT_SPACE}${unit}/s`;
}
