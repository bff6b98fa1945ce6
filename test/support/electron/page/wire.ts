/** The messages between the main process and the preload's isolated world. */

/** Name of the isolated world, as Electron calls it. */
export const worldName = 'Electron Isolated Context';
/** Global function of the isolated world through which messages leave; put there by the debugging protocol. */
export const postBinding = 'standInPost';
/** Global function of the isolated world that takes messages from the main process. */
export const receiveFunction = 'standInReceive';
/** Name of the function whose `debugger` statement asks for the path of a file. */
export const pathQuestionFunction = 'standInAskForPath';

export type FromRenderer =
  | { kind: 'invoke'; id: number; channel: string; args: unknown[] }
  | { kind: 'send'; channel: string; args: unknown[] }
  | { kind: 'title'; title: string }
  | { kind: 'preloadError'; error: Error }
  | { kind: 'windowOpen'; url: string; frameName: string; features: string };

export type ToRenderer =
  | { kind: 'reply'; id: number; value: unknown }
  | { kind: 'failure'; id: number; message: string }
  | { kind: 'message'; channel: string; args: unknown[] };

/** What the isolated world is told about the process when it starts. */
export interface PreloadFacts {
  /** Name of the DOM events between the two worlds; random, so that a page does not meet it by chance. */
  readonly bridge: string;
  readonly versions: Record<string, string | undefined>;
  readonly platform: string;
  readonly arch: string;
}

/** The name of the DOM event by which the page's own world reports a `window.open`. */
export function windowOpenEvent(bridge: string): string {
  return `${bridge}:window-open`;
}
