/** The person's settings: language, theme, auditor profiles, and what the screens remember about themselves. */
import type { Settings } from '../../shared/host/contract.ts';
import { settingsSchema } from '../../shared/host/contract.ts';
import type { JsonFile } from './jsonFile.ts';
import { jsonFile } from './jsonFile.ts';

export type SettingsFile = JsonFile<Settings>;

export function createSettings(file: string, log: (line: string) => void): SettingsFile {
  return jsonFile(file, settingsSchema, () => settingsSchema.parse({}), log);
}
