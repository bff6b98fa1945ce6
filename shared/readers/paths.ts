/** Parts of a delivery's paths (`/` separators), and the order people expect of numbered names. */
import type { FileEntry } from '../base/bytes.ts';

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Folder of a path with its trailing `/`, or '' at the root. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** Lower-case extension without the dot; nuScenes' double `.pcd.bin` counts as one. */
export function extensionOf(path: string): string {
  const name = baseName(path).toLowerCase();
  if (name.endsWith('.pcd.bin')) return 'pcd.bin';
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(dot + 1) : '';
}

/** File name without folder and extension: what formats join their files by. */
export function stemOf(path: string): string {
  const name = baseName(path);
  const extension = extensionOf(path);
  return extension === '' ? name : name.slice(0, -extension.length - 1);
}

/** `a/./b/../c` -> `a/c`; what climbs out at the front is cut there. */
export function withoutDots(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

const IMAGE_EXTENSIONS = new Set(['png', 'jpg', 'jpeg']);

export function isImagePath(path: string): boolean {
  return IMAGE_EXTENSIONS.has(extensionOf(path));
}

const CLOUD_EXTENSIONS = new Set(['pcd', 'bin', 'pcd.bin', 'ply', 'las', 'laz']);

/** Films whose frames can be shown; other containers are not read. */
export function isFilmPath(path: string): boolean {
  const extension = extensionOf(path);
  return extension === 'mp4' || extension === 'm4v' || extension === 'mov';
}

export function isCloudPath(path: string): boolean {
  return CLOUD_EXTENSIONS.has(extensionOf(path));
}

const isDigit = (code: number) => code >= 48 && code <= 57;

/** End of the digit run that starts at `at`. */
function digitsEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && isDigit(text.charCodeAt(end))) end++;
  return end;
}

/** Start of the digits that count: zeros in front of others do not. */
function withoutZeros(text: string, at: number, end: number): number {
  let start = at;
  while (start < end - 1 && text.charCodeAt(start) === 48) start++;
  return start;
}

function plainOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Digit runs by value, the rest by code unit, so that `2` comes before `10`; the same on every machine. */
export function naturalOrder(a: string, b: string): number {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const [left, right] = [a.charCodeAt(i), b.charCodeAt(j)];
    if (isDigit(left) && isDigit(right)) {
      const [leftEnd, rightEnd] = [digitsEnd(a, i), digitsEnd(b, j)];
      const leftDigits = a.slice(withoutZeros(a, i, leftEnd), leftEnd);
      const rightDigits = b.slice(withoutZeros(b, j, rightEnd), rightEnd);
      const order = leftDigits.length - rightDigits.length || plainOrder(leftDigits, rightDigits);
      if (order !== 0) return order;
      [i, j] = [leftEnd, rightEnd];
    } else if (left !== right) {
      return left - right;
    } else {
      i++;
      j++;
    }
  }
  // One begins like the other; `01` and `1` read alike and still need an order.
  return a.length - i - (b.length - j) || plainOrder(a, b);
}

/** Paths by folder, made once for a list of entries: formats ask for many folders of one large delivery. */
const grouped = new WeakMap<readonly FileEntry[], ReadonlyMap<string, readonly string[]>>();

function pathsByFolder(entries: readonly FileEntry[]): ReadonlyMap<string, readonly string[]> {
  const known = grouped.get(entries);
  if (known) return known;
  const groups = new Map<string, string[]>();
  for (const { path } of entries) {
    const folder = folderOf(path);
    const group = groups.get(folder);
    if (group) group.push(path);
    else groups.set(folder, [path]);
  }
  grouped.set(entries, groups);
  return groups;
}

/** Paths of the files directly in `folder` (with its trailing `/`) that pass `keep`, in natural order. */
export function filesIn(
  entries: readonly FileEntry[],
  folder: string,
  keep: (path: string) => boolean,
): string[] {
  return (pathsByFolder(entries).get(folder) ?? []).filter(keep).sort(naturalOrder);
}

/** Files that pass `keep` where a single folder holds them all, in natural order; none where several do. */
export function filesOfOnlyFolder(entries: readonly FileEntry[], keep: (path: string) => boolean): string[] {
  const filled = foldersWithFiles(entries).filter((folder) => filesIn(entries, folder, keep).length > 0);
  return filled.length === 1 ? filesIn(entries, filled[0]!, keep) : [];
}

/** All folders that hold files directly, each with its trailing `/`. */
export function foldersWithFiles(entries: readonly FileEntry[]): string[] {
  return [...pathsByFolder(entries).keys()];
}

/** Every folder (with trailing `/`, '' = the root) that has one of `names` as a subfolder with files in it. */
export function foldersHolding(entries: readonly FileEntry[], names: readonly string[]): string[] {
  const found = new Set<string>();
  for (const folder of foldersWithFiles(entries)) {
    const parts = folder.split('/');
    const depth = parts.findIndex((part) => names.includes(part));
    if (depth >= 0)
      found.add(
        parts
          .slice(0, depth)
          .map((part) => `${part}/`)
          .join(''),
      );
  }
  return [...found].sort(naturalOrder);
}
