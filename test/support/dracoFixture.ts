/** Draco point clouds made by the encoder of draco3d, with attributes named in their metadata as NVIDIA's tools do. */
import type { Encoder, EncoderModule, PointCloud } from 'draco3d';
import draco from 'draco3d';

export interface FixtureCloud {
  readonly positions: readonly (readonly number[])[];
  /** 0 to 255. */
  readonly intensity?: readonly number[];
  readonly timestamp?: readonly number[];
  /** Bits of a position; absent = exact, in order. With it points change their order. */
  readonly quantisation?: number;
}

let loading: Promise<EncoderModule> | null = null;

export async function dracoCloud(cloud: FixtureCloud): Promise<Uint8Array> {
  loading ??= draco.createEncoderModule({});
  const module = await loading;
  const { positions, intensity, timestamp, quantisation } = cloud;
  const points: PointCloud = new module.PointCloud();
  const builder = new module.PointCloudBuilder();
  const count = positions.length;
  builder.AddFloatAttribute(points, module.POSITION, count, 3, Float32Array.from(positions.flat()));
  const name = (attribute: number, text: string) => {
    const metadata = new module.Metadata();
    new module.MetadataBuilder().AddStringEntry(metadata, 'name', text);
    builder.SetMetadataForAttribute(points, attribute, metadata);
  };
  if (intensity) {
    const values = Uint8Array.from(intensity);
    name(builder.AddUInt8Attribute(points, module.GENERIC, count, 1, values), 'intensity');
  }
  if (timestamp) {
    const values = Int32Array.from(timestamp);
    name(builder.AddInt32Attribute(points, module.GENERIC, count, 1, values), 'timestamp');
  }
  const encoder: Encoder = new module.Encoder();
  if (quantisation) {
    encoder.SetSpeedOptions(3, 3);
    encoder.SetAttributeQuantization(module.POSITION, quantisation);
  }
  const buffer = new module.DracoInt8Array();
  const length = encoder.EncodePointCloudToDracoBuffer(points, false, buffer);
  return Uint8Array.from({ length }, (_, i) => buffer.GetValue(i) & 255);
}
