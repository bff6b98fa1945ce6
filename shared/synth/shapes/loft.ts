/**
 * Bodies drawn through cross-sections: each station along x gives sill, belt and roof lines, and the skin between
 * neighbouring stations becomes paint, glass or trim. Cars, vans, buses and cabs are all made this way.
 */
import type { MaterialId } from './material.ts';
import { Material } from './material.ts';
import type { MeshBuilder } from './mesh.ts';
import type { Point, Uv } from './vector.ts';

/** One cross-section; widths are half widths, heights are above the ground. */
export interface Station {
  readonly x: number;
  readonly floor: number;
  readonly belt: number;
  readonly top: number;
  readonly sill: number;
  readonly waist: number;
  readonly roof: number;
}

/** What the skin is made of between a station and the next one. */
export interface Skin {
  /** Between belt and roof edge. */
  readonly side: 'paint' | 'glass' | 'pillar';
  /** From roof edge to roof edge: the roof, the bonnet, or a windscreen. */
  readonly top: 'paint' | 'glass' | 'pillar';
}

export interface LoftColors {
  readonly paint: number;
  readonly trim: number;
}

const SEGMENTS = 7;

/** Left half of a section, from the sill's inner edge up to the middle of the roof. */
function leftPoints(station: Station): Point[] {
  const { x, floor, belt, top, sill, waist, roof } = station;
  const cabin = top - belt;
  const edge = Math.min(0.12, 0.3 * cabin);
  return [
    [x, sill * 0.9, floor],
    [x, sill, floor + 0.06],
    [x, waist, floor + 0.52 * (belt - floor)],
    [x, waist * 0.985, belt - 0.06],
    [x, waist * 0.955, belt],
    [x, roof, top - edge],
    [x, roof * 0.86, top - 0.012],
    [x, 0, top],
  ];
}

function mirrored(point: Point): Point {
  return [point[0], -point[1], point[2]];
}

/** Adds the skin of the body, stations from rear to front (x ascending), closed at both ends. */
export function loft(
  builder: MeshBuilder,
  stations: readonly Station[],
  skins: readonly Skin[],
  colors: LoftColors,
  caps: { readonly front: Skin['side']; readonly rear: Skin['side'] } = { front: 'paint', rear: 'paint' },
): void {
  const sections = stations.map(leftPoints);
  const dress = (kind: Skin['side']): [MaterialId, number] => {
    if (kind === 'glass') return [Material.glass, colors.trim];
    return kind === 'pillar' ? [Material.plain, colors.trim] : [Material.paint, colors.paint];
  };
  const partOf = (segment: number, skin: Skin): Skin['side'] => {
    if (segment === 0) return 'pillar';
    if (segment === 4) return skin.side;
    return segment > 4 ? skin.top : 'paint';
  };
  // Painted skin first and as one smooth group, so that highlights run over the whole body.
  const strip = (wanted: (kind: Skin['side']) => boolean) => {
    for (let i = 0; i + 1 < sections.length; i++) {
      const rear = sections[i]!;
      const front = sections[i + 1]!;
      for (let k = 0; k < SEGMENTS; k++) {
        const kind = partOf(k, skins[i]!);
        if (!wanted(kind)) continue;
        const [material, color] = dress(kind);
        const [a, b, c, d] = [front[k]!, rear[k]!, rear[k + 1]!, front[k + 1]!];
        const uvs: [Uv, Uv, Uv, Uv] = [uvOf(a), uvOf(b), uvOf(c), uvOf(d)];
        builder.quad([a, b, c, d], material, color, uvs);
        builder.quad([mirrored(b), mirrored(a), mirrored(d), mirrored(c)], material, color, [
          uvs[1],
          uvs[0],
          uvs[3],
          uvs[2],
        ]);
      }
    }
  };
  builder.smooth(() => strip((kind) => kind === 'paint'));
  builder.smooth(() => strip((kind) => kind !== 'paint'));
  cap(builder, sections.at(-1)!, true, (k) => dress(k >= 4 ? caps.front : 'paint'));
  cap(builder, sections[0]!, false, (k) => dress(k >= 4 ? caps.rear : 'paint'));
}

function uvOf(point: Point): Uv {
  return [point[0], point[2]];
}

/** Closes an end with strips between the left points and their mirror images. */
function cap(
  builder: MeshBuilder,
  section: readonly Point[],
  isFront: boolean,
  dress: (segment: number) => [MaterialId, number],
): void {
  for (let k = 0; k < SEGMENTS; k++) {
    const [material, color] = dress(k);
    const low = section[k]!;
    const high = section[k + 1]!;
    if (isFront) builder.quad([mirrored(low), low, high, mirrored(high)], material, color);
    else builder.quad([low, mirrored(low), mirrored(high), high], material, color);
  }
}
