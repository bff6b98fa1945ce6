/** What the ring holds of a frame, each kind with the key it is held by. */
import type { FaceGaps } from '../../../shared/geometry/faceGaps.ts';
import type { Mat4 } from '../../../shared/model/pose.ts';
import type { Cloud } from '../clouds.ts';
import type { ImageTexture } from '../gpu/imagePlane.ts';
import type { LateAttribute, SweepPoints } from '../gpu/sweepPoints.ts';
import type { Asset } from './assetRing.ts';

/** Held by the key of its cloud. */
export interface SweepAsset extends Asset {
  readonly kind: 'sweep';
  readonly points: SweepPoints;
}

export interface ImageAsset extends Asset {
  readonly kind: 'image';
  readonly image: ImageTexture;
}

/** The points around one label: which to draw close up, and how far the faces stand from them. */
export interface LabelPointsAsset extends Asset {
  readonly kind: 'label-points';
  /** Key of a cloud -> its points near the label. */
  readonly near: ReadonlyMap<string, Uint32Array<ArrayBuffer>>;
  /** How those of some clouds are moved along with the label, within the frame's space. */
  readonly follow: ReadonlyMap<string, Mat4 | null>;
  readonly gaps: FaceGaps;
}

/** What was found out about the points of a frame's clouds, by key of the cloud: bytes beside each point. */
export interface LateAsset extends Asset {
  readonly kind: LateAttribute;
  readonly bytesOf: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  /** Of ground: how many points are, by key of the cloud. */
  readonly counts: ReadonlyMap<string, number>;
}

export const imageKey = (frame: number, image: number): string => `image ${frame} ${image}`;

/** What is found out about several clouds together depends on which they are: how many, up to which. */
const cloudsKey = (clouds: readonly Cloud[]): string => `${clouds.length} ${clouds.at(-1)?.key ?? ''}`;

export const labelPointsKey = (row: number, clouds: readonly Cloud[], isFollowed: boolean): string =>
  `label ${row} ${isFollowed ? 'followed' : 'standing'} ${cloudsKey(clouds)}`;

export const lateKey = (kind: LateAttribute, frame: number, clouds: readonly Cloud[]): string =>
  `${kind} ${frame} ${cloudsKey(clouds)}`;
