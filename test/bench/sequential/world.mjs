/**
 * Made lots for the simulation of sequential plans: so many scenes of equally many units, exactly so many of them bad,
 * and bad ones that keep together as strongly as asked.
 */
import { createHash } from 'node:crypto';

/** Bundled parts of the project that the world stands on. */
export function makeWorld({ randomSource, stateFromSeed }) {
  const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

  /** A stream of numbers of its own for each purpose, so that no table depends on the one before it. */
  function stream(seed, purpose) {
    const source = randomSource(stateFromSeed(seed, purpose, sha256));
    /** In (0, 1). */
    const uniform = () => (source.next() + 0.5) / 2 ** 32;
    return {
      below: source.below,
      uniform,
      normal: () => normal(uniform),
      gamma: (shape) => gamma(shape, uniform),
    };
  }

  /**
   * Bad units by scene. Scene rates follow a beta distribution whose intra-scene correlation is `rho`; then exactly
   * `bad` of the lot's units are laid into scenes in proportion to them, since a lot is as good as it is.
   */
  function badByScene({ scenes, size, bad, rho }, random) {
    const p = bad / (scenes * size);
    const counts = new Int32Array(scenes);
    const rates = Float64Array.from({ length: scenes }, () => {
      if (rho === 0) return p;
      const [a, b] = [(p * (1 - rho)) / rho, ((1 - p) * (1 - rho)) / rho];
      const [x, y] = [random.gamma(a), random.gamma(b)];
      // A gamma number too small for a double is a scene without a bad unit, or one of nothing else.
      return x + y === 0 ? p : x / (x + y);
    });
    let total = rates.reduce((sum, rate) => sum + rate * size, 0);
    for (let laid = 0; laid < bad; laid += 1) {
      let scene = chosen(rates, counts, size, total, random);
      if (counts[scene] === size) scene = firstWithRoom(counts, size, random);
      counts[scene] += 1;
      total -= rates[scene];
    }
    return counts;
  }

  return { stream, badByScene };
}

/** A scene in proportion to its rate and to the good units left in it. */
function chosen(rates, counts, size, total, random) {
  let left = random.uniform() * total;
  for (let scene = 0; scene < rates.length; scene += 1) {
    left -= rates[scene] * (size - counts[scene]);
    if (left <= 0) return scene;
  }
  return rates.length - 1;
}

function firstWithRoom(counts, size, random) {
  for (let scene = random.below(counts.length); ; scene = (scene + 1) % counts.length) {
    if (counts[scene] < size) return scene;
  }
}

/** One of a pair by the polar method; the other is not kept, so that streams stay simple to follow. */
function normal(uniform) {
  for (;;) {
    const [u, v] = [2 * uniform() - 1, 2 * uniform() - 1];
    const square = u * u + v * v;
    if (square > 0 && square < 1) return u * Math.sqrt((-2 * Math.log(square)) / square);
  }
}

/** By Marsaglia and Tsang (2000); below shape 1 by one more uniform number. */
function gamma(shape, uniform) {
  if (shape < 1) return gamma(shape + 1, uniform) * uniform() ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(uniform);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** How alike units of one scene are in this lot: the analysis-of-variance estimate of the correlation. */
export function correlationIn(counts, size) {
  const scenes = counts.length;
  const bad = counts.reduce((sum, count) => sum + count, 0);
  const p = bad / (scenes * size);
  const between = counts.reduce((sum, count) => sum + size * (count / size - p) ** 2, 0) / (scenes - 1);
  const within = counts.reduce((sum, count) => sum + count * (1 - count / size), 0) / (scenes * (size - 1));
  return (between - within) / (between + (size - 1) * within);
}

/** All units of the lot in random order: whether each is bad. */
export function* inRandomOrder(units, bad, random) {
  for (let [left, badLeft] = [units, bad]; left > 0; left -= 1) {
    const isBad = random.below(left) < badLeft;
    if (isBad) badLeft -= 1;
    yield isBad;
  }
}

/** Scene by scene, scenes in random order and `each` units of a scene at random; `true` in `isLast` ends a scene. */
export function* sceneByScene(counts, size, each, random) {
  const order = shuffled(counts.length, random);
  for (const scene of order) {
    let badLeft = counts[scene];
    for (let taken = 0; taken < each; taken += 1) {
      const isBad = random.below(size - taken) < badLeft;
      if (isBad) badLeft -= 1;
      yield { isBad, isLast: taken === each - 1 };
    }
  }
}

export function shuffled(length, random) {
  const order = Array.from({ length }, (_, at) => at);
  for (let at = length - 1; at > 0; at -= 1) {
    const other = random.below(at + 1);
    [order[at], order[other]] = [order[other], order[at]];
  }
  return order;
}
