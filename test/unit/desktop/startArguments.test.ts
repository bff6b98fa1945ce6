/** What the app was started with, as Electron passes it. */
import { describe, expect, it } from 'vitest';
import { startArguments } from '../../../electron/desktop/startArguments.ts';

describe('start arguments', () => {
  it.each([
    ['nothing', ['electron', '.'], false, null, false],
    ['a folder', ['electron', '.', 'a delivery'], false, '/home/lin/a delivery', false],
    [
      'switches before the app',
      ['electron', '--no-sandbox', '--inspect=0', '.', '/data'],
      false,
      '/data',
      false,
    ],
    ['switches before the app alone', ['electron', '--no-sandbox', '--inspect=0', '.'], false, null, false],
    ['the sample', ['electron', '.', '--sample'], false, null, true],
    ['a folder, packaged', ['/opt/Assay/assay', '--enable-features=x', 'd'], true, '/home/lin/d', false],
    ['nothing, packaged', ['/opt/Assay/assay'], true, null, false],
  ] as const)('are read: %s', (_title, argv, isPackaged, open, isSample) => {
    expect(startArguments(argv, isPackaged, '/home/lin')).toEqual({ open, isSample });
  });
});
