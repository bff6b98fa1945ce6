/** The double of `session`: the default one only. */
import type { Session } from 'electron';
import { strictly } from '../strict.ts';
import { StrictEmitter } from '../strictEmitter.ts';
import { permissionHandlers } from './permissions.ts';
import { protocol } from './protocol.ts';

type Implemented = Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler'>;

class SessionDouble extends StrictEmitter implements Implemented {
  readonly protocol = protocol;

  constructor() {
    super('session', []);
  }

  setPermissionRequestHandler(handler: Parameters<Session['setPermissionRequestHandler']>[0]): void {
    permissionHandlers.request = handler;
  }

  setPermissionCheckHandler(handler: Parameters<Session['setPermissionCheckHandler']>[0]): void {
    permissionHandlers.check = handler;
  }
}

export const defaultSession = new SessionDouble();
export const session = strictly('session', { defaultSession });
