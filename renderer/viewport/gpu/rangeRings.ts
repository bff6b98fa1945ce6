/** Circles every ten metres around the sensor, a heavier one every fifty, and an arrow for the vehicle's front. */
import { BufferAttribute, BufferGeometry, LineBasicMaterial, LineSegments } from 'three';
import type { Vec3 } from '../../../shared/model/pose.ts';
import type { Rgb } from '../colourMaps.ts';

const segments = 96;
export const ringMeters = [10, 20, 30, 40, 50, 60, 80, 100] as const;

export interface RangeRings {
  readonly object: LineSegments;
  /** Centre relative to the render origin. */
  place(center: Vec3): void;
  setColour(colour: Rgb): void;
  dispose(): void;
}

export function createRangeRings(): RangeRings {
  const lines: number[] = [];
  for (const radius of ringMeters) {
    for (let segment = 0; segment < segments; segment++) {
      for (const end of [segment, segment + 1]) {
        const angle = (2 * Math.PI * end) / segments;
        lines.push(radius * Math.cos(angle), radius * Math.sin(angle), 0);
      }
    }
  }
  lines.push(0, 0, 0, 3, 0, 0, 3, 0, 0, 2.2, 0.6, 0, 3, 0, 0, 2.2, -0.6, 0);
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(Float32Array.from(lines), 3));
  const material = new LineBasicMaterial({
    transparent: true,
    opacity: 0.55,
    depthWrite: false,
    toneMapped: false,
  });
  const object = new LineSegments(geometry, material);
  object.frustumCulled = false;
  object.matrixAutoUpdate = false;
  object.matrixWorldAutoUpdate = false;
  return {
    object,
    place([x, y, z]) {
      object.matrixWorld.makeTranslation(x, y, z);
    },
    setColour([red, green, blue]) {
      material.color.setRGB(red, green, blue);
    },
    dispose() {
      geometry.dispose();
      material.dispose();
    },
  };
}
