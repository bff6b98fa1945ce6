/** What a writer of labels is: the files of another format, part by part, and a list of what that format cannot carry. */
import type { Sha256Hex } from '../base/bytes.ts';
import type { DeliveryIndex } from '../model/labels.ts';
import type { Losses } from './losses.ts';

export const targets = ['openlabel', 'kitti', 'nuscenes'] as const;
export type Target = (typeof targets)[number];

export interface WrittenFile {
  /** Relative, `/` separators; made by the writer, never by a delivery. */
  readonly path: string;
  /** The text in order: write each part before taking the next. */
  readonly parts: Iterable<string>;
}

export interface WriteInput {
  readonly index: DeliveryIndex;
  /** Filled while the files are taken; complete after the last one. */
  readonly losses: Losses;
  readonly sha256: Sha256Hex;
}

export type WriteLabels = (input: WriteInput) => Iterable<WrittenFile>;
