/**
 * A track's name as a person reads it: what stands before the last `/` only tells scenes apart, and of a long token
 * its beginning is enough to know it by.
 */
export function trackName(track: string): string {
  const name = track.slice(track.lastIndexOf('/') + 1);
  return isToken.test(name) ? `${name.slice(0, 8)}…` : name;
}

/** UUIDs and hexadecimal tokens. */
const isToken = /^[0-9a-f-]{24,}$/i;
