/** The JSON header of an index file, and its parser: the cache folder is outside input like any other. */
import { z } from '../../base/door.ts';
import type { Problem } from '../../base/problem.ts';
import type { Delivery } from '../../model/delivery.ts';
import type { AttributeSet, AttributeValue } from '../../model/labels.ts';
import type { Mat4 } from '../../model/pose.ts';

const whole = z.number().int().nonnegative();
const matrix = z.array(z.number()).length(16) as unknown as z.ZodType<Mat4>;
const root = z.enum(['delivery', 'sensors']);
const nanos = z
  .string()
  .regex(/^-?\d+$/)
  .nullable();
const lens = { fx: z.number(), fy: z.number(), cx: z.number(), cy: z.number(), skew: z.number().optional() };

const model = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pinhole'), ...lens, distortion: z.array(z.number()).max(14) }),
  z.object({
    kind: z.literal('fisheye'),
    ...lens,
    distortion: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  }),
  z.object({ kind: z.literal('unknown'), name: z.string() }),
]);

const sweep = z.object({
  root,
  path: z.string(),
  lidar: z.string(),
  encoding: z.enum(['pcd', 'bin4', 'bin5']),
  spaceFromPoints: matrix.optional(),
});

const image = z.object({
  root,
  path: z.string(),
  camera: whole,
  calibration: z.number().int().min(-1),
  timestampNanos: nanos,
});

const delivery: z.ZodType<Delivery> = z.object({
  format: z.enum(['kitti-object', 'sustech-points', 'openlabel', 'pcd', 'bin']),
  scenes: z.array(z.object({ id: z.string(), frameStart: whole, frameCount: whole })),
  frames: z.array(
    z.object({
      id: z.string(),
      scene: whole,
      index: whole,
      timestampNanos: nanos,
      space: z.string(),
      sweeps: z.array(sweep),
      images: z.array(image),
      worldFromSpace: matrix.optional(),
    }),
  ),
  lidars: z.array(z.object({ name: z.string() })),
  cameras: z.array(z.object({ name: z.string() })),
  calibrations: z.array(
    z.object({
      camera: whole,
      model,
      cameraFromSpace: matrix,
      width: z.number().optional(),
      height: z.number().optional(),
    }),
  ),
  labelFiles: z.array(z.string()),
});

const problem: z.ZodType<Problem> = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  path: z.string(),
  place: z.string().optional(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});

const attribute: z.ZodType<AttributeValue> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(attribute)]),
);

/** Bytes [offset, offset + bytes) of the file. */
const place = z.object({ offset: whole, bytes: whole });
const table = z.object({
  count: whole,
  columns: z.record(z.string(), place),
  frameStart: place,
  /** All ids in one UTF-8 text, and where each ends in it (uint32, UTF-16 units). */
  idText: place,
  idEnds: place,
});

export const indexHeaderSchema = z.object({
  delivery,
  problems: z.array(problem),
  classes: z.array(z.string()).max(0xffff),
  tracks: z.array(z.string()),
  attributeSets: z.array(z.record(z.string(), attribute) as z.ZodType<AttributeSet>),
  cuboids: table,
  boxes2d: table,
});

export type IndexHeader = z.infer<typeof indexHeaderSchema>;
export type TablePlaces = z.infer<typeof table>;
export type Place = z.infer<typeof place>;
