/** How components reach the host and the stores. The entry makes them once and hands them in here. */
import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import type { Host } from '../../shared/host/contract.ts';
import type { Session } from './session.ts';
import type { SessionState } from './sessionState.ts';
import type { SettingsState, SettingsStore } from './settings.ts';

export interface Services {
  readonly host: Host;
  readonly session: Session;
  readonly settings: SettingsStore;
}

const ServicesContext = createContext<Services | null>(null);

export function ServicesProvider({ services, children }: { services: Services; children: ReactNode }) {
  return <ServicesContext value={services}>{children}</ServicesContext>;
}

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (services === null) throw new Error('ServicesProvider is missing');
  return services;
}

export function useHost(): Host {
  return useServices().host;
}

/** One fact of the session; renders again only when that fact changes. */
export function useSession<Fact>(selector: (state: SessionState) => Fact): Fact {
  return useStore(useServices().session, selector);
}

export function useSettings<Fact>(selector: (state: SettingsState) => Fact): Fact {
  return useStore(useServices().settings, selector);
}

/** How a room was left (pane sizes, view options), and how to remember it. Survives a restart. */
export function useRememberedView<View>(room: string, fallback: View): readonly [View, (view: View) => void] {
  const remembered = useSettings((state) => state.settings.views[room]) as View | undefined;
  const remember = useSettings((state) => state.remember);
  return [remembered ?? fallback, (view) => remember(room, view)];
}
