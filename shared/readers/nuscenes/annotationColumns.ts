/** Columns that annotations get from other tables: class, track and attributes, by name. */
import type { AttributeSet, AttributeValue } from '../../model/labels.ts';
import { NO_TRACK } from '../../model/labels.ts';
import { Interner } from '../interner.ts';
import { asAttribute } from '../jsonValues.ts';
import type { LabelNames } from '../labelColumns.ts';
import type { CountField } from '../tables/fields.ts';
import type { JsonCursor } from '../tables/jsonCursor.ts';
import type { TextField, TokenListField } from '../tables/tokenFields.ts';
import { NO_TOKEN } from '../tables/tokenTable.ts';
import type { Samples } from './samples.ts';
import type { Names, SmallTables } from './smallTables.ts';
import type { KeyedTable, TroubleCounts } from './tableReader.ts';

/** Class of a label whose instance or category is not in the tables. */
const UNKNOWN_CLASS = 'unknown';
/** Fields that the schema does not have are kept for so many rows: each may be different in every row. */
const MOST_EXTRAS = 200_000;
/** Combinations of attributes are looked up in a table for radar counts below this, unless it became too large. */
const RADAR_COUNTS = 256;
const LARGEST_TABLE = 1 << 22;
/** Class indices are 16 bits wide. */
const MOST_CLASSES = 0xffff;

/** The table of instances: one object in one scene each. */
export interface Instances {
  readonly keyed: KeyedTable;
  readonly category: Int32Array;
}

/** What annotations share: one set of names for all tables of a delivery. */
export class AnnotationNames implements LabelNames {
  readonly #classes = new Interner();
  readonly tracks: string[] = [];
  readonly attributeSets: AttributeSet[] = [{}];
  readonly #attributeKeys = new Map<string, number>([['{}', 0]]);

  get classes(): readonly string[] {
    return this.#classes.names;
  }

  classIndex(name: string): number {
    if (this.#classes.size >= MOST_CLASSES && !this.#classes.has(name)) return MOST_CLASSES - 1;
    return this.#classes.indexOf(name);
  }

  /** `attributes` has its keys always in the same order. */
  attributeSet(attributes: AttributeSet): number {
    const key = JSON.stringify(attributes);
    let index = this.#attributeKeys.get(key);
    if (index === undefined) {
      index = this.attributeSets.push(attributes) - 1;
      this.#attributeKeys.set(key, index);
    }
    return index;
  }
}

/** Class of each row, by the category of its instance. */
export function classColumn(
  count: number,
  instance: Int32Array,
  { category }: Instances,
  { categories }: SmallTables,
  names: AnnotationNames,
): Uint16Array {
  const ofCategory = categories.map(() => -1);
  const column = new Uint16Array(count);
  for (let row = 0; row < count; row++) {
    const number = category[instance[row]!] ?? NO_TOKEN;
    if (number === NO_TOKEN) column[row] = names.classIndex(UNKNOWN_CLASS);
    else {
      if (ofCategory[number]! < 0) ofCategory[number] = names.classIndex(categories[number]!.name);
      column[row] = ofCategory[number]!;
    }
  }
  return column;
}

/** An instance is one track within a scene; one that comes back in another scene is another track there. */
export function trackColumn(
  count: number,
  instance: Int32Array,
  sample: Int32Array,
  samples: Samples,
  { scenes }: SmallTables,
  { keyed }: Instances,
  names: AnnotationNames,
): Uint32Array {
  const firstScene = new Int32Array(keyed.tokens.size).fill(-1);
  const firstTrack = new Uint32Array(keyed.tokens.size);
  const elsewhere = new Map<string, number>();
  const column = new Uint32Array(count);
  for (let row = 0; row < count; row++) {
    const number = instance[row]!;
    if (number === NO_TOKEN) {
      column[row] = NO_TRACK;
      continue;
    }
    const scene = samples.scene[sample[row]!]!;
    if (firstScene[number]! < 0) {
      firstScene[number] = scene;
      firstTrack[number] = names.tracks.push(keyed.tokens.text(number)) - 1;
    }
    if (firstScene[number] === scene) column[row] = firstTrack[number]!;
    else {
      const name = `${scenes.names[scene]}/${keyed.tokens.text(number)}`;
      let track = elsewhere.get(name);
      if (track === undefined) {
        track = names.tracks.push(name) - 1;
        elsewhere.set(name, track);
      }
      column[row] = track;
    }
  }
  return column;
}

/** What a visibility token means, by the number the column gave it; the token itself where the table has none. */
export function namesByText({ table }: TextField, { tokens, names }: Names): string[] {
  return Array.from({ length: table.size }, (_, number) => {
    const text = table.text(number);
    return names[tokens.find(text)] ?? text;
  });
}

/** Attribute set of each row: attributes and visibility by name, and what the schema does not have. */
export function attributeColumn(
  count: number,
  { values: lists, lists: tokensOfList }: TokenListField,
  attributes: Names,
  { values: visibility }: TextField,
  visibilityNames: readonly string[],
  { values: radarPoints }: CountField,
  extras: ExtraFields,
  names: AnnotationNames,
): Uint32Array {
  const column = new Uint32Array(count);
  const setOf = (row: number): AttributeSet => {
    const named = tokensOfList[lists[row]!]!.map((token) => attributes.names[token]!);
    const level = visibility[row]!;
    const radar = radarPoints[row]!;
    return {
      ...(named.length > 0 ? { attributes: named } : {}),
      ...(level === NO_TOKEN ? {} : { visibility: visibilityNames[level]! }),
      ...(radar < 0 ? {} : { num_radar_pts: radar }),
      ...extras.of(row),
    };
  };
  // Few combinations in many rows: a table over the three small numbers finds each without making a text.
  const [listCount, levelCount] = [tokensOfList.length, visibilityNames.length + 1];
  const known = new Int32Array(
    RADAR_COUNTS * levelCount * listCount <= LARGEST_TABLE ? RADAR_COUNTS * levelCount * listCount : 0,
  );
  for (let row = 0; row < count; row++) {
    const radar = radarPoints[row]! < 0 ? 0 : radarPoints[row]! + 1;
    const key = (radar * levelCount + visibility[row]! + 1) * listCount + lists[row]!;
    const set = radar < RADAR_COUNTS ? (known[key] ?? 0) : 0;
    if (set > 0 && !extras.has(row)) column[row] = set - 1;
    else {
      column[row] = names.attributeSet(setOf(row));
      if (radar < RADAR_COUNTS && key < known.length && !extras.has(row)) known[key] = column[row]! + 1;
    }
  }
  return column;
}

/** Fields of annotations that the schema does not name, by row. */
export class ExtraFields {
  readonly #rows = new Map<number, Record<string, AttributeValue>>();
  readonly #troubles: TroubleCounts;

  constructor(troubles: TroubleCounts) {
    this.#troubles = troubles;
  }

  take(row: number, name: string, cursor: JsonCursor): void {
    const known = this.#rows.get(row);
    if (!known && this.#rows.size >= MOST_EXTRAS) {
      this.#troubles.count('nuscenes-fields-left-out', 'sample_annotation', name, cursor.position);
      cursor.skip();
      return;
    }
    const value = asAttribute(cursor.value());
    const fields = known ?? Object.create(null);
    fields[name] = value;
    if (!known) this.#rows.set(row, fields);
  }

  /** For a row that is left out: always false. */
  drop(row: number): false {
    this.#rows.delete(row);
    return false;
  }

  has(row: number): boolean {
    return this.#rows.size > 0 && this.#rows.has(row);
  }

  of(row: number): AttributeSet {
    return this.#rows.get(row) ?? {};
  }
}
