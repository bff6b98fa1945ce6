/** The double of `nativeTheme`. The system it runs on is light; the app may choose otherwise. */
import type { NativeTheme } from 'electron';
import type { CdpSession } from '../cdpPipe.ts';
import { preventable } from '../preventable.ts';
import { StrictEmitter } from '../strictEmitter.ts';

type ThemeSource = NativeTheme['themeSource'];
type Implemented = Pick<NativeTheme, 'themeSource' | 'shouldUseDarkColors'>;

class NativeThemeDouble extends StrictEmitter implements Implemented {
  private source: ThemeSource = 'system';
  /** Told when the choice changes; the doubles of the windows show it to their pages. */
  onChange: () => void = () => undefined;

  constructor() {
    super('nativeTheme', ['updated']);
  }

  get themeSource(): ThemeSource {
    return this.source;
  }

  set themeSource(source: ThemeSource) {
    if (source === this.source) return;
    this.source = source;
    this.onChange();
    setImmediate(() => this.emit('updated', preventable({})));
  }

  get shouldUseDarkColors(): boolean {
    return this.source === 'dark';
  }
}

export const nativeTheme = new NativeThemeDouble();

/** Shows the page the colours that the app chose; with 'system' the browser's own answer stands. */
export async function emulateTheme(session: CdpSession): Promise<void> {
  const value = nativeTheme.themeSource === 'system' ? '' : nativeTheme.themeSource;
  await session.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] });
}
