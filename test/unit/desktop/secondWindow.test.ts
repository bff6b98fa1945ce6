/** Which windows a page of the desktop app may open: its own second window, and nothing that only looks like it. */
import { expect, test } from 'vitest';
import { isSecondWindow } from '../../../electron/desktop/guards.ts';

const origin = 'app://assay';

test.each([
  ['app://assay/#/audit/2026-11-23-5f6a/companion', true],
  ['app://assay/index.html#/audit/2026%20a/companion', true],
  ['app://assay/#/audit/2026-11-23-5f6a/review', false],
  ['app://assay/#/audit/2026-11-23-5f6a/companion/more', false],
  ['app://assay/#/audit/a/b/companion', false],
  ['app://assay/data/x#/audit/a/companion', false],
  ['app://assay.example/#/audit/a/companion', false],
  ['app://other/#/audit/a/companion', false],
  ['https://assay/#/audit/a/companion', false],
  ['https://example.org/?app://assay/#/audit/a/companion', false],
  ['javascript:alert(1)//app://assay/#/audit/a/companion', false],
  ['data:text/html,#/audit/a/companion', false],
  ['about:blank', false],
  ['', false],
])('%s: %s', (address, isAllowed) => {
  expect(isSecondWindow(address, origin)).toBe(isAllowed);
});
