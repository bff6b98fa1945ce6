/** Opens a made or real delivery through every door the product has: detection, index, index file and back. */
import type { Folder } from '../../shared/base/bytes.ts';
import { box2dAt, cuboidAt } from '../../shared/model/labelRow.ts';
import type { DeliveryIndex, LabelTable } from '../../shared/model/labels.ts';
import { readIndexFile, writeIndexFile } from '../../shared/readers/indexFile.ts';
import { openDelivery } from '../../shared/readers/openDelivery.ts';
import { memoryFolder } from './memoryFolder.ts';

export type Files = Readonly<Record<string, string | Uint8Array>>;

export async function openFolder(folder: Folder, sensors?: Folder): Promise<DeliveryIndex> {
  const opened = await openDelivery(folder, sensors ? { sensors } : {});
  if (!opened.ok) throw new Error(JSON.stringify(opened.problem));
  const index = readIndexFile(writeIndexFile(opened.value));
  if (!index.ok) throw new Error(JSON.stringify(index.problem));
  return index.value;
}

export function openFiles(files: Files, sensors?: Files): Promise<DeliveryIndex> {
  return openFolder(memoryFolder(files), sensors && memoryFolder(sensors));
}

export function codesOf({ problems }: DeliveryIndex): string[] {
  return problems.map(({ code }) => code);
}

export function cuboidsOf(labels: LabelTable) {
  return Array.from({ length: labels.cuboids.count }, (_, row) => cuboidAt(labels, row));
}

export function boxesOf(labels: LabelTable) {
  return Array.from({ length: labels.boxes2d.count }, (_, row) => box2dAt(labels, row));
}

/** Labels by class, each object of a frame once: a box that belongs to a cuboid is not counted again. */
export function countsByClass(labels: LabelTable): Record<string, number> {
  const counts: Record<string, number> = {};
  const count = (name: string) => {
    counts[name] = (counts[name] ?? 0) + 1;
  };
  for (const { className } of cuboidsOf(labels)) count(className);
  for (const { className, cuboid } of boxesOf(labels)) if (cuboid < 0) count(className);
  return counts;
}
