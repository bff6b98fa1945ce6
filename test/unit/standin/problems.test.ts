/** What the desktop fixture fails a test for, and on which executable it runs. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseExecutable } from '../../support/electronExecutable.ts';
import { watchPage } from '../../support/pageProblems.ts';
import { executable, type FixtureApp, type Launched, launch, writeFixtureApp } from './fixtureApp.ts';

describe('problems of a page', () => {
  let fixture: FixtureApp;
  let launched: Launched;
  const problems = new Set<string>();

  beforeAll(async () => {
    fixture = writeFixtureApp();
    launched = await launch(fixture);
  });
  afterAll(async () => {
    await launched.app.close();
    fixture.remove();
  });

  /** Three problems, each carrying `mark`. */
  const cause = (mark: string) =>
    launched.page.evaluate((text) => {
      console.error(`said ${text}`);
      setTimeout(() => {
        throw new Error(`thrown ${text}`);
      });
      const policy = document.createElement('meta');
      policy.httpEquiv = 'Content-Security-Policy';
      policy.content = "img-src 'none'";
      document.head.append(policy);
      new Image().src = `./${text}.png`;
    }, mark);

  const expected = (mark: string) => [
    `console error: said ${mark}`,
    `uncaught error: thrown ${mark}`,
    `content security policy: img-src refused http://assay.app.localhost/${mark}.png`,
  ];

  it('are seen when they come, and also when they came before', async () => {
    await cause('before');
    await watchPage(launched.page, (problem) => problems.add(problem));
    await cause('after');
    await expect
      .poll(() => [...problems], { timeout: 20_000, interval: 50 })
      .toEqual(expect.arrayContaining([...expected('before'), ...expected('after')]));
  });
});

describe('the executable', () => {
  const none = () => false;
  it('is the one that was named, else the installed binary, else the stand-in', () => {
    expect(chooseExecutable({ ASSAY_ELECTRON: '/opt/electron' }, none)).toEqual({
      file: '/opt/electron',
      isReal: true,
    });
    const installed = chooseExecutable({}, () => true);
    expect(installed.file).toMatch(/node_modules\/electron\/dist\//);
    expect(installed.isReal).toBe(true);
    expect(chooseExecutable({}, none)).toEqual({ file: executable, isReal: false });
  });

  it('is never the stand-in where the real one is required', () => {
    expect(() => chooseExecutable({ ASSAY_REQUIRE_REAL: '1' }, none)).toThrow('ASSAY_REQUIRE_REAL=1');
    expect(() => chooseExecutable({ ASSAY_REQUIRE_REAL: '1', ASSAY_ELECTRON: executable }, none)).toThrow();
  });
});
