/** The WebAssembly codecs, fetched from the one origin when a format first needs them. */
import { ProblemError } from '../../shared/base/problem.ts';
import type { CodecName, Codecs } from '../../shared/readers/codecs.ts';

const loaded = new Map<CodecName, Promise<Uint8Array<ArrayBuffer>>>();

/** `base`: the address of the interface. */
export function codecsFrom(base: string): Codecs {
  return {
    wasm(name) {
      const known = loaded.get(name) ?? fetchCodec(base, name);
      loaded.set(name, known);
      // One that could not be had is asked for again.
      known.catch(() => loaded.delete(name));
      return known;
    },
  };
}

async function fetchCodec(base: string, name: CodecName): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(new URL(`./codecs/${name}.wasm`, base));
  if (!response.ok)
    throw new ProblemError({ code: 'codec-missing', severity: 'error', path: `${name}.wasm` });
  return new Uint8Array(await response.arrayBuffer());
}
