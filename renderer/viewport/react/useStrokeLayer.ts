/** A stroke layer that draws what a component knows: placed while it is shown, drawn again when that changes. */
import { useEffect, useRef } from 'react';
import type { PictureDrawing, PlacedLayer, SpaceDrawing } from '../layers.ts';
import { useEngine } from './engineContext.tsx';

export interface StrokePainter<Data> {
  inSpace?(drawing: SpaceDrawing, data: Data): void;
  inPicture?(drawing: PictureDrawing, data: Data): void;
}

/** `painter` must stay the same object; `data` is drawn again when it is another one. */
export function useStrokeLayer<Data>(painter: StrokePainter<Data>, data: Data): void {
  const engine = useEngine();
  const latest = useRef(data);
  const placed = useRef<PlacedLayer | null>(null);
  useEffect(() => {
    const layer = engine.addLayer({
      inSpace: (drawing) => painter.inSpace?.(drawing, latest.current),
      inPicture: (drawing) => painter.inPicture?.(drawing, latest.current),
    });
    placed.current = layer;
    return () => layer.remove();
  }, [engine, painter]);
  useEffect(() => {
    if (latest.current === data) return;
    latest.current = data;
    placed.current?.update();
  }, [data]);
}
