/** Rows of `sample_annotation`, as columns in the global frame, with their classes, tracks and attributes named. */
import type { CuboidRows } from '../labelColumns.ts';
import { CountField, VectorField } from '../tables/fields.ts';
import { TextField, TokenField, TokenListField } from '../tables/tokenFields.ts';
import { NO_TOKEN } from '../tables/tokenTable.ts';
import type { AnnotationNames, Instances } from './annotationColumns.ts';
import { attributeColumn, classColumn, ExtraFields, namesByText, trackColumn } from './annotationColumns.ts';
import { ChainedRows, NO_ROW } from './chainedRows.ts';
import type { Samples } from './samples.ts';
import type { SmallTables } from './smallTables.ts';
import type { TableReader, TroubleCounts } from './tableReader.ts';
import { KeyedTable } from './tableReader.ts';

/** The order in which tables write extents (w, l, h) and quaternions (w, x, y, z), as `CuboidRows` asks for it. */
const SIZE_ORDER = [1, 0, 2] as const;
const ROTATION_ORDER = [1, 2, 3, 0] as const;

async function readInstances(
  reader: TableReader,
  troubles: TroubleCounts,
  { categoryTokens }: SmallTables,
): Promise<Instances> {
  const keyed = new KeyedTable('instance', troubles);
  const category = new TokenField(categoryTokens, 'referring');
  await reader.read('instance', {
    fields: { token: keyed.key, category_token: category },
    keep: (row, position) => {
      if (!keyed.keep(row, position)) return false;
      if (category.values[row] === NO_TOKEN)
        troubles.count('nuscenes-reference-missing', 'instance', 'category_token', position);
      return true;
    },
  });
  return { keyed, category: category.values };
}

export interface Annotations extends CuboidRows {
  /** Row of `instance`, or NO_TOKEN. */
  readonly instance: Int32Array;
  /** Row of `sample` of each annotation. */
  readonly sample: Int32Array;
  readonly instanceText: (instance: number) => string;
}

/** Annotations of unknown samples are left out, and told. `frameOfSample` gives the frame of each sample. */
export async function readAnnotations(
  reader: TableReader,
  troubles: TroubleCounts,
  small: SmallTables,
  samples: Samples,
  frameOfSample: Int32Array,
  names: AnnotationNames,
): Promise<Annotations> {
  const instances = await readInstances(reader, troubles, small);
  const rows = new ChainedRows('sample_annotation', troubles);
  const sample = new TokenField(samples.rows.tokens, 'referring');
  const instance = new TokenField(instances.keyed.tokens, 'referring');
  const visibility = new TextField();
  const attributes = new TokenListField(small.attributes.tokens);
  const center = new VectorField(3);
  const size = new VectorField(3);
  const rotation = new VectorField(4);
  const statedPoints = new CountField(-1);
  const radarPoints = new CountField(-1);
  const extras = new ExtraFields(troubles);
  const count = await reader.read('sample_annotation', {
    fields: {
      ...rows.fields,
      sample_token: sample,
      instance_token: instance,
      visibility_token: visibility,
      attribute_tokens: attributes,
      translation: center,
      size,
      rotation,
      num_lidar_pts: statedPoints,
      num_radar_pts: radarPoints,
    },
    keep: (row, position) => {
      const sampleRow = samples.rows.rowOf(sample.values[row]!);
      if (sampleRow === NO_ROW) {
        troubles.count('nuscenes-reference-missing', 'sample_annotation', 'sample_token', position);
        return extras.drop(row);
      }
      if (!rows.keep(row, position)) return extras.drop(row);
      sample.values[row] = sampleRow;
      if (instance.values[row] === NO_TOKEN)
        troubles.count('nuscenes-reference-missing', 'sample_annotation', 'instance_token', position);
      return true;
    },
    other: (row, name, cursor) => extras.take(row, name, cursor),
  });
  const { micros } = samples.time;
  rows.check(count, (row, other) => {
    const [from, to] = [sample.values[row]!, sample.values[other]!];
    return instance.values[row] === instance.values[other] && micros[to]! > micros[from]!;
  });
  rows.forgetLinks();
  const frame = new Int32Array(count);
  for (let row = 0; row < count; row++) frame[row] = frameOfSample[sample.values[row]!]!;
  const { tokens } = rows;
  const key = rows.fields.token.values;
  const visibilityNames = namesByText(visibility, small.visibilities);
  return {
    count,
    frame,
    sample: sample.values,
    instance: instance.values,
    classIndex: classColumn(count, instance.values, instances, small, names),
    track: trackColumn(count, instance.values, sample.values, samples, small, instances, names),
    attributes: attributeColumn(
      count,
      attributes,
      small.attributes,
      visibility,
      visibilityNames,
      radarPoints,
      extras,
      names,
    ),
    flags: new Uint8Array(count),
    statedPoints: statedPoints.values,
    center,
    size,
    rotation,
    sizeOrder: SIZE_ORDER,
    rotationOrder: ROTATION_ORDER,
    idLength: (row) => tokens.byteLength(key[row]!),
    writeId: (row, out, at) => tokens.writeText(key[row]!, out, at),
    path: reader.pathOf('sample_annotation'),
    place: (row) => `byte ${rows.positions[row]}`,
    instanceText: (number) => instances.keyed.tokens.text(number),
  };
}
