/**
 * Halts every document request of a page and lets the app refuse it, as Electron does. Loads that the main process
 * starts itself are announced beforehand and not asked about; whatever else comes was started by the page (or by a
 * test that drives the page directly, which is treated the same).
 */
import type { PageTarget } from './pageTargets.ts';
import { type Preventable, preventable } from './preventable.ts';
import { toApp } from './schemes.ts';

export interface NavigationFacts {
  readonly url: string;
  readonly isMainFrame: boolean;
  readonly isSameDocument: false;
  readonly frame: null;
}

export interface NavigationHooks {
  emit(
    name: 'will-navigate' | 'will-frame-navigate' | 'will-redirect',
    event: Preventable<NavigationFacts>,
  ): void;
  /** Runs before a document of the main frame is requested. */
  beforeDocument(url: string): Promise<void>;
}

export interface NavigationGuard {
  /** The next load of this address comes from the main process. */
  expect(loopbackUrl: string): void;
}

export async function guardNavigation(page: PageTarget, hooks: NavigationHooks): Promise<NavigationGuard> {
  const { session, targetId } = page;
  let expected: string | undefined;

  function isAllowed(url: string, isMainFrame: boolean, isRedirect: boolean): boolean {
    if (isMainFrame && !isRedirect && url === expected) {
      expected = undefined;
      return true;
    }
    const event = preventable<NavigationFacts>({
      url: toApp(url),
      isMainFrame,
      isSameDocument: false,
      frame: null,
    });
    if (isRedirect) hooks.emit('will-redirect', event);
    else {
      if (isMainFrame) hooks.emit('will-navigate', event);
      hooks.emit('will-frame-navigate', event);
    }
    return !event.defaultPrevented;
  }

  session.on('Fetch.requestPaused', async ({ requestId, request, frameId, redirectedRequestId }) => {
    const isMainFrame = frameId === targetId;
    if (!isAllowed(request.url, isMainFrame, redirectedRequestId !== undefined)) {
      return session.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
    }
    if (isMainFrame) await hooks.beforeDocument(request.url);
    return session.send('Fetch.continueRequest', { requestId });
  });
  await session.send('Fetch.enable', { patterns: [{ resourceType: 'Document', requestStage: 'Request' }] });

  return {
    expect(loopbackUrl) {
      expected = loopbackUrl.replace(/#.*$/s, '');
    },
  };
}
