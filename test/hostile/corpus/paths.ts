/** Tables, manifests and links that name files outside of the delivery. */
import { nuscenesFiles } from '../../support/nuscenesFixture.ts';
import { kitti, openlabelFiles, pcd, sustech } from '../healthy.ts';
import { bent, type HostileCase, waysOut } from './hostileCase.ts';

const vector = (x: number, y: number, z: number) => ({ x, y, z });

/** Absolute and escaped addresses are common: they are looked for by their ends, and told where nothing has that end. */
const leadsOut = (what: string) => /parent|backslashes/.test(what) && !what.startsWith('escaped');
const told = (what: string, file: string) =>
  leadsOut(what) ? [`address-outside ${file}`] : [`named-file-missing ${file}`];

function inNuscenes([what, address]: [string, string]): HostileCase {
  const files = nuscenesFiles({
    change(tables) {
      tables.sample_data!.find(({ fileformat }) => fileformat === 'pcd')!.filename = address;
    },
  });
  return {
    name: `paths: nuScenes names ${what}`,
    files,
    expected: [
      /^(escaped|a file)/.test(what)
        ? `nuscenes-file-missing ${address}`
        : 'address-outside v1.0-mini/sample_data.json',
    ],
    loads: { frames: 3, cuboids: 6, points: 16 },
  };
}

function inOpenlabel([what, uri]: [string, string]): HostileCase {
  return {
    name: `paths: OpenLABEL names ${what}`,
    files: openlabelFiles(({ openlabel }) => {
      openlabel.frames[1].frame_properties.streams.LIDAR.uri = uri;
    }),
    expected: [leadsOut(what) ? 'address-outside drive.json' : 'frame-without-sweep drive.json'],
    loads: { frames: 2, cuboids: 2, points: 20 },
  };
}

function inSegments([what, url]: [string, string]): HostileCase {
  const frame = (name: string, address: string) => ({
    name,
    pcd: { url: address, type: 'pcd' },
    timestamp: name === 'a' ? '1608294055000000000' : '1608294055100000000',
    images: [],
  });
  const annotation = {
    id: 1,
    category_id: 2,
    type: 'cuboid',
    position: vector(5, 2, 1),
    dimensions: vector(4, 2, 1.5),
    yaw: 0.1,
    track_id: 5,
  };
  const labels = {
    'ground-truth': {
      attributes: { frames: [{ annotations: [annotation] }, { annotations: [annotation] }] },
    },
  };
  const dataset = {
    name: 'drives',
    task_type: 'pointcloud-cuboid-sequence',
    task_attributes: { categories: [{ id: 2, name: 'car' }] },
  };
  const sample = {
    name: 'drive',
    attributes: { frames: [frame('a', 'https://storage.example/clouds/a.pcd'), frame('b', url)] },
    labels,
  };
  return {
    name: `paths: Segments.ai names ${what}`,
    files: {
      'release.json': JSON.stringify({ name: 'v1', dataset, samples: [sample] }),
      'clouds/a.pcd': pcd('binary'),
    },
    expected: told(what, 'release.json'),
    loads: { frames: 2, cuboids: 2, points: 20 },
  };
}

function inCoco([what, name]: [string, string]): HostileCase {
  const image = (id: number, file: string) => ({ id, file_name: file, width: 100, height: 50 });
  const box = (id: number) => ({ id, image_id: id, category_id: 1, bbox: [1, 2, 10, 12] });
  const document = {
    info: {},
    images: [image(1, 'img/1.jpg'), image(2, name)],
    annotations: [box(1), box(2)],
    categories: [{ id: 1, name: 'car' }],
  };
  return {
    name: `paths: COCO names ${what}`,
    files: { 'instances.json': JSON.stringify(document), 'img/1.jpg': '' },
    expected: told(what, 'instances.json'),
    loads: { frames: 2, cuboids: 0, boxes: 2 },
  };
}

function inScalabel([what, name]: [string, string]): HostileCase {
  const frame = (file: string) => ({
    name: file,
    labels: [{ id: file === name ? '2' : '1', category: 'car', box2d: { x1: 1, y1: 2, x2: 11, y2: 8 } }],
  });
  return {
    name: `paths: Scalabel names ${what}`,
    files: { 'labels.json': JSON.stringify([frame('a.jpg'), frame(name)]), 'images/a.jpg': '' },
    expected: told(what, 'labels.json'),
    loads: { frames: 2, cuboids: 0, boxes: 2 },
  };
}

function inCvat([what, name]: [string, string]): HostileCase {
  const image = (id: number, file: string) =>
    `<image id="${id}" name="${file}" width="100" height="50"><box label="car" xtl="10" ytl="10" xbr="30" ybr="20"/></image>`;
  const body = image(0, 'a.png') + image(1, name);
  return {
    name: `paths: CVAT names ${what}`,
    files: {
      'annotations.xml': `<?xml version="1.0"?><annotations><version>1.1</version>${body}</annotations>`,
      'images/a.png': '',
    },
    expected: told(what, 'annotations.xml'),
    loads: { frames: 2, cuboids: 0, boxes: 2 },
  };
}

function inScale([what, address]: [string, string]): HostileCase {
  const frame = (at: number, url: string) =>
    JSON.stringify({
      points: [{ x: 1, y: 2, z: 3, i: 0.5, d: 0 }],
      timestamp: 1_608_294_055 + at,
      device_position: vector(0, 0, 0),
      device_heading: { w: 1, x: 0, y: 0, z: 0 },
      images: [
        {
          image_url: url,
          position: vector(0, 0, 0),
          heading: { w: 0.5, x: -0.5, y: 0.5, z: -0.5 },
          ...{ fx: 500, fy: 500, cx: 320, cy: 240, camera_model: 'pinhole' },
        },
      ],
    });
  const cuboid = {
    uuid: 'a',
    label: 'Car',
    position: vector(5, 2, 1),
    dimensions: vector(2, 4, 1.5),
    yaw: 0.1,
  };
  return {
    name: `paths: Scale names ${what}`,
    files: {
      'task/frames/0.json': frame(0, 'https://bucket.example/data/CAM_FRONT/0.jpg'),
      'task/frames/1.json': frame(1, address),
      'task/answer.json': JSON.stringify([{ cuboids: [cuboid] }, { cuboids: [cuboid] }]),
      'data/CAM_FRONT/0.jpg': '',
    },
    expected: told(what, 'task/frames/1.json'),
    loads: { frames: 2, cuboids: 2, points: 2 },
  };
}

const some = (...names: readonly string[]) =>
  Object.entries(waysOut).filter(([name]) => names.includes(name));

const links: readonly HostileCase[] = [
  {
    name: 'links: a cloud is a link out of the delivery',
    files: bent(sustech(), { 'lidar/000001.pcd': { link: '../../canary/secret.bin' } }),
    expected: ['link-leaves-root lidar/000001.pcd'],
    loads: { frames: 2, cuboids: 4, points: 20 },
    isWorst: true,
  },
  {
    name: 'links: labels are a link to a file of the system',
    files: bent(sustech(), { 'label/000001.json': { link: '/etc/passwd' } }),
    expected: ['link-leaves-root label/000001.json'],
    loads: { frames: 2, cuboids: 2, points: 40 },
  },
  {
    name: 'links: a folder is a link out of the delivery',
    files: bent(kitti(), { more: { link: '../canary' } }),
    expected: ['link-leaves-root more'],
    loads: { frames: 2, cuboids: 2, points: 4 },
  },
  {
    name: 'links: a folder is a link to the root of the disk',
    files: bent(kitti(), { more: { link: '/' } }),
    expected: ['link-leaves-root more'],
    loads: { frames: 2, cuboids: 2, points: 4 },
    isWorst: true,
  },
  {
    name: 'links: a ring of folders',
    files: bent(kitti(), { 'velodyne/again': { link: '..' } }),
    expected: ['folder-link-skipped velodyne/again'],
    loads: { frames: 2, cuboids: 2, points: 4 },
  },
  {
    name: 'links: a link to itself',
    files: bent(kitti(), { 'velodyne/000001.bin': { link: '000001.bin' } }),
    expected: ['file-unreadable velodyne/000001.bin'],
    loads: { frames: 2, cuboids: 2, points: 2 },
  },
  {
    name: 'links: a link to nothing',
    files: bent(kitti(), { 'velodyne/000001.bin': { link: 'gone.bin' } }),
    expected: ['file-missing velodyne/000001.bin'],
    loads: { frames: 2, cuboids: 2, points: 2 },
  },
  {
    name: 'links: a cloud is the endless device',
    files: bent(sustech(), { 'lidar/000001.pcd': { link: '/dev/zero' } }),
    expected: ['link-leaves-root lidar/000001.pcd'],
    loads: { frames: 2, cuboids: 4, points: 20 },
  },
];

export const pathCases: readonly HostileCase[] = [
  ...Object.entries(waysOut).map(inNuscenes),
  ...Object.entries(waysOut).map(inOpenlabel),
  ...some('parent folders', 'an absolute path', 'a drive', 'backslashes').map(inSegments),
  ...some('parent folders', 'an absolute path', 'a drive', 'backslashes').map(inCoco),
  ...some('parent folders', 'an absolute path', 'backslashes').map(inScalabel),
  ...some('parent folders', 'an absolute path', 'backslashes').map(inCvat),
  ...some('many parents', 'an absolute path', 'a file address').map(inScale),
  ...links,
];
