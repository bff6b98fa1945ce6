/** Reads one sequence of the KITTI tracking benchmark into the delivery: one label file, numbered clouds and images. */
import { invertRigid } from '../../geometry/matrix.ts';
import type { FileRef, ImageRef } from '../../model/delivery.ts';
import type { Mat4 } from '../../model/pose.ts';
import { encodingByName } from '../cloudEncoding.ts';
import type { ReadContext } from '../contract.ts';
import type { DeliveryBuilder } from '../deliveryBuilder.ts';
import type { KittiCalibration, KittiCamera } from '../kitti/kittiCalibration.ts';
import { parseKittiCalibration } from '../kitti/kittiCalibration.ts';
import type { TrackingLabel } from '../kitti/kittiLabels.ts';
import { hasCuboid, parseTrackingLabels, placedCuboid } from '../kitti/kittiLabels.ts';
import { frameKey, frameNumbers } from '../kitti/numberedFrames.ts';
import { oxtsPoses, parseOxtsRow } from '../kitti/oxts.ts';
import { reportImages, reportSweeps } from '../pairingProblems.ts';
import { filesIn, isCloudPath, isImagePath } from '../paths.ts';
import type { RoleRoots } from '../roleFiles.ts';
import { pairRole, roleFiles } from '../roleFiles.ts';
import { linesOf, readText } from '../textFile.ts';

const SPACE = 'lidar';
const LIDAR = 'velodyne';
/** Folder of each camera, and its number among the calibration's. */
const CAMERAS = [
  ['image_02', 'image_2'],
  ['image_03', 'image_3'],
] as const;
/** Boxes are drawn in the left colour image. */
const LABELLED_CAMERA = 'image_02';
const DIGITS = 6;

export class SequenceReader {
  readonly #roots: RoleRoots;
  readonly #name: string;
  readonly #isOnly: boolean;
  readonly #builder: DeliveryBuilder;

  /** `isOnly`: track numbers, which start again in every sequence, need no sequence before them. */
  constructor(roots: RoleRoots, name: string, isOnly: boolean, builder: DeliveryBuilder) {
    this.#roots = roots;
    this.#name = name;
    this.#isOnly = isOnly;
    this.#builder = builder;
  }

  async read(scene: string, context: ReadContext): Promise<void> {
    context.signal?.throwIfAborted();
    const { problems } = this.#builder;
    const labelPath = `${this.#roots.prefix}label_02/${this.#name}.txt`;
    const labels = await this.#labels(labelPath);
    const calibration = await this.#calibration();
    const poses = await this.#poses(calibration);
    const clouds = roleFiles(this.#roots, `velodyne/${this.#name}`, isCloudPath);
    const images = CAMERAS.map(([folder, number]) => ({
      folder,
      number,
      files: roleFiles(this.#roots, `${folder}/${this.#name}`, isImagePath),
    }));
    const paths = [clouds, ...images.map(({ files }) => files)].flatMap((files) => [
      ...files.delivery,
      ...files.sensors,
    ]);
    const numbers = frameNumbers(
      paths,
      labels.map(({ frame }) => frame),
    );
    const keys = numbers.map((number) => frameKey(number, DIGITS));
    const pairedClouds = pairRole(keys, clouds, this.#roots.contents);
    const pairedImages = images.map(({ folder, number, files }) => {
      const paired = pairRole(keys, files, this.#roots.contents);
      return { folder, number, paired };
    });
    reportSweeps(problems, keys, pairedClouds);
    for (const { folder, paired } of pairedImages) reportImages(problems, keys, paired, folder);

    this.#builder.startScene(scene);
    const frameOf = new Map<number, number>();
    for (const [i, number] of numbers.entries()) {
      const cloud = pairedClouds.files[i];
      const worldFromSpace = poses[number];
      const frame = this.#builder.addFrame({
        key: keys[i]!.stem,
        timestampNanos: null,
        space: SPACE,
        sweeps: cloud ? [{ ...cloud, lidar: LIDAR, encoding: encodingByName(cloud.path) }] : [],
        images: pairedImages.flatMap(({ folder, number: camera, paired }) => {
          const file = paired.files[i];
          return file ? [this.#image(file, folder, calibration?.cameras.get(camera))] : [];
        }),
        ...(worldFromSpace ? { worldFromSpace } : {}),
      });
      frameOf.set(number, frame);
    }
    const trackPrefix = this.#isOnly ? '' : `${scene}/`;
    this.#addLabels(labels, labelPath, frameOf, calibration?.velodyneFromRectified ?? null, trackPrefix);
  }

  /** Labels are the vendor's own work: none are taken from elsewhere. */
  async #labels(path: string): Promise<TrackingLabel[]> {
    const { delivery } = this.#roots;
    if (
      filesIn(delivery.entries, path.slice(0, path.lastIndexOf('/') + 1), (other) => other === path)
        .length === 0
    ) {
      return [];
    }
    this.#builder.labelFile(path);
    const text = await readText(delivery, path);
    if (!text.ok) {
      this.#builder.problems.add(text.problem);
      return [];
    }
    const { labels, problems } = parseTrackingLabels(text.value, path);
    this.#builder.problems.addAll(problems);
    return labels;
  }

  /** The text of a file per sequence, from the delivery or the sensor root; null where there is none, or it is told. */
  async #text(role: string): Promise<{ text: string; path: string } | null> {
    const isOwn = (path: string) => path.endsWith(`/${this.#name}.txt`);
    const { delivery, sensors } = roleFiles(this.#roots, role, isOwn);
    const path = delivery[0] ?? sensors[0];
    if (path === undefined) return null;
    const folder = delivery.length > 0 ? this.#roots.delivery : this.#roots.sensors!;
    const text = await readText(folder, path);
    if (text.ok) return { text: text.value, path };
    this.#builder.problems.add(text.problem);
    return null;
  }

  async #calibration(): Promise<KittiCalibration | null> {
    const { problems } = this.#builder;
    const file = await this.#text('calib');
    if (file === null) {
      const params = { scene: this.#name };
      problems.add({ code: 'kitti-sequence-uncalibrated', severity: 'error', path: '', params });
      return null;
    }
    const parsed = parseKittiCalibration(file.text, file.path);
    if (parsed.ok) return parsed.value;
    problems.add(parsed.problem);
    return null;
  }

  /** One row a frame, by its number. */
  async #poses(calibration: KittiCalibration | null): Promise<readonly (Mat4 | null)[]> {
    const file = await this.#text('oxts');
    if (file === null || !calibration?.velodyneFromImu) return [];
    const lines = linesOf(file.text);
    while (lines.at(-1)?.trim() === '') lines.pop();
    const rows = lines.map(parseOxtsRow);
    const bad = rows.filter((row) => row === null).length;
    if (bad > 0) {
      const params = { rows: bad };
      this.#builder.problems.add({ code: 'kitti-oxts-bad', severity: 'warning', path: file.path, params });
    }
    return oxtsPoses(rows, invertRigid(calibration.velodyneFromImu));
  }

  #image(file: FileRef, name: string, known: KittiCamera | undefined): ImageRef {
    const camera = this.#builder.camera(name);
    const calibration = known
      ? this.#builder.calibration({ camera, model: known.model, cameraFromSpace: known.cameraFromVelodyne })
      : -1;
    return { ...file, camera, calibration, timestampNanos: null };
  }

  #addLabels(
    labels: readonly TrackingLabel[],
    path: string,
    frameOf: ReadonlyMap<number, number>,
    velodyneFromRectified: Mat4 | null,
    trackPrefix: string,
  ): void {
    const camera = labels.length > 0 ? this.#builder.camera(LABELLED_CAMERA) : -1;
    const regions = new Map<number, number>();
    for (const label of labels) {
      const { truncated, occluded, alpha, score } = label;
      const hasTrack = label.track >= 0;
      // DontCare regions share the number -1: they are told apart by their order in the frame.
      const region = regions.get(label.frame) ?? 0;
      if (!hasTrack) regions.set(label.frame, region + 1);
      const row = {
        frame: frameOf.get(label.frame)!,
        id: hasTrack ? String(label.track) : `${label.type}-${region}`,
        className: label.type,
        track: hasTrack ? `${trackPrefix}${label.track}` : null,
        attributes: { truncated, occluded, alpha, ...(score === null ? {} : { score }) },
        path,
        place: `line ${label.line}`,
      };
      const box = { ...row, camera, ltrb: label.ltrb };
      if (!hasCuboid(label)) {
        this.#builder.labels.addBox2d(box);
        continue;
      }
      const cuboid = this.#builder.labels.addCuboid({
        ...row,
        ...placedCuboid(label, velodyneFromRectified),
      });
      this.#builder.labels.addBox2d({ ...box, cuboid });
    }
  }
}
