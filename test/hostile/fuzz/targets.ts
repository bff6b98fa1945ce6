/** Every reader of bytes with valid bytes to start from, and what reading all of them means. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync, strToU8, zipSync } from 'fflate';
import { listArchive } from '../../../electron/services/archives/listArchive.ts';
import { contentStart } from '../../../electron/services/archives/zipDirectory.ts';
import { ProblemError } from '../../../shared/base/problem.ts';
import type { SweepRef } from '../../../shared/model/delivery.ts';
import { openArrow } from '../../../shared/readers/arrow/arrowTable.ts';
import { freshBuffers } from '../../../shared/readers/clouds/bufferPool.ts';
import { readPointClasses } from '../../../shared/readers/clouds/pointClasses.ts';
import { readPoints } from '../../../shared/readers/clouds/readPoints.ts';
import { readImageSize } from '../../../shared/readers/images/imageSize.ts';
import { readImage } from '../../../shared/readers/images/readImage.ts';
import { readIndexFile, writeIndexFile } from '../../../shared/readers/indexFile.ts';
import { openDelivery } from '../../../shared/readers/openDelivery.ts';
import { openParquet } from '../../../shared/readers/parquet/parquetFile.ts';
import { dracoDecoder } from '../../../shared/readers/physicalAi/dracoModule.ts';
import { readPandas } from '../../../shared/readers/pickle/readPandas.ts';
import { readFilmIndex } from '../../../shared/readers/video/mp4Index.ts';
import { decodeBlosc } from '../../../shared/readers/zarr/blosc.ts';
import { decodeCbor } from '../../../shared/readers/zarr/cbor.ts';
import { readItarIndex } from '../../../shared/readers/zarr/itar.ts';
import { decodeXz } from '../../../shared/readers/zarr/xz.ts';
import { decodeZstd } from '../../../shared/readers/zstd/zstd.ts';
import { storedZip, tarEnd, tarEntry, zip64Of } from '../../support/archiveFixture.ts';
import { arrowFixture } from '../../support/arrowFixture.ts';
import { dracoCloud } from '../../support/dracoFixture.ts';
import { packLz4Frame } from '../../support/lz4Fixture.ts';
import { MemorySource, memoryFolder } from '../../support/memoryFolder.ts';
import { ncoreStore } from '../../support/ncoreFixture.ts';
import { nuscenesFiles } from '../../support/nuscenesFixture.ts';
import { cuboids0, cuboids2, cuboids5, extensions4, points5 } from '../../support/pandasPickles.ts';
import { parquetFixture } from '../../support/parquetFixture.ts';
import { fromBase64, olderExample } from '../../support/pickleFixture.ts';
import type { SeededRandom } from '../../support/seededRandom.ts';
import { waymoSegment } from '../../support/waymoFixture.ts';
import { storedXz } from '../../support/zarrFixture.ts';
import {
  argoverse,
  type Files,
  kitti,
  las,
  laz,
  mixedPcd,
  noisyLaz,
  openlabelFiles,
  packagedCodecs,
  pandaset,
  pcd,
  pictureHead,
  ply,
  pngHead,
  recording,
  sustech,
} from '../healthy.ts';
import { mutateBytes, mutateJson, mutateWords } from './mutate.ts';

export interface FuzzTarget {
  readonly name: string;
  /** How many cases of a run it gets, in relation to the others: what takes long gets fewer. */
  readonly weight: number;
  /** Makes the case of a seed and reads it. Throws where the reader does: that is a bug. */
  run(random: SeededRandom): Promise<void>;
}

type Read = (bytes: Uint8Array) => unknown;

const here = import.meta.dirname;
const root = path.resolve(here, '../../..');
const codecs = packagedCodecs(path.join(root, 'node_modules'));
const goldenFile = (name: string): unknown =>
  JSON.parse(readFileSync(path.join(root, 'test/unit/readers', name), 'utf8'));
const fromText = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));

/** A reader of one file. `headBytes` says how far words of a text header reach; 0 = there is none. */
function fileTarget(
  name: string,
  weight: number,
  seeds: readonly Uint8Array[],
  read: Read,
  headBytes = 0,
): FuzzTarget {
  return {
    name,
    weight,
    async run(random) {
      const seed = seeds[random.integer(0, seeds.length - 1)]!;
      const other = seeds[random.integer(0, seeds.length - 1)]!;
      const aimsAtWords = headBytes > 0 && random.next() < 0.6;
      await read(aimsAtWords ? mutateWords(seed, headBytes, random) : mutateBytes(seed, other, random));
    },
  };
}

/** Points of a file that holds one cloud. */
function cloudTarget(
  name: string,
  weight: number,
  encoding: SweepRef['encoding'],
  seeds: readonly Uint8Array[],
  headBytes = 0,
): FuzzTarget {
  const read: Read = async (bytes) => {
    const source = new MemorySource(bytes);
    const ref: SweepRef = { root: 'delivery', path: 'a', lidar: 'lidar', encoding };
    await readPoints(ref, { open: async () => source, pool: freshBuffers, codecs });
  };
  return fileTarget(name, weight, seeds, read, headBytes);
}

/** Opens a delivery, reads its index back through the index file's own door, and every cloud and picture it names. */
export async function readDelivery(files: Files): Promise<void> {
  const folder = memoryFolder(files);
  const opened = await openDelivery(folder);
  if (!opened.ok) return;
  const index = readIndexFile(writeIndexFile(opened.value));
  if (!index.ok) throw new Error(`the index is not sound: ${JSON.stringify(index.problem)}`);
  const open = ({ path: name }: { path: string }) => folder.open(name);
  const tools = { open, pool: freshBuffers, codecs };
  let left = 12;
  for (const frame of index.value.delivery.frames) {
    for (const sweep of [...frame.sweeps, ...(frame.radars ?? [])]) {
      if (left-- <= 0) return;
      const reading = await readPoints(sweep, tools);
      if (reading.ok && sweep.classes) {
        await readPointClasses(sweep.classes, reading.value.sweep.count, { open });
      }
    }
    for (const image of frame.images) if (image.encoding !== 'mp4') await readImage(image, open);
  }
}

/** A delivery of which one file is changed: tables and texts as such, anything else as bytes. */
function deliveryTarget(name: string, weight: number, files: Files, only = /./): FuzzTarget {
  const names = Object.keys(files).filter((file) => only.test(file));
  const encoder = new TextEncoder();
  return {
    name,
    weight,
    async run(random) {
      const target = names[random.integer(0, names.length - 1)]!;
      const content = files[target]!;
      const bytes = typeof content === 'string' ? encoder.encode(content) : content;
      const kind = random.next();
      let changed: string | Uint8Array;
      if (typeof content === 'string' && kind < 0.6 && target.endsWith('.json')) {
        changed = mutateJson(content, random);
      } else if (typeof content === 'string' && kind < 0.8) {
        changed = mutateWords(bytes, bytes.length, random);
      } else changed = mutateBytes(bytes, bytes, random);
      await readDelivery({ ...files, [target]: changed });
    },
  };
}

/** An array as numpy writes it. */
function npy(values: Uint16Array): Uint8Array {
  const dict = `{'descr': '<u2', 'fortran_order': False, 'shape': (${values.length},), }`;
  const header = strToU8(`${dict.padEnd(117)}\n`);
  return Uint8Array.from([
    ...[0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length, 0],
    ...header,
    ...new Uint8Array(values.buffer),
  ]);
}

/** Lists, and opens what is listed as far as its header. */
async function readArchive(bytes: Uint8Array, kind: 'zip' | 'tar'): Promise<void> {
  const source = new MemorySource(bytes);
  try {
    const { files } = await listArchive(source, kind, { shown: 'a', prefix: 'a!/' });
    for (const member of files.values()) if (member.crc !== null) await contentStart(source, member);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
  }
}

async function readParquet(bytes: Uint8Array): Promise<void> {
  const file = await openParquet(new MemorySource(bytes), 'a');
  if (!file.ok) return;
  for (const column of file.value.columns) await file.value.read([column]);
}

async function readArrow(bytes: Uint8Array): Promise<void> {
  const table = await openArrow(new MemorySource(bytes), 'a');
  if (!table.ok) return;
  for (const { name } of table.value.fields) await table.value.columns([name]);
}

function parquetSeeds(): Uint8Array[] {
  const rows = <Value>(make: (row: number) => Value) => Array.from({ length: 24 }, (_, row) => make(row));
  const columns = [
    { name: 'flag', type: 'boolean' as const, values: rows((row) => row % 3 === 0) },
    { name: 'time', type: 'int64' as const, values: rows((row) => 1_700_000_000n + BigInt(row)) },
    { name: 'deep.x', type: 'double' as const, values: rows((row) => (row % 7 === 0 ? null : row)) },
    {
      name: 'class',
      type: 'text' as const,
      values: rows((row) => ['Car', 'Bus'][row % 2]!),
      isDictionary: true,
    },
    { name: 'cell', type: 'bytes' as const, values: rows((row) => new Uint8Array(row % 5)) },
    {
      name: 'list',
      type: 'float' as const,
      isList: true,
      values: rows((row) => (row % 9 === 0 ? null : Array.from({ length: row % 4 }, (_, i) => i))),
    },
  ];
  return [
    {},
    { rowsPerPage: 7 },
    { rowsPerGroup: 10, hasPageIndex: true, rowsPerPage: 5 },
    { isSecondKind: true },
  ].map((options) => parquetFixture(columns, options));
}

function arrowSeeds(): Uint8Array[] {
  const columns = [
    { name: 'i', type: 'int64' as const, values: [1n, -1n, 0n, null, 2n] },
    { name: 'half', type: 'float16' as const, values: [0x3c00, 0xc000, 0x7bff, 1, 0x3555] },
    { name: 'x', type: 'float32' as const, values: [1.5, -2.25, 0, 1e30, 5] },
    { name: 'list', type: 'list' as const, values: [1, 2, 3, 4, 5] },
    { name: 'flag', type: 'bool' as const, values: [true, false, null, true, true] },
    { name: 'text', type: 'utf8' as const, values: ['', 'BOLLARD', 'x', null, 'e'] },
    {
      name: 'class',
      type: 'utf8' as const,
      values: ['a', 'b', 'a', 'b', 'a'],
      dictionary: { first: ['a', 'b'] },
    },
  ];
  const lz4 = {
    codec: 'lz4' as const,
    bytes: (input: Uint8Array) => packLz4Frame(input, { contentSize: true }),
  };
  return [{}, { form: 'stream' as const }, { rowsPerBatch: 2 }, { pack: lz4 }].map((options) =>
    arrowFixture(columns, options),
  );
}

function archiveSeeds(): { zips: Uint8Array[]; tars: Uint8Array[] } {
  const json = strToU8('[{"a": 1}, {"a": 2}]'.repeat(20));
  const tar = Buffer.concat([
    tarEntry('d/label/a.json', json),
    tarEntry('././@LongLink', strToU8(`d/${'long/'.repeat(40)}b.json\0`), 'L'),
    tarEntry('short', json),
    tarEntry('pax', strToU8('21 path=d/from-pax.b\n'), 'x'),
    tarEntry('short', json),
    tarEnd,
  ]);
  const zips = [
    zipSync({ 'd/a.json': json, 'd/b.json': strToU8('[]'), 'd/c.bin': json }),
    storedZip([
      { name: 'd/a.json', content: json },
      { name: 'd/b.json', content: json, mode: 0o100644 },
    ]),
    zip64Of('d/a.json', json),
  ];
  return { zips, tars: [tar] };
}

async function indexBytes(): Promise<Uint8Array> {
  const opened = await openDelivery(memoryFolder(sustech()));
  if (!opened.ok) throw new Error(opened.problem.code);
  return writeIndexFile(opened.value);
}

/** All targets; making their seeds takes a second or two. */
export async function fuzzTargets(): Promise<FuzzTarget[]> {
  const zarrGolden = goldenFile('zarr/golden.json') as Record<string, string>;
  const bloscSeeds = Object.entries(zarrGolden)
    .filter(([name]) => /^(tiny|i4|u8|u2)-/.test(name))
    .map(([, text]) => fromText(text));
  const zstdGolden = goldenFile('zstd/golden.json') as Record<string, { packed: Record<string, string> }>;
  const zstdSeeds = Object.values(zstdGolden)
    .flatMap(({ packed }) => Object.values(packed).map(fromText))
    .filter(({ length }) => length < 20_000);
  const films = ['h264', 'frag', 'vp9', 'hevc', 'av1'].map(
    (name) => new Uint8Array(readFileSync(path.join(root, `test/unit/readers/video/${name}.mp4`))),
  );
  const { zips, tars } = archiveSeeds();
  const pickles = [cuboids0, cuboids2, cuboids5, extensions4, points5].map(fromBase64);
  const panoptic = [0, 6].map((level) =>
    zipSync({ 'data.npy': npy(Uint16Array.of(0, 17_003, 24_000, 31_999)) }, { level: level as 0 | 6 }),
  );
  const clouds = [
    await dracoCloud({
      positions: [
        [1, 2, 3],
        [4, 5, 6],
        [7, 8, 9],
      ],
      intensity: [1, 2, 3],
      timestamp: [5, 6, 7],
    }),
    await dracoCloud({
      positions: Array.from({ length: 40 }, (_, i) => [i, i / 2, i / 3]),
      quantisation: 11,
    }),
  ];
  const dracoRow: SweepRef = {
    root: 'delivery',
    path: 'a.parquet',
    lidar: 'lidar',
    encoding: 'draco',
    part: { row: 0 },
  };
  const recordings = await Promise.all(
    (['ros1', 'ros2', 'protobuf', 'json'] as const).flatMap((dialect) => [
      recording(dialect, ''),
      recording(dialect, '', false),
      recording(dialect, 'lz4'),
      recording(dialect, 'zstd'),
    ]),
  );
  const out = new Uint8Array(64 * 1024);
  return [
    cloudTarget('pcd ascii', 10, 'pcd', [pcd('ascii'), mixedPcd('ascii')], 300),
    cloudTarget('pcd binary', 10, 'pcd', [pcd('binary'), mixedPcd('binary')], 300),
    cloudTarget('pcd compressed', 10, 'pcd', [pcd('binary_compressed'), mixedPcd('binary_compressed')], 300),
    cloudTarget('ply ascii', 10, 'ply', [ply('ascii')], 200),
    cloudTarget('ply little', 10, 'ply', [ply('binary_little_endian')], 200),
    cloudTarget('ply big', 10, 'ply', [ply('binary_big_endian')], 200),
    cloudTarget('las', 10, 'las', [las(), las({ version: 4, format: 7 }), las({ format: 3, extraBytes: 4 })]),
    cloudTarget('laz', 0.3, 'las', [laz(), laz({ version: 4, format: 6 }), noisyLaz()]),
    cloudTarget('bin', 6, 'bin4', [new Uint8Array(160)]),
    cloudTarget('feather sweep', 4, 'feather', [
      Object.values(argoverse()).find(isFeatherSweep) as Uint8Array,
    ]),
    fileTarget('arrow', 6, arrowSeeds(), readArrow),
    fileTarget('parquet', 6, parquetSeeds(), readParquet),
    fileTarget('draco', 4, clouds, async (bytes) => {
      const decoder = await dracoDecoder(await codecs.wasm('draco'));
      decoder.withCloud(bytes, (cloud) => cloud.attribute('intensity', 'uint8'));
    }),
    fileTarget('draco in parquet', 1, clouds, async (bytes) => {
      const file = parquetFixture([{ name: 'draco_encoded_pointcloud', type: 'bytes', values: [bytes] }]);
      await readPoints(dracoRow, { open: async () => new MemorySource(file), pool: freshBuffers, codecs });
    }),
    fileTarget('pickle', 10, [...pickles, olderExample], (bytes) => readPandas(bytes, 'a')),
    fileTarget(
      'pickle, packed',
      4,
      pickles.map((bytes) => gzipSync(bytes, { level: 0 })),
      (bytes) => readPandas(bytes, 'a'),
    ),
    fileTarget('npz', 3, panoptic, (bytes) =>
      readPointClasses({ root: 'delivery', path: 'a', encoding: 'npz' }, 4, {
        open: async () => new MemorySource(bytes),
      }),
    ),
    fileTarget('zarr blosc', 8, bloscSeeds, (bytes) => decodeBlosc(bytes, out)),
    fileTarget('zarr xz', 4, [storedXz(strToU8('assay '.repeat(40))), ...xzSeeds(zarrGolden)], (bytes) =>
      decodeXz(bytes, 1 << 20, 'a', 'b'),
    ),
    fileTarget('zarr cbor', 8, [cborSeed], (bytes) => decodeCbor(bytes, 'a', 'b')),
    fileTarget('zstd', 4, zstdSeeds, (bytes) => decodeZstd(bytes, out)),
    fileTarget('itar', 4, [ncoreStore().itar()], (bytes) => readItarIndex(new MemorySource(bytes), 'a')),
    fileTarget('zip', 10, zips, (bytes) => readArchive(bytes, 'zip')),
    fileTarget('tar', 8, tars, (bytes) => readArchive(bytes, 'tar')),
    fileTarget('mp4', 4, films, (bytes) => readFilmIndex(new MemorySource(bytes), 'a')),
    fileTarget('index file', 6, [await indexBytes()], (bytes) => readIndexFile(bytes)),
    fileTarget('image size', 16, [pngHead(640, 480), pictureHead(640, 480)], (bytes) => readImageSize(bytes)),
    fileTarget('mcap', 2, recordings, (bytes) => readDelivery({ 'a.mcap': bytes })),
    deliveryTarget('kitti', 2, kitti()),
    deliveryTarget('sustech-points', 2, sustech()),
    deliveryTarget('openlabel', 2, openlabelFiles()),
    deliveryTarget('nuscenes', 0.15, nuscenesFiles()),
    deliveryTarget('argoverse2', 0.6, argoverse()),
    deliveryTarget('pandaset', 0.2, pandaset()),
    deliveryTarget('waymo', 0.03, waymoSegment()),
    deliveryTarget('ncore', 0.15, ncoreStore().folder('a.ncore4.zarr')),
    deliveryTarget('ncore itar', 0.15, { 'a.ncore4.zarr.itar': ncoreStore().itar() }),
  ];
}

const isFeatherSweep = (content: string | Uint8Array, at: number): boolean =>
  Object.keys(argoverse())[at]!.startsWith('sensors/lidar/') && typeof content !== 'string';

const xzSeeds = (golden: Record<string, string>): Uint8Array[] =>
  Object.entries(golden)
    .filter(([name, text]) => /xz/i.test(name) && text.length < 40_000)
    .map(([, text]) => fromText(text));

/** Maps, lists, texts and numbers of every width. */
const cborSeed = Uint8Array.from([
  ...[0xa3, 0x61, 0x61, 0x83, 0x01, 0x19, 0x01, 0x00, 0x1a, 0, 1, 0, 0, 0x61, 0x62, 0xfb],
  ...[0x3f, 0xf8, 0, 0, 0, 0, 0, 0, 0x61, 0x63, 0x9f, 0x20, 0x44, 1, 2, 3, 4, 0xc1, 0x05, 0xf5, 0xff],
]);
