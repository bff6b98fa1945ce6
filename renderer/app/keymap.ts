/**
 * Which keys run a command: the person's own, else those of the chosen preset, else the command's own. Where two
 * commands that are live together want the same key, the more deliberate choice has it and the other one lost it;
 * nothing that a person chose is an error.
 */
import type { KeyPreset } from '../../shared/host/contract.ts';
import { keyPresets } from './keyPresets.ts';
import { canonicalKey } from './keys.ts';

export interface KeyChoice {
  readonly preset: KeyPreset;
  /** The person's own keys by command id; an empty list = no key. */
  readonly own: Readonly<Record<string, readonly string[]>>;
}

export const plainKeys: KeyChoice = { preset: 'assay', own: {} };

/** Who chose a key, most deliberate first. */
const sources = ['own', 'preset', 'default'] as const;
export type KeySource = (typeof sources)[number];

/** What the key map needs to know of a command. */
export interface KeyedCommand {
  readonly id: string;
  readonly room: string;
  readonly keys: readonly string[];
}

export interface LostKey {
  readonly key: string;
  /** Id of the command that has it. */
  readonly to: string;
}

export interface EffectiveKeys {
  /** Keys that run the command; the first one is shown. */
  readonly keys: readonly string[];
  /** Keys it was given, too, that another command has. */
  readonly lost: readonly LostKey[];
  readonly source: KeySource;
}

/** Rooms whose commands are live at the same time: the window's own and any one screen's. */
export function sharesKeyboard(a: { readonly room: string }, b: { readonly room: string }): boolean {
  return a.room === b.room || a.room === 'app' || b.room === 'app';
}

/** The keys a command was given, before any other command is looked at. */
export function givenKeys(
  { id, keys }: Pick<KeyedCommand, 'id' | 'keys'>,
  { preset, own }: KeyChoice,
): Pick<EffectiveKeys, 'keys' | 'source'> {
  // Ids may be any word, and so may what a settings file holds: only what is its own counts.
  if (Object.hasOwn(own, id)) return { keys: own[id]!, source: 'own' };
  const taken = keyPresets[preset].keys;
  if (Object.hasOwn(taken, id)) return { keys: taken[id]!, source: 'preset' };
  return { keys, source: 'default' };
}

/**
 * Effective keys by command id. Among choices of equal weight the command that stands first in the list has the
 * key. Keys that cannot be pressed, from a settings file somebody edited, are left out.
 */
export function resolveKeys(
  commands: readonly KeyedCommand[],
  choice: KeyChoice,
): ReadonlyMap<string, EffectiveKeys> {
  const given = commands.map((command) => ({ command, ...givenKeys(command, choice) }));
  const holders = new Map<string, KeyedCommand[]>();
  const effective = new Map<string, EffectiveKeys>();
  for (const rank of sources) {
    for (const { command, keys, source } of given) {
      if (source !== rank) continue;
      const kept: string[] = [];
      const lost: LostKey[] = [];
      for (const key of keys) {
        const form = canonicalKey(key);
        if (form === null) continue;
        const others = holders.get(form) ?? [];
        const holder = others.find((other) => sharesKeyboard(other, command));
        if (holder === undefined) {
          holders.set(form, [...others, command]);
          kept.push(key);
        } else if (holder.id !== command.id) {
          lost.push({ key, to: holder.id });
        }
      }
      effective.set(command.id, { keys: kept, lost, source });
    }
  }
  return effective;
}
