/** The tables of a few thousand rows: sensors and how they are mounted, names of classes and attributes, scenes. */
import { asNumbers } from '../jsonValues.ts';
import { ValueField, VectorField } from '../tables/fields.ts';
import { TextField, TokenField } from '../tables/tokenFields.ts';
import type { TokenTable } from '../tables/tokenTable.ts';
import type { TableReader, TroubleCounts } from './tableReader.ts';
import { KeyedTable } from './tableReader.ts';

/** A table of names by token. */
export interface Names {
  readonly tokens: TokenTable;
  readonly names: readonly string[];
}

async function readNames(
  reader: TableReader,
  troubles: TroubleCounts,
  table: string,
  field: string,
): Promise<Names> {
  const keyed = new KeyedTable(table, troubles);
  const name = new TextField();
  const fields = { token: keyed.key, [field]: name };
  const rows = await reader.read(table, { fields, keep: (row, at) => keyed.keep(row, at) }, true);
  return { tokens: keyed.tokens, names: Array.from({ length: rows }, (_, row) => name.textAt(row)) };
}

/** Scenes with what their files say of them, row by row. */
export interface SceneNames extends Names {
  readonly descriptions: readonly string[];
}

async function readScenes(reader: TableReader, troubles: TroubleCounts): Promise<SceneNames> {
  const keyed = new KeyedTable('scene', troubles);
  const [name, description] = [new TextField(), new TextField()];
  const fields = { token: keyed.key, name, description };
  const rows = await reader.read('scene', { fields, keep: (row, at) => keyed.keep(row, at) }, true);
  const texts = (field: TextField): string[] => Array.from({ length: rows }, (_, row) => field.textAt(row));
  return { tokens: keyed.tokens, names: texts(name), descriptions: texts(description) };
}

export type Modality = 'lidar' | 'camera' | 'radar' | 'other';

/** One mounting of one sensor: rows of `calibrated_sensor`. */
export interface Mounting {
  readonly channel: string;
  readonly modality: Modality;
  /** Position of its sensor in the table of sensors: their order. */
  readonly rank: number;
  /** Ego from sensor: x, y, z and quaternion w, x, y, z as written; NaN where they are unusable. */
  readonly translation: readonly number[];
  readonly rotation: readonly number[];
  /** 3x3 row-major; null for everything but a camera. */
  readonly intrinsic: readonly number[] | null;
  /** Coefficients in OpenCV's order; empty in nuScenes itself, whose images are rectified. */
  readonly distortion: readonly number[];
}

export interface Category {
  readonly name: string;
  /** Value in the files of point-wise classes; null where the table states none. */
  readonly index: number | null;
}

export interface SmallTables {
  readonly mountings: readonly Mounting[];
  readonly mountingTokens: TokenTable;
  readonly categories: readonly Category[];
  readonly categoryTokens: TokenTable;
  readonly attributes: Names;
  readonly visibilities: Names;
  readonly scenes: SceneNames;
}

export async function readSmallTables(reader: TableReader, troubles: TroubleCounts): Promise<SmallTables> {
  const sensors = await readSensors(reader, troubles);
  const { mountings, mountingTokens } = await readMountings(reader, troubles, sensors);
  const { categories, categoryTokens } = await readCategories(reader, troubles);
  const attributes = await readNames(reader, troubles, 'attribute', 'name');
  const visibilities = await readNames(reader, troubles, 'visibility', 'level');
  const scenes = await readScenes(reader, troubles);
  return { mountings, mountingTokens, categories, categoryTokens, attributes, visibilities, scenes };
}

interface Sensors {
  readonly tokens: TokenTable;
  readonly channels: TextField;
  readonly modalities: TextField;
}

async function readSensors(reader: TableReader, troubles: TroubleCounts): Promise<Sensors> {
  const keyed = new KeyedTable('sensor', troubles);
  const channels = new TextField();
  const modalities = new TextField();
  const fields = { token: keyed.key, channel: channels, modality: modalities };
  await reader.read('sensor', { fields, keep: (row, at) => keyed.keep(row, at) });
  return { tokens: keyed.tokens, channels, modalities };
}

function modalityOf(text: string): Modality {
  return text === 'lidar' || text === 'camera' || text === 'radar' ? text : 'other';
}

async function readMountings(reader: TableReader, troubles: TroubleCounts, sensors: Sensors) {
  const keyed = new KeyedTable('calibrated_sensor', troubles);
  const sensor = new TokenField(sensors.tokens, 'referring');
  const translation = new VectorField(3);
  const rotation = new VectorField(4);
  const intrinsic = new ValueField();
  const distortion = new ValueField();
  const fields = {
    token: keyed.key,
    sensor_token: sensor,
    translation,
    rotation,
    camera_intrinsic: intrinsic,
    camera_distortion: distortion,
  };
  const rows = await reader.read('calibrated_sensor', {
    fields,
    keep: (row, position) => {
      if (!keyed.keep(row, position)) return false;
      if (sensor.values[row]! < 0)
        troubles.count('nuscenes-reference-missing', 'calibrated_sensor', 'sensor_token', position);
      return true;
    },
  });
  const mountings = Array.from({ length: rows }, (_, row): Mounting => {
    const rank = sensor.values[row]!;
    return {
      channel: rank < 0 ? '' : sensors.channels.textAt(rank),
      modality: rank < 0 ? 'other' : modalityOf(sensors.modalities.textAt(rank)),
      rank,
      translation: Array.from(translation.values.subarray(3 * row, 3 * row + 3)),
      rotation: Array.from(rotation.values.subarray(4 * row, 4 * row + 4)),
      intrinsic: matrix3(intrinsic.values[row]),
      distortion: asNumbers(distortion.values[row], 4, 5, 8, 12, 14) ?? [],
    };
  });
  return { mountings, mountingTokens: keyed.tokens };
}

function matrix3(value: unknown): readonly number[] | null {
  return Array.isArray(value) ? asNumbers(value.flat(), 9) : null;
}

async function readCategories(reader: TableReader, troubles: TroubleCounts) {
  const keyed = new KeyedTable('category', troubles);
  const name = new TextField();
  const index = new ValueField();
  const fields = { token: keyed.key, name, index };
  const rows = await reader.read('category', { fields, keep: (row, at) => keyed.keep(row, at) });
  const categories = Array.from({ length: rows }, (_, row): Category => {
    const value = index.values[row];
    const isClass = Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 0xffff;
    return { name: name.textAt(row), index: isClass ? (value as number) : null };
  });
  return { categories, categoryTokens: keyed.tokens };
}
