/**
 * The colour of every material at a place, drawn by formula and averaged over what the pixel covers, so that far
 * detail fades evenly.
 */
import { square } from '../portableMath.ts';
import { smoothNoise } from '../random.ts';
import { Material, type Rgb } from '../shapes/material.ts';
import { band, stripes } from '../world/markings.ts';
import type { Road } from '../world/road.ts';
import { facadeInto, roofInto } from './facadeSurface.ts';
import { pavingInto, plotInto, roadInto, sideRoadInto } from './groundSurfaces.ts';
import { blend, grain, gray, type Hit, type Surface, set, WHITE_PAINT } from './surface.ts';

const GRAY: Rgb = [0.2, 0.2, 0.2];

export function surfaceInto(surface: Surface, material: number, hit: Hit, road: Road): void {
  surface.mirror = 0;
  surface.shine = 0;
  surface.glow = 0;
  surface.tilt = 0;
  switch (material) {
    case Material.road:
      roadInto(surface, hit, road);
      return;
    case Material.sideRoad:
      sideRoadInto(surface, hit, road);
      return;
    case Material.pavement:
      pavingInto(surface, hit);
      return;
    case Material.kerb:
      gray(surface, 0.33 - 0.1 * stripes(hit.u, 1, 0, 0.03, hit.du));
      return;
    case Material.plot:
      plotInto(surface, hit);
      return;
    case Material.facade:
      facadeInto(surface, hit);
      return;
    case Material.roof:
      roofInto(surface, hit);
      return;
    case Material.paint:
      set(surface, hit.color, 1);
      surface.mirror = 0.055;
      surface.shine = 1;
      return;
    case Material.glass:
      gray(surface, 0.018);
      surface.mirror = 0.13;
      surface.shine = 1;
      return;
    case Material.rim:
      rimInto(surface, hit);
      return;
    case Material.rubber:
      gray(surface, 0.022);
      return;
    case Material.headlight:
      gray(surface, 0.55);
      surface.mirror = 0.12;
      surface.shine = 1;
      return;
    case Material.taillight:
      set(surface, [0.42, 0.02, 0.02], 1);
      surface.mirror = 0.06;
      surface.glow = 0.12;
      return;
    case Material.foliage:
      foliageInto(surface, hit);
      return;
    case Material.bark: {
      const grain = 0.75 + 0.5 * smoothNoise(hit.u * 9, hit.v * 2.5, 3);
      set(surface, [0.13, 0.095, 0.068], grain);
      return;
    }
    case Material.metal:
      set(surface, hit.palette.length > 0 ? hit.color : GRAY, 1);
      surface.mirror = 0.03;
      return;
    case Material.sign:
      signInto(surface, hit);
      return;
    case Material.cone: {
      const white = band(hit.v, 0.24, 0.38, hit.dv) + band(hit.v, 0.5, 0.6, hit.dv);
      set(surface, hit.color, 1);
      blend(surface, WHITE_PAINT, white);
      return;
    }
    case Material.stripes: {
      const white = stripes(hit.u + hit.v, 0.5, 0, 0.25, hit.du + hit.dv);
      set(surface, hit.color, 1);
      blend(surface, WHITE_PAINT, white);
      return;
    }
    case Material.cloth:
      set(surface, hit.color, 0.94 + 0.12 * smoothNoise(hit.x * 30, hit.height * 30, 9));
      return;
    case Material.plate:
      gray(surface, 0.6);
      return;
    case Material.trafficLight:
      trafficLightInto(surface, hit);
      return;
    case Material.panel:
      set(surface, hit.color, 1 - 0.12 * stripes(hit.u, 1.2, 0, 0.02, hit.du));
      surface.mirror = 0.02;
      return;
    default:
      set(surface, hit.color, 1);
  }
}

function foliageInto(surface: Surface, hit: Hit): void {
  const tuft = hit.u - Math.floor(hit.u);
  set(
    surface,
    hit.color,
    0.58 + 0.5 * tuft + 0.3 * grain(hit.x + hit.height, hit.y - hit.height, 6, hit.du, 53),
  );
}

function rimInto(surface: Surface, hit: Hit): void {
  const radius = Math.sqrt(hit.u * hit.u + hit.v * hit.v);
  if (radius > 0.7) {
    gray(surface, 0.025);
    return;
  }
  // Five spokes: the fivefold angle's sine without an angle.
  const s = hit.v / Math.max(radius, 1e-6);
  const fivefold = s * (5 + s * s * (16 * s * s - 20));
  const spoke = radius < 0.2 || fivefold > -0.15 || radius > 0.6;
  gray(surface, spoke ? 0.36 : 0.04);
  surface.mirror = spoke ? 0.12 : 0;
}

function signInto(surface: Surface, hit: Hit): void {
  const radius = Math.sqrt(hit.u * hit.u + hit.v * hit.v);
  set(surface, hit.color, 1);
  const isInner = hit.palette[1]![0] > 0.3 ? radius < 0.74 : Math.abs(hit.u) < 0.3 && Math.abs(hit.v) < 0.42;
  if (isInner) set(surface, hit.palette[2] ?? WHITE_PAINT, 0.85);
}

function trafficLightInto(surface: Surface, hit: Hit): void {
  gray(surface, 0.025);
  for (let lamp = 0; lamp < 3; lamp++) {
    const distance = Math.sqrt(square((hit.u - 0.5) * 0.3) + square((hit.v - (lamp + 0.5) / 3) * 0.9));
    if (distance > 0.105) continue;
    if (lamp === 0) {
      set(surface, [0.05, 0.7, 0.4], 1);
      surface.glow = 0.8;
    } else set(surface, lamp === 1 ? [0.2, 0.12, 0.02] : [0.2, 0.03, 0.03], 0.6);
  }
}
