/**
 * Calls waiting for their turn in a worker: the most urgent first, equals in the order they came. A few run side
 * by side so that one waits for the network while another decodes.
 */
export interface QueuedTask {
  readonly id: number;
  readonly priority: number;
  readonly run: () => Promise<void>;
}

export interface RequestQueue {
  add(task: QueuedTask): void;
  /** Takes a waiting task out; false where it already runs or is gone. */
  remove(id: number): boolean;
  readonly waiting: number;
}

export function createRequestQueue(atOnce: number): RequestQueue {
  const waiting: QueuedTask[] = [];
  let running = 0;

  function startNext(): void {
    while (running < atOnce && waiting.length > 0) {
      const task = waiting.shift()!;
      running++;
      void task.run().finally(() => {
        running--;
        startNext();
      });
    }
  }

  return {
    add(task) {
      const place = waiting.findIndex((other) => other.priority > task.priority);
      if (place === -1) waiting.push(task);
      else waiting.splice(place, 0, task);
      startNext();
    },
    remove(id) {
      const place = waiting.findIndex((task) => task.id === id);
      if (place === -1) return false;
      waiting.splice(place, 1);
      return true;
    },
    get waiting() {
      return waiting.length;
    },
  };
}
