/** The cache keeps to its budget: what was used longest ago goes, what may be open stays. */
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { cacheBudgetBytes, makeRoom, markUsed } from '../../../electron/services/cacheBudget.ts';
import { temporaryFolders } from './temporary.ts';

const freshFolder = temporaryFolders('budget');
const hour = 3_600_000;
const now = Date.now();

function at(file: string, hoursAgo: number): void {
  const time = new Date(now - hoursAgo * hour);
  utimesSync(file, time, time);
}

/** An index of `bytes` bytes, used so long ago. */
function index(cache: string, letter: string, bytes: number, hoursAgo: number): string {
  const folder = path.join(cache, letter.repeat(64));
  mkdirSync(folder, { recursive: true });
  for (const [name, size] of [
    ['index.bin', bytes - 10],
    ['summary.json', 10],
  ] as const) {
    writeFileSync(path.join(folder, name), Buffer.alloc(size));
    at(path.join(folder, name), hoursAgo);
  }
  return folder;
}

function unpacked(cache: string, name: string, bytes: number, hoursAgo: number): string {
  const folder = path.join(cache, 'archives', name);
  mkdirSync(path.join(folder, 'deep'), { recursive: true });
  writeFileSync(path.join(folder, 'deep/a.bin'), Buffer.alloc(bytes));
  writeFileSync(`${folder}.json`, JSON.stringify({ bytes, problems: [] }));
  at(`${folder}.json`, hoursAgo);
  return folder;
}

function inflated(cache: string, name: string, bytes: number, hoursAgo: number): string {
  const file = path.join(cache, 'inflated', name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, Buffer.alloc(bytes));
  at(file, hoursAgo);
  return file;
}

describe('the cache', () => {
  test('lets go of what was used longest ago, of every kind, and of no more than it must', async () => {
    const cache = freshFolder();
    const oldest = unpacked(cache, 'one', 5000, 90);
    const older = index(cache, 'a', 5000, 80);
    const old = inflated(cache, 'two', 5000, 70);
    const recent = index(cache, 'b', 5000, 60);
    await makeRoom(cache, 0, 20_000, now);
    expect([oldest, older, old, recent].map(existsSync)).toEqual([true, true, true, true]);
    await makeRoom(cache, 0, 15_000, now);
    expect([oldest, `${oldest}.json`, older, old, recent].map(existsSync)).toEqual([
      false,
      false,
      true,
      true,
      true,
    ]);
    await makeRoom(cache, 9000, 15_000, now);
    expect([older, old, recent].map(existsSync)).toEqual([false, false, true]);
  });

  test('keeps what was used within the hour, and says when something never fits', async () => {
    const cache = freshFolder();
    const inUse = index(cache, 'a', 5000, 90);
    await markUsed(path.join(inUse, 'summary.json'));
    await makeRoom(cache, 0, 100, Date.now());
    expect(existsSync(inUse)).toBe(true);
    await expect(makeRoom(cache, 3e9, 1e9)).rejects.toMatchObject({
      problem: { code: 'cache-too-small', params: { gigabytes: 3, budget: 1 } },
    });
  });

  test('clears what was left half done a day ago, and touches nothing that is not its own', async () => {
    const cache = freshFolder();
    for (const [name, hoursAgo] of [
      ['archives/x.partial', 30],
      ['archives/y.partial', 1],
      ['notes', 3000],
    ] as const) {
      mkdirSync(path.join(cache, name), { recursive: true });
      at(path.join(cache, name), hoursAgo);
    }
    await makeRoom(cache, 0, 0.5, now);
    expect(readdirSync(cache).sort()).toEqual(['archives', 'notes']);
    expect(readdirSync(path.join(cache, 'archives'))).toEqual(['y.partial']);
    await makeRoom(path.join(cache, 'absent'), 0, 1, now);
  });

  test('has the budget the environment states', () => {
    expect(cacheBudgetBytes({})).toBe(20e9);
    expect(cacheBudgetBytes({ ASSAY_CACHE_GB: '2.5' })).toBe(2.5e9);
    for (const nonsense of ['', 'much', '-1', '0'])
      expect(cacheBudgetBytes({ ASSAY_CACHE_GB: nonsense })).toBe(20e9);
  });
});
