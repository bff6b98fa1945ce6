/** The folders of `app.getPath` on Linux, and their overrides. */
import os from 'node:os';
import path from 'node:path';
import { notImplemented } from '../strict.ts';

export class AppPaths {
  private readonly paths: Map<string, string>;

  /** `userData` lies below the user's configuration folder under the app's name, unless it was given. */
  constructor(appName: string, executable: string, givenUserData: string | undefined) {
    const home = os.homedir();
    const appData = process.env.XDG_CONFIG_HOME ?? path.join(home, '.config');
    this.paths = new Map([
      ['home', home],
      ['appData', appData],
      ['userData', givenUserData ? path.resolve(givenUserData) : path.join(appData, appName)],
      ['temp', os.tmpdir()],
      ['exe', executable],
      ['desktop', path.join(home, 'Desktop')],
      ['documents', path.join(home, 'Documents')],
      ['downloads', path.join(home, 'Downloads')],
    ]);
  }

  get(name: string): string {
    // Storage of the browser lies with the rest of the app's data until it is moved by itself.
    if (name === 'sessionData') return this.paths.get('sessionData') ?? this.get('userData');
    if (name === 'logs') return this.paths.get('logs') ?? path.join(this.get('userData'), 'logs');
    return this.paths.get(name) ?? notImplemented(`app.getPath('${name}')`);
  }

  set(name: string, value: string): void {
    this.get(name);
    if (!path.isAbsolute(value)) throw new Error('Path must be absolute');
    this.paths.set(name, value);
  }
}
