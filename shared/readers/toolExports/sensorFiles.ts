/**
 * The sensor files that an export names: paths of the vendor's machine, web addresses, or names beside the labels.
 * They are looked for in the delivery and in the client's sensor folder; nothing else is ever opened.
 */
import type { Folder } from '../../base/bytes.ts';
import type { FileRef } from '../../model/delivery.ts';
import { FileAddresses, leadsOutside } from '../openlabel/fileAddresses.ts';
import type { ProblemList } from '../problemList.ts';

/** A web address without its query: signed links carry one, and file names do not. */
function withoutQuery(uri: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(uri) ? uri.replace(/[?#].*$/, '') : uri;
}

export class SensorFiles {
  readonly #addresses: FileAddresses;
  /** Labels that came alone name their neighbours by `../`: those can only be in the sensor folder. */
  readonly #lent: FileAddresses | null;
  readonly #problems: ProblemList;
  readonly #told = new Set<string>();
  readonly #missing: { readonly uri: string; readonly path: string }[] = [];
  #found = 0;

  constructor(delivery: Folder, sensors: Folder | undefined, problems: ProblemList) {
    this.#addresses = new FileAddresses(delivery, sensors ?? null);
    this.#lent = sensors ? new FileAddresses({ entries: [] }, sensors) : null;
    this.#problems = problems;
  }

  /** The file that `path` (a label file) calls `uri`, or null; trouble is told by `report`. */
  find(uri: string, path: string): FileRef | null {
    if (uri === '') return null;
    const isOutside = leadsOutside(uri, path);
    const addresses = isOutside ? this.#lent : this.#addresses;
    const file = addresses?.find(withoutQuery(uri), path) ?? null;
    if (file) this.#found++;
    else if (isOutside) this.#tellOutside(uri, path);
    else this.#missing.push({ uri, path });
    return file;
  }

  #tellOutside(uri: string, path: string): void {
    if (this.#told.has(uri)) return;
    this.#told.add(uri);
    this.#problems.add({ code: 'address-outside', severity: 'error', path, params: { uri } });
  }

  /** To be called once all files were asked for: one problem each, or one for labels that came alone. */
  report(): void {
    const missing = this.#missing.filter(({ uri }) => !this.#told.has(uri));
    if (this.#found === 0 && missing.length > 1) {
      const params = { files: new Set(missing.map(({ uri }) => uri)).size };
      this.#problems.add({ code: 'sensor-files-absent', severity: 'warning', path: '', params });
      return;
    }
    for (const { uri, path } of missing) {
      if (this.#told.has(uri)) continue;
      this.#told.add(uri);
      this.#problems.add({ code: 'named-file-missing', severity: 'warning', path, params: { uri } });
    }
  }
}
