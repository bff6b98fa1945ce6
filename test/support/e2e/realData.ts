/** Browser specs on real deliveries, which lie beside the project and may be absent. */
import { existsSync } from 'node:fs';
import { sharedData } from '../sharedData.ts';

/** Declares the tests of `body` where the data is, and says in one line that they are left out where it is not. */
export function withRealDelivery(relative: string, body: (delivery: string) => void): void {
  const delivery = sharedData(relative);
  if (existsSync(delivery)) body(delivery);
  else console.log(`left out: ../shared/${relative} is not on this machine`);
}
