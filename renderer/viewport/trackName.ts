/** A track's name as a person reads it: what stands before the last `/` only tells scenes apart. */
export function trackName(track: string): string {
  return track.slice(track.lastIndexOf('/') + 1);
}
