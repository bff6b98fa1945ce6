/** Every kind of fault that can be put into the labels of a delivery that is in memory. */

/** Done to one object, in one frame, a stretch of frames or its whole life. */
export const labelKinds = [
  'missing',
  'ghost',
  'duplicate',
  'wrong-class',
  'shift-x',
  'shift-y',
  'shift-z',
  'resize-length',
  'resize-width',
  'resize-height',
  'yaw',
  'flip',
  'tilt',
  'empty',
  'loose',
  'cut',
  'floating',
  'sunk',
  'out-of-range',
  'track-switch',
  'fragment',
  'merge',
  'gap',
  'late-start',
  'early-end',
  'jitter',
  'frozen-copy',
  'class-flicker',
  'attribute',
  'box2d-off',
  'link-broken',
  'schema',
] as const;
export type LabelKind = (typeof labelKinds)[number];

/** Done to a camera or to the vehicle's path over a stretch of a scene: the owner of the data erred, not the labeller. */
export const dataKinds = ['extrinsic', 'time-offset', 'pose-jump'] as const;
export type DataKind = (typeof dataKinds)[number];

export const spoilKinds = [...labelKinds, ...dataKinds] as const;
export type SpoilKind = (typeof spoilKinds)[number];

/** Mild: one to two times what is tolerated. Gross: twice and more. What has no tolerance is gross. */
export const spoilSizes = ['mild', 'gross'] as const;
export type SpoilSize = (typeof spoilSizes)[number];

/** Kinds that come in one size only, since nothing tolerates a little of them. */
const sizeless: ReadonlySet<SpoilKind> = new Set<SpoilKind>([
  'missing',
  'ghost',
  'duplicate',
  'flip',
  'empty',
  'out-of-range',
  'track-switch',
  'fragment',
  'merge',
  'frozen-copy',
  'class-flicker',
  'attribute',
  'link-broken',
  'schema',
]);

export function hasSizes(kind: SpoilKind): boolean {
  return !sizeless.has(kind);
}

export function isDataKind(kind: SpoilKind): kind is DataKind {
  return (dataKinds as readonly string[]).includes(kind);
}
