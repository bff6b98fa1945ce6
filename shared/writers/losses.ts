/** What did not fit into the target format, counted by kind: listed, never dropped in silence. */
export const lossKinds = [
  'attributes',
  'attribute-kinds',
  'boxes2d',
  'camera-poses',
  'derived-marks',
  'frame-names',
  'ids',
  'lens-distortion',
  'lenses',
  'links',
  'other-sources',
  'poses',
  'shapes',
  'stated-points',
  'tilt',
  'times',
  'tracks',
  'unusable',
] as const;
export type LossKind = (typeof lossKinds)[number];

export class Losses {
  readonly #counts = new Map<LossKind, number>();

  add(kind: LossKind, count = 1): void {
    if (count > 0) this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + count);
  }

  list(): { readonly kind: LossKind; readonly count: number }[] {
    return lossKinds.flatMap((kind) => {
      const count = this.#counts.get(kind);
      return count === undefined ? [] : [{ kind, count }];
    });
  }
}
