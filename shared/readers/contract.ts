/** What a reader is: it recognises a folder by its content and makes the canonical index of it, without reading points. */
import type { Folder } from '../base/bytes.ts';
import type { FormatId } from '../model/delivery.ts';
import type { DeliveryIndex } from '../model/labels.ts';
import type { ContentClaims } from './contents/contentClaims.ts';

export interface ReadContext {
  /** The client's own sensor data, where the delivery is labels alone or lacks files. */
  readonly sensors?: Folder;
  /** Sweeps that nobody labelled become frames of their own, with interpolated cuboids marked as such. */
  readonly between?: boolean;
  /**
   * Formats that state lens coefficients while their owner projects without them (Argoverse 2) apply them when this
   * is true, and follow their owner otherwise.
   */
  readonly lensDistortion?: boolean;
  /** Text of the mapping that explains a vendor's own format; the delivery is read by it, whatever it looks like. */
  readonly mapping?: string;
  /** Aborting makes `index` throw the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called with files read so far and files to read. */
  readonly progress?: (done: number, total: number) => void;
  /**
   * SHA-256 of a whole file as hex. Without it sensor files are paired by name and time only. Rejects with
   * ProblemError where the file cannot be read.
   */
  readonly hashOf?: (folder: Folder, path: string) => Promise<string>;
  /** Set by `openDelivery` where content can settle what names leave open. */
  readonly contents?: ContentClaims;
}

export interface Reader {
  readonly id: FormatId;
  /** Catalogue key of a phrase that names what this reader looks for. */
  readonly lookedFor: string;
  /** The first rows of its tables alone give the first frames: true where a table cut short keeps what came before. */
  readonly readsHeads?: true;
  /** 0 = certainly not this format, 1 = certainly. Reads the first bytes of a few files at most. */
  detect(folder: Folder): Promise<number>;
  /** Never fails as a whole: what cannot be read becomes problems of the index. */
  index(folder: Folder, context: ReadContext): Promise<DeliveryIndex>;
}
