/**
 * Relative addresses of bytes, the same in both hosts. All answer ranges and carry a length; none needs a method.
 *
 *   ./data/<delivery>/<root>/<path>      a file of the delivery or its sensor root, as it lies on disk
 *   ./index/<delivery>                   the delivery's index (readers/indexFile.ts)
 *   ./pictures/<audit>/<sha256>.png      GET an evidence picture; PUT one (at most 4 MiB, hash checked)
 */
import type { FileRef } from '../model/delivery.ts';

export function fileAddress(delivery: string, file: FileRef): string {
  return `./data/${encodeURIComponent(delivery)}/${file.root}/${file.path.split('/').map(encodeURIComponent).join('/')}`;
}

export function indexAddress(delivery: string): string {
  return `./index/${encodeURIComponent(delivery)}`;
}

export function pictureAddress(audit: string, hash: string): string {
  return `./pictures/${encodeURIComponent(audit)}/${hash}.png`;
}
