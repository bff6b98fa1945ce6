/** A public key short enough to read out: SHA-256 of its text, in groups of four hex digits. */
import { useEffect, useState } from 'react';

export function useFingerprint(publicKey: string): string {
  const [fingerprint, setFingerprint] = useState('');
  useEffect(() => {
    let isCurrent = true;
    void crypto.subtle.digest('SHA-256', new TextEncoder().encode(publicKey)).then((digest) => {
      if (isCurrent) setFingerprint(grouped(new Uint8Array(digest)));
    });
    return () => {
      isCurrent = false;
    };
  }, [publicKey]);
  return fingerprint;
}

/** The first sixteen bytes: enough that no other key has them by chance or by effort. */
function grouped(digest: Uint8Array): string {
  const hex = Array.from(digest.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.match(/.{4}/g)!.join(' ');
}
