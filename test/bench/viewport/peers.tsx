/** What the engine is compared with: one element a cuboid with the selection in React state, and a naive cold step. */
import { Canvas, useThree } from '@react-three/fiber';
import { useEffect, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import type { WebGLRenderer } from 'three';
import { BoxGeometry, EdgesGeometry } from 'three';
import { cuboidAt } from '../../../shared/model/labelRow.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';

export interface ElementPeer {
  /** Milliseconds of one draw call on this thread. */
  frame(): number;
  /** Milliseconds from the change of state to the committed scene. */
  select(row: number): number;
  close(): void;
}

/** A cuboid an element, as one would write it first. */
export async function openElementPeer(index: DeliveryIndex, count: number): Promise<ElementPeer> {
  const host = document.createElement('div');
  host.style.cssText = 'position:fixed;inset:0;width:800px;height:600px';
  document.body.append(host);
  let choose: (row: number) => void = () => undefined;
  let draw: () => void = () => undefined;
  let isMounted = false;

  function Cuboids() {
    const [selected, setSelected] = useState(0);
    choose = setSelected;
    const { gl, scene, camera } = useThree();
    draw = () => gl.render(scene, camera);
    useEffect(() => {
      isMounted = true;
    }, []);
    const edges = useMemo(() => new EdgesGeometry(new BoxGeometry(1, 1, 1)), []);
    return Array.from({ length: count }, (_, row) => {
      const { center, size, rotation } = cuboidAt(index.labels, row);
      return (
        <lineSegments
          key={index.labels.cuboids.id.at(row)}
          geometry={edges}
          position={[...center]}
          scale={[...size]}
          quaternion={[...rotation]}
        >
          <lineBasicMaterial color={row === selected ? 'gold' : 'grey'} />
        </lineSegments>
      );
    });
  }

  const root = createRoot(host);
  root.render(
    <Canvas frameloop="never" camera={{ position: [0, 0, 120], far: 1000 }}>
      <Cuboids />
    </Canvas>,
  );
  while (!isMounted) await new Promise((resolve) => setTimeout(resolve, 50));
  const timed = (work: () => void): number => {
    const start = performance.now();
    work();
    return performance.now() - start;
  };
  return {
    frame: () => timed(draw),
    select: (row) =>
      timed(() => {
        flushSync(() => choose(row));
        draw();
      }),
    close() {
      root.unmount();
      host.remove();
    },
  };
}

/** Fetches everything one after the other, decodes the points value by value on this thread, uploads. */
export async function naiveStep(frame: number, cameras: number, gl: WebGLRenderer): Promise<void> {
  const bytes = await (await fetch(`./data/bench/delivery/${frame}.bin`)).arrayBuffer();
  const view = new DataView(bytes);
  const positions: number[] = [];
  for (let at = 0; at + 16 <= bytes.byteLength; at += 16) {
    positions.push(view.getFloat32(at, true), view.getFloat32(at + 4, true), view.getFloat32(at + 8, true));
  }
  const context = gl.getContext() as WebGL2RenderingContext;
  const buffer = context.createBuffer();
  context.bindBuffer(context.ARRAY_BUFFER, buffer);
  context.bufferData(context.ARRAY_BUFFER, new Float32Array(positions), context.STATIC_DRAW);
  for (let camera = 0; camera < cameras; camera++) {
    const blob = await (await fetch(`./data/bench/delivery/${frame}-${camera}.png`)).blob();
    const bitmap = await createImageBitmap(blob);
    const texture = context.createTexture();
    context.bindTexture(context.TEXTURE_2D, texture);
    context.texImage2D(context.TEXTURE_2D, 0, context.RGBA, context.RGBA, context.UNSIGNED_BYTE, bitmap);
    context.deleteTexture(texture);
    bitmap.close();
  }
  context.deleteBuffer(buffer);
  gl.resetState();
}
