/** Numbers, dates and sizes as the screens write them: SI units, thin separators, local time. */

/** `15:31:08`, local time of an ISO timestamp. */
export function clockTime(at: string): string {
  const date = new Date(at);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':');
}

/** `2026-01-31 15:31`, local time of an ISO timestamp. */
export function dateTime(at: string): string {
  return `${localDate(new Date(at))} ${clockTime(at).slice(0, 5)}`;
}

/** `2026-01-31` of a date in local time: what a person writes on a form. */
export function localDate(date: Date): string {
  return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
}

/** `12 345`, thousands parted by a narrow space in every language. */
export function count(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f');
}

/** `3.4 MB`: powers of 1000. */
export function bytes(size: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = size < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(size) / 3));
  const value = size / 1000 ** power;
  return `${value.toFixed(power === 0 || value >= 100 ? 0 : 1)} ${units[power]}`;
}

/** `1 h 25 min`, `25 min`, of minutes. */
export function duration(minutes: number): string {
  const whole = Math.round(minutes);
  const hours = Math.floor(whole / 60);
  return hours === 0 ? `${whole} min` : `${hours} h ${whole % 60} min`;
}

/** Whole days from an ISO timestamp or date until now, never negative. */
export function daysSince(at: string, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - new Date(at).getTime()) / 86_400_000));
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
