/**
 * What the packaged app holds. The real Electron is not needed for that: the packager is given a folder that looks
 * like its distribution. The archive is then listed.
 */
import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const projectRoot = path.resolve(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);
/** The packager's own library; it has no types of its own for this one function. */
const { listPackage } = require('@electron/asar') as { listPackage(archive: string): string[] };

let folder: string;
let archive: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'assay-package-'));
  const distribution = path.join(folder, 'electron');
  mkdirSync(path.join(distribution, 'resources'), { recursive: true });
  writeFileSync(path.join(distribution, 'electron'), '#!/bin/sh\n');
  chmodSync(path.join(distribution, 'electron'), 0o755);
  const { version } = require('electron/package.json') as { version: string };
  writeFileSync(path.join(distribution, 'version'), version);
  await promisify(execFile)(
    process.execPath,
    [
      path.join(projectRoot, 'node_modules/electron-builder/cli.js'),
      ...['--linux', 'dir'],
      `-c.electronDist=${distribution}`,
      `-c.directories.output=${path.join(folder, 'release')}`,
    ],
    { cwd: projectRoot },
  );
  archive = path.join(folder, 'release/linux-unpacked/resources/app.asar');
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the archive holds the build and nobody else’s packages', () => {
  const files = listPackage(archive);
  for (const file of ['main.mjs', 'preload.cjs', 'worker.mjs'])
    expect(files).toContain(path.sep + path.join('dist', 'electron', file));
  expect(files).toContain(path.sep + path.join('dist', 'renderer', 'index.html'));
  expect(files.filter((file) => /node_modules|\.node$|\.ts$|^.test/.test(file))).toEqual([]);
  expect(statSync(archive).size).toBeLessThan(20 * 1024 * 1024);
});
