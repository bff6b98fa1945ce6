/** Images that Supervisely relates to a cloud: `related_images/<cloud with _ for its dot>/`, each with a `.json` beside it. */
import type { Folder } from '../../base/bytes.ts';
import { isRigid } from '../../geometry/matrix.ts';
import type { PinholeModel } from '../../model/camera.ts';
import type { FileRef, RootName } from '../../model/delivery.ts';
import type { Mat4 } from '../../model/pose.ts';
import type { JsonRecord } from '../jsonValues.ts';
import { asNumbers, asRecord } from '../jsonValues.ts';
import { filesIn, isImagePath, stemOf } from '../paths.ts';
import { readJson } from '../textFile.ts';
import { intrinsicsOf, nameOf } from '../toolExports/fields.ts';

/** Rounded matrices are rotations to this. */
const RIGID_TOLERANCE = 1e-2;

export interface RelatedImage {
  readonly file: FileRef;
  readonly camera: string;
  readonly meta: JsonRecord | null;
  readonly calibration: { readonly model: PinholeModel; readonly cameraFromLidar: Mat4 } | string;
  /** Path of the figures drawn in the image, where the delivery has such a file. */
  readonly figures: string | null;
}

/** Lidar to camera (three rows of four) and the camera matrix; the name of the key that cannot be used otherwise. */
export function sensorsCalibration(meta: JsonRecord | null): RelatedImage['calibration'] {
  const data = asRecord(meta?.sensorsData);
  const extrinsic = asNumbers(data?.extrinsicMatrix, 12, 16);
  const cameraFromLidar: Mat4 | null = extrinsic && [...extrinsic.slice(0, 12), 0, 0, 0, 1];
  if (!cameraFromLidar || !isRigid(cameraFromLidar, RIGID_TOLERANCE)) return 'extrinsicMatrix';
  const intrinsics = intrinsicsOf(data?.intrinsicMatrix);
  if (!intrinsics) return 'intrinsicMatrix';
  return { model: { kind: 'pinhole', ...intrinsics, distortion: [] }, cameraFromLidar };
}

/** The device's name; else what the image's name says beyond the cloud's; else its place among the images. */
function cameraName(meta: JsonRecord | null, image: string, cloud: string, position: number): string {
  const device = nameOf(meta?.deviceId);
  if (device !== null) return device;
  const rest = stemOf(image).startsWith(stemOf(cloud)) ? stemOf(image).slice(stemOf(cloud).length) : '';
  return rest.replace(/^[_-]+/, '') || `camera-${position}`;
}

/** A dataset's folder in one root: with its trailing `/`, or ''. */
export interface DatasetRoot {
  readonly root: RootName;
  readonly folder: Folder;
  readonly prefix: string;
}

/** Images of one cloud, from the first root that has any. */
export async function relatedImages(roots: readonly DatasetRoot[], cloud: string): Promise<RelatedImage[]> {
  for (const { root, folder, prefix } of roots) {
    const below = `${prefix}related_images/${cloud.replaceAll('.', '_')}/`;
    const paths = filesIn(folder.entries, below, isImagePath);
    if (paths.length === 0) continue;
    const known = new Set(filesIn(folder.entries, below, (path) => path.endsWith('.json')));
    return Promise.all(
      paths.map(async (path, position) => {
        const json = known.has(`${path}.json`) ? await readJson(folder, `${path}.json`) : null;
        const meta = asRecord(asRecord(json?.ok ? json.value : null)?.meta);
        const figures = `${path}.figures.json`;
        return {
          file: { root, path },
          camera: cameraName(meta, path, cloud, position),
          meta,
          calibration: sensorsCalibration(meta),
          figures: root === 'delivery' && known.has(figures) ? figures : null,
        };
      }),
    );
  }
  return [];
}
