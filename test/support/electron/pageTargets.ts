/**
 * The browser's pages as seen from the main process. Every new page is halted before its first request: the ones
 * opened for a window until they are set up, the ones a page opened by itself until they are turned away.
 */
import type { CdpPipe, CdpSession } from './cdpPipe.ts';

export interface PageTarget {
  readonly targetId: string;
  readonly session: CdpSession;
}

export class PageTargets {
  private readonly pipe: CdpPipe;
  private readonly browser: CdpSession;
  private readonly attached = new Map<string, CdpSession>();
  private readonly onGone = new Map<string, () => void>();
  private opening = 0;

  constructor(pipe: CdpPipe) {
    this.pipe = pipe;
    this.browser = pipe.session();
  }

  /** Starts to see every page of the browser. */
  async watch(): Promise<void> {
    this.browser.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      const session = this.pipe.session(sessionId);
      if (targetInfo.openerId === undefined && this.opening > 0) {
        this.attached.set(targetInfo.targetId, session);
      } else {
        void this.turnAway(targetInfo.targetId, session);
      }
    });
    this.browser.on('Target.targetDestroyed', ({ targetId }) => {
      this.onGone.get(targetId)?.();
      this.onGone.delete(targetId);
    });
    await this.browser.send('Target.setDiscoverTargets', { discover: true });
    await this.browser.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: true,
      flatten: true,
      filter: [{ type: 'page' }],
    });
  }

  /** A new page for a window. It stays halted until `Runtime.runIfWaitingForDebugger`. */
  async open(onGone: () => void): Promise<PageTarget> {
    this.opening++;
    try {
      const { targetId } = await this.browser.send('Target.createTarget', {
        url: 'about:blank',
        newWindow: true,
      });
      const session = this.attached.get(targetId);
      if (!session) throw new Error('the browser opened a page without attaching it');
      this.onGone.set(targetId, onGone);
      return { targetId, session };
    } finally {
      this.opening--;
    }
  }

  async close(targetId: string): Promise<void> {
    await this.browser.send('Target.closeTarget', { targetId });
  }

  /**
   * Closes a page that no window asked for; whether it was to be allowed has been asked where it was opened. Its
   * requests are held first, and then it must run, since its opener may be waiting for it.
   */
  private async turnAway(targetId: string, session: CdpSession): Promise<void> {
    const steps = [
      session.send('Fetch.enable', { patterns: [{}] }),
      session.send('Runtime.runIfWaitingForDebugger'),
      this.browser.send('Target.closeTarget', { targetId }),
    ];
    // Each of them may find that the page has already gone.
    await Promise.allSettled(steps);
  }
}
