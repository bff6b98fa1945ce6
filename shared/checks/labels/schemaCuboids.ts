/** The form of each cuboid's row: its numbers, class, attributes and id. */
import { type AttributeSet, type AttributeValue, CuboidFlag, NO_TRACK } from '../../model/labels.ts';
import type { CheckSink, Measured } from '../contract.ts';
import { type CheckScene, classOfRow } from '../scene.ts';
import { isRecordingVehicle } from './companions.ts';

export function schemaOfCuboids(scene: CheckScene, sink: CheckSink): void {
  const { labels } = scene.index;
  const { flags, frame, attributes, classIndex } = labels.cuboids;
  const uses = classUses(scene);
  const ids = new Map<number, Set<string>>();
  for (let row = scene.rowFrom; row < scene.rowTo; row++) {
    if ((flags[row]! & CuboidFlag.interpolated) !== 0) continue;
    const at = frame[row]!;
    const known = ids.get(at) ?? new Set<string>();
    ids.set(at, known.add(labels.cuboids.id.at(row)!));
    const told = [
      ...numbersOf(scene, row),
      ...classBreach(scene, row, uses.get(classIndex[row]!)!),
      ...attributeBreaches(scene, row, labels.attributeSets[attributes[row]!]!),
      ...idBreach(labels.cuboids.id.at(row)!, known),
    ];
    if (told.length === 0) sink.measure({ frame: at, row, value: 0 });
    for (const breach of told) sink.measure({ frame: at, row, value: 1, ...breach });
  }
}

/** How many objects of the scene have a class, and the first row that has it. */
interface ClassUse {
  readonly row: number;
  readonly objects: number;
  /** Of all classes together. */
  readonly of: number;
}

function classUses(scene: CheckScene): Map<number, ClassUse> {
  const { classIndex, track } = scene.index.labels.cuboids;
  const objects = new Map<number, { readonly row: number; readonly tracks: Set<number>; lone: number }>();
  for (let row = scene.rowFrom; row < scene.rowTo; row++) {
    const of = objects.get(classIndex[row]!) ?? { row, tracks: new Set(), lone: 0 };
    if (track[row] === NO_TRACK) of.lone++;
    else of.tracks.add(track[row]!);
    objects.set(classIndex[row]!, of);
  }
  const counts = [...objects].map(([index, { row, tracks, lone }]) => ({
    index,
    row,
    count: tracks.size + lone,
  }));
  const all = counts.reduce((sum, { count }) => sum + count, 0);
  return new Map(counts.map(({ index, row, count }) => [index, { row, objects: count, of: all }]));
}

type Breach = Pick<Measured, 'says' | 'params' | 'code' | 'limitKey'>;

function numbersOf({ index }: CheckScene, row: number): Breach[] {
  const { flags, size } = index.labels.cuboids;
  if ((flags[row]! & CuboidFlag.unusable) === 0) return [];
  const shown = [...size.subarray(3 * row, 3 * row + 3)].map((extent) => String(Number(extent.toFixed(3))));
  return [{ says: 'numbers', params: { size: shown.join(' × ') }, code: 'DIM' }];
}

/** From so many objects of a scene on, a class outside the spec is the vendor's taxonomy and no slip of the hand. */
const fewestThroughout = 4;
/** Objects of a scene from which on a class that only one of them has is odd. */
const fewestAround = 10;

function classBreach({ index, rules, classes }: CheckScene, row: number, use: ClassUse): Breach[] {
  const { classIndex } = index.labels.cuboids;
  const given = index.labels.classes[classIndex[row]!]!;
  if (classes[classIndex[row]!]!.isListed || !rules.isObject(given)) return [];
  if (rules.takesUnlisted) {
    const isOdd = use.objects === 1 && use.of >= fewestAround && !isRecordingVehicle(given);
    return isOdd ? [{ says: 'rareClass', limitKey: 'rare', params: { given }, code: 'CLS' }] : [];
  }
  if (use.objects < fewestThroughout) return [{ says: 'class', params: { given }, code: 'CLS' }];
  // Told once a scene, not of each object.
  const params = { given, objects: use.objects };
  return row === use.row ? [{ says: 'taxonomy', params, code: 'CLS' }] : [];
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
