/** Clouds whose headers claim what is not there: 10^12 points, negative sizes, no layout. One cloud beside each is sound. */

import { zipSync } from 'fflate';
import { cloudMessage, recordingFile } from '../../support/mcapFixture.ts';
import { nuscenesFiles } from '../../support/nuscenesFixture.ts';
import { pcdFile } from '../../support/pcdFixture.ts';
import { clipFolder, clipParts, spinEnd } from '../../support/physicalAiFixture.ts';
import {
  argoverse,
  argoverseSweep,
  las,
  laz,
  noisyLaz,
  pcd,
  pcdFields,
  ply,
  points,
  recording,
  sustech,
} from '../healthy.ts';
import { bent, type HostileCase, type Loads, TRILLION } from './hostileCase.ts';

const SECOND = 'lidar/000001.pcd';
const encodings = ['ascii', 'binary', 'binary_compressed'] as const;
const claims = { POINTS: String(TRILLION), WIDTH: String(TRILLION) };

/** The second cloud of two is `cloud`; of its points `kept` are still there. */
function pcdCase(what: string, cloud: Uint8Array | string, code: string, kept = 0): HostileCase {
  return {
    name: `clouds: PCD, ${what}`,
    files: bent(sustech(), { [SECOND]: cloud }),
    expected: [`${code} ${SECOND}`],
    loads: { frames: 2, cuboids: 4, points: 20 + kept },
  };
}

/** A compressed body that states to unpack to `raw` bytes. */
function statedRaw(raw: number): Uint8Array {
  const bytes = pcd('binary_compressed').slice();
  const start = new TextDecoder('latin1').decode(bytes).indexOf('DATA binary_compressed\n') + 23;
  new DataView(bytes.buffer).setUint32(start + 4, raw, true);
  return bytes;
}

const pcds: readonly HostileCase[] = [
  ...encodings.map((encoding) => ({
    ...pcdCase(`${encoding}, states 10^12 points`, pcd(encoding, claims), 'pcd-body-truncated', 20),
    isWorst: true as const,
  })),
  pcdCase(
    'states 2^53 points',
    pcd('binary', { POINTS: '9007199254740992', WIDTH: '9007199254740992' }),
    'pcd-header-bad',
    20,
  ),
  pcdCase('states -1 points', pcd('binary', { POINTS: '-1', WIDTH: '-1' }), 'pcd-header-bad', 20),
  pcdCase('states NaN points', pcd('binary', { POINTS: 'NaN', WIDTH: 'NaN' }), 'pcd-header-bad', 20),
  pcdCase('fields of no bytes', pcd('binary', { SIZE: '0 0 0 0' }), 'pcd-header-bad'),
  pcdCase('fields of 10^12 values', pcd('binary', { COUNT: `1 1 1 ${TRILLION}` }), 'pcd-header-bad'),
  pcdCase('no x, y and z', pcd('binary', { FIELDS: 'a b c d' }), 'pcd-fields-missing'),
  pcdCase('an encoding nobody knows', pcd('ascii', { DATA: 'rot13' }), 'pcd-header-bad'),
  pcdCase('unpacks to 4 GB', statedRaw(0xffff_ffff), 'pcd-compressed-sizes'),
  pcdCase('a header without an end', `# .PCD v0.7\nFIELDS ${'x '.repeat(500_000)}`, 'pcd-header-missing'),
  pcdCase('no bytes at all', '', 'pcd-header-missing'),
  pcdCase(
    'values that are words',
    pcdFile({ fields: pcdFields, points, encoding: 'ascii' }).map((byte) => (byte === 0x2e ? 0x78 : byte)),
    'pcd-value-unreadable',
    20,
  ),
  {
    ...pcdCase(
      'every value is NaN, which the format allows',
      pcdFile({
        fields: pcdFields,
        points: Array.from({ length: 5 }, () => [Number.NaN, Number.NaN, Number.NaN, 0]),
        encoding: 'ascii',
      }),
      '',
      5,
    ),
    expected: [],
  },
];

/** A folder of clouds alone; of the second one `kept` points are there. */
function cloudsAlone(
  what: string,
  good: readonly [string, Uint8Array, number],
  bad: readonly [string, Uint8Array | string],
  code: string,
  kept = 0,
): HostileCase {
  return {
    name: `clouds: ${what}`,
    files: { [good[0]]: good[1], [bad[0]]: bad[1] },
    expected: [`${code} ${bad[0]}`],
    loads: { frames: 2, cuboids: 0, points: good[2] + kept },
  };
}

const changed = (bytes: Uint8Array, change: (view: DataView) => void): Uint8Array => {
  const copy = bytes.slice();
  change(new DataView(copy.buffer));
  return copy;
};

const plyEncodings = ['ascii', 'binary_little_endian', 'binary_big_endian'] as const;
const plys: readonly HostileCase[] = [
  ...plyEncodings.map((encoding) =>
    cloudsAlone(
      `PLY, ${encoding}, states 10^12 points`,
      ['a.ply', ply(encoding), 20],
      ['b.ply', ply(encoding, TRILLION)],
      'ply-body-truncated',
      20,
    ),
  ),
  cloudsAlone(
    'PLY, a list of 2^32 values before the points',
    ['a.ply', ply('binary_little_endian'), 20],
    [
      'b.ply',
      `ply\nformat binary_little_endian 1.0\nelement face 1\nproperty list uint int i\nelement vertex 1\nproperty float x\nproperty float y\nproperty float z\nend_header\n\xff\xff\xff\xff`,
    ],
    'ply-body-truncated',
  ),
  cloudsAlone(
    'PLY, no end of the header',
    ['a.ply', ply('ascii'), 20],
    ['b.ply', `ply\nformat ascii 1.0\n${'comment x\n'.repeat(200_000)}`],
    'ply-header-missing',
  ),
  cloudsAlone(
    'PLY, -5 points',
    ['a.ply', ply('ascii'), 20],
    [
      'b.ply',
      'ply\nformat ascii 1.0\nelement vertex -5\nproperty float x\nproperty float y\nproperty float z\nend_header\n',
    ],
    'ply-header-bad',
  ),
];

const surveys: readonly HostileCase[] = [
  {
    ...cloudsAlone(
      'LAS, states 10^12 points',
      ['a.las', las(), 20],
      [
        'b.las',
        changed(las({ version: 4, format: 7 }), (view) => view.setBigUint64(247, BigInt(TRILLION), true)),
      ],
      'las-body-truncated',
      20,
    ),
    isWorst: true,
  },
  cloudsAlone(
    'LAS, points of a format that does not exist',
    ['a.las', las(), 20],
    ['b.las', changed(las(), (view) => view.setUint8(104, 77))],
    'las-format-unknown',
  ),
  cloudsAlone(
    'LAS, points begin behind the end',
    ['a.las', las(), 20],
    ['b.las', changed(las(), (view) => view.setUint32(96, 0xffff_fff0, true))],
    'las-body-truncated',
  ),
  cloudsAlone(
    'LAS, rows of no bytes',
    ['a.las', las(), 20],
    ['b.las', changed(las(), (view) => view.setUint16(105, 0, true))],
    'las-header-bad',
  ),
  cloudsAlone(
    'LAS, a scale of nothing',
    ['a.las', las(), 20],
    ['b.las', las({ scale: [0, Number.NaN, Number.POSITIVE_INFINITY] })],
    'las-scale-bad',
  ),
  {
    ...cloudsAlone(
      'LAZ, states 10^12 points',
      ['a.laz', laz(), 20],
      [
        'b.laz',
        changed(laz({ version: 4, format: 6 }), (view) => view.setBigUint64(247, BigInt(TRILLION), true)),
      ],
      'las-header-bad',
    ),
    isWorst: true,
  },
  cloudsAlone('LAZ, a chunk of noise', ['a.laz', laz(), 20], ['b.laz', noisyLaz()], 'las-bounds-differ', 20),
  cloudsAlone(
    'LAZ, the table of chunks lies elsewhere',
    ['a.laz', laz(), 20],
    [
      'b.laz',
      changed(laz(), (view) => view.setBigInt64(view.getUint32(96, true), 0x7fff_ffff_ffff_ffffn, true)),
    ],
    'laz-chunks-unknown',
    1,
  ),
];

/** The second sweep of an Argoverse log is `bytes`. */
function feather(what: string, bytes: Uint8Array, code: string): HostileCase {
  return {
    name: `clouds: Feather, ${what}`,
    files: bent(argoverse(), { [argoverseSweep(1)]: bytes }),
    expected: [`${code} ${argoverseSweep(1)}`],
    loads: { frames: 2, cuboids: 2, points: 1 },
  };
}

/** Every 64-bit number that equals `from` becomes `to`: counts of rows and lengths of buffers. */
function everyLong(bytes: Uint8Array, from: bigint, to: bigint): Uint8Array {
  return changed(bytes, (view) => {
    for (let at = 0; at + 8 <= view.byteLength; at += 8) {
      if (view.getBigUint64(at, true) === from) view.setBigUint64(at, to, true);
    }
  });
}

function feathers(): HostileCase[] {
  const sound = argoverse()[argoverseSweep(1)] as Uint8Array;
  return [
    { ...feather('10^12 rows', everyLong(sound, 1n, BigInt(TRILLION)), 'arrow-damaged'), isWorst: true },
    feather('a column of no known type', everyLong(sound, 1n, 0x7fff_ffff_ffff_ffffn), 'arrow-damaged'),
    feather(
      'a footer of 2 GB',
      changed(sound, (view) => view.setInt32(view.byteLength - 10, 0x7fff_ffff, true)),
      'arrow-damaged',
    ),
    feather('cut in half', sound.slice(0, sound.length >> 1), 'arrow-damaged'),
  ];
}

/** A recording of two clouds in a chunk each; the second message's bytes are `change` of what they were. */
function twoClouds(change: (view: DataView) => void = () => undefined): Promise<Uint8Array> {
  const stamp = 1_700_000_000_000_000_000n;
  const message = (late: bigint) => cloudMessage('ros2', { stamp: stamp + late, frameId: 'lidar' }, points);
  const late = 100_000_000n;
  return recordingFile({
    dialect: 'ros2',
    chunkSize: 100,
    messages: [
      { topic: '/lidar', kind: 'cloud', logTime: stamp, data: message(0n) },
      { topic: '/lidar', kind: 'cloud', logTime: stamp + late, data: changed(message(late), change) },
    ],
  });
}

/** Puts another number where height 1 and width 20 stand in a message. */
const wide = (view: DataView): void => {
  for (let at = 0; at + 8 <= view.byteLength; at++) {
    if (view.getUint32(at, true) === 1 && view.getUint32(at + 4, true) === 20)
      view.setUint32(at + 4, 0xffff_ffff, true);
  }
};

async function recordings(): Promise<HostileCase[]> {
  const sound = await twoClouds();
  const packed = await recording('ros2', 'lz4');
  const alone = (what: string, file: Uint8Array, code: string, loads: Loads | null): HostileCase => ({
    name: `clouds: MCAP, ${what}`,
    files: { 'a.mcap': file },
    expected: [`${code} a.mcap`],
    loads,
  });
  // A chunk's record: opcode 6 and its length; the size it unpacks to follows two times.
  const unpacked = changed(packed, (view) => {
    for (let at = 0; at + 25 < view.byteLength; at++) {
      const length = view.getBigUint64(at + 1, true);
      if (view.getUint8(at) === 6 && length > 100n && length < 9000n) {
        view.setBigUint64(at + 25, BigInt(TRILLION), true);
        return;
      }
    }
  });
  const long = changed(sound, (view) => view.setBigUint64(9, 0x7fff_ffff_ffff_ffffn, true));
  return [
    {
      ...alone('a cloud of 4 billion points', await twoClouds(wide), 'mcap-cloud-short', {
        frames: 2,
        cuboids: 0,
        points: 40,
      }),
      isWorst: true,
    },
    alone('its first record is 2^63 bytes', long, 'mcap-damaged', { frames: 0, cuboids: 0 }),
    alone('a chunk that unpacks to 10^12 bytes', unpacked, 'mcap-damaged', { frames: 0, cuboids: 0 }),
    alone(
      'the second half is noise',
      sound.map((byte, at) => (at > sound.length / 2 ? at & 255 : byte)),
      'mcap-cut-off',
      { frames: 1, cuboids: 0, points: 20 },
    ),
  ];
}

/** An array of numpy's that states a shape and holds one value. */
function npz(shape: string): Uint8Array {
  const dict = `{'descr': '<u2', 'fortran_order': False, 'shape': (${shape},), }`;
  const header = new TextEncoder().encode(`${dict.padEnd(117)}\n`);
  const npy = Uint8Array.from([
    ...[0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length, 0],
    ...header,
    ...[1, 0],
  ]);
  return zipSync({ 'data.npy': npy });
}

/** The classes of the first sweep's points are an array that states `shape`. */
function panoptic(what: string, shape: string): HostileCase {
  const files = nuscenesFiles({
    withLidarseg: true,
    change(tables) {
      tables.panoptic = tables.lidarseg!.map((row) => ({
        ...row,
        filename: (row.filename as string)
          .replace('lidarseg', 'panoptic')
          .replace('_lidarseg.bin', '_panoptic.npz'),
      }));
      delete tables.lidarseg;
    },
  });
  const table = JSON.parse(files['v1.0-mini/panoptic.json'] as string) as { filename: string }[];
  const file = table[0]!.filename;
  return {
    name: `clouds: npz, ${what}`,
    files: bent(files, { [file]: npz(shape) }),
    expected: [`point-classes-count ${file}`],
    loads: { frames: 3, cuboids: 6, points: 24 },
  };
}

const CLIP = '0a1b2c3d-0000-1111-2222-333344445555';

/** NVIDIA's clips: Draco clouds in a Parquet table, a film. */
async function clips(): Promise<HostileCase[]> {
  const sound = clipFolder(CLIP, await clipParts([{ track: 1, time: spinEnd(0) }]));
  const lidar = Object.keys(sound).find((name) => name.includes('/lidar/'))!;
  const film = Object.keys(sound).find((name) => name.endsWith('.mp4'))!;
  const table = sound[lidar]!;
  const cells = (make: (bytes: Uint8Array) => Uint8Array) =>
    changed(table, (view) => {
      // Draco's clouds begin with their name; what follows it is bent.
      for (let at = 0; at + 5 < view.byteLength; at++) {
        if (view.getUint32(at) !== 0x44524143 || view.getUint8(at + 4) !== 0x4f) continue;
        const cell = new Uint8Array(view.buffer, at, Math.min(60, view.byteLength - at));
        cell.set(make(cell.slice()));
      }
    });
  // Without its table of sweeps the frames of a clip are those of its film.
  const clip = (
    what: string,
    file: string,
    bytes: Uint8Array,
    code: string,
    points: number,
    frames = 3,
  ): HostileCase => ({
    name: `clouds: ${what}`,
    files: bent(sound, { [file]: bytes }),
    expected: [`${code} ${file}`],
    loads: { frames, cuboids: 1, points },
  });
  return [
    clip(
      'Parquet, a footer of 2 GB',
      lidar,
      changed(table, (view) => view.setUint32(view.byteLength - 8, 0x7fff_ffff, true)),
      'parquet-broken',
      0,
      29,
    ),
    clip('Parquet, cut in half', lidar, table.slice(0, table.length >> 1), 'parquet-broken', 0, 29),
    {
      ...clip(
        'Draco, 4 billion points',
        lidar,
        cells((cell) => cell.fill(0xff, 11)),
        'draco-broken',
        0,
      ),
      isWorst: true,
    },
    clip(
      'a film of noise',
      film,
      new Uint8Array(5000).map((_, at) => at * 31),
      'mp4-broken',
      270,
    ),
  ];
}

export async function cloudCases(): Promise<readonly HostileCase[]> {
  return [
    ...pcds,
    ...plys,
    ...surveys,
    ...feathers(),
    ...(await recordings()),
    ...(await clips()),
    panoptic('10^12 values', String(TRILLION)),
    panoptic('a negative number of values', '-5'),
  ];
}
