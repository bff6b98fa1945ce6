/** The double of `protocol`: custom schemes answered by the loopback server. */
import type { Protocol } from 'electron';
import { type ProtocolHandler, protocolHandlers } from '../protocolServer.ts';
import { isBrowserRunning } from '../running.ts';
import { isRegistered, registerSchemes } from '../schemes.ts';
import { notImplemented, strictly } from '../strict.ts';

type Implemented = Pick<
  Protocol,
  'registerSchemesAsPrivileged' | 'handle' | 'unhandle' | 'isProtocolHandled'
>;

const implemented: Implemented = {
  registerSchemesAsPrivileged(schemes) {
    if (isBrowserRunning())
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    registerSchemes(schemes);
  },
  handle(scheme, handler) {
    if (!isRegistered(scheme))
      notImplemented(`protocol.handle for '${scheme}', which is not registered as privileged`);
    if (protocolHandlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    protocolHandlers.set(scheme, handler as ProtocolHandler);
  },
  unhandle(scheme) {
    protocolHandlers.delete(scheme);
  },
  isProtocolHandled: (scheme) => protocolHandlers.has(scheme),
};

export const protocol = strictly('protocol', implemented);
