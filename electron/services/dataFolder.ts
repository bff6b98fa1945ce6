/** The one folder Assay writes to on its own: where it is, and where in it things lie. */
import path from 'node:path';

export interface DataFolder {
  readonly root: string;
  readonly settings: string;
  readonly recent: string;
  readonly deviceKey: string;
  /** One folder per audit. */
  readonly audits: string;
  /** Audits that live elsewhere: moved to a stick, opened from a share. */
  readonly auditPlaces: string;
  /** One folder per switching ledger. */
  readonly ledgers: string;
  /** What labels usually are, one document per vendor and project. */
  readonly priors: string;
  /** Cached indexes and what was counted and hashed beside them; may be deleted at any time. */
  readonly cache: string;
  readonly sampleDelivery: string;
}

export function dataFolderAt(root: string): DataFolder {
  return {
    root,
    settings: path.join(root, 'settings.json'),
    recent: path.join(root, 'recent.json'),
    deviceKey: path.join(root, 'device-key.pem'),
    audits: path.join(root, 'audits'),
    auditPlaces: path.join(root, 'audit-places.json'),
    ledgers: path.join(root, 'ledgers'),
    priors: path.join(root, 'priors'),
    cache: path.join(root, 'cache'),
    sampleDelivery: path.join(root, 'sample-delivery'),
  };
}

/** `ASSAY_HOME`, else the place the operating system gives to an application's data. */
export function defaultHome(
  environment: Readonly<Record<string, string | undefined>>,
  platform: string,
  userHome: string,
): string {
  if (environment.ASSAY_HOME) return path.resolve(environment.ASSAY_HOME);
  if (platform === 'win32') {
    return path.join(environment.APPDATA ?? path.join(userHome, 'AppData', 'Roaming'), 'Assay');
  }
  if (platform === 'darwin') return path.join(userHome, 'Library', 'Application Support', 'Assay');
  return path.join(environment.XDG_DATA_HOME || path.join(userHome, '.local', 'share'), 'assay');
}
