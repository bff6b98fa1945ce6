/** Draco point clouds made by the encoder of draco3d, with attributes named in their metadata as NVIDIA's tools do. */
import draco from 'draco3d';

/** What its types leave out: building and encoding clouds. */
interface PointEncoding {
  readonly POSITION: number;
  readonly GENERIC: number;
  readonly PointCloud: new () => object;
  readonly Metadata: new () => object;
  readonly MetadataBuilder: new () => {
    AddStringEntry(metadata: object, name: string, value: string): boolean;
  };
  readonly PointCloudBuilder: new () => {
    AddFloatAttribute(cloud: object, type: number, count: number, size: number, values: Float32Array): number;
    AddUInt8Attribute(cloud: object, type: number, count: number, size: number, values: Uint8Array): number;
    AddInt32Attribute(cloud: object, type: number, count: number, size: number, values: Int32Array): number;
    SetMetadataForAttribute(cloud: object, attribute: number, metadata: object): boolean;
  };
  readonly Encoder: new () => {
    SetSpeedOptions(encoding: number, decoding: number): void;
    SetAttributeQuantization(type: number, bits: number): void;
    EncodePointCloudToDracoBuffer(cloud: object, isDeduplicated: boolean, buffer: object): number;
  };
  readonly DracoInt8Array: new () => { GetValue(index: number): number };
}

export interface FixtureCloud {
  readonly positions: readonly (readonly number[])[];
  /** 0 to 255. */
  readonly intensity?: readonly number[];
  readonly timestamp?: readonly number[];
  /** Bits of a position; absent = exact, in order. With it points change their order. */
  readonly quantisation?: number;
}

let loading: Promise<PointEncoding> | null = null;

export async function dracoCloud(cloud: FixtureCloud): Promise<Uint8Array> {
  loading ??= draco.createEncoderModule({}) as Promise<unknown> as Promise<PointEncoding>;
  const module = await loading;
  const { positions, intensity, timestamp, quantisation } = cloud;
  const points = new module.PointCloud();
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
  const encoder = new module.Encoder();
  if (quantisation) {
    encoder.SetSpeedOptions(3, 3);
    encoder.SetAttributeQuantization(module.POSITION, quantisation);
  }
  const buffer = new module.DracoInt8Array();
  const length = encoder.EncodePointCloudToDracoBuffer(points, false, buffer);
  return Uint8Array.from({ length }, (_, i) => buffer.GetValue(i) & 255);
}
