/** The form of each cuboid's row: its numbers, class, attributes and id. */
import { type AttributeSet, type AttributeValue, CuboidFlag, NO_TRACK } from '../../model/labels.ts';
import type { CheckSink, Measured } from '../contract.ts';
import { type CheckScene, classOfRow } from '../scene.ts';

export function schemaOfCuboids(scene: CheckScene, sink: CheckSink): void {
  const { labels } = scene.index;
  const { flags, frame, attributes, classIndex } = labels.cuboids;
  const throughout = classesThroughout(scene);
  for (const { row, objects } of throughout.values()) {
    const [told] = classBreach(scene, row);
    const params = { ...told?.params, objects };
    if (told) sink.measure({ frame: frame[row]!, row, value: 1, ...told, says: 'taxonomy', params });
  }
  const ids = new Map<number, Set<string>>();
  for (let row = scene.rowFrom; row < scene.rowTo; row++) {
    if ((flags[row]! & CuboidFlag.interpolated) !== 0) continue;
    const at = frame[row]!;
    const known = ids.get(at) ?? new Set<string>();
    ids.set(at, known.add(labels.cuboids.id.at(row)!));
    const told = [
      ...numbersOf(scene, row),
      ...(throughout.has(classIndex[row]!) ? [] : classBreach(scene, row)),
      ...attributeBreaches(scene, row, labels.attributeSets[attributes[row]!]!),
      ...idBreach(labels.cuboids.id.at(row)!, known),
    ];
    if (told.length === 0) sink.measure({ frame: at, row, value: 0 });
    for (const breach of told) sink.measure({ frame: at, row, value: 1, ...breach });
  }
}

/** From so many objects of a scene on, a class outside the spec is the vendor's taxonomy and no slip of the hand. */
const fewestThroughout = 4;

/** By class index: classes that are used throughout, with their first row. They are told once a scene. */
function classesThroughout(scene: CheckScene): Map<number, { row: number; objects: number }> {
  const { classIndex, track } = scene.index.labels.cuboids;
  const objects = new Map<number, Map<string, number>>();
  for (let row = scene.rowFrom; row < scene.rowTo; row++) {
    const of = objects.get(classIndex[row]!) ?? new Map<string, number>();
    const key = track[row] === NO_TRACK ? `row ${row}` : `track ${track[row]}`;
    if (!of.has(key)) of.set(key, row);
    objects.set(classIndex[row]!, of);
  }
  const throughout = new Map<number, { row: number; objects: number }>();
  for (const [index, of] of objects) {
    const [row] = of.values();
    if (of.size >= fewestThroughout) throughout.set(index, { row: row!, objects: of.size });
  }
  return throughout;
}

type Breach = Pick<Measured, 'says' | 'params' | 'code'>;

function numbersOf({ index }: CheckScene, row: number): Breach[] {
  const { flags, size } = index.labels.cuboids;
  if ((flags[row]! & CuboidFlag.unusable) === 0) return [];
  const shown = [...size.subarray(3 * row, 3 * row + 3)].map((extent) => String(Number(extent.toFixed(3))));
  return [{ says: 'numbers', params: { size: shown.join(' × ') }, code: 'DIM' }];
}

function classBreach({ index, rules, classes }: CheckScene, row: number): Breach[] {
  const { classIndex } = index.labels.cuboids;
  const name = index.labels.classes[classIndex[row]!]!;
  const isKnown = classes[classIndex[row]!]!.isListed || rules.takesUnlisted || !rules.isObject(name);
  return isKnown ? [] : [{ says: 'class', params: { given: name }, code: 'CLS' }];
}

function attributeBreaches(scene: CheckScene, row: number, given: AttributeSet): Breach[] {
  if (!scene.isJudged(row)) return [];
  return classOfRow(scene, row).requiredAttributes.flatMap(({ name, values }): Breach[] => {
    const value = givenValue(given, name);
    if (value === null) return [{ says: 'attribute', params: { attribute: name }, code: 'ATTR' }];
    if (values === null || isOneOf(value, values)) return [];
    const shown = JSON.stringify(value).slice(0, 80);
    return [{ says: 'value', params: { attribute: name, given: shown }, code: 'ATTR' }];
  });
}

/** Names are compared without case, as classes are. Null where it is not there, or empty. */
function givenValue(given: AttributeSet, name: string): AttributeValue {
  const wanted = name.trim().toLowerCase();
  const found = Object.entries(given).find(([key]) => key.trim().toLowerCase() === wanted)?.[1] ?? null;
  return found === '' ? null : found;
}

function isOneOf(value: AttributeValue, values: readonly string[]): boolean {
  const known = new Set(values.map((allowed) => allowed.trim().toLowerCase()));
  const given = Array.isArray(value) ? value : [value];
  return given.every((one) => known.has(String(one).trim().toLowerCase()));
}

/** Ids are made unique at the door by `#2`, `#3` behind the one that was given. */
function idBreach(id: string, known: ReadonlySet<string>): Breach[] {
  const given = /^(.*)#\d+$/s.exec(id)?.[1];
  return given !== undefined && known.has(given) ? [{ says: 'id', params: { id: given } }] : [];
}
