/** Clouds that an export names by file: which carrier the name promises. */
import type { FileRef, SweepEncoding, SweepRef } from '../../model/delivery.ts';
import { encodingByName } from '../cloudEncoding.ts';
import { extensionOf } from '../paths.ts';

const BY_EXTENSION: Readonly<Record<string, SweepEncoding>> = { ply: 'ply', las: 'las', laz: 'las' };

const CLOUD_EXTENSIONS = new Set(['pcd', 'bin', 'pcd.bin', ...Object.keys(BY_EXTENSION)]);

export function isCloudName(uri: string): boolean {
  return CLOUD_EXTENSIONS.has(extensionOf(uri));
}

/** The sweep in a file that lies in the frame's own space. */
export function sweepOfFile(file: FileRef, lidar: string): SweepRef {
  return { ...file, lidar, encoding: BY_EXTENSION[extensionOf(file.path)] ?? encodingByName(file.path) };
}
