import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { catalogues, languages } from '../../../shared/messages/index.ts';
import { readers } from '../../../shared/readers/openDelivery.ts';

const room = path.resolve(import.meta.dirname, '../../../shared/readers');
/** A code where it is raised: `code: '...'`, or the first word handed to one of the reporting functions. */
const RAISED =
  /(?:code:\s*|\b(?:add|addOnce|report|broken|bad)\(\s*|#report\w*\((?:[^,'()]+,\s*)?|reportLeftovers\([^,]+,\s*)'([a-z0-9]+(?:-[a-z0-9]+)+)'/g;

it('every problem that a reader raises has its sentence in every language', () => {
  const sources = readdirSync(room, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const codes = new Set<string>();
  for (const name of sources) {
    for (const [, code] of readFileSync(path.join(room, name), 'utf8').matchAll(RAISED)) codes.add(code!);
  }
  expect(codes.size).toBeGreaterThan(40);
  for (const language of languages) {
    const missing = [...codes].filter((code) => !(code in catalogues[language].problems));
    expect(missing, language).toEqual([]);
    for (const { id } of readers) expect(catalogues[language].readers.lookedFor).toHaveProperty(id);
  }
});
