/**
 * The one door to the real sample data that lies beside the project. Their licences forbid keeping them in the
 * tree, so tests that need them say plainly when they are absent, and the rest of the suite goes on.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../../shared');

/** Absolute path of a file or folder of the shared material, e.g. `sharedData('data/kitti-object')`. */
export function sharedData(relative: string): string {
  return path.join(root, relative);
}

/** `describe`, or one skipped line that names what is missing. */
export function describeWithSharedData(title: string, relative: string, body: () => void): void {
  const isHere = existsSync(sharedData(relative));
  const name = isHere ? title : `${title} (skipped: ../shared/${relative} is not on this machine)`;
  describe.runIf(isHere)(name, () => body());
}
