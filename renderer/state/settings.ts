/** The person's settings as the host keeps them; changes show at once and are written a moment later. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Actor } from '../../shared/audit/events.ts';
import type { Problem } from '../../shared/base/problem.ts';
import type { Host, HostOutput, Settings } from '../../shared/host/contract.ts';
import { problemOf } from '../host/problems.ts';

/** Pane sizes change with every pixel of a drag; one write per pause is enough. */
const writeAfterMs = 300;

export interface SettingsState {
  readonly settings: Settings;
  /** What the host said of itself at start. */
  readonly machine: HostOutput<'host.describe'>;
  /** Why the last write failed, or null. */
  readonly problem: Problem | null;
  change(patch: Partial<Settings>): void;
  /** Remembers how a room was left; read it with `settings.views[room]`. */
  remember(room: string, view: unknown): void;
}

export type SettingsStore = StoreApi<SettingsState>;

/** Reads once. Rejects with ProblemError when the host does not answer: nothing works without it. */
export async function loadSettings(host: Host): Promise<SettingsStore> {
  const [machine, settings] = await Promise.all([
    host.call('host.describe', {}),
    host.call('settings.read', {}),
  ]);
  return createSettings(host, machine, settings);
}

function createSettings(host: Host, machine: HostOutput<'host.describe'>, settings: Settings): SettingsStore {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const store = createStore<SettingsState>((set, get) => ({
    settings,
    machine,
    problem: null,
    change(patch) {
      set({ settings: { ...get().settings, ...patch } });
      clearTimeout(timer);
      timer = setTimeout(write, writeAfterMs);
    },
    remember(room, view) {
      get().change({ views: { ...get().settings.views, [room]: view } });
    },
  }));

  async function write(): Promise<void> {
    try {
      await host.call('settings.write', store.getState().settings);
      store.setState({ problem: null });
    } catch (error) {
      store.setState({ problem: problemOf(error) });
    }
  }

  return store;
}

/** The profile chosen on this machine, or null where nobody has said who they are. */
export function chosenProfile(settings: Settings): Actor | null {
  return settings.profiles.find((profile) => profile.profile === settings.profile) ?? null;
}
