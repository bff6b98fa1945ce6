/** PandaSet's cameras: a lens each, and a pose and a time of their own for every picture. */
import { invertRigid, multiply } from '../../geometry/matrix.ts';
import type { PinholeModel } from '../../model/camera.ts';
import type { ImageRef } from '../../model/delivery.ts';
import type { Mat4 } from '../../model/pose.ts';
import type { DeliveryBuilder } from '../deliveryBuilder.ts';
import type { FrameKey } from '../frameFiles.ts';
import { reportImages } from '../pairingProblems.ts';
import { isImagePath } from '../paths.ts';
import type { PairedRole } from '../roleFiles.ts';
import { pairRole, roleFiles } from '../roleFiles.ts';
import type { SequenceFiles } from './pandasetFiles.ts';
import { parseIntrinsics, parsePoses, parseTimestamps } from './pandasetPoses.ts';

interface Camera {
  readonly name: string;
  readonly images: PairedRole;
  readonly model: PinholeModel | null;
  readonly worldFromCamera: readonly (Mat4 | null)[];
  readonly timestamps: readonly (string | null)[];
}

export class SequenceCameras {
  readonly #files: SequenceFiles;
  readonly #builder: DeliveryBuilder;
  #cameras: readonly Camera[] = [];
  readonly #mounts = new Map<string, Mat4>();

  constructor(files: SequenceFiles, builder: DeliveryBuilder) {
    this.#files = files;
    this.#builder = builder;
  }

  /** Finds the pictures of the frames, and what is known of each camera. */
  async read(keys: readonly FrameKey[]): Promise<void> {
    const cameras: Camera[] = [];
    for (const name of this.#files.cameraNames()) {
      const role = roleFiles(this.#files.roots, `camera/${name}`, isImagePath);
      const images = pairRole(keys, role, this.#files.roots.contents);
      reportImages(this.#builder.problems, keys, images, name);
      cameras.push({
        name,
        images,
        model: await this.#lens(name, images),
        worldFromCamera: parsePoses(await this.#files.firstJson([`camera/${name}/poses.json`])),
        timestamps: parseTimestamps(await this.#files.firstJson([`camera/${name}/timestamps.json`])),
      });
    }
    this.#cameras = cameras;
  }

  /** Pictures of the frame at position `at`, whose files carry `number`. */
  images(at: number, number: number, worldFromSpace: Mat4 | null): ImageRef[] {
    return this.#cameras.flatMap((camera) => this.#image(camera, at, number, worldFromSpace));
  }

  async #lens(camera: string, images: PairedRole): Promise<PinholeModel | null> {
    const { problems } = this.#builder;
    const relative = `camera/${camera}/intrinsics.json`;
    const file = this.#files.sideFile(relative);
    const json = await this.#files.firstJson([relative]);
    const lens = file && json !== undefined ? parseIntrinsics(json, file.path) : null;
    if (lens?.ok) return lens.value;
    if (lens) problems.add(lens.problem);
    else if (images.files.some((image) => image !== null)) {
      const params = { frame: '', camera };
      problems.add({ code: 'camera-uncalibrated', severity: 'warning', path: '', params });
    }
    return null;
  }

  #image(
    { name, images, model, worldFromCamera, timestamps }: Camera,
    at: number,
    number: number,
    worldFromSpace: Mat4 | null,
  ): ImageRef[] {
    const camera = this.#builder.camera(name);
    const file = images.files[at];
    if (!file) return [];
    const pose = worldFromCamera[number];
    const timestampNanos = timestamps[number] ?? null;
    if (!model || !pose) return [{ ...file, camera, calibration: -1, timestampNanos }];
    const cameraFromWorld = invertRigid(pose);
    const cameraFromSpace = worldFromSpace ? multiply(cameraFromWorld, worldFromSpace) : cameraFromWorld;
    const calibration = this.#builder.calibration({
      camera,
      model,
      cameraFromSpace: this.#mount(name, cameraFromSpace),
    });
    return [{ ...file, camera, calibration, timestampNanos, cameraFromSpace }];
  }

  /** Where a camera sits, as its first frame says; each image states its own place, for the car moves in between. */
  #mount(camera: string, cameraFromSpace: Mat4): Mat4 {
    const known = this.#mounts.get(camera);
    if (known) return known;
    this.#mounts.set(camera, cameraFromSpace);
    return cameraFromSpace;
  }
}
