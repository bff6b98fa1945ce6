/**
 * The key pair this machine signs with (Ed25519), made on first use and readable by its owner only. It says which
 * device signed, under whatever profile name, and claims no more.
 */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import { link, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { VerifyEd25519 } from '../../shared/audit/signing.ts';
import { makeFolder, syncFolder } from './durable.ts';
import { isMissing, systemCode } from './faults.ts';

export interface DeviceKey {
  /** The raw 32 bytes, base64. */
  readonly publicKey: string;
  /** Signature over `bytes`, 64 bytes, base64. */
  sign(bytes: Uint8Array): string;
}

/** Reads the key of `file`, making it where there is none. Two processes that begin together end with one key. */
export async function openDeviceKey(file: string): Promise<DeviceKey> {
  const privateKey = createPrivateKey((await readKey(file)) ?? (await makeKey(file)));
  return {
    publicKey: rawPublicKey(createPublicKey(privateKey)),
    sign: (bytes) => sign(null, bytes, privateKey).toString('base64'),
  };
}

async function readKey(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

async function makeKey(file: string): Promise<string> {
  await makeFolder(path.dirname(file));
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const partial = `${file}.${randomBytes(6).toString('hex')}.partial`;
  const handle = await open(partial, 'wx', 0o600);
  try {
    await handle.writeFile(pem);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    // A link, not a rename: it fails where another process was first, and that key stands.
    await link(partial, file);
    await syncFolder(path.dirname(file));
    return pem;
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
    return await readFile(file, 'utf8');
  } finally {
    await rm(partial, { force: true });
  }
}

function rawPublicKey(key: KeyObject): string {
  const { x } = key.export({ format: 'jwk' });
  return Buffer.from(x!, 'base64url').toString('base64');
}

/** The fixed start of a DER-encoded Ed25519 public key (RFC 8410); the raw 32 bytes follow. */
const derPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/** Whether a signature (base64) over `message` was made by the key of these raw 32 bytes (base64). */
export const verifyEd25519: VerifyEd25519 = (publicKey, message, signature) => {
  const raw = Buffer.from(publicKey, 'base64');
  if (raw.length !== 32) return false;
  const key = createPublicKey({ key: Buffer.concat([derPrefix, raw]), format: 'der', type: 'spki' });
  return verify(null, message, key, Buffer.from(signature, 'base64'));
};
