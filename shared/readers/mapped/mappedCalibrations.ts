/** Lenses and where they stand: given in the mapping, or looked up by its fields in files of the delivery. */
import type { Folder } from '../../base/bytes.ts';
import { identityMatrix, invertRigid, multiply } from '../../geometry/matrix.ts';
import type { CameraModel } from '../../model/camera.ts';
import type { Calibration } from '../../model/delivery.ts';
import type { Mat4 } from '../../model/pose.ts';
import { asNumber } from '../jsonValues.ts';
import type { ProblemList } from '../problemList.ts';
import { readJson } from '../textFile.ts';
import { flatNumbers, intrinsicsFromFields, intrinsicsOf } from '../toolExports/fields.ts';
import { metresOf, rigidOf } from './conventions.ts';
import type { PatternMatch } from './filePattern.ts';
import type { CalibrationMapping } from './mappingDocument.ts';
import { type MatchedFile, matchedFiles } from './patternFiles.ts';
import { valueIn } from './valuePath.ts';

/** What a calibration is asked for: file patterns may name any of the three. */
export interface CalibrationPlace {
  readonly camera: string;
  readonly scene: string;
  readonly frame: string;
}

const lengths: ReadonlySet<number> = new Set([0, 4, 5, 8, 12, 14]);

export class MappedCalibrations {
  readonly #mappings: readonly CalibrationMapping[];
  readonly #folder: Folder;
  readonly #problems: ProblemList;
  readonly #vendorFromSpace: Mat4;
  readonly #files = new Map<CalibrationMapping, readonly MatchedFile[]>();
  readonly #documents = new Map<string, unknown>();
  readonly #told = new Set<string>();

  /** `spaceFromVendor`: how the axes that the vendor's extrinsics speak of lie in the frame's space. */
  constructor(
    mappings: readonly CalibrationMapping[],
    folder: Folder,
    spaceFromVendor: Mat4,
    problems: ProblemList,
  ) {
    this.#mappings = mappings;
    this.#folder = folder;
    this.#vendorFromSpace = invertRigid(spaceFromVendor);
    this.#problems = problems;
  }

  /** Null where the mapping has none for this camera, or what it leads to cannot be used: that is told once a camera. */
  async of(place: CalibrationPlace, camera: number): Promise<Calibration | null> {
    const mapping =
      this.#mappings.find((entry) => entry.camera === place.camera) ??
      this.#mappings.find((entry) => entry.camera === '');
    if (!mapping) return null;
    const file = mapping.file === null ? null : this.#fileOf(mapping, place);
    if (file === undefined) return this.#tell(place.camera, mapping.file!, '');
    const document = file === null ? null : await this.#document(file);
    const found = calibrationFrom(mapping, document, place.camera);
    if (typeof found === 'string') return this.#tell(place.camera, found, file ?? '');
    const { cameraFromLidar, ...lens } = found;
    return { camera, cameraFromSpace: multiply(cameraFromLidar, this.#vendorFromSpace), ...lens };
  }

  #fileOf(mapping: CalibrationMapping, place: CalibrationPlace): string | undefined {
    const files = this.#files.get(mapping) ?? matchedFiles(this.#folder, mapping.file!);
    this.#files.set(mapping, files);
    const fits = ({ camera, scene, frame }: PatternMatch): boolean =>
      (camera ?? place.camera) === place.camera &&
      (scene ?? place.scene) === place.scene &&
      (frame ?? place.frame) === place.frame;
    return files.find(({ parts }) => fits(parts))?.path;
  }

  async #document(path: string): Promise<unknown> {
    if (!this.#documents.has(path)) {
      const json = await readJson(this.#folder, path);
      if (!json.ok) this.#problems.add(json.problem);
      this.#documents.set(path, json.ok ? json.value : null);
    }
    return this.#documents.get(path);
  }

  #tell(camera: string, key: string, path: string): null {
    if (this.#told.has(camera)) return null;
    this.#told.add(camera);
    const params = { camera, key };
    this.#problems.add({ code: 'calibration-bad', severity: 'warning', path, params });
    return null;
  }
}

interface FoundLens {
  readonly model: CameraModel;
  readonly cameraFromLidar: Mat4;
  readonly width?: number;
  readonly height?: number;
}

/** The calibration, or the name of the part that cannot be used. */
function calibrationFrom(mapping: CalibrationMapping, document: unknown, camera: string): FoundLens | string {
  const look = (held: number | string | readonly number[] | null): unknown =>
    typeof held === 'string' ? valueIn(document, held.replaceAll('{camera}', camera)) : held;
  const [fx, fy, cx, cy] = [look(mapping.fx), look(mapping.fy), look(mapping.cx), look(mapping.cy)];
  const intrinsics =
    mapping.matrix === null ? intrinsicsFromFields({ fx, fy, cx, cy }) : intrinsicsOf(look(mapping.matrix));
  if (!intrinsics) return mapping.matrix === null ? 'fx' : 'matrix';
  const distortion = mapping.distortion === null ? [] : flatNumbers(look(mapping.distortion));
  if (distortion === null || !lengths.has(distortion.length)) return 'distortion';
  const given =
    mapping.extrinsic === null
      ? identityMatrix
      : rigidOf(flatNumbers(look(mapping.extrinsic)), metresOf[mapping.unit]);
  if (given === null) return 'extrinsic';
  const [k1 = 0, k2 = 0, k3 = 0, k4 = 0] = distortion;
  const model: CameraModel =
    mapping.model === 'fisheye'
      ? { kind: 'fisheye', ...intrinsics, distortion: [k1, k2, k3, k4] }
      : { kind: 'pinhole', ...intrinsics, distortion };
  const [width, height] = [asNumber(look(mapping.width)), asNumber(look(mapping.height))];
  return {
    model,
    cameraFromLidar: mapping.direction === 'camera-from-lidar' ? given : invertRigid(given),
    ...(width !== null && height !== null && width > 0 && height > 0 ? { width, height } : {}),
  };
}
