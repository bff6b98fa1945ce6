/** Loads one camera's picture. */
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import type { ImageOperations } from '../../workers/protocol.ts';
import type { WorkerChannel } from '../../workers/workerChannel.ts';
import { createImageTexture, type ImageTexture } from '../gpu/imagePlane.ts';
import type { ImageAsset } from './assetKinds.ts';
import type { FrameAssets } from './frameAssets.ts';
import type { DeliveryAddress } from './sweepAssets.ts';

export function createImageAssets(
  index: DeliveryIndex,
  images: WorkerChannel<ImageOperations>,
  address: DeliveryAddress,
  upload: (image: ImageTexture) => void,
): FrameAssets['image'] {
  return async (frame, image, priority, signal): Promise<ImageAsset> => {
    const ref = index.delivery.frames.at(frame)!.images[image]!;
    const decoded = await images.call('decode', { address, ref }, { priority, signal });
    const texture = createImageTexture(decoded.bitmap);
    upload(texture);
    return { kind: 'image', image: texture, bytes: texture.bytes, dispose: () => texture.dispose() };
  };
}
