/**
 * What one reading of a delivery asks about the content of sensor files. Names and times pair first; where they leave
 * a frame without a file and the delivery states the file's SHA-256, the frame claims that content. Once claims are
 * settled the delivery is read again, and finds the files it claimed.
 */
import type { FileRef } from '../../model/delivery.ts';
import type { StatedContent, StatedContents } from './statedContents.ts';

/** Is this path of the right kind (a cloud, an image)? */
export type KeepPath = (path: string) => boolean;

export interface ContentClaim {
  readonly stated: StatedContent;
  readonly keep: KeepPath;
}

/** A sensor file that a frame found by name or time, though its content is stated too. */
export interface ContentCheck {
  readonly frame: string;
  readonly path: string;
  readonly stated: StatedContent;
}

export class ContentClaims {
  readonly listed: StatedContents;
  readonly claims: ContentClaim[] = [];
  readonly checks: ContentCheck[] = [];
  /** Sensor files that frames found by name or time. */
  readonly used = new Set<string>();
  /** Paths in the sensor root by their SHA-256, as settling found them. */
  readonly #found: ReadonlyMap<string, readonly string[]>;
  readonly #foundPaths: ReadonlySet<string>;
  readonly #given = new Map<string, number>();

  constructor(listed: StatedContents, found: ReadonlyMap<string, readonly string[]> = new Map()) {
    this.listed = listed;
    this.#found = found;
    this.#foundPaths = new Set([...found.values()].flat());
  }

  /** Was this sensor file found by its content? Then it is not left over, whatever it is called. */
  isFound({ root, path }: FileRef): boolean {
    return root === 'sensors' && this.#foundPaths.has(path);
  }

  /** The file of a frame: what names and time gave, else what its content gives. `frame` is for people. */
  resolve(frame: string, file: FileRef | null, stated: StatedContent | null, keep: KeepPath): FileRef | null {
    if (file?.root === 'delivery') return file;
    if (file !== null) {
      this.used.add(file.path);
      if (stated) this.checks.push({ frame, path: file.path, stated });
      return file;
    }
    if (stated === null) return null;
    this.claims.push({ stated, keep });
    const path = this.#take(stated.sha256);
    return path === null ? null : { root: 'sensors', path };
  }

  /** Each file once while there are enough; equal content may serve again, since it is the content that is meant. */
  #take(sha256: string): string | null {
    const paths = this.#found.get(sha256);
    if (!paths) return null;
    const given = this.#given.get(sha256) ?? 0;
    this.#given.set(sha256, given + 1);
    return paths[Math.min(given, paths.length - 1)]!;
  }
}
