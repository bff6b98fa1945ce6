/** Lenses that the names in a delivery suggest: a JSON file for each camera, with the usual words in it. */
import type { Folder } from '../../base/bytes.ts';
import { extensionOf, folderOf, stemOf } from '../paths.ts';
import { readJson } from '../textFile.ts';
import { type CalibrationMapping, type Mapping, mappingSchema } from './mappingDocument.ts';

const words = {
  matrix: ['intrinsic', 'intrinsics', 'cameramatrix', 'cameraintrinsic', 'k', '内参'],
  fx: ['fx'],
  fy: ['fy'],
  cx: ['cx'],
  cy: ['cy'],
  distortion: ['distortion', 'distcoeffs', 'distortioncoefficients', 'dist', 'd', '畸变'],
  extrinsic: [
    'extrinsic',
    'extrinsics',
    'lidartocamera',
    'lidar2cam',
    'lidar2camera',
    'camerafromlidar',
    '外参',
  ],
} as const;
const backwards = ['cameratolidar', 'cam2lidar', 'camera2lidar', 'lidarfromcamera'];

const plain = (key: string) => key.toLowerCase().replaceAll(/[^a-z0-9\u4e00-\u9fff]/g, '');

function fieldsOf(document: object): Partial<CalibrationMapping> | null {
  const keys = Object.keys(document).filter((key) => !key.includes('.') && key !== '');
  const find = (names: readonly string[]) => keys.find((key) => names.includes(plain(key))) ?? null;
  const found = Object.fromEntries(Object.entries(words).map(([part, names]) => [part, find(names)]));
  if (found.matrix === null && found.fx === null) return null;
  const inverse = find(backwards);
  return inverse === null
    ? { ...found, direction: 'camera-from-lidar' }
    : { ...found, extrinsic: inverse, direction: 'lidar-from-camera' };
}

/** One entry for all cameras, where some JSON file has a camera's name and speaks of a lens. */
export async function proposeCalibrations(
  folder: Folder,
  images: Mapping['images'],
): Promise<Mapping['calibrations']> {
  const cameras = new Set(images.map(({ camera }) => camera));
  const path = folder.entries
    .map((entry) => entry.path)
    .find((name) => extensionOf(name) === 'json' && cameras.has(stemOf(name)));
  if (path === undefined) return [];
  const json = await readJson(folder, path);
  if (!json.ok || typeof json.value !== 'object' || json.value === null) return [];
  const fields = fieldsOf(json.value);
  const file = `${folderOf(path)}{camera}.json`;
  return fields ? mappingSchema.shape.calibrations.parse([{ file, ...fields }]) : [];
}
