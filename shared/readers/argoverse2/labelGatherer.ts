/** The cuboids of all logs as columns: a split has millions of them, too many for an object each. */
import type { Problem } from '../../base/problem.ts';
import type { AttributeSet, AttributeValue, LabelTable } from '../../model/labels.ts';
import { NOT_STATED } from '../../model/labels.ts';
import { Interner } from '../interner.ts';
import type { CuboidRows } from '../labelColumns.ts';
import { cuboidTable } from '../labelColumns.ts';
import type { ProblemList } from '../problemList.ts';
import type { LogTable } from './logTable.ts';
import { POSE_COLUMNS } from './logTable.ts';

const SIZE_COLUMNS = ['length_m', 'width_m', 'height_m'] as const;
const PLACE_COLUMNS = ['tx_m', 'ty_m', 'tz_m'] as const;
const TURN_COLUMNS = ['qx', 'qy', 'qz', 'qw'] as const;
const POINTS = 'num_interior_pts';
export const LABEL_COLUMNS = [
  ...['timestamp_ns', 'track_uuid', 'category'],
  ...SIZE_COLUMNS,
  ...POSE_COLUMNS,
] as const;
const KNOWN_COLUMNS: ReadonlySet<string> = new Set([...LABEL_COLUMNS, POINTS]);

/** Class indices are 16 bits wide. */
const MOST_CLASSES = 0xffff;
/** More tracks than fit in memory; a frame and a track make one whole number with it. */
const MOST_TRACKS = 2 ** 26;
const encoder = new TextEncoder();

/** Columns of numbers as the rows of one array. */
function interleaved(table: LogTable, names: readonly string[]): { values: Float64Array } {
  const values = new Float64Array(table.rows * names.length);
  for (const [i, name] of names.entries()) {
    for (let row = 0, to = i; row < table.rows; row++, to += names.length)
      values[to] = table.number(name, row);
  }
  return { values };
}

export class LabelGatherer {
  readonly #problems: ProblemList;
  readonly #classes = new Interner();
  readonly #tracks = new Interner();
  readonly #attributeKeys = new Interner();
  readonly #attributeSets: AttributeSet[] = [];
  readonly #encoded: Uint8Array[] = [];
  readonly #parts: CuboidRows[] = [];

  constructor(problems: ProblemList) {
    this.#problems = problems;
    this.#attributeIndex({});
  }

  /** Takes the labels of one log. `frameOf`: frames of the delivery by their time; a row of no time is left out. */
  add(table: LogTable, frameOf: ReadonlyMap<bigint, number>): void {
    const { rows } = table;
    const further = table.names.filter((name) => !KNOWN_COLUMNS.has(name));
    const part = {
      frame: new Int32Array(rows),
      classIndex: new Uint16Array(rows),
      track: new Uint32Array(rows),
      attributes: new Uint32Array(rows),
      flags: new Uint8Array(rows),
      statedPoints: new Int32Array(rows),
    };
    const copies = new Map<number, Uint8Array>();
    const taken = new Map<number, number>();
    for (let row = 0; row < rows; row++) {
      const nanos = table.nanos('timestamp_ns', row);
      const frame = nanos === null ? undefined : frameOf.get(nanos);
      part.frame[row] = frame ?? -1;
      if (frame === undefined) {
        this.#report('argoverse-row-bad', 'error', table.path, row);
        continue;
      }
      const id = table.text('track_uuid', row);
      part.track[row] = this.#tracks.indexOf(id);
      part.classIndex[row] = this.#classIndex(table, row);
      part.attributes[row] = this.#attributeIndex(
        Object.fromEntries(further.map((name): [string, AttributeValue] => [name, table.value(name, row)])),
      );
      part.statedPoints[row] = statedPoints(table, row);
      const key = frame * MOST_TRACKS + part.track[row]!;
      const copy = (taken.get(key) ?? 0) + 1;
      taken.set(key, copy);
      if (copy > 1) copies.set(row, this.#reportCopy(table, row, id, copy));
    }
    const idOf = (row: number) => copies.get(row) ?? this.#trackBytes(part.track[row]!);
    this.#parts.push({
      ...part,
      count: rows,
      center: interleaved(table, PLACE_COLUMNS),
      size: interleaved(table, SIZE_COLUMNS),
      rotation: interleaved(table, TURN_COLUMNS),
      sizeOrder: [0, 1, 2],
      rotationOrder: [0, 1, 2, 3],
      idLength: (row) => idOf(row).length,
      writeId: (row, out, at) => out.set(idOf(row), at),
      path: table.path,
      place: (row) => `row ${row}`,
    });
  }

  table(frameCount: number): LabelTable {
    const names = {
      classes: this.#classes.names,
      tracks: this.#tracks.names,
      attributeSets: this.#attributeSets,
    };
    return cuboidTable(this.#parts, frameCount, names, this.#problems);
  }

  #classIndex(table: LogTable, row: number): number {
    const name = table.text('category', row);
    if (this.#classes.size < MOST_CLASSES || this.#classes.has(name)) return this.#classes.indexOf(name);
    this.#report('classes-too-many', 'warning', table.path, row, { limit: MOST_CLASSES });
    return MOST_CLASSES - 1;
  }

  /** UTF-8 of a track's name, made once for all its labels. */
  #trackBytes(track: number): Uint8Array {
    this.#encoded[track] ??= encoder.encode(this.#tracks.names[track]);
    return this.#encoded[track];
  }

  #attributeIndex(attributes: AttributeSet): number {
    const index = this.#attributeKeys.indexOf(JSON.stringify(Object.entries(attributes)));
    if (index === this.#attributeSets.length) this.#attributeSets.push(attributes);
    return index;
  }

  /** A track twice in a sweep: the later label gets another id. */
  #reportCopy(table: LogTable, row: number, id: string, copy: number): Uint8Array {
    const given = `${id}#${copy}`;
    const params = { id, class: table.text('category', row), given };
    this.#report('label-id-duplicate', 'warning', table.path, row, params);
    return encoder.encode(given);
  }

  #report(
    code: string,
    severity: Problem['severity'],
    path: string,
    row: number,
    params: Problem['params'] = {},
  ): void {
    this.#problems.add({ code, severity, path, place: `row ${row}`, params });
  }
}

function statedPoints(table: LogTable, row: number): number {
  const points = table.number(POINTS, row);
  return Number.isInteger(points) && points >= 0 && points <= 0x7fff_ffff ? points : NOT_STATED;
}
