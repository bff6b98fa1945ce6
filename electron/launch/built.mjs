/** Whether `dist/` was built from the sources as they stand now. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from './install.mjs';

const sources = ['shared', 'electron', 'renderer', 'assets', 'package-lock.json', 'vite.config.ts'];

export const buildStamp = path.join(projectRoot, 'dist/built');

export function isBuilt() {
  if (!existsSync(buildStamp)) return false;
  const builtAt = statSync(buildStamp).mtimeMs;
  return sources.every((source) => newest(path.join(projectRoot, source)) <= builtAt);
}

function newest(file) {
  const stat = statSync(file);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(file).reduce((latest, name) => Math.max(latest, newest(path.join(file, name))), 0);
}
