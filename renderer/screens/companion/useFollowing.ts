/** The second window's side: where the desk is, and whether there is one. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { type CompanionMessage, channelOf, type DeskPlace, parseMessage } from './messages.ts';

export interface Following {
  /** Where the desk was last; null before the first word of one. */
  readonly place: DeskPlace | null;
  readonly isDeskThere: boolean;
  readonly post: (message: CompanionMessage) => void;
}

export function useFollowing(audit: string): Following {
  const [place, setPlace] = useState<DeskPlace | null>(null);
  const [isDeskThere, setThere] = useState(false);
  const channel = useRef<BroadcastChannel | null>(null);
  useEffect(() => {
    const made = new BroadcastChannel(channelOf(audit));
    const living = new AbortController();
    let isWatching = false;
    channel.current = made;

    /** The desk holds its lock until it ends; who gets it knows that there is none any more. */
    async function watch(): Promise<void> {
      if (isWatching) return;
      isWatching = true;
      try {
        await navigator.locks.request(
          channelOf(audit),
          { mode: 'shared', signal: living.signal },
          () => undefined,
        );
        setThere(false);
      } catch (error) {
        if (!living.signal.aborted) throw error;
      }
      isWatching = false;
    }

    made.addEventListener('message', ({ data }) => {
      const message = parseMessage(data);
      if (message?.kind !== 'place') return;
      setPlace(message);
      setThere(true);
      void watch();
    });
    made.postMessage({ kind: 'hello' } satisfies CompanionMessage);
    return () => {
      living.abort();
      made.close();
    };
  }, [audit]);
  const post = useCallback((message: CompanionMessage) => channel.current?.postMessage(message), []);
  return { place, isDeskThere, post };
}
