/** Keys as a file, to carry them to another machine. What comes in may be any file: only what is a key is taken. */
import { type KeyPreset, keyPresets } from '../../shared/host/contract.ts';
import type { KeyChoice } from './keymap.ts';
import { canonicalKey } from './keys.ts';

export const keyFileName = 'assay-keys.json';

/** Far more than all commands with all their keys take. */
const mostCharacters = 200_000;
const mostCommands = 1000;
const mostKeys = 6;
const commandId = /^[A-Za-z]\w{0,39}(\.\w{1,40}){1,3}$/;

export type KeyFileFault = 'large' | 'json' | 'shape';
export type KeyFileReading =
  | {
      readonly ok: true;
      readonly choice: KeyChoice;
      /** Entries that are no keys of a command. */
      readonly skipped: number;
    }
  | { readonly ok: false; readonly fault: KeyFileFault };

export function keyFileText({ preset, own }: KeyChoice): string {
  return `${JSON.stringify({ assayKeys: 1, preset, keys: own }, null, 2)}\n`;
}

/**
 * Reads a file that `keyFileText` wrote, or that somebody edited, or that is something else altogether. Null stands
 * for a file that was too large to be read at all.
 */
export function readKeyFile(text: string | null): KeyFileReading {
  if (text === null || text.length > mostCharacters) return { ok: false, fault: 'large' };
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return { ok: false, fault: 'json' };
  }
  if (!isRecord(parsed) || parsed.assayKeys !== 1 || !isRecord(parsed.keys)) {
    return { ok: false, fault: 'shape' };
  }
  const entries = Object.entries(parsed.keys);
  const own = new Map<string, readonly string[]>();
  for (const [id, keys] of entries.slice(0, mostCommands)) {
    const read = commandId.test(id) ? readKeys(keys) : null;
    if (read !== null) own.set(id, read);
  }
  const { preset } = parsed;
  return {
    ok: true,
    choice: { preset: isPreset(preset) ? preset : 'assay', own: Object.fromEntries(own) },
    skipped: entries.length - own.size + (isPreset(preset) ? 0 : 1),
  };
}

function readKeys(value: unknown): readonly string[] | null {
  if (!Array.isArray(value) || value.length > mostKeys) return null;
  const keys = value.map((key) => (typeof key === 'string' ? canonicalKey(key) : null));
  const read = keys.filter((key) => key !== null);
  return read.length === keys.length ? [...new Set(read)] : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPreset(value: unknown): value is KeyPreset {
  return keyPresets.some((preset) => preset === value);
}
