/**
 * The delivery index as one binary file: what the Node side caches and the renderer fetches.
 *
 *   0   8 bytes   "ASSAYIDX"
 *   8   uint32    version
 *   12  uint32    0
 *   16  blocks    each at a multiple of 8, little-endian: label columns; strings as one UTF-8 text and the byte where
 *                 each ends; frames as JSON, one text a scene
 *       header    JSON: scenes, sensors, problems, names, and where every block lies, counted from byte 16
 *       trailer   uint64 where the header starts, uint32 its bytes, uint32 0
 *
 * The header stands last so that an index is written as it is made. Typed arrays are read in place, so the file is in
 * the byte order of every machine Assay runs on: little-endian.
 */

export const INDEX_MAGIC = 'ASSAYIDX';
export const INDEX_VERSION = 2;
export const INDEX_PREFIX_BYTES = 16;
export const INDEX_TRAILER_BYTES = 16;
export const COLUMN_ALIGNMENT = 8;

export type Column = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

/** Element type and values per row of each column; `+1` = one more row than frames. */
export const cuboidLayout = {
  frame: { type: Uint32Array, width: 1 },
  classIndex: { type: Uint16Array, width: 1 },
  track: { type: Uint32Array, width: 1 },
  center: { type: Float64Array, width: 3 },
  size: { type: Float64Array, width: 3 },
  rotation: { type: Float64Array, width: 4 },
  attributes: { type: Uint32Array, width: 1 },
  flags: { type: Uint8Array, width: 1 },
  statedPoints: { type: Int32Array, width: 1 },
} as const;

export const box2dLayout = {
  frame: { type: Uint32Array, width: 1 },
  camera: { type: Uint16Array, width: 1 },
  classIndex: { type: Uint16Array, width: 1 },
  track: { type: Uint32Array, width: 1 },
  ltrb: { type: Float64Array, width: 4 },
  cuboid: { type: Int32Array, width: 1 },
  attributes: { type: Uint32Array, width: 1 },
} as const;
