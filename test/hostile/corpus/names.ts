/** Names that differ only in case, names of folders where files belong, files without a byte, pictures that lie; XML. */
import { trackletFile } from '../../support/kittiFixture.ts';
import { kitti, pcd, pictureHead, pngHead, sustech } from '../healthy.ts';
import { bent, type HostileCase, type Loads } from './hostileCase.ts';

const WHOLE: Loads = { frames: 2, cuboids: 4, points: 40 };

const oddities: readonly HostileCase[] = [
  {
    name: 'names: two clouds that differ only in case',
    files: bent(sustech(), { 'lidar/000001.PCD': pcd('ascii') }),
    expected: ['names-differ-in-case lidar/000001.pcd'],
    loads: { frames: 2, cuboids: 4 },
  },
  {
    name: 'names: two folders that differ only in case',
    files: bent(sustech(), { 'Label/000001.json': '[]' }),
    expected: ['names-differ-in-case label/000001.json'],
    loads: WHOLE,
  },
  {
    name: 'names: a folder called like a label file',
    files: bent(sustech(), { 'label/000001.json': { folder: true } }),
    expected: ['labels-missing '],
    loads: { frames: 2, cuboids: 2, points: 40 },
  },
  {
    name: 'names: a folder called like a cloud',
    files: bent(sustech(), { 'lidar/000001.pcd': { folder: true } }),
    expected: ['frame-without-sweep '],
    loads: { frames: 2, cuboids: 4, points: 20 },
  },
  {
    name: 'names: new lines, quotes and marks of direction',
    files: bent(sustech(), { 'lidar/a\nb"\u202e.pcd': pcd('ascii'), '$(reboot);`x`.txt': '' }),
    expected: ['labels-missing '],
    loads: { frames: 3, cuboids: 4, points: 60 },
  },
  {
    name: 'names: every file is empty',
    files: Object.fromEntries(Object.keys(sustech()).map((name) => [name, ''])),
    expected: ['json-broken label/000001.json', 'pcd-header-missing lidar/000001.pcd'],
    loads: { frames: 2, cuboids: 0, points: 0 },
  },
  {
    name: 'names: an empty folder',
    files: { lidar: { folder: true } },
    expected: ['format-unknown '],
    loads: null,
  },
  {
    name: 'names: one file of noise',
    files: { 'a.dat': '\0\x01\x02' },
    expected: ['format-unknown '],
    loads: null,
  },
  {
    name: 'names: a cloud of an odd number of bytes',
    files: bent(kitti(), { 'velodyne/000001.bin': new Uint8Array(37) }),
    expected: ['bin-tail-partial velodyne/000001.bin'],
    loads: { frames: 2, cuboids: 2, points: 4 },
  },
];

/** The second picture is `bytes`. */
function picture(what: string, bytes: Uint8Array): HostileCase {
  return {
    name: `pictures: ${what}`,
    files: bent(sustech(), { 'camera/front/000001.jpg': bytes }),
    expected: ['image-too-large camera/front/000001.jpg'],
    loads: WHOLE,
    isWorst: true,
  };
}

const pictures: readonly HostileCase[] = [
  picture('a PNG of 100,000 x 100,000', pngHead(100_000, 100_000)),
  picture('a PNG of 2^32 columns', pngHead(0xffff_ffff, 1)),
  picture('a JPEG of 65,535 x 65,535', pictureHead(65_535, 65_535)),
];

const laughs = `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a0 "ha">${Array.from({ length: 30 }, (_, at) => `<!ENTITY a${at + 1} "&a${at};&a${at};&a${at};&a${at};&a${at};&a${at};&a${at};&a${at};">`).join('')}]>`;
const outside =
  '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y SYSTEM "../canary/secret.bin">]>';

function cvat(what: string, text: string, expected: string[], loads: Loads): HostileCase {
  return {
    name: `xml: CVAT, ${what}`,
    files: { 'annotations.xml': text, 'images/a.png': '' },
    expected,
    loads,
  };
}

const cvatBody = (label: string) =>
  `<annotations><version>1.1</version><image id="0" name="a.png" width="100" height="50"><box label="${label}" xtl="1" ytl="1" xbr="9" ybr="9"/></image></annotations>`;
const BOX: Loads = { frames: 1, cuboids: 0, boxes: 1 };

const DRIVE = '2011_09_26/2011_09_26_drive_0001_sync/';
const track = (poses: number) => ({
  type: 'Car',
  ...{ h: 1.5, w: 1.8, l: 4.2, first: 0 },
  poses: Array.from({ length: poses }, () => ({ tx: 10, ty: 2, tz: -1.7, rz: 0.5 })),
});

function tracklets(what: string, text: string, cuboids: number, code: string): HostileCase {
  const file = `${DRIVE}tracklet_labels.xml`;
  return {
    name: `xml: tracklets, ${what}`,
    files: {
      [file]: text,
      [`${DRIVE}velodyne_points/data/0000000000.bin`]: new Uint8Array(32),
      [`${DRIVE}velodyne_points/data/0000000001.bin`]: new Uint8Array(32),
    },
    expected: [`${code} ${file}`],
    loads: { frames: 2, cuboids, points: 4 },
  };
}

const sound = trackletFile([track(2)]);
const xml: readonly HostileCase[] = [
  {
    ...cvat('a billion laughs', laughs + cvatBody('&a30;'), ['xml-broken annotations.xml'], {
      frames: 0,
      cuboids: 0,
    }),
    isWorst: true,
  },
  cvat('entities of other files', outside + cvatBody('&x;&y;'), ['xml-broken annotations.xml'], {
    frames: 0,
    cuboids: 0,
  }),
  cvat(
    '100,000 elements deep',
    `<annotations><version>1.1</version>${'<image id="0" name="a.png">'.repeat(100_000)}</annotations>`,
    ['xml-broken annotations.xml'],
    { frames: 0, cuboids: 0 },
  ),
  cvat('cut in the middle', cvatBody('car').slice(0, 120), ['xml-broken annotations.xml'], {
    frames: 0,
    cuboids: 0,
  }),
  cvat('a label called __proto__', cvatBody('__proto__'), [], BOX),
  cvat('a box of NaN', cvatBody('car').replace('xbr="9"', 'xbr="NaN"'), ['entry-bad annotations.xml'], {
    frames: 1,
    cuboids: 0,
    boxes: 0,
  }),
  tracklets(
    'a billion laughs',
    laughs + sound.slice(sound.indexOf('<boost_')).replace('Car', '&a30;'),
    0,
    'kitti-tracklets-bad',
  ),
  tracklets(
    'entities of other files',
    outside + sound.slice(sound.indexOf('<boost_')).replace('Car', '&x;'),
    0,
    'kitti-tracklets-bad',
  ),
  tracklets('10^12 of them stated', trackletFile([track(2)], 1e12), 2, 'kitti-tracklets-count'),
  tracklets(
    '100,000 elements deep',
    `<boost_serialization><tracklets>${'<item>'.repeat(100_000)}`,
    0,
    'kitti-tracklets-bad',
  ),
  tracklets(
    'a first frame of 10^12',
    sound.replace('<first_frame>0', '<first_frame>1000000000000'),
    0,
    'kitti-tracklet-bad',
  ),
];

export const nameCases: readonly HostileCase[] = [...oddities, ...pictures, ...xml];
