/** One folder for the file browser: its folders and files by name, nothing below. Hidden names are left out. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Result } from '../../shared/base/problem.ts';
import { done, failed } from '../../shared/base/problem.ts';
import type { HostOutput } from '../../shared/host/contract.ts';
import { readProblem } from './faults.ts';
import type { Places } from './places.ts';

export async function listFolder(places: Places, named: string): Promise<Result<HostOutput<'folders.list'>>> {
  const admitted = await places.existing(named);
  if (!admitted.ok) return admitted;
  const folder = admitted.value;
  const folders: string[] = [];
  const files: { name: string; size: number }[] = [];
  try {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (entry.name.startsWith('.')) continue;
      if (entry.isDirectory()) folders.push(entry.name);
      else if (entry.isFile())
        files.push({ name: entry.name, size: (await stat(path.join(folder, entry.name))).size });
      else if (entry.isSymbolicLink()) await followLink(entry.name);
    }
  } catch (error) {
    return failed(readProblem('folder', named, error));
  }

  /** A link is shown as what it leads to, where that may be opened. */
  async function followLink(name: string): Promise<void> {
    const target = await places.existing(path.join(folder, name));
    if (!target.ok) return;
    const found = await stat(target.value);
    if (found.isDirectory()) folders.push(name);
    else if (found.isFile()) files.push({ name, size: found.size });
  }

  const parent = path.dirname(folder);
  const isParentOpen = parent !== folder && (await places.existing(parent)).ok;
  return done({
    path: folder,
    parent: isParentOpen ? parent : null,
    folders: folders.sort(),
    files: files.sort((a, b) => (a.name < b.name ? -1 : 1)),
  });
}
