/** What the parts of a scene's reading share: the document, where its files are, and how trouble is told. */
import type { Folder } from '../../base/bytes.ts';
import type { Severity } from '../../base/problem.ts';
import type { Mat4 } from '../../model/pose.ts';
import type { ContentClaims } from '../contents/contentClaims.ts';
import type { DeliveryBuilder } from '../deliveryBuilder.ts';
import type { OpenlabelDocument } from './document.ts';
import type { FileAddresses } from './fileAddresses.ts';
import type { Spaces } from './spaces.ts';

export interface SceneInput {
  readonly document: OpenlabelDocument;
  readonly path: string;
  readonly sceneId: string;
  readonly delivery: Folder;
  readonly sensors: Folder | null;
  readonly addresses: FileAddresses;
  /** What the delivery states about the content of sensor files; null = content is not asked. */
  readonly contents: ContentClaims | null;
  /** Addresses among the files that the delivery's checksum lists name. */
  readonly listedAddresses: FileAddresses | null;
  readonly builder: DeliveryBuilder;
  /** Numeric object ids restart in every document: with several, tracks carry the scene's name. */
  readonly hasSeveralScenes: boolean;
}

const MOST_NAMED = 5;

type Params = Readonly<Record<string, string | number>>;

/** Different names, a few of them, for a sentence. */
export function someOf(names: Iterable<string>): string {
  const different = [...new Set(names)].filter(Boolean);
  return different.length <= MOST_NAMED
    ? different.join(', ')
    : `${different.slice(0, MOST_NAMED).join(', ')}, ...`;
}

/** Problems of one document. */
export class SceneNotes {
  readonly #input: SceneInput;
  readonly #told = new Set<string>();

  constructor(input: SceneInput) {
    this.#input = input;
  }

  add(code: string, severity: Severity, params: Params, place?: string): void {
    const { builder, path } = this.#input;
    builder.problems.add({ code, severity, path, ...(place ? { place } : {}), params });
  }

  /** For what is true of the whole document, however many frames meet it. */
  addOnce(code: string, severity: Severity, params: Params): void {
    const key = JSON.stringify([code, params]);
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.add(code, severity, params);
  }

  /** `toFromFrom`, with a word about a pose that the file leaves open; null where nothing connects the two. */
  connect(spaces: Spaces, to: string, from: string): Mat4 | null {
    const connection = spaces.connect(to, from);
    if (connection === null) this.addOnce('openlabel-space-unrelated', 'error', { from, to });
    else if (connection.isAssumed) this.addOnce('openlabel-pose-missing', 'warning', { from, to });
    return connection?.matrix ?? null;
  }
}
