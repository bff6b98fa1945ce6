/**
 * The person's settings as the host keeps them. Changes show at once, here and in the product's other windows, and are
 * written without waiting unless one has just been.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Actor } from '../../shared/audit/events.ts';
import { z } from '../../shared/base/door.ts';
import type { Problem } from '../../shared/base/problem.ts';
import { type Host, type HostOutput, type Settings, settingsSchema } from '../../shared/host/contract.ts';
import { problemOf } from '../host/problems.ts';
import { createLastWins } from './lastWins.ts';

/** What follows within this time is written together. */
const writePauseMs = 300;

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

/** Carries changes to the other windows: each writes the settings whole, and must not undo what another changed. */
export type SettingsChannel = Pick<BroadcastChannel, 'postMessage' | 'addEventListener'>;

const newsSchema = z.union([
  z.object({ room: z.string(), view: z.unknown() }),
  z.object({ patch: settingsSchema.partial() }),
]);
type News = { room: string; view: unknown } | { patch: Partial<Settings> };

/** Reads once. Rejects with ProblemError when the host does not answer: nothing works without it. */
export async function loadSettings(
  host: Host,
  channel: SettingsChannel | null = null,
): Promise<SettingsStore> {
  const [machine, settings] = await Promise.all([
    host.call('host.describe', {}),
    host.call('settings.read', {}),
  ]);
  return createSettings(host, machine, settings, channel);
}

function createSettings(
  host: Host,
  machine: HostOutput<'host.describe'>,
  settings: Settings,
  channel: SettingsChannel | null,
): SettingsStore {
  const store = createStore<SettingsState>(() => ({
    settings,
    machine,
    problem: null,
    change: (patch) => put({ patch }),
    remember: (room, view) => put({ room, view }),
  }));
  const writer = createLastWins<Settings>((_name, latest) => write(latest), writePauseMs);

  function put(news: News): void {
    take(news);
    writer.put('settings', store.getState().settings);
    channel?.postMessage(news);
  }

  function take(news: News): void {
    store.setState(({ settings: before }) => ({
      settings:
        'patch' in news
          ? { ...before, ...news.patch }
          : { ...before, views: { ...before.views, [news.room]: news.view } },
    }));
  }

  channel?.addEventListener('message', ({ data }) => {
    const news = newsSchema.safeParse(data);
    if (news.success) take(news.data as News);
  });

  async function write(latest: Settings): Promise<void> {
    try {
      await host.call('settings.write', latest);
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
