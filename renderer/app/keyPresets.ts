/**
 * Key maps under the names of tools that auditors' hands know: for each command that has a counterpart there, the
 * key it has there (from the tools' public documentation and source: CVAT's shortcut list, SUSTechPOINTS' shortcut
 * page, Xtreme1's hotkey table, Segments.ai's guide to 3D labelling, Lichtblick's playback bar), and another key for
 * what has to make room (with Alt, where it can). Judging is Assay's own: none of these tools has verdicts, so Enter,
 * the digits and U mean the same in every preset. Tab is never taken: it leads through the screen.
 */
import type { KeyPreset } from '../../shared/host/contract.ts';

export interface Preset {
  /** Keys by command id. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
}

export const keyPresets: Readonly<Record<KeyPreset, Preset>> = {
  assay: { keys: {} },
  cvat: {
    keys: {
      'app.keys': ['?', 'F1'],
      'app.settings': ['F2', 'Mod+,'],
      'review.frameOn': ['F', 'ArrowRight', ']'],
      'review.frameBack': ['D', 'ArrowLeft', '['],
      'review.undo': ['Mod+Z', 'Z'],
      'review.beside': ['Alt+F'],
      'review.faceGaps': ['Alt+D'],
      'look.frameOn': ['F', 'ArrowRight', ']'],
      'look.frameBack': ['D', 'ArrowLeft', '['],
      'search.drop': ['N', 'M'],
      'search.undo': ['Mod+Z', 'Z'],
    },
  },
  sustechpoints: {
    keys: {
      'review.frameOn': ['PageDown', 'ArrowRight', ']'],
      'review.frameBack': ['PageUp', 'ArrowLeft', '['],
      'review.correct.left': ['A', 'Shift+ArrowLeft'],
      'review.correct.right': ['D', 'Shift+ArrowRight'],
      'review.correct.forward': ['W', 'Shift+ArrowUp'],
      'review.correct.back': ['S', 'Shift+ArrowDown'],
      'review.correct.turnLeft': ['Q'],
      'review.correct.turnRight': ['E'],
      'review.correct.turnRound': ['G'],
      'review.correct.mode': ['Alt+E'],
      'review.correct.fit': ['Alt+A'],
      'review.trail': ['T', 'Shift+O'],
      'review.flip': ['Alt+T'],
      'review.faceGaps': ['Alt+D'],
      'review.hold': ['Alt+S'],
      'review.jump': ['Alt+G'],
      'look.frameOn': ['PageDown', '4', 'ArrowRight', ']'],
      'look.frameBack': ['PageUp', '3', 'ArrowLeft', '['],
      'look.sceneOn': ['Shift+PageDown'],
      'look.sceneBack': ['Shift+PageUp'],
    },
  },
  xtreme1: {
    keys: {
      'review.fit': ['Y', 'B'],
      'review.merge': ['Shift+B'],
      'review.undo': ['Mod+Z'],
      'review.whole': ['Alt+X'],
      'review.correct.forward': ['D', 'Shift+ArrowUp'],
      'review.correct.back': ['A', 'Shift+ArrowDown'],
      'review.correct.left': ['Q', 'Shift+ArrowLeft'],
      'review.correct.right': ['E', 'Shift+ArrowRight'],
      'review.correct.raise': ['W', 'Shift+PageUp'],
      'review.correct.lower': ['S', 'Shift+PageDown'],
      'review.correct.turnLeft': ['Z'],
      'review.correct.turnRight': ['X'],
      'review.correct.mode': ['Alt+E'],
      'review.correct.fit': ['Alt+A'],
      'review.faceGaps': ['Alt+D'],
      'review.hold': ['Alt+S'],
      'look.fit': ['Y', 'B'],
      'look.merge': ['Shift+B'],
      'search.drop': ['F', 'M'],
      'search.fit': ['Y', 'B'],
      'search.merge': ['Shift+B'],
      'search.turnLeft': ['Q', 'Z'],
      'search.turnRight': ['E', 'X'],
      'search.undo': ['Mod+Z'],
    },
  },
  segments: {
    keys: {
      'review.frameOn': ['ArrowRight', ']'],
      'review.frameBack': ['ArrowLeft', '['],
      'review.undo': ['Mod+Z', 'Z'],
      'look.frameOn': ['ArrowRight', ']'],
      'look.frameBack': ['ArrowLeft', '['],
      'search.undo': ['Mod+Z', 'Z'],
    },
  },
  lichtblick: {
    keys: {
      'review.playTrack': ['Space'],
      'review.frameOn': ['ArrowRight', ']'],
      'review.frameBack': ['ArrowLeft', '['],
      'look.frameOn': ['ArrowRight', ']'],
      'look.frameBack': ['ArrowLeft', '['],
    },
  },
};
