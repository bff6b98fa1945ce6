/**
 * What Node and the browser have in common and `shared` may use. `shared` loads the library of neither, so
 * every name it takes from the running machine is declared here, and nowhere else.
 */
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(input?: ArrayBufferView | ArrayBufferLike): string;
}
declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>;
}
interface AbortSignal {
  readonly aborted: boolean;
  throwIfAborted(): void;
}
