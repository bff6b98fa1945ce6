/**
 * Gets evidence pictures to the audit's folder. They yield to verdicts: a picture follows in the background, and one
 * that could not be delivered stays on the shelf, over a reload too, until saving works again.
 */
import type { KeptPicture, Shelf } from '../storage/shelf.ts';

/** Sends one picture. `refused` = the host has looked at it and will never take it. */
export type PutPicture = (picture: KeptPicture) => Promise<'stored' | 'refused' | 'unreachable'>;

export interface PictureSender {
  /** Keeps the picture and sends it. Never rejects: a finding stands without its picture. */
  send(picture: KeptPicture): Promise<void>;
  /** Sends what is still on the shelf for this audit. */
  sendKept(audit: string): Promise<void>;
}

export function createPictureSender(shelf: Shelf, put: PutPicture, shelfFailed: () => void): PictureSender {
  let isSendingKept = false;

  async function deliver(picture: KeptPicture): Promise<boolean> {
    const outcome = await put(picture);
    if (outcome === 'unreachable') return false;
    await shelf.dropPicture(picture.audit, picture.hash).catch(shelfFailed);
    return true;
  }

  return {
    async send(picture) {
      await shelf.keepPicture(picture).catch(shelfFailed);
      await deliver(picture);
    },
    async sendKept(audit) {
      if (isSendingKept) return;
      isSendingKept = true;
      try {
        for (const picture of await shelf.pictures(audit)) if (!(await deliver(picture))) break;
      } catch {
        shelfFailed();
      } finally {
        isSendingKept = false;
      }
    },
  };
}
