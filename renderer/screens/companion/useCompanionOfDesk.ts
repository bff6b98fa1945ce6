/** The desk's side of a second window: says where the desk is, hears what was clicked there, opens the window. */
import { useEffect } from 'react';
import { auditAddress } from '../../app/routes.ts';
import { useServices } from '../../state/context.tsx';
import { useEngine } from '../../viewport/react/engineContext.tsx';
import { useDesk } from '../review/useDesk.ts';
import { type CompanionMessage, channelOf, parseMessage } from './messages.ts';

const features = 'popup,width=1280,height=800';

/** Answers what opens the window, or brings it to the front where it is open. */
export function useCompanionOfDesk(): () => void {
  const { session } = useServices();
  const desk = useDesk();
  const { index } = useEngine();
  useEffect(() => {
    const audit = session.getState().auditId;
    if (audit === null) return;
    const channel = new BroadcastChannel(channelOf(audit));
    const living = new AbortController();
    let isLeading = false;

    function say(): void {
      if (!isLeading) return;
      const { frame, besideRow } = desk.store.getState();
      const message: CompanionMessage = { kind: 'place', unit: desk.unit().id, frame, besideRow };
      channel.postMessage(message);
    }

    // Of several desks of one audit the first leads; when it goes, by whatever way, the next one does.
    void navigator.locks
      .request(channelOf(audit), { signal: living.signal }, () => {
        isLeading = true;
        say();
        return new Promise<void>((resolve) => living.signal.addEventListener('abort', () => resolve()));
      })
      .catch((error: unknown) => {
        if (!living.signal.aborted) throw error;
      });

    channel.addEventListener('message', ({ data }) => {
      const message = parseMessage(data);
      if (!isLeading || !message) return;
      if (message.kind === 'hello') say();
      if (message.kind === 'select' && message.row < index.labels.cuboids.count) desk.select(message.row);
      if (message.kind === 'frame' && message.frame < index.delivery.frames.length) {
        desk.goToFrame(message.frame);
      }
    });
    const stop = desk.store.subscribe((now, before) => {
      if (now.at !== before.at || now.frame !== before.frame || now.besideRow !== before.besideRow) say();
    });
    return () => {
      stop();
      living.abort();
      channel.close();
    };
  }, [session, desk, index]);

  return () => {
    const { auditId, notify } = session.getState();
    if (auditId === null) return;
    const opened = window.open(auditAddress(auditId, 'companion'), `assay-companion-${auditId}`, features);
    if (opened) opened.focus();
    else notify('dock.companion.blocked');
  };
}
