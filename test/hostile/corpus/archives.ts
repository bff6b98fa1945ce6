/** Archives in place of deliveries: ways out, links, bombs, lies about sizes and places. Two frames beside are sound. */
import { deflateRawSync, gzipSync } from 'node:zlib';
import {
  patchedZip,
  storedZip,
  tarEnd,
  tarEntry,
  type ZipFile,
  zip64Of,
} from '../../support/archiveFixture.ts';
import { joinBytes } from '../../support/pcdFixture.ts';
import { kitti } from '../healthy.ts';
import type { HostileCase, Loads } from './hostileCase.ts';

const encoder = new TextEncoder();
const bytesOf = (content: string | Uint8Array) =>
  typeof content === 'string' ? encoder.encode(content) : content;
const sound: ZipFile[] = Object.entries(kitti()).map(([name, content]) => ({
  name,
  content: bytesOf(content),
}));
const evil = encoder.encode('evil');
const WHOLE: Loads = { frames: 2, cuboids: 2, points: 4 };
const LINK = 0o120777;
const DEVICE = 0o060666;

function archive(
  what: string,
  file: string,
  bytes: Uint8Array,
  expected: string[],
  loads: Loads | null = WHOLE,
): HostileCase {
  return { name: `archives: ${what}`, files: { [file]: bytes }, opens: file, expected, loads };
}

/** A zip of a sound delivery and one more entry. */
const zip = (what: string, more: ZipFile, code: string, path = more.name): HostileCase =>
  archive(`zip, ${what}`, 'a.zip', storedZip([...sound, more]), [`${code} ${path}`]);

const zipOf = storedZip(sound);
/** The end record's own numbers. */
const ended = (at: number, value: number): Uint8Array => {
  const bytes = Buffer.from(zipOf);
  bytes.writeUInt32LE(value, bytes.length - 22 + at);
  return bytes;
};

/** Zeros that are 1000 times as large as they look. */
const packedZeros = deflateRawSync(new Uint8Array(300 << 20), { level: 9 });
/** An entry whose content is deflated; the fixture's own are stored. */
function deflated(name: string, packed: Uint8Array, bytes: number): Uint8Array {
  const plain = Buffer.from(storedZip([...sound, { name, content: packed, method: 8 }]));
  const entry = plain.lastIndexOf(Buffer.from('PK\x01\x02', 'latin1'));
  plain.writeUInt32LE(bytes, entry + 24);
  return plain;
}

const zips: readonly HostileCase[] = [
  zip(
    'an entry of the parent folder',
    { name: '../canary/secret.bin', content: evil },
    'archive-path-unsafe',
  ),
  zip(
    'an entry with parents in the middle',
    { name: 'a/../../canary/secret.bin', content: evil },
    'archive-path-unsafe',
  ),
  zip('an absolute entry', { name: '/etc/passwd', content: evil }, 'archive-path-unsafe'),
  zip('an entry on a drive', { name: 'C:\\evil.txt', content: evil }, 'archive-path-unsafe'),
  zip('an entry with backslashes', { name: '..\\canary\\secret.bin', content: evil }, 'archive-path-unsafe'),
  zip('an entry with a NUL byte', { name: 'a\0b', content: evil }, 'archive-path-unsafe', 'a\ufffdb'),
  zip(
    'a link out',
    { name: 'velodyne/000002.bin', content: encoder.encode('/etc/passwd'), mode: LINK },
    'archive-not-a-file',
  ),
  zip(
    'a device',
    { name: 'velodyne/000002.bin', content: new Uint8Array(), mode: DEVICE },
    'archive-not-a-file',
  ),
  zip(
    'a name twice',
    { name: 'velodyne/000001.bin', content: bytesOf(kitti()['velodyne/000001.bin']!) },
    'archive-name-twice',
  ),
  zip(
    'a name in another case',
    { name: 'velodyne/000001.BIN', content: evil },
    'names-differ-in-case',
    'velodyne/000001.bin',
  ),
  zip('an encrypted entry', { name: 'secret.txt', content: evil, flags: 1 }, 'archive-file-not-readable'),
  zip(
    'an entry packed in an unknown way',
    { name: 'x.txt', content: evil, method: 99 },
    'archive-file-not-readable',
  ),
  zip(
    'an entry that lies elsewhere',
    { name: 'x.txt', content: evil, at: 0xffff_fff0 },
    'archive-file-not-readable',
  ),
  zip(
    'an entry of 4 GB in four bytes',
    { name: 'x.txt', content: evil, statedBytes: 0xffff_fff0 },
    'archive-file-not-readable',
  ),
  {
    ...archive(
      'zip, an entry that unpacks a thousandfold',
      'a.zip',
      deflated('image_2/000002.png', packedZeros, 300 << 20),
      ['archive-file-too-large image_2/000002.png'],
    ),
    isWorst: true,
  },
  archive(
    'zip, an entry that unpacks to more than it states',
    'a.zip',
    deflated('image_2/000001.txt', packedZeros.subarray(0, 4000), 10),
    [],
    WHOLE,
  ),
  archive(
    'zip, a cut directory',
    'a.zip',
    zipOf.slice(0, zipOf.length - 60),
    ['archive-damaged a.zip'],
    null,
  ),
  archive('zip, a directory of 4 GB', 'a.zip', ended(12, 0xffff_fff0), ['archive-damaged a.zip'], null),
  archive(
    'zip, a directory that lies elsewhere',
    'a.zip',
    ended(16, 0xffff_fff0),
    ['archive-damaged a.zip'],
    null,
  ),
  archive('zip, 65,534 entries stated', 'a.zip', ended(8, 0xfffe_fffe), [], WHOLE),
  archive('zip, one of several parts', 'a.zip', ended(4, 0x0001_0001), ['archive-in-parts a.zip'], null),
  archive(
    'zip, 64-bit places that lie',
    'a.zip',
    patchedZip(zip64Of('velodyne/000000.bin', new Uint8Array(32)), 20 + 26 + 19 + 20, 0x7fff_ffff),
    ['archive-file-not-readable velodyne/000000.bin', 'format-unknown '],
    null,
  ),
];

/** A header whose size is written as it is told. */
function sizedEntry(name: string, size: string): Uint8Array {
  const entry = Buffer.from(tarEntry(name, new Uint8Array(0)));
  entry.write(size, 124, 12, 'latin1');
  entry.write('        ', 148);
  const sum = entry.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  entry.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return entry;
}

const soundTar = sound.map(({ name, content }) => tarEntry(name, content));
const tarOf = (...more: readonly Uint8Array[]) => joinBytes(...soundTar, ...more, tarEnd);
const tar = (what: string, more: Uint8Array, expected: string[]): HostileCase =>
  archive(`tar, ${what}`, 'a.tar', tarOf(more), expected);
const pax = (...lines: string[]) => tarEntry('pax', encoder.encode(lines.join('')), 'x');

const tars: readonly HostileCase[] = [
  tar('an entry of the parent folder', tarEntry('../canary/secret.bin', evil), [
    'archive-path-unsafe ../canary/secret.bin',
  ]),
  tar('an absolute entry', tarEntry('/etc/passwd', evil), ['archive-path-unsafe /etc/passwd']),
  tar('a symbolic link', tarEntry('velodyne/000002.bin', new Uint8Array(), '2'), [
    'archive-not-a-file velodyne/000002.bin',
  ]),
  tar('a hard link', tarEntry('velodyne/000002.bin', new Uint8Array(), '1'), [
    'archive-not-a-file velodyne/000002.bin',
  ]),
  tar('a device', tarEntry('velodyne/000002.bin', new Uint8Array(), '3'), [
    'archive-not-a-file velodyne/000002.bin',
  ]),
  tar('a queue', tarEntry('velodyne/000002.bin', new Uint8Array(), '6'), [
    'archive-not-a-file velodyne/000002.bin',
  ]),
  tar('a file with holes', tarEntry('velodyne/000002.bin', evil, 'S'), [
    'archive-file-not-readable velodyne/000002.bin',
  ]),
  tar('a name twice', tarEntry('velodyne/000001.bin', bytesOf(kitti()['velodyne/000001.bin']!)), [
    'archive-name-twice velodyne/000001.bin',
  ]),
  tar('a size of 8 GB', sizedEntry('x.bin', '77777777777\0'), ['archive-damaged a.tar']),
  tar('a negative size', sizedEntry('x.bin', '-0000000001\0'), ['archive-damaged a.tar']),
  tar('a size of 2^95 in binary', sizedEntry('x.bin', '\x80\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff'), [
    'archive-damaged a.tar',
  ]),
  tar(
    'a way out in an extended header',
    joinBytes(pax('29 path=../canary/secret.bin\n'), tarEntry('x', evil)),
    ['archive-path-unsafe ../canary/secret.bin'],
  ),
  tar('a size in an extended header', joinBytes(pax('22 size=1000000000000\n'), tarEntry('x', evil)), [
    'archive-damaged a.tar',
  ]),
  tar('an extended header of noise', joinBytes(pax('999 path'), tarEntry('x.txt', evil)), []),
  archive('tar, cut in the middle', 'a.tar', tarOf().slice(0, 512 * 13 + 100), ['archive-damaged a.tar'], {
    frames: 2,
    cuboids: 2,
  }),
  archive(
    'tar.gz, cut in the middle',
    'a.tar.gz',
    gzipSync(tarOf()).subarray(0, 300),
    ['archive-damaged a.tar.gz'],
    { frames: 1, cuboids: 1 },
  ),
  {
    ...archive(
      'tar.gz, an entry of 300 MB of nothing',
      'a.tar.gz',
      gzipSync(tarOf(tarEntry('zeros.bin', new Uint8Array(300 << 20))), { level: 9 }),
      ['archive-too-large a.tar.gz'],
      null,
    ),
    isWorst: true,
  },
  archive(
    'tar.gz, a link and then a file through it',
    'a.tar.gz',
    gzipSync(tarOf(tarEntry('out', encoder.encode('/tmp'), '2'), tarEntry('out/evil.txt', evil))),
    ['archive-not-a-file out'],
  ),
];

/** An archive in an archive in an archive. */
function nested(levels: number): Uint8Array {
  let inner: Uint8Array = storedZip([{ name: 'x.txt', content: evil }]);
  for (let level = 0; level < levels; level++) inner = storedZip([{ name: 'a.zip', content: inner }]);
  return storedZip([...sound, { name: 'a.zip', content: inner }]);
}

export const archiveCases: readonly HostileCase[] = [
  ...zips,
  ...tars,
  archive('zip, in a zip, ten deep', 'a.zip', nested(10), []),
];
