/** Sensor files that patterns name, in the delivery and the client's sensor folder, paired with the frames of a scene. */
import type { Folder } from '../../base/bytes.ts';
import type { FileRef } from '../../model/delivery.ts';
import type { ContentClaims } from '../contents/contentClaims.ts';
import type { FrameKey } from '../frameFiles.ts';
import { baseName, naturalOrder, stemOf } from '../paths.ts';
import { type PairedRole, pairRole } from '../roleFiles.ts';
import { filePattern, type PatternMatch } from './filePattern.ts';

export interface MatchedFile {
  readonly path: string;
  readonly parts: PatternMatch;
}

/** Paths of a folder that a pattern matches, in natural order. */
export function matchedFiles(folder: Folder | undefined, pattern: string): MatchedFile[] {
  if (!folder) return [];
  const { match } = filePattern(pattern);
  const found: MatchedFile[] = [];
  for (const { path } of folder.entries) {
    const parts = match(path);
    if (parts) found.push({ path, parts });
  }
  return found.sort((a, b) => naturalOrder(a.path, b.path));
}

/** What a file is paired by: `{frame}` of its pattern, else its stem. */
export const frameOf = ({ path, parts }: MatchedFile): string => parts.frame ?? stemOf(path);

export interface SensorPattern {
  readonly delivery: readonly MatchedFile[];
  readonly sensors: readonly MatchedFile[];
}

export function sensorPattern(delivery: Folder, sensors: Folder | undefined, pattern: string): SensorPattern {
  return { delivery: matchedFiles(delivery, pattern), sensors: matchedFiles(sensors, pattern) };
}

/**
 * Pairs by id, number and time as every format does. Where the frame stands in a folder's name instead of the file's,
 * the file goes by a name of its own for as long as pairing takes.
 */
export function pairPattern(
  frames: readonly FrameKey[],
  { delivery, sensors }: SensorPattern,
  contents: ContentClaims | null,
): PairedRole {
  const realPaths = new Map<string, string>();
  const namedByFrame = (file: MatchedFile): string => {
    const frame = baseName(frameOf(file));
    if (frame === stemOf(file.path)) return file.path;
    const alias = `${file.path}//${frame}.x`;
    realPaths.set(alias, file.path);
    return alias;
  };
  const files = {
    keep: () => true,
    delivery: delivery.map(namedByFrame),
    sensors: sensors.map(namedByFrame),
    listed: [],
  };
  const paired = pairRole(frames, files, realPaths.size === 0 ? contents : null);
  const real = ({ root, path }: FileRef): FileRef => ({ root, path: realPaths.get(path) ?? path });
  return { files: paired.files.map((file) => file && real(file)), unmatched: paired.unmatched.map(real) };
}
