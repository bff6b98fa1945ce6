/**
 * An event emitter whose members and event names are both checked. Listening to an event that is never sent would
 * be as silent a gap as a method that does nothing.
 */
import { EventEmitter } from 'node:events';
import { notImplemented, strictly } from './strict.ts';

export class StrictEmitter extends EventEmitter {
  constructor(name: string, events: readonly string[]) {
    super();
    this.setMaxListeners(0);
    const known = new Set(['newListener', 'removeListener', 'error', ...events]);
    this.on('newListener', (event: string | symbol) => {
      if (typeof event === 'string' && !known.has(event)) notImplemented(`${name}.on('${event}')`);
    });
    // biome-ignore lint/correctness/noConstructorReturn: every use of the object, also by subclasses, goes through the check
    return strictly(name, this);
  }
}
