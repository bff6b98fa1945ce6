/**
 * Who may speak to the loopback server. Any page in the person's browser can send requests to 127.0.0.1, so the
 * Host must be ours (no DNS name bound to this machine), the Origin ours or absent, and the browser must know a
 * secret: the address printed at the start carries a token that can be exchanged once for a session cookie.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

export type Admission =
  | { readonly kind: 'pass' }
  /** The token was right: set the cookie and go to the plain address. */
  | { readonly kind: 'welcome'; readonly cookie: string }
  /** `token-used`: it was right once; a fresh address has been made. */
  | {
      readonly kind: 'refuse';
      readonly reason: 'host' | 'origin' | 'token-wrong' | 'token-used' | 'no-session';
    };

export interface AskedRequest {
  readonly method: string;
  /** Path and query as they were asked. */
  readonly target: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
  readonly cookie: string | undefined;
}

export interface LoopbackGuard {
  admit(asked: AskedRequest): Admission;
  /** Path and query of a fresh one-time address; the one before no longer works. */
  newEntrance(): string;
}

export function createLoopbackGuard(port: number): LoopbackGuard {
  const names = [`127.0.0.1:${port}`, `localhost:${port}`];
  // Cookies do not tell ports apart, so the name does.
  const cookieName = `assay-${port}`;
  const session = randomBytes(32).toString('base64url');
  let token: string | null = null;
  const usedTokens = new Set<string>();

  function isSameOrigin({ host, origin, fetchSite }: AskedRequest): boolean {
    if (origin !== undefined) return origin === `http://${host}`;
    // Navigations that the person started say `none`; pages of other sites cannot.
    return fetchSite === undefined || fetchSite === 'same-origin' || fetchSite === 'none';
  }

  function exchange(offered: string): Admission {
    if (token !== null && isEqual(offered, token)) {
      usedTokens.add(digest(token));
      token = null;
      return { kind: 'welcome', cookie: `${cookieName}=${session}; Path=/; HttpOnly; SameSite=Strict` };
    }
    return { kind: 'refuse', reason: usedTokens.has(digest(offered)) ? 'token-used' : 'token-wrong' };
  }

  return {
    admit(asked) {
      if (asked.host === undefined || !names.includes(asked.host)) return { kind: 'refuse', reason: 'host' };
      const offered = offeredToken(asked);
      if (offered !== null) return exchange(offered);
      if (!isSameOrigin(asked)) return { kind: 'refuse', reason: 'origin' };
      const held = cookieValue(asked.cookie, cookieName);
      return held !== null && isEqual(held, session)
        ? { kind: 'pass' }
        : { kind: 'refuse', reason: 'no-session' };
    },
    newEntrance() {
      token = randomBytes(24).toString('base64url');
      return `/?token=${token}`;
    },
  };
}

function offeredToken({ method, target }: AskedRequest): string | null {
  return method === 'GET' ? (/^\/\?token=([\w-]{1,200})$/.exec(target)?.[1] ?? null) : null;
}

function cookieValue(header: string | undefined, name: string): string | null {
  for (const pair of header?.split(';') ?? []) {
    const [key, value] = pair.trim().split('=', 2);
    if (key === name && value !== undefined) return value;
  }
  return null;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Compares in a time that tells nothing. */
function isEqual(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(digest(a)), Buffer.from(digest(b)));
}
