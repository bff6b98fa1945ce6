/** The delivery index as one file: see `index/layout.ts` for its bytes. */
export { INDEX_MAGIC, INDEX_VERSION } from './index/layout.ts';
export { readIndexFile } from './index/readIndex.ts';
export { indexFileParts, writeIndexFile } from './index/writeIndex.ts';
