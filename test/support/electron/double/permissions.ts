/**
 * Lets the app's permission handlers decide what a page may do. The browser cannot be halted when a page asks, so
 * every permission is put to the handlers before each document loads and the answers hold for that document.
 */
import type { Session } from 'electron';
import { runningBrowser } from '../running.ts';
import { toApp } from '../schemes.ts';
import type { WebContentsDouble } from './webContents.ts';

type RequestHandler = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>;
type CheckHandler = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>;

/** The app's handlers. As in Electron, what has no handler is granted. */
export const permissionHandlers: { request: RequestHandler | null; check: CheckHandler | null } = {
  request: null,
  check: null,
};

/** Names of the web platform, with the name under which Electron asks about them. */
const permissions: [name: string, electron: Parameters<CheckHandler>[1], media?: 'video' | 'audio'][] = [
  ['geolocation', 'geolocation'],
  ['notifications', 'notifications'],
  ['midi', 'midi'],
  ['camera', 'media', 'video'],
  ['microphone', 'media', 'audio'],
  ['clipboard-read', 'clipboard-read'],
  ['clipboard-write', 'clipboard-sanitized-write'],
  ['idle-detection', 'idle-detection'],
  ['window-management', 'window-management'],
  ['persistent-storage', 'persistent-storage'],
  ['display-capture', 'display-capture'],
  ['pointer-lock', 'pointerLock'],
  ['keyboard-lock', 'keyboardLock'],
  ['local-fonts', 'local-fonts'],
  ['background-sync', 'background-sync'],
  ['background-fetch', 'background-fetch'],
  ['payment-handler', 'payment-handler'],
  ['screen-wake-lock', 'screen-wake-lock'],
];

/** Settles every permission of the document about to load from `loopbackUrl`. */
export async function applyPermissions(contents: WebContentsDouble, loopbackUrl: string): Promise<void> {
  const { session } = runningBrowser('permissions');
  if (!URL.canParse(loopbackUrl)) return;
  const { origin } = new URL(loopbackUrl);
  if (origin === 'null') return;
  const settle = (name: string, granted: boolean) => {
    const setting = granted ? 'granted' : 'denied';
    return session.send('Browser.setPermission', { permission: { name }, setting, origin });
  };
  await Promise.all(
    permissions.map(([name, electron, media]) => {
      const isAllowed = check(contents, electron, toApp(origin), media);
      if (!isAllowed || !permissionHandlers.request) return settle(name, isAllowed);
      let answer = false;
      let isLate = false;
      request(contents, electron, toApp(loopbackUrl), media, (granted) => {
        answer = granted;
        if (isLate) void settle(name, granted);
      });
      isLate = true;
      return settle(name, answer);
    }),
  );
}

// The doubles stand for the real classes where the app's handlers expect those.
type RealContents = Parameters<RequestHandler>[0];

function check(
  contents: WebContentsDouble,
  permission: Parameters<CheckHandler>[1],
  origin: string,
  mediaType: 'video' | 'audio' | undefined,
): boolean {
  if (!permissionHandlers.check) return true;
  const details = { isMainFrame: true, requestingUrl: `${origin}/`, securityOrigin: origin };
  const withMedia = mediaType ? { ...details, mediaType } : details;
  return permissionHandlers.check(contents as unknown as RealContents, permission, origin, withMedia);
}

function request(
  contents: WebContentsDouble,
  permission: Parameters<RequestHandler>[1],
  requestingUrl: string,
  mediaType: 'video' | 'audio' | undefined,
  callback: (granted: boolean) => void,
): void {
  const details = { isMainFrame: true, requestingUrl };
  const withMedia = mediaType ? { ...details, mediaTypes: [mediaType] } : details;
  permissionHandlers.request!(contents as unknown as RealContents, permission, callback, withMedia);
}
