/** The JSON header of an index file, and its parser: the cache folder is outside input like any other. */
import { z } from '../../base/door.ts';
import type { Problem } from '../../base/problem.ts';
import type { Delivery, Frame } from '../../model/delivery.ts';
import { formatIds, imageEncodings, shutterDirections, sweepEncodings } from '../../model/delivery.ts';
import type { AttributeSet, AttributeValue, LabelTable, ShapeLabel } from '../../model/labels.ts';
import { labelSourceKinds } from '../../model/labels.ts';
import type { Mat4 } from '../../model/pose.ts';

const whole = z.number().int().nonnegative();
const matrix = z.array(z.number()).length(16) as unknown as z.ZodType<Mat4>;
const root = z.enum(['delivery', 'sensors']);
const nanos = z
  .string()
  .regex(/^-?\d+$/)
  .nullable();
const lens = { fx: z.number(), fy: z.number(), cx: z.number(), cy: z.number(), skew: z.number().optional() };

const windshield = z.object({ horizontal: z.array(z.number()), vertical: z.array(z.number()) }).optional();

const model = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pinhole'), ...lens, distortion: z.array(z.number()).max(14), windshield }),
  z.object({
    kind: z.literal('fisheye'),
    ...lens,
    distortion: z.tuple([z.number(), z.number(), z.number(), z.number()]),
    maxAngle: z.number().optional(),
    windshield,
  }),
  z.object({
    kind: z.literal('f-theta'),
    cx: z.number(),
    cy: z.number(),
    angleToPixels: z.array(z.number()),
    pixelsToAngle: z.array(z.number()),
    exact: z.enum(['angle-to-pixels', 'pixels-to-angle']),
    linear: z.tuple([z.number(), z.number(), z.number()]),
    maxAngle: z.number(),
    windshield,
  }),
  z.object({ kind: z.literal('unknown'), name: z.string() }),
]);

const file = { root, path: z.string() };
const part = z
  .object({
    row: whole.optional(),
    name: z.string().optional(),
    only: z.object({ field: z.string(), equals: z.number() }).optional(),
  })
  .optional();

const sweep = z.object({
  ...file,
  lidar: z.string(),
  encoding: z.enum(sweepEncodings),
  part,
  companions: z.array(z.object(file)).optional(),
  spaceFromPoints: matrix.optional(),
  timestampNanos: z.string().optional(),
  classes: z.object({ ...file, encoding: z.enum(['uint8', 'uint16', 'uint32', 'npz', 'pandas']) }).optional(),
});

const image = z.object({
  ...file,
  camera: whole,
  calibration: z.number().int().min(-1),
  timestampNanos: nanos,
  encoding: z.enum(imageEncodings).optional(),
  part,
  cameraFromSpace: matrix.optional(),
  exposure: z.object({ startNanos: z.string(), endNanos: z.string() }).optional(),
  endFromStart: matrix.optional(),
});

/** The frames of one scene. */
export const storedFramesSchema: z.ZodType<Omit<Frame, 'scene' | 'index'>[]> = z.array(
  z.object({
    id: z.string(),
    timestampNanos: nanos,
    space: z.string(),
    sweeps: z.array(sweep),
    images: z.array(image),
    radars: z.array(sweep).optional(),
    between: z.array(sweep).optional(),
    isBetween: z.boolean().optional(),
    worldFromSpace: matrix.optional(),
  }),
);

const sensors = z.array(z.object({ name: z.string() }));

const delivery: z.ZodType<Omit<Delivery, 'frames' | 'frameIds'>> = z.object({
  format: z.enum(formatIds),
  scenes: z.array(
    z.object({
      id: z.string(),
      frameStart: whole,
      frameCount: whole,
      tags: z.array(z.string()).optional(),
      weather: z.string().optional(),
    }),
  ),
  lidars: sensors,
  radars: sensors.optional(),
  pointClasses: z
    .array(
      z.object({
        value: z.number(),
        name: z.string(),
        colour: z.tuple([z.number(), z.number(), z.number()]).optional(),
      }),
    )
    .optional(),
  cameras: sensors,
  calibrations: z.array(
    z.object({
      camera: whole,
      model,
      cameraFromSpace: matrix,
      width: z.number().optional(),
      height: z.number().optional(),
      shutter: z.enum(shutterDirections).optional(),
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

export const namesSchema: z.ZodType<LabelTable['tracks']> = z.array(z.string());

export const attributeSetsSchema: z.ZodType<LabelTable['attributeSets']> = z.array(
  z.record(z.string(), attribute) as z.ZodType<AttributeSet>,
);

export const shapesSchema: z.ZodType<ShapeLabel[]> = z.array(
  z.object({
    frame: whole,
    id: z.string(),
    className: z.string(),
    track: z.string().nullable(),
    kind: z.enum(['points', 'polyline', 'polygon', 'rotated-box', 'ellipse', 'mask', 'mesh', 'other']),
    camera: whole.nullable(),
    coordinates: z.array(z.number()),
    attributes: z.record(z.string(), attribute) as z.ZodType<AttributeSet>,
  }),
);

/** Bytes [offset, offset + bytes) of the blocks. */
const place = z.object({ offset: whole, bytes: whole });

const table = z.object({
  count: whole,
  columns: z.record(z.string(), place),
  frameStart: place,
  idText: place,
  idEnds: place,
});

const labels = z.object({
  classes: z.array(z.string()).max(0xffff),
  tracks: place,
  attributeSets: place,
  cuboids: table,
  boxes2d: table,
  shapes: place,
});

const source = { name: z.string(), kind: z.enum(labelSourceKinds) };

export const indexHeaderSchema = z.object({
  delivery,
  frames: whole,
  /** One a scene. */
  frameTexts: z.array(place),
  frameIdText: place,
  frameIdEnds: place,
  problems: z.array(problem),
  source: z.object(source),
  labels,
  others: z.array(z.object({ ...source, labels })),
});

export type IndexHeader = z.infer<typeof indexHeaderSchema>;
export type LabelPlaces = z.infer<typeof labels>;
export type TablePlaces = z.infer<typeof table>;
export type Place = z.infer<typeof place>;
