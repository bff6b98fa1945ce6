/**
 * Collects what a page complains about, so that a test fails on it: errors on the console, uncaught errors,
 * crashes, and violations of the content security policy, also those from before anyone listened.
 */
import type { Page } from '@playwright/test';

/** Reports every problem of `page` from now on, and those it has already had. A problem may be reported twice. */
export async function watchPage(page: Page, report: (problem: string) => void): Promise<void> {
  page.on('console', (message) => {
    if (message.type() === 'error') report(`console error: ${message.text()}`);
  });
  page.on('pageerror', (error) => report(`uncaught error: ${error.message}`));
  page.on('crash', () => report('the page crashed'));
  const session = await page.context().newCDPSession(page);
  session.on('Audits.issueAdded', ({ issue }) => {
    const violation = issue.details.contentSecurityPolicyIssueDetails;
    if (!violation) return;
    const what = violation.blockedURL ?? violation.contentSecurityPolicyViolationType;
    report(`content security policy: ${violation.violatedDirective} refused ${what}`);
  });
  // The browser repeats the issues it has kept when this is switched on; Playwright keeps the other two kinds.
  await session.send('Audits.enable');
  for (const message of await page.consoleMessages()) {
    if (message.type() === 'error') report(`console error: ${message.text()}`);
  }
  for (const error of await page.pageErrors()) report(`uncaught error: ${error.message}`);
}
