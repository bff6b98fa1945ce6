/** Draco streams that claim what they do not hold: the decoder keeps its memory small and may be asked again. */
import { expect, test } from 'vitest';
import { isWasmTrap } from '../../shared/base/webAssembly.ts';
import { dracoDecoder } from '../../shared/readers/physicalAi/dracoModule.ts';
import { dracoCloud } from '../support/dracoFixture.ts';
import { packagedCodecs } from './healthy.ts';

const codecs = packagedCodecs();

/** What an engine throws where calls call themselves without end. */
function overflow(): unknown {
  const again = (depth: number): number => again(depth + 1) + 1;
  try {
    return again(0);
  } catch (error) {
    return error;
  }
}

test('a module that runs out of stack is one that stopped itself; other range errors are not', () => {
  expect(isWasmTrap(overflow())).toBe(true);
  expect(isWasmTrap(new RangeError('Invalid array length'))).toBe(false);
});

test('no claim of points makes the decoder grow far beyond the stream', async () => {
  const sound = await dracoCloud({ positions: Array.from({ length: 40 }, (_, i) => [i, i / 2, i / 3]) });
  const wasm = await codecs.wasm('draco');
  const before = process.memoryUsage.rss();
  for (let at = 8; at < sound.length - 4; at++) {
    for (const claim of [0xffff_ffff, 0x7fff_ffff, 50_000_000]) {
      const bytes = sound.slice();
      new DataView(bytes.buffer).setUint32(at, claim, true);
      (await dracoDecoder(wasm)).withCloud(bytes, ({ count }) => count);
    }
  }
  expect(process.memoryUsage.rss() - before).toBeLessThan(300e6);
  expect((await dracoDecoder(wasm)).withCloud(sound, ({ count }) => count)).toBe(40);
});
