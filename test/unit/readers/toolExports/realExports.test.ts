import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { cuboidCorners } from '../../../../shared/geometry/cuboid.ts';
import { projectPoint } from '../../../../shared/geometry/lens.ts';
import { transformPoint } from '../../../../shared/geometry/matrix.ts';
import { countPointsInside } from '../../../../shared/geometry/pointsInCuboid.ts';
import { yawFromQuaternion } from '../../../../shared/geometry/rotation.ts';
import { decodeSweep } from '../../../../shared/readers/clouds/readSweep.ts';
import { detectFormat, readers } from '../../../../shared/readers/openDelivery.ts';
import { diskFolder } from '../../../support/diskFolder.ts';
import { boxesOf, codesOf, countsByClass, cuboidsOf, openFolder } from '../../../support/openReading.ts';
import { describeWithSharedData, sharedData } from '../../../support/sharedData.ts';

interface FileFacts {
  readonly path: string;
  readonly frames?: number;
  readonly by_class?: Record<string, number>;
}

function factsOf(path: string): FileFacts {
  const { files }: { files: FileFacts[] } = JSON.parse(readFileSync(sharedData('data/FACTS.json'), 'utf8'));
  return files.find((file) => file.path === path)!;
}

const folderOf = (path: string) => diskFolder(sharedData(`data/${path}`));

/** One file of a folder, as if it had been delivered alone. */
function alone(folder: string, path: string) {
  const all = folderOf(folder);
  return { ...all, entries: all.entries.filter((entry) => entry.path === path) };
}

describeWithSharedData('Scalabel and BDD100K', 'data/scalabel', () => {
  it('every file alone has the published frames and labels by class', async () => {
    for (const path of [
      'track_sample_anns.json',
      'track_predictions.json',
      'kitti_detection.json',
      'kitti-multimodal-pc.json',
    ]) {
      const facts = factsOf(`scalabel/${path}`);
      const { delivery, labels } = await openFolder(alone('scalabel', path));
      expect(delivery.frames.length, path).toBe(facts.frames);
      expect(countsByClass(labels), path).toEqual(facts.by_class);
    }
  });

  it('predictions beside ground truth are a second source of the same frames, and never judged', async () => {
    const all = folderOf('scalabel');
    const entries = all.entries.filter(({ path }) => path.startsWith('track_'));
    const { delivery, labels, others, source } = await openFolder({ ...all, entries });
    expect(delivery.frames.length).toBe(202);
    expect(source.kind).toBe('vendor');
    expect(countsByClass(labels)).toEqual(factsOf('scalabel/track_sample_anns.json').by_class);
    expect(others.map(({ name, kind }) => [name, kind])).toEqual([['track_predictions', 'model']]);
    expect(countsByClass(others[0]!.labels)).toEqual(factsOf('scalabel/track_predictions.json').by_class);
    expect(others[0]!.labels.attributeSets.some(({ score }) => typeof score === 'number')).toBe(true);
    // 144 and 121 pairs of video and id: ids that come again are one track.
    expect(labels.tracks.length).toBe(144);
    expect(others[0]!.labels.tracks.length).toBe(121);
  });

  it('the group places the KITTI cloud: cuboids hold the points that the KITTI labels hold', async () => {
    const sensors = folderOf('kitti-object');
    const { delivery, labels } = await openFolder(alone('scalabel', 'kitti_detection.json'), sensors);
    const { cuboid_points } = JSON.parse(readFileSync(sharedData('data/FACTS.json'), 'utf8'));
    for (const [frame, { id, sweeps, images, space }] of delivery.frames.entries()) {
      expect([space, sweeps.length], id).toEqual(['lidar', 1]);
      const bytes = readFileSync(sharedData(`data/kitti-object/${sweeps[0]!.path}`));
      const reading = decodeSweep(bytes, 'bin4', sweeps[0]!.path);
      if (!reading.ok) throw new Error(reading.problem.code);
      const own = cuboidsOf(labels).filter((cuboid) => cuboid.frame === frame);
      const facts: { points: number }[] = cuboid_points[`kitti-object/training ${id.slice(-6)}`];
      expect(own.length).toBe(facts.length);
      for (const [i, cuboid] of own.entries()) {
        // The same labels through rounded angles: points on a face may fall to the other side.
        const inside = countPointsInside(reading.value.sweep, cuboid);
        expect(Math.abs(inside - facts[i]!.points), `${id} ${cuboid.className}`).toBeLessThanOrEqual(2);
      }
      if (id.startsWith('image_2')) expect(images[0]!.calibration).toBeGreaterThanOrEqual(0);
    }
  });

  it('cuboids in camera axes stand in their boxes', async () => {
    const sensors = folderOf('kitti-object');
    const { delivery, labels } = await openFolder(alone('scalabel', 'kitti_detection.json'), sensors);
    const overlaps = boxesOf(labels).flatMap(({ frame, cuboid, ltrb }) => {
      const image = delivery.frames.at(frame)!.images[0];
      if (!image || image.calibration < 0) return [];
      const { model, cameraFromSpace } = delivery.calibrations[image.calibration]!;
      const corners = cuboidCorners(cuboidsOf(labels)[cuboid]!);
      const pixels = Array.from({ length: 8 }, (_, i) => {
        const [x, y, z] = corners.slice(3 * i, 3 * i + 3) as unknown as [number, number, number];
        return projectPoint(model, transformPoint(cameraFromSpace, [x, y, z]))!;
      });
      const [u, v] = [pixels.map(([value]) => value), pixels.map(([, value]) => value)];
      const hull = [Math.min(...u), Math.min(...v), Math.max(...u), Math.max(...v)];
      const width = Math.min(hull[2]!, ltrb[2]) - Math.max(hull[0]!, ltrb[0]);
      const height = Math.min(hull[3]!, ltrb[3]) - Math.max(hull[1]!, ltrb[1]);
      const area = (box: readonly number[]) => (box[2]! - box[0]!) * (box[3]! - box[1]!);
      const shared = Math.max(0, width) * Math.max(0, height);
      return [shared / (area(hull) + area(ltrb) - shared)];
    });
    expect(overlaps.length).toBe(4);
    expect(Math.min(...overlaps)).toBeGreaterThan(0.6);
  });
});

describeWithSharedData('COCO with monocular cuboids', 'data/coco-mono3d', () => {
  it('labels by class, and every cuboid projects to the centre that the file states', async () => {
    const { delivery, labels, problems } = await openFolder(folderOf('coco-mono3d'));
    expect(countsByClass(labels)).toEqual(factsOf('coco-mono3d/kitti_infos_mono3d.coco.json').by_class);
    expect(problems.map(({ code }) => code)).toEqual(['named-file-missing']);
    const { model, cameraFromSpace } = delivery.calibrations[0]!;
    for (const { center, size, rotation, attributes } of cuboidsOf(labels)) {
      const [u, v] = projectPoint(model, transformPoint(cameraFromSpace, center))!;
      const stated = attributes.center2d as readonly number[];
      // The stated depth carries KITTI's 2.7 mm offset, which the projection does not.
      expect(u).toBeCloseTo(stated[0]!, 0);
      expect(v).toBeCloseTo(stated[1]!, 0);
      expect(size[2]).toBeLessThan(2);
      expect(Math.abs(yawFromQuaternion(rotation)) < 0.05 || Math.abs(yawFromQuaternion(rotation)) > 3).toBe(
        true,
      );
    }
  });
});

describeWithSharedData('layout examples of labelling tools', 'data/datumaro-minis', () => {
  it('every COCO file alone has the published labels', async () => {
    const paths = readdirSync(sharedData('data/datumaro-minis/coco/annotations')).filter((name) =>
      /json$/.test(name),
    );
    expect(paths.length).toBe(14);
    for (const name of paths) {
      const facts = factsOf(`datumaro-minis/coco/annotations/${name}`);
      const { delivery, labels } = await openFolder(alone('datumaro-minis/coco', `annotations/${name}`));
      expect(delivery.frames.length, name).toBe(1);
      // Captions and panoptic files have no class for an annotation as a whole; tags have no geometry.
      const counts: Record<string, number> = countsByClass(labels);
      for (const { kind, className } of labels.shapes) {
        if (kind === 'other') counts[className || '?'] = (counts[className || '?'] ?? 0) + 1;
      }
      if (!/panoptic/.test(name)) expect(counts, name).toEqual(facts.by_class);
    }
  });

  it('COCO files of one split are one scene, and what they repeat is one label', async () => {
    const { delivery, labels, problems } = await openFolder(folderOf('datumaro-minis/coco'));
    expect(delivery.scenes.map(({ id }) => id)).toEqual(['train', 'val']);
    expect(delivery.frames.map(({ images }) => images[0]?.path)).toEqual([
      'images/train/a.jpg',
      'images/val/b.jpg',
    ]);
    const train = boxesOf(labels).filter(({ frame }) => frame === 0);
    expect(train.map(({ className, ltrb }) => [className, ltrb])).toEqual(
      expect.arrayContaining([['b', [2, 2, 5, 3]]]),
    );
    expect(train.filter(({ className }) => className === 'b').length).toBe(1);
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('CVAT for images: shapes by kind, attributes, files', async () => {
    const { delivery, labels, problems } = await openFolder(folderOf('datumaro-minis/cvat_for_images_task'));
    expect(problems).toEqual([]);
    expect(delivery.frames.map(({ id, images }) => [id, images[0]?.path])).toEqual([
      ['img0', 'images/img0.jpg'],
      ['img1', 'images/img1.jpg'],
    ]);
    const [box] = boxesOf(labels);
    expect(box).toMatchObject({ className: 'label1', ltrb: [0, 2, 4, 4] });
    expect(box!.attributes).toEqual({
      a1: true,
      a2: 'v3',
      a3: '0003',
      a4: '2.4',
      occluded: true,
      z_order: 1,
    });
    const kinds = labels.shapes.map(({ kind, className }) => [kind, className]);
    expect(kinds).toEqual([
      ['polyline', ''],
      ['polygon', ''],
      ['points', 'label2'],
    ]);
  });

  it('CVAT for video: a step of three, tracks that end, and a frame without its picture', async () => {
    const index = await openFolder(folderOf('datumaro-minis/cvat_for_video'));
    const { delivery, labels } = index;
    expect(delivery.frames.map(({ id, images }) => [id, images.length])).toEqual([
      ['10', 1],
      ['13', 1],
      ['16', 1],
      ['19', 0],
    ]);
    expect(boxesOf(labels).map(({ track, frame, ltrb }) => [track, frame, ltrb])).toEqual([
      ['0', 0, [3, 4, 10, 5]],
    ]);
    expect(labels.shapes.map(({ track, frame, kind }) => [track, frame, kind])).toEqual([
      ['1', 0, 'points'],
      ['2', 1, 'polyline'],
    ]);
    expect(codesOf(index)).toEqual(['image-missing', 'entries-aside']);
  });

  it('Supervisely: figures with their objects, tags, clouds and related images', async () => {
    const index = await openFolder(folderOf('datumaro-minis/supervisely_pointcloud'));
    const { delivery, labels } = index;
    expect(delivery.frames.map(({ id, sweeps, images }) => [id, sweeps[0]?.path, images.length])).toEqual([
      ['frame1', 'ds0/pointcloud/frame1.pcd', 1],
      ['frame2', 'ds0/pointcloud/frame2.pcd', 1],
    ]);
    expect(countsByClass(labels)).toEqual({ car: 2, bus: 1 });
    expect(cuboidsOf(labels)[0]!.attributes).toMatchObject({ tag3: '4s', tag1: 'fd', labelerLogin: 'user' });
    expect(cuboidsOf(labels)[2]).toMatchObject({ center: [0.59, 14.41, -0.61], size: [1, 1, 1] });
    // The sample's matrices are all zero.
    expect(codesOf(index)).toEqual(['calibration-bad']);
  });
});

describeWithSharedData('every folder of the real samples', 'data/README.md', () => {
  it('is taken for what it is, or for nothing', async () => {
    const expected: Record<string, string | null> = {
      argoverse2: 'argoverse2',
      'coco-mono3d': 'coco',
      'kitti-object': 'kitti-object',
      openlabel: 'openlabel',
      scalabel: 'scalabel',
      'semantickitti-fragment': 'semantic-kitti',
      'sustech-points': 'sustech-points',
      'pandaset-002': 'pandaset',
      'datumaro-minis/coco': 'coco',
      'datumaro-minis/cvat_for_images_task': 'cvat',
      'datumaro-minis/cvat_for_video': 'cvat',
      'datumaro-minis/kitti_detection': 'kitti-object',
      'datumaro-minis/kitti_raw': 'kitti-raw',
      'datumaro-minis/supervisely_pointcloud': 'supervisely',
      'datumaro-minis/mot_seq': null,
      'datumaro-minis/yolo': null,
      'las-laz': 'las',
      pcd: 'pcd',
      mcap: 'mcap',
    };
    for (const [path, format] of Object.entries(expected)) {
      expect((await detectFormat(folderOf(path)))?.id ?? null, path).toBe(format);
    }
  });

  it('only one reader is sure of it', async () => {
    for (const path of readdirSync(sharedData('data'))) {
      if (path.includes('.') || path === 'datumaro-minis') continue;
      const sure: string[] = [];
      for (const reader of readers) if ((await reader.detect(folderOf(path))) >= 0.9) sure.push(reader.id);
      expect(sure.length, `${path}: ${sure.join(', ')}`).toBeLessThanOrEqual(1);
    }
  });
});
