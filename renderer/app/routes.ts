/** Addresses of the screens, kept in the hash: `#/deliveries`, `#/audit/<id>/review?unit=<id>`. */
import { useSyncExternalStore } from 'react';

/** Screens beside the steps of an audit, which a delivery without an audit has too. */
export const besideScreens = ['calibration', 'look', 'diff', 'checks'] as const;
export type BesideScreen = (typeof besideScreens)[number];

export const auditScreens = ['intake', 'plan', 'review', 'search', 'disposition', 'rework'] as const;
/** The screens of an audit in their order, and those that are looked at beside them. */
export type AuditScreen = (typeof auditScreens)[number] | BesideScreen | 'adjudicate' | 'companion';

export type Route =
  | {
      readonly screen: 'deliveries';
      /** What the screen shall do at once: a menu or a key may ask from anywhere. */
      readonly asksFor: 'open' | 'sample' | null;
    }
  | { readonly screen: 'settings' }
  | {
      readonly screen: 'switching';
      /** Name of the ledger to show; null = the first. */
      readonly ledger: string | null;
    }
  | {
      readonly screen: 'delivery-intake';
      readonly path: string;
      readonly sensorsPath: string | null;
      /** Audit of the submission before, where this is a redelivery. */
      readonly resubmits?: string | null;
    }
  | {
      readonly screen: `delivery-${BesideScreen}` | 'delivery-mapping';
      readonly path: string;
      readonly sensorsPath: string | null;
    }
  | {
      readonly screen: AuditScreen;
      readonly audit: string;
      /** Unit or cell to jump to. */
      readonly unit: string | null;
    };

/** Reads a hash; null where no screen is at this address. */
export function parseRoute(hash: string): Route | null {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const params = new URLSearchParams(query);
  const parts = path.split('/').filter((part) => part !== '');
  const [room, subject, screen] = parts;
  if (parts.length === 0 || (room === 'deliveries' && parts.length === 1)) {
    const asked = params.get('do');
    return { screen: 'deliveries', asksFor: asked === 'open' || asked === 'sample' ? asked : null };
  }
  if (room === 'settings' && parts.length === 1) return { screen: 'settings' };
  if (room === 'switching' && parts.length === 1)
    return { screen: 'switching', ledger: params.get('ledger') };
  const name = subject === undefined ? null : decoded(subject);
  if (name === null || parts.length !== 3) return null;
  if (room === 'delivery' && screen === 'intake') {
    const resubmits = params.get('resubmits');
    return { screen: 'delivery-intake', path: name, sensorsPath: params.get('sensors'), resubmits };
  }
  if (room === 'delivery' && (isBesideScreen(screen) || screen === 'mapping')) {
    return { screen: `delivery-${screen}`, path: name, sensorsPath: params.get('sensors') };
  }
  if (room === 'audit' && isAuditScreen(screen)) return { screen, audit: name, unit: params.get('unit') };
  return null;
}

/** The hash of a screen; `parseRoute` reads it back. */
export function routeAddress(route: Route): string {
  if (route.screen === 'settings') return '#/settings';
  if (route.screen === 'switching') {
    return route.ledger === null ? '#/switching' : `#/switching?ledger=${encodeURIComponent(route.ledger)}`;
  }
  if (route.screen === 'deliveries') {
    return route.asksFor === null ? '#/deliveries' : `#/deliveries?do=${route.asksFor}`;
  }
  if (route.screen === 'delivery-intake') {
    const query = new URLSearchParams();
    if (route.sensorsPath !== null) query.set('sensors', route.sensorsPath);
    if (route.resubmits) query.set('resubmits', route.resubmits);
    const asked = query.size === 0 ? '' : `?${query}`;
    return `#/delivery/${encodeURIComponent(route.path)}/intake${asked}`;
  }
  if (!('audit' in route)) {
    const sensors = route.sensorsPath === null ? '' : `?sensors=${encodeURIComponent(route.sensorsPath)}`;
    const screen = route.screen.slice('delivery-'.length);
    return `#/delivery/${encodeURIComponent(route.path)}/${screen}${sensors}`;
  }
  const unit = route.unit === null ? '' : `?unit=${encodeURIComponent(route.unit)}`;
  return `#/audit/${encodeURIComponent(route.audit)}/${route.screen}${unit}`;
}

export function auditAddress(audit: string, screen: AuditScreen, unit: string | null = null): string {
  return routeAddress({ screen, audit, unit });
}

function isAuditScreen(screen: string | undefined): screen is AuditScreen {
  return (
    isBesideScreen(screen) ||
    screen === 'adjudicate' ||
    screen === 'companion' ||
    (auditScreens as readonly (string | undefined)[]).includes(screen)
  );
}

export function isBesideScreen(screen: string | undefined): screen is BesideScreen {
  return (besideScreens as readonly (string | undefined)[]).includes(screen);
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

/** Goes to a screen. */
export function navigate(address: string): void {
  location.hash = address;
}

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}

const currentHash = (): string => location.hash;

/** The route in force; null where the address is unknown. */
export function useRoute(): Route | null {
  return parseRoute(useSyncExternalStore(subscribe, currentHash));
}
