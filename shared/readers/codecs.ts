/** WebAssembly codecs that formats need: whoever runs shared code hands in their bytes, shared code never fetches. */
export type CodecName = 'laz-perf' | 'draco';

export interface Codecs {
  /** The codec's module, as it lies in its package. Rejects with ProblemError `codec-missing` where it cannot be read. */
  wasm(name: CodecName): Promise<Uint8Array<ArrayBuffer>>;
}
