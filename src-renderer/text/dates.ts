/** @file Days and times as the app writes them. A photo's time has no zone: it is shown as the camera wrote it. */
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const isoParts = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}))?/;

function written(iso: string, withTime: boolean): string | null {
  const match = isoParts.exec(iso);
  if (match === null) return null;
  const [, year, month, day, hour, minute] = match;
  const name = months[Number(month) - 1];
  if (name === undefined) return null;
  const date = `${Number(day)}\u00a0${name}\u00a0${year ?? ''}`;
  return withTime && hour !== undefined ? `${date}, ${hour}:${minute ?? ''}` : date;
}

/** When a photo was taken: "12 Jul 2019", or "No date". */
export function takenOn(iso: string | null): string {
  return (iso === null ? null : written(iso, false)) ?? 'No date';
}

/** When a photo was taken, to the minute: "12 Jul 2019, 14:02", or "No date". */
export function takenAt(iso: string | null): string {
  return (iso === null ? null : written(iso, true)) ?? 'No date';
}

/** An instant on this computer's clock: "12 Jul 2019, 14:02". */
export function instant(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const local = new Date(date.getTime() - date.getTimezoneOffset() * MINUTE_MS).toISOString();
  return written(local, true) ?? iso;
}

/** How long ago: "just now", "2 minutes ago", "3 hours ago", "5 days ago", then the day. */
export function ago(iso: string, now: number): string {
  const past = now - Date.parse(iso);
  if (Number.isNaN(past)) return iso;
  if (past < MINUTE_MS) return 'just now';
  if (past < HOUR_MS) return many(Math.floor(past / MINUTE_MS), 'minute');
  if (past < DAY_MS) return many(Math.floor(past / HOUR_MS), 'hour');
  if (past < 7 * DAY_MS) return many(Math.floor(past / DAY_MS), 'day');
  return `on ${written(iso, false) ?? iso}`;
}

function many(value: number, unit: string): string {
  return `${value} ${unit}${value === 1 ? '' : 's'} ago`;
}
