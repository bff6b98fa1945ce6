/** What the app says about itself: its folder, name, version and main file. */
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';

export interface AppPackage {
  readonly root: string;
  readonly name: string;
  readonly version: string;
  readonly mainFile: string;
}

/** `appPath` is a folder with a package.json, or a main file by itself; as in Electron, the latter has no name. */
export function readAppPackage(appPath: string, electronVersion: string): AppPackage {
  const absolute = path.resolve(appPath);
  if (!statSync(absolute).isDirectory()) {
    return { root: path.dirname(absolute), name: 'Electron', version: electronVersion, mainFile: absolute };
  }
  const text = readFileSync(path.join(absolute, 'package.json'), 'utf8');
  const { name, productName, version, main } = JSON.parse(text) as Record<string, string | undefined>;
  return {
    root: absolute,
    name: productName ?? name ?? 'Electron',
    version: version ?? electronVersion,
    mainFile: path.resolve(absolute, main ?? 'index.js'),
  };
}
