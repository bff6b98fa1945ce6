/** The WebAssembly codecs that the build laid beside the interface. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ProblemError } from '../../shared/base/problem.ts';
import type { CodecName, Codecs } from '../../shared/readers/codecs.ts';
import { systemCode } from './faults.ts';

export function codecsIn(folder: string): Codecs {
  const loaded = new Map<CodecName, Promise<Uint8Array<ArrayBuffer>>>();
  return {
    wasm(name) {
      const known = loaded.get(name) ?? readCodec(folder, name);
      loaded.set(name, known);
      return known;
    },
  };
}

async function readCodec(folder: string, name: CodecName): Promise<Uint8Array<ArrayBuffer>> {
  const file = `${name}.wasm`;
  try {
    return new Uint8Array(await readFile(path.join(folder, file)));
  } catch (error) {
    if (systemCode(error) === null) throw error;
    throw new ProblemError({ code: 'codec-missing', severity: 'error', path: file });
  }
}
