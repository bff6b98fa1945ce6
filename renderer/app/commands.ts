/**
 * One list of commands for keyboard, palette and key sheet. A screen adds its commands while it is shown; the room
 * `app` is always there. Two commands that are live together never have the same key of their own; keys that the
 * person or a preset chose are settled by the key map.
 */
import { createContext, useContext, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { tabledCommand } from './commandTable.ts';
import { type KeyChoice, type LostKey, plainKeys, resolveKeys, sharesKeyboard } from './keymap.ts';
import { isSameKey, matchesKey, type PressedKey } from './keys.ts';

export interface Command {
  /** `room.action`, unique. */
  readonly id: string;
  readonly room: string;
  /** Catalogue key of its name, and what the name needs. */
  readonly titleKey: string;
  readonly titleParams?: Readonly<Record<string, string | number>>;
  /** Its own keys, see keys.ts; the first one is shown. Empty = palette only. */
  readonly keys: readonly string[];
  readonly run: () => void;
  /** For a key that acts while it is held: called when it goes up. */
  readonly release?: () => void;
  readonly isEnabled?: () => boolean;
  /** Catalogue key of the reason why it cannot be run now, for the palette. */
  readonly whyNot?: () => string | null;
  /** Holding the key runs it again and again (stepping, panning). Never for anything that records. */
  readonly repeats?: boolean;
}

/** A command as it can be reached now: `keys` are those in force. */
export interface LiveCommand extends Command {
  /** Keys it was given that another command has. */
  readonly lost: readonly LostKey[];
}

export interface CommandList {
  readonly commands: readonly LiveCommand[];
  readonly choice: KeyChoice;
}

export interface CommandRegistry {
  readonly store: StoreApi<CommandList>;
  /** Adds commands; the answer takes them away. Throws where an id is taken, or a key that another has of its own. */
  add(...commands: readonly Command[]): () => void;
  /** Keys of another preset, or other keys of the person's own: in force at once. */
  chooseKeys(choice: KeyChoice): void;
  /** The enabled command of this key, or null. */
  find(pressed: PressedKey): LiveCommand | null;
  /** Runs a command and tells whoever watches. */
  run(command: Command): void;
  /** Hears the id of every command that is run, after it ran, until the answer is called. */
  watch(listener: (id: string) => void): () => void;
}

export function createCommandRegistry(firstChoice: KeyChoice = plainKeys): CommandRegistry {
  let added: readonly Command[] = [];
  const listeners = new Set<(id: string) => void>();
  const store = createStore<CommandList>(() => ({ commands: [], choice: firstChoice }));

  function settle(choice: KeyChoice): void {
    const effective = resolveKeys(added, choice);
    const commands = added.map((command) => {
      const { keys, lost } = effective.get(command.id)!;
      return { ...command, keys, lost };
    });
    store.setState({ commands, choice });
  }

  return {
    store,
    add(...commands) {
      for (const [at, command] of commands.entries()) {
        for (const other of [...added, ...commands.slice(0, at)]) assertNoClash(command, other);
      }
      added = [...added, ...commands];
      settle(store.getState().choice);
      return () => {
        added = added.filter((entry) => !commands.includes(entry));
        settle(store.getState().choice);
      };
    },
    chooseKeys: settle,
    find(pressed) {
      const matching = store
        .getState()
        .commands.filter((command) => command.keys.some((key) => matchesKey(key, pressed)));
      return matching.find((command) => command.isEnabled?.() ?? true) ?? null;
    },
    run(command) {
      command.run();
      for (const listener of listeners) listener(command.id);
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function assertNoClash(command: Command, other: Command): void {
  if (command.id === other.id) throw new Error(`two commands are named ${command.id}`);
  const shared =
    sharesKeyboard(command, other) &&
    command.keys.find((key) => other.keys.some((taken) => isSameKey(key, taken)));
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
    const standing = latest.current.map((command, index): Command => {
      const now = (): Command => latest.current[index] ?? command;
      return {
        ...command,
        run: () => now().run(),
        release: () => now().release?.(),
        isEnabled: () => now().isEnabled?.() ?? true,
        whyNot: () => now().whyNot?.() ?? null,
      };
    });
    return registry.add(...standing);
  }, [registry, shape]);
}

/** The keys that run a command now, or would on its screen; empty where it has none. Follows the settings. */
export function useCommandKeys(id: string): readonly string[] {
  const { store } = useCommandRegistry();
  // One string, so that only a change of these very keys renders again; no key holds a space.
  const joined = useStore(store, ({ commands, choice }) => {
    const live = commands.find((command) => command.id === id);
    return (live ?? tabledCommand(id, choice))?.keys.join(' ') ?? '';
  });
  return joined === '' ? [] : joined.split(' ');
}

/**
 * Makes the commands of one feature: `feature.id`, named by `feature.commands.id` in the catalogue, live in `room`.
 * `rest` overrides any part of it.
 */
export function commandMaker(
  room: string,
  feature = room,
): (id: string, keys: readonly string[], run: () => void, rest?: Partial<Command>) => Command {
  return (id, keys, run, rest = {}) => ({
    id: `${feature}.${id}`,
    room,
    titleKey: `${feature}.commands.${id}`,
    keys,
    run,
    ...rest,
  });
}
