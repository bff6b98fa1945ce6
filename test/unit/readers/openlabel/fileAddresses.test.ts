import { expect, it } from 'vitest';
import { FileAddresses } from '../../../../shared/readers/openlabel/fileAddresses.ts';
import { memoryFolder } from '../../../support/memoryFolder.ts';
import { seededRandom } from '../../../support/seededRandom.ts';

/** The longest common end of two paths, compared with every file there is. */
function slowFind(paths: readonly string[], uri: string): string | null {
  if (paths.includes(uri)) return uri;
  const parts = (path: string) => path.split('/').reverse();
  const ranked = paths
    .map((path) => {
      const [own, wanted] = [parts(path), parts(uri)];
      const length = [...own, undefined].findIndex((part, i) => part === undefined || part !== wanted[i]);
      return { path, length, isSame: length >= 3 || length === own.length || length === wanted.length };
    })
    .filter(({ length, isSame }) => length > 0 && isSame)
    .sort((a, b) => b.length - a.length);
  const [best, second] = ranked;
  return best && (!second || second.length < best.length) ? best.path : null;
}

it('among hundreds of files of one name the same is found as by comparing with each', () => {
  const random = seededRandom(3);
  let found = 0;
  for (let round = 0; round < 60; round++) {
    const part = () => 'abc'[random.integer(0, 2)]!;
    const path = (depth: number) =>
      [...Array.from({ length: depth }, part), `${random.integer(0, 1)}.jpg`].join('/');
    const files = new Set(Array.from({ length: random.integer(1, 200) }, () => path(random.integer(0, 5))));
    const paths = [...files];
    const addresses = new FileAddresses(
      memoryFolder(Object.fromEntries(paths.map((name) => [name, '']))),
      null,
    );
    for (let i = 0; i < 40; i++) {
      const uri = path(random.integer(0, 6));
      const answer = addresses.find(uri, '')?.path ?? null;
      expect(answer, `${uri} among ${paths.length}`).toBe(slowFind(paths, uri));
      if (answer !== null && answer !== uri) found++;
    }
  }
  expect(found).toBeGreaterThan(100);
});
