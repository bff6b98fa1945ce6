/**
 * KITTI object benchmark: `label_2`, `calib`, `velodyne`, `image_2` and `image_3`, with or without `training/` above
 * them. Every split becomes a scene; labels alone take calibration, clouds and images from the sensor root.
 */
import type { Folder } from '../../base/bytes.ts';
import type { FileRef, ImageRef, SweepRef } from '../../model/delivery.ts';
import type { DeliveryIndex } from '../../model/labels.ts';
import { encodingByName } from '../cloudEncoding.ts';
import type { ReadContext, Reader } from '../contract.ts';
import { DeliveryBuilder } from '../deliveryBuilder.ts';
import { inBatches } from '../inBatches.ts';
import { reportImages, reportSweeps } from '../pairingProblems.ts';
import {
  baseName,
  extensionOf,
  filesIn,
  foldersHolding,
  isCloudPath,
  isImagePath,
  naturalOrder,
  stemOf,
} from '../paths.ts';
import type { RoleFiles, RoleRoots } from '../roleFiles.ts';
import { cloudFiles, pairRole, roleFiles, roleRoots } from '../roleFiles.ts';
import { readBytes, readText } from '../textFile.ts';
import type { KittiCalibration } from './kittiCalibration.ts';
import { parseKittiCalibration } from './kittiCalibration.ts';
import type { KittiLabel } from './kittiLabels.ts';
import { hasCuboid, parseKittiLabels, placedCuboid } from './kittiLabels.ts';

const SENSOR_ROLES = ['velodyne', 'image_2', 'image_3', 'calib'] as const;
const CAMERAS = ['image_2', 'image_3'] as const;
/** Boxes are drawn in the left colour image. */
const LABELLED_CAMERA = 'image_2';
const SPACE = 'lidar';
const LIDAR = 'velodyne';

const isText = (path: string) => extensionOf(path) === 'txt';

/** A class, two numbers that are a fraction and a small integer, then twelve or more numbers. */
const LABEL_ROW = /^\S+[ \t]+-?[\d.]+[ \t]+-?\d+([ \t]+-?[\d.eE+-]+){12,13}\s*$/m;

async function detect(folder: Folder): Promise<number> {
  const { entries } = folder;
  // Frames without objects have empty label files: those say nothing.
  const empty = new Set(entries.filter((entry) => entry.size === 0).map((entry) => entry.path));
  const isFilled = (path: string) => isText(path) && !empty.has(path);
  for (const prefix of foldersHolding(entries, ['label_2'])) {
    for (const path of filesIn(entries, `${prefix}label_2/`, isFilled).slice(0, 5)) {
      const head = await readBytes(folder, path, 1000);
      const text = head.ok ? new TextDecoder().decode(head.value) : '';
      if (LABEL_ROW.test(text)) return 0.95;
    }
  }
  for (const prefix of foldersHolding(entries, ['calib'])) {
    const path = filesIn(entries, `${prefix}calib/`, isText)[0];
    const head = path ? await readBytes(folder, path, 4000) : null;
    const text = head?.ok ? new TextDecoder().decode(head.value) : '';
    if (/^P2:? /m.test(text) && /^R0?_rect:? /m.test(text)) return 0.9;
  }
  return 0;
}

interface Split {
  readonly roots: RoleRoots;
  readonly stems: readonly string[];
}

function findSplits(folder: Folder, context: ReadContext): Split[] {
  const own = foldersHolding(folder.entries, ['label_2', 'velodyne', 'image_2']);
  return own.map((prefix) => {
    const stems = new Set<string>();
    const addAll = (role: string, keep: (path: string) => boolean) => {
      for (const path of filesIn(folder.entries, `${prefix}${role}/`, keep)) stems.add(stemOf(path));
    };
    addAll('label_2', isText);
    addAll('velodyne', isCloudPath);
    if (stems.size === 0) addAll('image_2', isImagePath);
    const roots = roleRoots(folder, prefix, own.length === 1, SENSOR_ROLES, context);
    return { roots, stems: [...stems].sort(naturalOrder) };
  });
}

function openRoot(roots: RoleRoots, file: FileRef): Folder {
  return file.root === 'delivery' ? roots.delivery : roots.sensors!;
}

/** What was read for one frame before it is added in order. */
interface FrameContent {
  readonly labels: readonly KittiLabel[];
  readonly labelPath: string;
  readonly calibration: KittiCalibration | null;
}

class SplitReader {
  readonly #split: Split;
  readonly #builder: DeliveryBuilder;

  constructor(split: Split, builder: DeliveryBuilder) {
    this.#split = split;
    this.#builder = builder;
  }

  async read(context: ReadContext): Promise<void> {
    const { roots, stems } = this.#split;
    const { problems } = this.#builder;
    this.#builder.startScene(baseName(roots.prefix.slice(0, -1)) || 'kitti');
    const keys = stems.map((stem) => ({ stem, timestampNanos: null }));
    const pair = (files: RoleFiles) => pairRole(keys, files, roots.contents);
    const clouds = pair(cloudFiles(roots, 'velodyne'));
    // Labels are the vendor's own work: none are taken from elsewhere.
    const labels = pairRole(keys, { ...roleFiles(roots, 'label_2', isText), sensors: [] }, null);
    const calibrations = pair(roleFiles(roots, 'calib', isText));
    const images = CAMERAS.map((camera) => ({ camera, paired: pair(roleFiles(roots, camera, isImagePath)) }));
    reportSweeps(problems, keys, clouds);
    for (const { camera, paired } of images) reportImages(problems, keys, paired, camera);

    const contents = await inBatches([...stems.keys()], context, (i) =>
      this.#readFrame(
        stems[i]!,
        labels.files[i]!,
        calibrations.files[i]!,
        clouds.files[i] !== null,
        labels.files.some(Boolean),
      ),
    );
    for (const [i, content] of contents.entries()) {
      const frameImages = images.flatMap(({ camera, paired }) => {
        const file = paired.files[i];
        return file ? [this.#image(file, camera, content.calibration)] : [];
      });
      this.#addFrame(stems[i]!, clouds.files[i] ?? null, frameImages, content);
    }
  }

  async #readFrame(
    stem: string,
    labelFile: FileRef | null,
    calibrationFile: FileRef | null,
    hasCloud: boolean,
    expectsLabels: boolean,
  ): Promise<FrameContent> {
    const { problems } = this.#builder;
    const calibration = await this.#readCalibration(calibrationFile);
    const labels = labelFile ? await this.#readLabels(labelFile.path) : [];
    if (labelFile === null && expectsLabels) {
      problems.add({ code: 'labels-missing', severity: 'warning', path: '', params: { frame: stem } });
    }
    // Boxes in an image need none.
    if (calibrationFile === null && (hasCloud || labels.some(hasCuboid))) {
      problems.add({ code: 'calibration-missing', severity: 'error', path: '', params: { frame: stem } });
    }
    return { labels, labelPath: labelFile?.path ?? '', calibration };
  }

  async #readLabels(path: string): Promise<KittiLabel[]> {
    this.#builder.labelFile(path);
    const text = await readText(this.#split.roots.delivery, path);
    if (!text.ok) {
      this.#builder.problems.add(text.problem);
      return [];
    }
    const parsed = parseKittiLabels(text.value, path);
    this.#builder.problems.addAll(parsed.problems);
    return parsed.labels;
  }

  async #readCalibration(file: FileRef | null): Promise<KittiCalibration | null> {
    const { problems } = this.#builder;
    if (file === null) return null;
    const text = await readText(openRoot(this.#split.roots, file), file.path);
    const parsed = text.ok ? parseKittiCalibration(text.value, file.path) : text;
    if (parsed.ok) return parsed.value;
    problems.add(parsed.problem);
    return null;
  }

  #image(file: FileRef, name: string, calibration: KittiCalibration | null): ImageRef {
    const camera = this.#builder.camera(name);
    const known = calibration?.cameras.get(name);
    const index = known
      ? this.#builder.calibration({ camera, model: known.model, cameraFromSpace: known.cameraFromVelodyne })
      : -1;
    return { ...file, camera, calibration: index, timestampNanos: null };
  }

  #addFrame(stem: string, cloud: FileRef | null, images: ImageRef[], content: FrameContent): void {
    const sweeps: SweepRef[] = cloud
      ? [{ ...cloud, lidar: LIDAR, encoding: encodingByName(cloud.path) }]
      : [];
    const frame = this.#builder.addFrame({ key: stem, timestampNanos: null, space: SPACE, sweeps, images });
    for (const label of content.labels) this.#addLabel(frame, label, content);
  }

  /** One row gives a cuboid and, in the left colour image, the box that belongs to it. */
  #addLabel(frame: number, label: KittiLabel, { labelPath, calibration }: FrameContent): void {
    const { truncated, occluded, alpha, score } = label;
    const row = {
      frame,
      id: String(label.line - 1),
      className: label.type,
      track: null,
      attributes: { truncated, occluded, alpha, ...(score === null ? {} : { score }) },
      path: labelPath,
      place: `line ${label.line}`,
    };
    const camera = this.#builder.camera(LABELLED_CAMERA);
    if (!hasCuboid(label)) {
      this.#builder.labels.addBox2d({ ...row, camera, ltrb: label.ltrb });
      return;
    }
    const cuboid = this.#builder.labels.addCuboid({
      ...row,
      ...placedCuboid(label, calibration?.velodyneFromRectified ?? null),
    });
    this.#builder.labels.addBox2d({ ...row, camera, ltrb: label.ltrb, cuboid });
  }
}

async function index(folder: Folder, context: ReadContext): Promise<DeliveryIndex> {
  const builder = new DeliveryBuilder();
  for (const split of findSplits(folder, context)) {
    await new SplitReader(split, builder).read(context);
  }
  return builder.build('kitti-object');
}

export const kittiReader: Reader = {
  id: 'kitti-object',
  lookedFor: 'readers.lookedFor.kitti-object',
  detect,
  index,
};
