/** Every design of the sampling room on one made population: the same code runs in Node and in a page. */
import { ProblemError, type Result } from '../../../shared/base/problem.ts';
import { drawClusters, drawTwoStage } from '../../../shared/sampling/clusterDraw.ts';
import { drawOrder } from '../../../shared/sampling/drawOrder.ts';
import { drawNested, drawStratified } from '../../../shared/sampling/stratifiedDraw.ts';
import { drawSystematic } from '../../../shared/sampling/systematicDraw.ts';
import { drawWeighted } from '../../../shared/sampling/weightedDraw.ts';

type Hash = (bytes: Uint8Array) => string;

const size = 5000;
const scenes = 12;

/** Units, hash and chances of each design: doubles as JSON gives them back exactly. */
export function everyDraw(seed: string, hash: Hash): Record<string, unknown> {
  const unitIds = Array.from(
    { length: size },
    (_, at) => `场景 ${at % scenes}/frame-${at}|label#${(at * 7919) % size}`,
  );
  const clusters = unitIds.map((_, at) => `scene-${at % scenes}`);
  const strata = unitIds.map((_, at) => (at % 97 === 0 ? 'tram' : at % 5 === 0 ? 'cyclist' : 'car'));
  const names = ['car', 'cyclist', 'tram'];
  const column = { names, of: Uint32Array.from(strata, (name) => names.indexOf(name)) };
  const weights = unitIds.map((_, at) => 0.001 + Math.abs(((at * 2654435761) % 1000) / 7));
  const rates = new Map(names.map((name, at) => [name, [0.01, 0.08, 0.3][at]!]));
  const drawn = {
    simple: drawOrder(unitIds, seed, hash, 320),
    systematic: drawSystematic({ unitIds, rank: (at) => at % 311, n: 317, seed }, hash),
    stratified: drawStratified({ unitIds, strata, n: 320, seed }, hash),
    neyman: drawStratified({ unitIds, strata, n: 320, rates, seed }, hash),
    nested: drawNested({ unitIds, strata: column, n: 320, minimumPerStratum: 9, seed }, hash),
    cluster: drawClusters({ unitIds, clusters, clustersDrawn: 3, seed }, hash),
    twoStage: drawTwoStage({ unitIds, clusters, clustersDrawn: 5, n: 320, seed }, hash),
    weighted: drawWeighted({ unitIds, weights, n: 320, seed }, hash),
  };
  return Object.fromEntries(Object.entries(drawn).map(([name, result]) => [name, plain(result)]));
}

function plain(result: Result<object>): object {
  if (!result.ok) throw new ProblemError(result.problem);
  return Object.fromEntries(
    Object.entries(result.value).map(([key, value]) => [
      key,
      ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value,
    ]),
  );
}

/**
 * The same with the page's own hash, which answers later only: where a hash is not known yet the run is given up, the
 * hash awaited, and the run made again.
 */
export async function everyDrawInPage(seed: string): Promise<Record<string, unknown>> {
  const known = new Map<string, string>();
  for (;;) {
    let missing: Uint8Array<ArrayBuffer> | null = null;
    try {
      return everyDraw(seed, (bytes) => {
        const answer = known.get(keyOf(bytes));
        if (answer !== undefined) return answer;
        missing = new Uint8Array(bytes);
        throw new HashMissing();
      });
    } catch (error) {
      if (!(error instanceof HashMissing) || missing === null) throw error;
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', missing));
      known.set(keyOf(missing), Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join(''));
    }
  }
}

class HashMissing extends Error {}

function keyOf(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}
