/** JSON that is deep, doubled, poisoned or no text at all: in labels, calibrations, tables and whole documents. */
import { nuscenesFiles } from '../../support/nuscenesFixture.ts';
import { cars, type Files, openlabel, openlabelFiles, sustech } from '../healthy.ts';
import { bent, deepList, deepRecord, type HostileCase } from './hostileCase.ts';

const LABELS = 'label/000001.json';
const text = JSON.stringify(cars(6, 13));
const utf16 = (content: string, isBig: boolean): Uint8Array => {
  const bytes = Buffer.from(`\ufeff${content}`, 'utf16le');
  return isBig ? bytes.swap16() : bytes;
};

/** The second of two label files is `content`; `kept` of its two cars are still read. */
function labels(what: string, content: string | Uint8Array, code: string | null, kept = 0): HostileCase {
  return {
    name: `documents: labels, ${what}`,
    files: bent(sustech(), { [LABELS]: content }),
    expected: code === null ? [] : [`${code} ${LABELS}`],
    loads: { frames: 2, cuboids: 2 + kept, points: 40 },
  };
}

const withCar = (change: string) => text.replace('"obj_id":"1"', change);

const labelFiles: readonly HostileCase[] = [
  { ...labels('a list in 100,000 lists', deepList(100_000), 'sustech-object-bad'), isWorst: true },
  labels('a record in 100,000 records', deepRecord(100_000), 'sustech-labels-bad'),
  labels('a deep list beside the cars', text.replace('[', `[${deepList(5000)},`), 'sustech-object-bad', 2),
  labels('cut in the middle', text.slice(0, text.length >> 1), 'json-broken'),
  labels('no bytes', '', 'json-broken'),
  labels('null', 'null', 'sustech-labels-bad'),
  labels('a number', '42', 'sustech-labels-bad'),
  labels('a text', '"cars"', 'sustech-labels-bad'),
  labels('a comma too many', `${text.slice(0, -1)},]`, 'json-broken'),
  labels('NUL bytes', '\0'.repeat(1000), 'json-broken'),
  labels(
    'bytes that are no text',
    Uint8Array.from({ length: 500 }, (_, at) => 128 + (at % 128)),
    'json-broken',
  ),
  labels('100,000 nulls', `[${'null,'.repeat(99_999)}null]`, 'sustech-object-bad'),
  labels('a mark of byte order', `\ufeff${text}`, null, 2),
  labels('UTF-16, little end first', utf16(text, false), null, 2),
  labels('UTF-16, big end first', utf16(text, true), null, 2),
  labels('a lone surrogate as a name', withCar('"obj_id":"\\ud800"'), null, 2),
  labels('__proto__ as a key', withCar('"obj_id":"1","__proto__":{"isUsable":true}'), null, 2),
  labels(
    'constructor as a key and a class',
    withCar('"obj_id":"1","constructor":{"prototype":{}}').replace('"Car"', '"constructor"'),
    null,
    2,
  ),
  labels('__proto__ as a class', text.replaceAll('"Car"', '"__proto__"'), null, 2),
  labels('a name of a million letters', withCar(`"obj_id":"${'x'.repeat(1_000_000)}"`), null, 2),
  labels('a key twice', withCar('"obj_id":"1","obj_id":"9"'), 'json-key-twice', 2),
  labels('a position of 1e999', text.replace('"x":6', '"x":1e999'), 'cuboid-unusable', 2),
  labels('a position that is a list', text.replace('"x":6', '"x":[6]'), 'cuboid-unusable', 2),
  {
    name: 'documents: a calibration in 100,000 lists',
    files: bent(sustech(), { 'calib/camera/front.json': deepList(100_000) }),
    expected: ['sustech-calibration-bad calib/camera/front.json'],
    loads: { frames: 2, cuboids: 4, points: 40 },
  },
  {
    name: 'documents: a calibration of texts',
    files: bent(sustech(), { 'calib/camera/front.json': '{"extrinsic":"x","intrinsic":{"__proto__":[]}}' }),
    expected: ['sustech-calibration-bad calib/camera/front.json'],
    loads: { frames: 2, cuboids: 4, points: 40 },
  },
];

const TABLE = 'v1.0-mini/sample_annotation.json';

/** The annotations of a nuScenes delivery are `change` of what they were. */
function table(what: string, change: (rows: string) => string, code: string, cuboids: number): HostileCase {
  const files: Files = nuscenesFiles();
  return {
    name: `documents: a table, ${what}`,
    files: { ...files, [TABLE]: change(files[TABLE] as string) },
    expected: [`${code} ${TABLE}`],
    loads: { frames: 3, cuboids, points: 24 },
  };
}

const tables: readonly HostileCase[] = [
  { ...table('100,000 lists deep', () => deepList(100_000), 'table-too-deep', 0), isWorst: true },
  table(
    'a field 100,000 records deep',
    (rows) => rows.replace(/"translation":\[[^\]]*\]/, `"translation":${deepRecord(100_000)}`),
    'table-too-deep',
    0,
  ),
  table('cut in the middle', (rows) => rows.slice(0, rows.length >> 1), 'table-truncated', 3),
  table('no bytes', () => '', 'table-truncated', 0),
  table('a record in place of the list', () => '{"a":1}', 'table-not-a-list', 0),
  table('rows that are numbers', (rows) => `[1,2,"x",null,${rows.slice(1)}`, 'table-row-unusable', 6),
  table(
    'a field twice in a row',
    (rows) => rows.replace('"size":', '"size":[1,1,1],"size":'),
    'table-field-repeated',
    6,
  ),
  table(
    'tokens that are numbers',
    (rows) => rows.replace(/"token":"[^"]*"/, '"token":7'),
    'nuscenes-chain-open',
    6,
  ),
  table(
    'a token twice',
    (rows) => {
      const parsed = JSON.parse(rows) as { token: string }[];
      parsed[1]!.token = parsed[0]!.token;
      return JSON.stringify(parsed);
    },
    'nuscenes-token-repeated',
    5,
  ),
];

/** The one document is `content`: nothing is left, so another file is asked what this is. */
function document(what: string, content: string | Uint8Array, expected: string[], cuboids = 0): HostileCase {
  return {
    name: `documents: OpenLABEL, ${what}`,
    files: { ...openlabelFiles(), 'drive.json': content },
    expected,
    loads: { frames: 2, cuboids, points: 40 },
  };
}

const whole = JSON.stringify(openlabel());
const documents: readonly HostileCase[] = [
  {
    ...document(
      'frames 100,000 lists deep',
      whole.replace('"frames":{', `"frames":${deepList(100_000)},"x":{`),
      ['openlabel-frame-bad drive.json'],
    ),
    loads: { frames: 1, cuboids: 0 },
    isWorst: true,
  },
  {
    ...document('cut in the middle', whole.slice(0, whole.length >> 1), ['json-broken drive.json']),
    loads: { frames: 0, cuboids: 0 },
  },
  document(
    'frames under __proto__',
    whole.replace('"frames":{', '"frames":{"__proto__":{"objects":{}},'),
    ['openlabel-frame-bad drive.json'],
    2,
  ),
  document(
    'a key of frames twice',
    whole.replace('"frames":{', '"frames":{"0":{},'),
    ['json-key-twice drive.json'],
    2,
  ),
  document(
    'a cuboid of texts',
    whole.replace(/"val":\[1,/, '"val":["x",'),
    ['openlabel-value-bad drive.json'],
    1,
  ),
  document(
    'a cuboid of a million numbers',
    whole.replace(/"val":\[1,/, `"val":[${'1,'.repeat(1_000_000)}`),
    ['openlabel-value-bad drive.json'],
    1,
  ),
  document(
    'objects that are a list',
    whole.replace('"objects":{"1":{"name"', '"objects":[],"x":{"1":{"name"'),
    ['openlabel-object-undeclared drive.json'],
    2,
  ),
];

export const documentCases: readonly HostileCase[] = [...labelFiles, ...tables, ...documents];
