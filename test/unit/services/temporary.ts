/** A folder for one test file, gone after it. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';

let made = 0;

/** Answers a fresh folder each time it is called. */
export function temporaryFolders(name: string): () => string {
  const root = realpathSync(mkdtempSync(path.join(os.tmpdir(), `assay-${name}-`)));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  return () => mkdtempSync(path.join(root, `${++made}-`));
}
