/**
 * Lists of SHA-256 sums as command-line tools write them: `<64 hex>  <path>` (`*` before the path for binary mode),
 * `SHA256 (<path>) = <64 hex>`, and files beside the one they speak of that hold the sum alone.
 */
import type { Problem } from '../../base/problem.ts';
import { baseName, folderOf, withoutDots } from '../paths.ts';
import { linesOf } from '../textFile.ts';

export interface ListedSum {
  /** Path within the folder that the list lies in, dots and backslashes resolved. */
  readonly path: string;
  /** Lower-case hex. */
  readonly sha256: string;
}

const LIST_NAME = /^(sha256sums?(\.txt)?|.+\.sha256(sums?)?)$/i;
const GNU_LINE = /^(\\?)([0-9a-f]{64})[ \t]+\*?(.+)$/i;
const BSD_LINE = /^SHA256 \((.+)\) = ([0-9a-f]{64})$/i;
const LONE_SUM = /^[0-9a-f]{64}$/i;
const STATED_SUM = /^(?:sha-?256[:=]\s*)?([0-9a-f]{64})$/i;

export function isChecksumList(path: string): boolean {
  return LIST_NAME.test(baseName(path));
}

/** Lower-case hex of a sum in a document (`<hex>`, `sha256:<hex>`); null for any other kind of checksum. */
export function sha256In(text: string): string | null {
  return STATED_SUM.exec(text.trim())?.[1]?.toLowerCase() ?? null;
}

/** A backslash before the sum says that backslashes and line ends in the path are written as `\\` and `\n`. */
function unescaped(path: string): string {
  return path.replace(/\\([\\nr])/g, (_, letter: string) =>
    letter === 'n' ? '\n' : letter === 'r' ? '\r' : '\\',
  );
}

function readLine(line: string, list: string): ListedSum | null {
  const folder = folderOf(list);
  const listed = (path: string, sum: string): ListedSum => ({
    path: withoutDots(folder + path.replaceAll('\\', '/')),
    sha256: sum.toLowerCase(),
  });
  const gnu = GNU_LINE.exec(line);
  if (gnu) return listed(gnu[1] === '' ? gnu[3]! : unescaped(gnu[3]!), gnu[2]!);
  const bsd = BSD_LINE.exec(line);
  if (bsd) return listed(bsd[1]!, bsd[2]!);
  // `000007.bin.sha256` speaks of `000007.bin`.
  const about = baseName(list).replace(/\.sha256(sums?)?$/i, '');
  return LONE_SUM.test(line) && about !== baseName(list) ? listed(about, line) : null;
}

/** Blank lines and `#` comments are passed over; the rest that is no sum is told as one `checksum-line-bad`. */
export function parseChecksumList(text: string, path: string): { sums: ListedSum[]; problems: Problem[] } {
  const sums: ListedSum[] = [];
  let bad = 0;
  let firstBad = 0;
  for (const [index, raw] of linesOf(text).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const sum = readLine(line, path);
    if (sum && sum.path !== '') sums.push(sum);
    else if (bad++ === 0) firstBad = index + 1;
  }
  if (bad === 0) return { sums, problems: [] };
  const problem: Problem = {
    code: 'checksum-line-bad',
    severity: 'warning',
    path,
    place: `line ${firstBad}`,
    params: { lines: bad },
  };
  return { sums, problems: [problem] };
}
