/** Work on the same thing one after the other; work on different things side by side. */
export interface Turns {
  /** Runs `work` when everything taken before it under the same name has ended, well or badly. */
  take<Value>(name: string, work: () => Promise<Value>): Promise<Value>;
}

export function sharedTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return {
    take(name, work) {
      const before = last.get(name) ?? Promise.resolve();
      const turn = before.then(work, work);
      last.set(name, turn);
      const forget = () => {
        if (last.get(name) === turn) last.delete(name);
      };
      turn.then(forget, forget);
      return turn;
    },
  };
}
