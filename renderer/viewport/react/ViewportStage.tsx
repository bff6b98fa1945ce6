/** The canvas behind all panes, and the panes over it. React holds the shell only; the engine draws. */
import { Canvas, useFrame, useThree } from '@react-three/fiber';
import { type ReactNode, useEffect, useRef } from 'react';
import type { Pointing } from '../pointing.ts';
import { useEngine } from './engineContext.tsx';
import styles from './viewport.module.css';

export function ViewportStage({
  cursor,
  className,
  children,
}: {
  cursor: Pointing['cursor'];
  className?: string;
  children: ReactNode;
}) {
  const stage = useRef<HTMLDivElement>(null);
  return (
    <div className={`${styles.stage} ${className ?? ''}`} ref={stage} data-testid="viewport">
      <div className={styles.canvas}>
        <Canvas
          frameloop="demand"
          flat
          linear
          dpr={[1, 2]}
          // Panes are redrawn one by one, so what the others drew has to stay. Strokes smooth their own edges.
          gl={{ antialias: false, preserveDrawingBuffer: true, powerPreference: 'high-performance' }}
          aria-hidden="true"
        >
          <Driver stage={stage} />
        </Canvas>
      </div>
      <div className={styles.panes} data-cursor={cursor}>
        {children}
      </div>
    </div>
  );
}

/** Hands the renderer to the engine and the canvas's own loop to its draw. */
function Driver({ stage }: { stage: React.RefObject<HTMLDivElement | null> }) {
  const engine = useEngine();
  const gl = useThree((state) => state.gl);
  const invalidate = useThree((state) => state.invalidate);
  const size = useThree((state) => state.size);
  useEffect(() => {
    engine.attach(gl, stage.current!, () => invalidate());
  }, [engine, gl, invalidate, stage]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a canvas of another size is an empty one
  useEffect(() => {
    engine.dirtyAll();
  }, [engine, size.width, size.height]);
  // A priority above zero takes the drawing over from the library.
  useFrame(() => engine.draw(performance.now()), 1);
  return null;
}
