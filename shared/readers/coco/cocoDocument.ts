/** A COCO JSON document taken apart: images, categories and annotations by the image they are on. */
import type { JsonRecord } from '../jsonValues.ts';
import { asList, asNumbers, asRecord, asText } from '../jsonValues.ts';
import { nameOf, recordsOf } from '../toolExports/fields.ts';

export interface CocoCategory {
  readonly name: string;
  /** Names of its key points, in the order annotations list them. */
  readonly keypoints: readonly string[];
}

export interface CocoDocument {
  readonly path: string;
  /** By id. */
  readonly images: ReadonlyMap<string, JsonRecord>;
  readonly categories: ReadonlyMap<string, CocoCategory>;
  /** In file order; ids are numbers or text, compared as text. */
  readonly annotations: readonly JsonRecord[];
}

/** Null for JSON without a list of images. */
export function cocoDocument(json: unknown, path: string): CocoDocument | null {
  const root = asRecord(json);
  if (!root || !Array.isArray(root.images)) return null;
  const byId = (records: readonly JsonRecord[]) =>
    records.flatMap((record) => {
      const id = nameOf(record.id);
      return id === null ? [] : [[id, record] as const];
    });
  const categories = byId(recordsOf(root.categories)).map(([id, record]) => {
    const keypoints = asList(record.keypoints).map((name) => asText(name) ?? '');
    return [id, { name: asText(record.name) ?? id, keypoints }] as const;
  });
  return {
    path,
    images: new Map(byId(recordsOf(root.images))),
    categories: new Map(categories),
    annotations: recordsOf(root.annotations),
  };
}

/** `[left, top, width, height]` as left, top, right, bottom. */
export function ltrbOfBox(value: unknown): [number, number, number, number] | null {
  const numbers = asNumbers(value, 4);
  if (!numbers) return null;
  const [left, top, width, height] = numbers as [number, number, number, number];
  return [left, top, left + width, top + height];
}
