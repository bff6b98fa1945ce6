/**
 * One list of commands for keyboard, palette and key sheet. A screen adds its commands while it is shown; the room
 * `app` is always there. Two commands of one room may never share a key.
 */
import { createContext, useContext, useEffect, useRef } from 'react';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { matchesKey, type PressedKey } from './keys.ts';

export interface Command {
  /** `room.action`, unique. */
  readonly id: string;
  readonly room: string;
  /** Catalogue key of its name, and what the name needs. */
  readonly titleKey: string;
  readonly titleParams?: Readonly<Record<string, string | number>>;
  /** See keys.ts; the first one is shown. Empty = palette only. */
  readonly keys: readonly string[];
  readonly run: () => void;
  /** For a key that acts while it is held: called when it goes up. */
  readonly release?: () => void;
  readonly isEnabled?: () => boolean;
  /** Holding the key runs it again and again (stepping, panning). Never for anything that records. */
  readonly repeats?: boolean;
}

export interface CommandList {
  readonly commands: readonly Command[];
}

export interface CommandRegistry {
  readonly store: StoreApi<CommandList>;
  /** Adds a command; the answer takes it away. Throws where the id or a key is taken. */
  add(command: Command): () => void;
  /** The enabled command of this key, or null. */
  find(pressed: PressedKey): Command | null;
}

/** Rooms whose commands are live at the same time: the window's own and any one screen's. */
function sharesKeyboard(a: Command, b: Command): boolean {
  return a.room === b.room || a.room === 'app' || b.room === 'app';
}

export function createCommandRegistry(): CommandRegistry {
  const store = createStore<CommandList>(() => ({ commands: [] }));
  return {
    store,
    add(command) {
      const { commands } = store.getState();
      for (const other of commands) assertNoClash(command, other);
      store.setState({ commands: [...commands, command] });
      return () =>
        store.setState((state) => ({ commands: state.commands.filter((entry) => entry !== command) }));
    },
    find(pressed) {
      const matching = store
        .getState()
        .commands.filter((command) => command.keys.some((key) => matchesKey(key, pressed)));
      return matching.find((command) => command.isEnabled?.() ?? true) ?? null;
    },
  };
}

function assertNoClash(command: Command, other: Command): void {
  if (command.id === other.id) throw new Error(`two commands are named ${command.id}`);
  const shared = sharesKeyboard(command, other) && command.keys.find((key) => other.keys.includes(key));
  if (shared) throw new Error(`${command.id} and ${other.id} both want ${shared}`);
}

export const CommandContext = createContext<CommandRegistry | null>(null);

export function useCommandRegistry(): CommandRegistry {
  const registry = useContext(CommandContext);
  if (registry === null) throw new Error('CommandContext is missing');
  return registry;
}

/** Offers a command while the component is shown. `run` may close over fresh state; it is read at the key press. */
export function useCommand(command: Command): void {
  useCommands([command]);
}

/** The same for a list, e.g. the ten codes of a spec. */
export function useCommands(commands: readonly Command[]): void {
  const registry = useCommandRegistry();
  const latest = useRef(commands);
  latest.current = commands;
  const shape = JSON.stringify(
    commands.map(({ id, room, titleKey, titleParams, keys, repeats }) => [
      id,
      room,
      titleKey,
      titleParams,
      keys,
      repeats,
    ]),
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` stands for everything of the list but its functions
  useEffect(() => {
    const removals = latest.current.map((command, index) => {
      const now = (): Command => latest.current[index] ?? command;
      return registry.add({
        ...command,
        run: () => now().run(),
        release: () => now().release?.(),
        isEnabled: () => now().isEnabled?.() ?? true,
      });
    });
    return () => {
      for (const remove of removals) remove();
    };
  }, [registry, shape]);
}
