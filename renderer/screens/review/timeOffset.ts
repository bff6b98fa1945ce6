/** Picture less sweep, milliseconds; null where either has no time. */
export function timeOffset(picture: string | null, sweep: string | null): number | null {
  if (picture === null || sweep === null) return null;
  return Number(BigInt(picture) - BigInt(sweep)) / 1e6;
}
