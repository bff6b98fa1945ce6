/** The page the bench measures in: the real engine with its views and workers, and its peers beside it. */
import { createRoot } from 'react-dom/client';
import type { Engine } from '../../../renderer/viewport/engine.ts';
import { ClosePane } from '../../../renderer/viewport/react/ClosePane.tsx';
import { ContextPane } from '../../../renderer/viewport/react/ContextPane.tsx';
import { EngineProvider, useEngine } from '../../../renderer/viewport/react/engineContext.tsx';
import { PicturePane } from '../../../renderer/viewport/react/PicturePane.tsx';
import { ViewportStage } from '../../../renderer/viewport/react/ViewportStage.tsx';
import { defaultViewOptions } from '../../../renderer/viewport/viewOptions.ts';
import { benchCameras, madeIndex } from './madeIndex.ts';
import { naiveStep, openElementPeer } from './peers.tsx';

interface Desk {
  readonly engine: Engine;
  close(): void;
}

async function openDesk(frames: number, cuboids: number): Promise<Desk> {
  const host = document.getElementById('root')!;
  const root = createRoot(host);
  const index = madeIndex(frames, cuboids);
  let engine: Engine | null = null;
  function Catch() {
    engine = useEngine();
    return null;
  }
  const cell = (area: string) => ({ position: 'absolute' as const, inset: area });
  root.render(
    <EngineProvider index={index} delivery="bench">
      <Catch />
      <div style={{ position: 'fixed', inset: 0 }}>
        <ViewportStage cursor="select" className="fill">
          <div style={cell('0 66% 50% 0')}>
            <ClosePane face="top" gap={null} />
          </div>
          <div style={cell('0 33% 50% 34%')}>
            <ClosePane face="side" gap={null} />
          </div>
          <div style={cell('0 0 50% 67%')}>
            <ClosePane face="end" gap={null} />
          </div>
          <div style={cell('50% 50% 0 0')}>
            <PicturePane id="main" camera={0} fit="whole" caption="" />
          </div>
          <div style={cell('50% 0 0 50%')}>
            <ContextPane options={defaultViewOptions} />
          </div>
        </ViewportStage>
      </div>
    </EngineProvider>,
  );
  (host.querySelector('.fill') as HTMLElement | null)?.style.setProperty('height', '100%');
  await new Promise((resolve) => setTimeout(resolve, 300));
  const stage = host.querySelector<HTMLElement>('[data-testid=viewport]')!;
  stage.style.height = '100vh';
  await new Promise((resolve) => setTimeout(resolve, 300));
  return { engine: engine!, close: () => root.unmount() };
}

const frameRow = (engine: Engine, frame: number): number =>
  engine.index.labels.cuboids.frameStart[frame]! + 3;
const images = Array.from({ length: benchCameras }, (_, at) => at);

/** Shows a frame with the next ones ahead; settles when it is painted. `thread` gets the time without the GPU's. */
async function step(engine: Engine, frame: number, frames: number, thread: number[] = []): Promise<number> {
  const stop = (other: number) => ({ frame: other, row: frameRow(engine, other), images });
  const ahead = [1, 2, 3].map((by) => stop((frame + by) % frames));
  const start = performance.now();
  const shown = { frame, row: frameRow(engine, frame), box: null, toleranceMeters: 0.3, cell: null };
  engine.show(shown, { ahead, behind: [], beside: [], images });
  await until(() => engine.facts.getState().shown === shown);
  engine.draw(performance.now());
  thread.push(performance.now() - start);
  painted(engine);
  return performance.now() - start;
}

/** Draws what is dirty now and waits for the GPU: reading a pixel is the only way to know. */
function painted(engine: Engine): void {
  engine.draw(performance.now());
  const gl = engine.stage()!.canvas.getContext('webgl2')!;
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
}

/** True once all of a frame is on the GPU. */
function isResident(engine: Engine, frame: number): boolean {
  return engine.isReady(frame, frameRow(engine, frame), images);
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 0));
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1]!;

/** JS time of a frame in which every view is drawn again. */
function frameTime(engine: Engine, rounds: number): number {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    engine.dirtyAll();
    const start = performance.now();
    engine.draw(start);
    times.push(performance.now() - start);
  }
  return median(times);
}

const selectionRounds = 500;

const bench = {
  /** Frame and selection with few and many cuboids, and the peer with as many. */
  async cuboids(few: number, many: number) {
    const small = await openDesk(2, few);
    await step(small.engine, 0, 2);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const frameFew = frameTime(small.engine, 60);
    small.close();
    const large = await openDesk(2, many);
    await step(large.engine, 0, 2);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const frameMany = frameTime(large.engine, 60);
    const drawn = window.assayProbe!.drawn();
    // One is below the clock's step; a row of them is not.
    const start = performance.now();
    for (let round = 0; round < selectionRounds; round++) large.engine.setHovered(10 + round);
    const select = (performance.now() - start) / selectionRounds;
    const peer = await openElementPeer(large.engine.index, many);
    const peerFrames: number[] = [];
    const peerSelections: number[] = [];
    for (let round = 0; round < 9; round++) {
      peerFrames.push(peer.frame());
      peerSelections.push(peer.select(round + 5));
    }
    peer.close();
    large.close();
    return {
      frameFew,
      frameMany,
      select,
      peerFrame: median(peerFrames),
      peerSelect: median(peerSelections),
      drawn,
    };
  },

  /** A step that was prefetched, one that only paints again, and a naive cold one, in turn. */
  async steps(frames: number, rounds: number) {
    const desk = await openDesk(frames, 60);
    const { engine } = desk;
    await step(engine, 0, frames);
    const gl = engine.renderer()!;
    const prefetched: number[] = [];
    const paintOnly: number[] = [];
    const naive: number[] = [];
    const thread: number[] = [];
    for (let round = 1; round <= rounds; round++) {
      // Time for the ring to fill, as when a person looks at a label.
      await until(() => isResident(engine, round % frames));
      // The GPU works off its uploads on its own time, too.
      painted(engine);
      prefetched.push(await step(engine, round % frames, frames, thread));
      const start = performance.now();
      engine.dirtyAll();
      painted(engine);
      paintOnly.push(performance.now() - start);
      const cold = performance.now();
      await naiveStep((round + 5) % frames, benchCameras, gl);
      engine.dirtyAll();
      painted(engine);
      naive.push(performance.now() - cold);
    }
    desk.close();
    return {
      prefetched: median(prefetched),
      paintOnly: median(paintOnly),
      naive: median(naive),
      thread: median(thread),
    };
  },

  /** What the page holds before and after many steps. */
  async memory(frames: number, count: number) {
    const desk = await openDesk(frames, 60);
    const { engine } = desk;
    /** After the ring has filled and the garbage is collected. */
    const held = async (last: number) => {
      for (const by of [0, 1, 2, 3]) await until(() => isResident(engine, (last + by) % frames));
      (globalThis as unknown as { gc(): void }).gc();
      const { usedJSHeapSize } = (performance as unknown as { memory: { usedJSHeapSize: number } }).memory;
      return { gpu: window.assayProbe!.gpu(), ring: window.assayProbe!.ringBytes(), heap: usedJSHeapSize };
    };
    const warm = 2 * frames;
    for (let at = 0; at <= warm; at++) await step(engine, at % frames, frames);
    const before = await held(warm % frames);
    for (let at = 1; at <= count; at++) await step(engine, (warm + at) % frames, frames);
    const after = await held((warm + count) % frames);
    desk.close();
    await new Promise((resolve) => setTimeout(resolve, 300));
    return { before, after, left: window.assayProbe!.gpu() };
  },
};

declare global {
  interface Window {
    bench: typeof bench;
  }
}
window.bench = bench;
