/**
 * The custom schemes of the app and their address on the loopback. Chromium cannot be taught a scheme from outside,
 * so `app://host/path` is shown as `http://host.app.localhost/path`: a stable origin and a secure context.
 */
import type { CustomScheme } from 'electron';
import { notImplemented } from './strict.ts';

const schemes = new Set<string>();

/** What every http origin has, and so what a scheme must ask for to be represented by one. */
const needed = ['standard', 'secure', 'supportFetchAPI'] as const;

export function registerSchemes(list: readonly CustomScheme[]): void {
  for (const { scheme, privileges } of list) {
    if (!/^[a-z][a-z0-9]*$/.test(scheme)) notImplemented(`the scheme name '${scheme}'`);
    for (const name of needed) {
      if (!privileges?.[name]) notImplemented(`the scheme '${scheme}' without the privilege '${name}'`);
    }
    for (const name of ['bypassCSP', 'corsEnabled', 'allowServiceWorkers'] as const) {
      if (privileges?.[name]) notImplemented(`the scheme '${scheme}' with the privilege '${name}'`);
    }
    schemes.add(scheme);
  }
}

export function isRegistered(scheme: string): boolean {
  return schemes.has(scheme);
}

/** For Chromium's `--host-resolver-rules`: sends every host of every scheme to the loopback server. */
export function hostRules(port: number): string {
  return [...schemes].map((scheme) => `MAP *.${scheme}.localhost:80 127.0.0.1:${port}`).join(',');
}

/** The address the browser is given for an address of the app. Other addresses stay as they are. */
export function toLoopback(url: string): string {
  const [, scheme, host, rest] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]+)(.*)$/is.exec(url) ?? [];
  if (scheme === undefined || !schemes.has(scheme.toLowerCase())) return url;
  return `http://${host}.${scheme.toLowerCase()}.localhost${rest || '/'}`;
}

/** The address the app is told for an address of the browser; the inverse of `toLoopback`, origins included. */
export function toApp(url: string): string {
  const [, host, scheme, rest] =
    /^http:\/\/([^/?#]+)\.([a-z0-9]+)\.localhost(?::\d+)?(.*)$/is.exec(url) ?? [];
  return scheme !== undefined && schemes.has(scheme) ? `${scheme}://${host}${rest}` : url;
}
