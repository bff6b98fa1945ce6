import { expect, it } from 'vitest';
import { duplicateKeyProblems } from '../../../../shared/readers/toolExports/duplicateKeys.ts';
import { codesOf, openFiles } from '../../../support/openReading.ts';
import { seededRandom } from '../../../support/seededRandom.ts';

const keysTwice = (text: string) => duplicateKeyProblems(text, 'a.json').map(({ params }) => params!.key);

it('a key counts within its own record only, and strings that look like keys do not count', () => {
  expect(keysTwice('{"a":{"a":1},"b":[{"a":1},{"a":2}]}')).toEqual([]);
  expect(keysTwice('{"a":1,"b":{"c":1,"c":2},"a" : 3}')).toEqual(['c', 'a']);
  expect(keysTwice('{"a":"x\\"a\\":1","b":["a","a"],"\\\\":1,"c":"{"}')).toEqual([]);
  expect(keysTwice('["a","a"]')).toEqual([]);
  expect(keysTwice('{"__proto__":1,"__proto__":2}')).toEqual(['__proto__']);
});

it('made documents have none, and one that is put in is found', () => {
  const random = seededRandom(11);
  const made = (depth: number): unknown => {
    const kind = random.integer(0, depth > 0 ? 4 : 2);
    if (kind === 0) return random.integer(-9, 9);
    if (kind === 1) return ['"', '{', '}', ':', '\\', 'k1":'][random.integer(0, 5)];
    if (kind === 2) return null;
    if (kind === 3) return Array.from({ length: random.integer(0, 4) }, () => made(depth - 1));
    return Object.fromEntries(
      Array.from({ length: random.integer(0, 4) }, (_, i) => [`k${i}"\\`, made(depth - 1)]),
    );
  };
  for (let round = 0; round < 300; round++) {
    const text = JSON.stringify({ first: made(5), other: made(5) }, null, random.integer(0, 2));
    expect(keysTwice(text)).toEqual([]);
    expect(keysTwice(`${text.slice(0, -1)},"first":0}`)).toEqual(['first']);
  }
});

it('a document that repeats a frame says so', async () => {
  const frame = '{"objects":{"1":{"object_data":{"bbox":[{"name":"b","val":[1,1,2,2]}]}}}}';
  const text = `{"openlabel":{"metadata":{"schema_version":"1.0.0"},"objects":{"1":{"name":"","type":"c"}},
    "frames":{"0":${frame},"0":${frame}}}}`;
  const index = await openFiles({ 'a.json': text });
  expect(codesOf(index)).toEqual(['json-key-twice']);
  expect(index.labels.boxes2d.count).toBe(1);
});
