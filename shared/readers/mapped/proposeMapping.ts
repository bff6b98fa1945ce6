/** A first mapping for a delivery nobody knows, from the names in its files: something to start from, not an answer. */
import type { Folder } from '../../base/bytes.ts';
import { asNumber } from '../jsonValues.ts';
import { isCloudPath, isImagePath } from '../paths.ts';
import { fieldMeaning, isUnderside, type Meaning, statedUnit } from './fieldNames.ts';
import { valuesByField } from './fieldSamples.ts';
import { likeliestLabels } from './labelCandidates.ts';
import { emptyMapping, type Mapping } from './mappingDocument.ts';
import { proposeCalibrations } from './proposeCalibrations.ts';
import { type FileGroup, fileGroups, patternOf } from './proposePatterns.ts';
import type { Row } from './valuePath.ts';

/** A turn beyond this is no angle in radians; an object longer than this is not given in metres. */
const MOST_RADIANS = 6.4;
const LONGEST_METRES = 60;
const LONGEST_CENTIMETRES = 6000;

/** The mapping that names suggest; with no label file to be found it names the sensor files alone. */
export async function proposeMapping(folder: Folder): Promise<Mapping> {
  const best = await likeliestLabels(folder);
  if (!best) return { ...emptyMapping, ...(await sensorsOf(folder)) };
  const meant = meaningsOf(best.rows, best.labels);
  const hasFrame = meant.fields.frame !== null || meant.fields.timestamp !== null;
  const isOneFile = best.group.paths.length === 1;
  const folderName = hasFrame || best.group.parts.at(-1) === null ? '{scene}' : '{frame}';
  const files = [isOneFile ? best.group.paths[0]! : patternOf(best.group, () => folderName)];
  return { ...emptyMapping, ...(await sensorsOf(folder)), ...meant, labels: { ...best.labels, files } };
}

async function sensorsOf(folder: Folder): Promise<Pick<Mapping, 'lidars' | 'images' | 'calibrations'>> {
  const nearest = (folders: readonly string[]): string => folders.at(-1) ?? '';
  const clouds = fileGroups(folder.entries, isCloudPath, nearest);
  const pictures = fileGroups(folder.entries, isImagePath, nearest);
  const inScene = (): string => '{scene}';
  const nameOf = ({ parts }: FileGroup, usual: string): string => parts.at(-2) ?? usual;
  const images = pictures.map((group) => ({
    camera: nameOf(group, 'camera'),
    files: patternOf(group, inScene),
  }));
  return {
    lidars: clouds.map((group) => ({
      name: clouds.length === 1 ? 'lidar' : nameOf(group, 'lidar'),
      files: patternOf(group, inScene),
      axes: emptyMapping.axes,
      spaceFromPoints: null,
    })),
    images,
    calibrations: await proposeCalibrations(folder, images),
  };
}

/** Fields and units by their names and values. */
function meaningsOf(
  rows: readonly Row[],
  labels: Mapping['labels'],
): Pick<Mapping, 'fields' | 'origin' | 'unit'> {
  const values = valuesByField(rows);
  const taken = new Set<string>();
  const take = (meaning: Meaning): string | null => {
    const field = fieldMeaning(values.keys(), meaning, taken);
    if (field !== null) taken.add(field);
    return field;
  };
  const numbers = (field: string | null): number[] =>
    field === null ? [] : (values.get(field) ?? []).map(asNumber).filter((number) => number !== null);
  const largest = (field: string | null): number => Math.max(0, ...numbers(field).map(Math.abs));
  const size = { length: take('size.length'), width: take('size.width'), height: take('size.height') };
  const w = fieldMeaning(values.keys(), 'rotation.w');
  const turn = { w: w === null ? null : take('rotation.w'), ...turned(w !== null, take) };
  const center = { x: take('center.x'), y: take('center.y'), z: take('center.z') };
  const box = (['box.ltrb.0', 'box.ltrb.1', 'box.ltrb.2', 'box.ltrb.3'] as const).map(take);
  const { fields } = emptyMapping;
  const isDegrees =
    turn.yaw !== null && (statedUnit(turn.yaw) === 'degrees' || largest(turn.yaw) > MOST_RADIANS);
  // A record of records is keyed by what its rows are of.
  const firstKey = rows[0]?.scopes.at(-1)?.key;
  const isKeyed = labels.list.split('.').at(-1) === '*' && typeof firstKey === 'string';
  return {
    fields: {
      ...fields,
      track: take('track'),
      class: take('class'),
      frame: take('frame'),
      timestamp: take('timestamp'),
      scene: take('scene'),
      camera: take('camera'),
      points: take('points'),
      id: take('id') ?? (isKeyed ? '$key' : null),
      center,
      size,
      rotation: { ...fields.rotation, ...turn, unit: isDegrees ? 'degrees' : 'radians' },
      box: {
        kind: 'ltrb',
        values: box.every((field) => field !== null)
          ? (box as [string, string, string, string])
          : fields.box.values,
      },
    },
    origin: center.z !== null && isUnderside(center.z) ? 'bottom' : 'center',
    unit: lengthUnitOf(size.length, median(numbers(size.length))),
  };
}

function turned(isQuaternion: boolean, take: (meaning: Meaning) => string | null) {
  if (isQuaternion) {
    const parts = { x: take('rotation.x'), y: take('rotation.y'), z: take('rotation.z') };
    return { kind: 'quaternion', yaw: null, ...parts } as const;
  }
  const yaw = take('rotation.yaw');
  return { kind: yaw === null ? 'none' : 'yaw', yaw, x: null, y: null, z: null } as const;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;
}

function lengthUnitOf(field: string | null, usual: number): Mapping['unit'] {
  const stated = field === null ? null : statedUnit(field);
  if (stated === 'm' || stated === 'cm' || stated === 'mm') return stated;
  if (usual > LONGEST_CENTIMETRES / 10) return usual > LONGEST_CENTIMETRES ? 'mm' : 'cm';
  return usual > LONGEST_METRES ? 'cm' : 'm';
}
