/** Lists an archive that is read in place, whichever kind it is, told from its first bytes and not from its name. */
import { constants, gunzipSync } from 'node:zlib';
import type { ByteSource } from '../../../shared/base/bytes.ts';
import type { ArchiveListing } from './archive.ts';
import { admitMembers } from './archiveNames.ts';
import { isZlibFault } from './inflate.ts';
import { listTar } from './listTar.ts';
import { beginsTar } from './tarMembers.ts';
import { readZipDirectory } from './zipDirectory.ts';

/** `tar.gz` cannot be read by ranges and is unpacked first. */
export type ArchiveKind = 'zip' | 'tar' | 'tar.gz';

/** Null where it is no archive of a kind that is read here. */
export async function archiveKind(source: ByteSource): Promise<ArchiveKind | null> {
  const start = await source.slice(0, 512);
  const [a, b, c, d] = start;
  if (a === 0x50 && b === 0x4b && ((c === 3 && d === 4) || (c === 5 && d === 6))) return 'zip';
  if (a === 0x1f && b === 0x8b) return (await packsTar(source)) ? 'tar.gz' : null;
  return beginsTar(start) ? 'tar' : null;
}

/** A tar's first header in the first bytes of a gzip: many other things are gzipped, and are no archives. */
async function packsTar(source: ByteSource): Promise<boolean> {
  try {
    const start = await source.slice(0, 4096);
    return beginsTar(gunzipSync(start, { finishFlush: constants.Z_SYNC_FLUSH }));
  } catch (error) {
    if (isZlibFault(error)) return false;
    throw error;
  }
}

/** How problems name an archive, and what they put before the paths inside it. */
export interface ArchiveName {
  readonly shown: string;
  readonly prefix: string;
}

/** Rejects as the directory of a zip does. */
export async function listArchive(
  source: ByteSource,
  kind: 'zip' | 'tar',
  { shown, prefix }: ArchiveName,
): Promise<ArchiveListing> {
  if (kind === 'zip') {
    const members = await readZipDirectory(source, shown);
    return { kind, ...admitMembers(members, prefix, source.length) };
  }
  const { members, isWhole } = await listTar(source);
  const admitted = admitMembers(members, prefix, source.length);
  const cut = { code: 'archive-damaged', severity: 'error', path: shown } as const;
  return { kind, files: admitted.files, problems: isWhole ? admitted.problems : [cut, ...admitted.problems] };
}
