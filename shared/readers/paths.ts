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

const IMAGE_EXTENSIONS = new Set(['png', 'jpg', 'jpeg']);

export function isImagePath(path: string): boolean {
  return IMAGE_EXTENSIONS.has(extensionOf(path));
}

export function isCloudPath(path: string): boolean {
  const extension = extensionOf(path);
  return extension === 'pcd' || extension === 'bin' || extension === 'pcd.bin';
}

/** Digit runs by value, the rest by code unit, so that `2` comes before `10`; the same on every machine. */
export function naturalOrder(a: string, b: string): number {
  const left = a.match(/\d+|\D+/g) ?? [];
  const right = b.match(/\d+|\D+/g) ?? [];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const order = compareParts(left[i]!, right[i]!);
    if (order !== 0) return order;
  }
  return left.length - right.length || plainOrder(a, b);
}

function plainOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const isNumber = (part: string) => part.charCodeAt(0) >= 48 && part.charCodeAt(0) <= 57;

function compareParts(a: string, b: string): number {
  if (!isNumber(a) || !isNumber(b)) return plainOrder(a, b);
  const [left, right] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
  return left.length - right.length || plainOrder(left, right);
}

/** Paths of the files directly in `folder` (with its trailing `/`) that pass `keep`, in natural order. */
export function filesIn(
  entries: readonly FileEntry[],
  folder: string,
  keep: (path: string) => boolean,
): string[] {
  return entries
    .map((entry) => entry.path)
    .filter((path) => folderOf(path) === folder && keep(path))
    .sort(naturalOrder);
}

/** Every folder (with trailing `/`, '' = the root) that has one of `names` as a subfolder with files in it. */
export function foldersHolding(entries: readonly FileEntry[], names: readonly string[]): string[] {
  const found = new Set<string>();
  for (const { path } of entries) {
    const parts = path.split('/');
    for (let depth = 0; depth < parts.length - 1; depth++) {
      if (names.includes(parts[depth]!)) {
        found.add(
          parts
            .slice(0, depth)
            .map((part) => `${part}/`)
            .join(''),
        );
        break;
      }
    }
  }
  return [...found].sort(naturalOrder);
}
