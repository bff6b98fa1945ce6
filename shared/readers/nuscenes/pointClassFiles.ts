/** Point-wise classes: which file belongs to which lidar reading, and what its values mean. */
import type { PointClass } from '../../model/delivery.ts';
import { TextField, TokenField } from '../tables/tokenFields.ts';
import { NO_TOKEN } from '../tables/tokenTable.ts';
import type { Readings } from './readings.ts';
import type { Category } from './smallTables.ts';
import type { TableReader, TroubleCounts } from './tableReader.ts';

export interface PointClassFiles {
  readonly encoding: 'uint8' | 'npz';
  /** File by reading token, relative as the table has it. */
  readonly paths: ReadonlyMap<number, string>;
}

/** Value 0 of a devkit's category table stands for noise: not one of the classes that are coloured. */
const COLOURS: readonly (readonly [number, number, number])[] = [
  [0, 114, 178],
  [230, 159, 0],
  [0, 158, 115],
  [204, 121, 167],
  [86, 180, 233],
  [213, 94, 0],
  [240, 228, 66],
];
/** Lighter and darker turns of the same seven hues, which people of every colour vision tell apart. */
const SHADES = [1, 0.62, 1.35, 0.42, 1.6] as const;
const GREY = [128, 128, 128] as const;

async function readFiles(
  reader: TableReader,
  troubles: TroubleCounts,
  table: string,
  { tokens }: Readings,
): Promise<ReadonlyMap<number, string>> {
  const reading = new TokenField(tokens, 'referring');
  const filename = new TextField();
  const paths = new Map<number, string>();
  await reader.read(
    table,
    {
      fields: { sample_data_token: reading, filename },
      keep: (row, position) => {
        const token = reading.values[row]!;
        if (token === NO_TOKEN)
          troubles.count('nuscenes-reference-missing', table, 'sample_data_token', position);
        else paths.set(token, filename.textAt(row));
        return false;
      },
    },
    true,
  );
  return paths;
}

/** The lidarseg table where there is one, else the panoptic one; null where there is neither. */
export async function readPointClassFiles(
  reader: TableReader,
  troubles: TroubleCounts,
  readings: Readings,
): Promise<PointClassFiles | null> {
  if (reader.has('lidarseg')) {
    return { encoding: 'uint8', paths: await readFiles(reader, troubles, 'lidarseg', readings) };
  }
  if (reader.has('panoptic')) {
    return { encoding: 'npz', paths: await readFiles(reader, troubles, 'panoptic', readings) };
  }
  return null;
}

/** The categories that state a value, in ascending order of it. */
export function pointClassesOf(categories: readonly Category[]): PointClass[] {
  return categories
    .flatMap(({ name, index }) => (index === null ? [] : [{ value: index, name }]))
    .sort((a, b) => a.value - b.value)
    .map(({ value, name }) => ({ value, name, colour: colourOf(value) }));
}

function colourOf(value: number): readonly [number, number, number] {
  if (value === 0) return GREY;
  const hue = COLOURS[(value - 1) % COLOURS.length]!;
  const shade = SHADES[Math.floor((value - 1) / COLOURS.length) % SHADES.length]!;
  const shaded = (part: number) => Math.round(shade <= 1 ? part * shade : 255 - (255 - part) / shade);
  return [shaded(hue[0]), shaded(hue[1]), shaded(hue[2])];
}
