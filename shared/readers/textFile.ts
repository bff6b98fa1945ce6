/** Text and JSON files read whole, with trouble as a value: unreadable, too large, not JSON. */
import type { Folder } from '../base/bytes.ts';
import type { Result } from '../base/problem.ts';
import { done, failed, ProblemError } from '../base/problem.ts';

/** JavaScript strings end at 2^29 - 24 characters; a text file beyond this cannot be read in one piece. */
const LARGEST_TEXT = 500_000_000;

/** UTF-8 unless a byte order mark says UTF-16; the mark itself is dropped. */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder('utf-8').decode(bytes);
}

/** The bytes [0, end) of a file. */
export async function readBytes(folder: Folder, path: string, end: number): Promise<Result<Uint8Array>> {
  try {
    const source = await folder.open(path);
    return done(await source.slice(0, Math.min(end, source.length)));
  } catch (error) {
    if (error instanceof ProblemError) return failed(error.problem);
    throw error;
  }
}

export async function readText(folder: Folder, path: string): Promise<Result<string>> {
  const bytes = await readBytes(folder, path, LARGEST_TEXT + 1);
  if (!bytes.ok) return bytes;
  if (bytes.value.length > LARGEST_TEXT) {
    return failed({ code: 'text-too-large', severity: 'error', path, params: { bytes: LARGEST_TEXT } });
  }
  return done(decodeText(bytes.value));
}

/** Lines without their ends; CRLF and a missing last newline make no difference. */
export function linesOf(text: string): string[] {
  return text.split(/\r\n|\n|\r/);
}

/** Fails with `json-broken` and the character where the parser gave up. */
export function parseJson(text: string, path: string): Result<unknown> {
  try {
    return done(JSON.parse(text));
  } catch (error) {
    const position = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    const place = position ?? (text.trim() === '' ? '0' : String(text.length));
    return failed({ code: 'json-broken', severity: 'error', path, place: `character ${place}` });
  }
}

export async function readJson(folder: Folder, path: string): Promise<Result<unknown>> {
  const text = await readText(folder, path);
  return text.ok ? parseJson(text.value, path) : text;
}
