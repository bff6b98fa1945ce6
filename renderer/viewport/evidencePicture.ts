/**
 * What the auditor saw, as a PNG: the canvas with its captions and tags, made while the unit is still on screen.
 * Drawing is at once; encoding and hashing follow in the background.
 */
import type { Engine } from './engine.ts';

export interface EvidencePicture {
  readonly blob: Blob;
  /** SHA-256, lower-case hex: its name in the audit's folder. */
  readonly hash: string;
}

/** Wide enough to judge by, small enough to store for hundreds of findings. */
const widestPixels = 1600;
/** The host takes no picture above this; a larger one is made again at half the size. */
const largestBytes = 4 * 1024 * 1024;

/** Null where there is no canvas to look at, or the picture cannot be brought under the limit. */
export function takePicture(engine: Engine): Promise<EvidencePicture | null> {
  const stage = engine.stage();
  if (!stage) return Promise.resolve(null);
  const { canvas, element } = stage;
  const scale = Math.min(1, widestPixels / canvas.width);
  const drawn = new OffscreenCanvas(Math.round(canvas.width * scale), Math.round(canvas.height * scale));
  const context = drawn.getContext('2d');
  if (!context) return Promise.resolve(null);
  // The gaps between panes are see-through on the canvas.
  context.fillStyle = getComputedStyle(element).getPropertyValue('--line');
  context.fillRect(0, 0, drawn.width, drawn.height);
  context.drawImage(canvas, 0, 0, drawn.width, drawn.height);
  drawWords(context, element, drawn.width / element.clientWidth);
  return encode(drawn);
}

async function encode(drawn: OffscreenCanvas): Promise<EvidencePicture | null> {
  let blob = await drawn.convertToBlob({ type: 'image/png' });
  if (blob.size > largestBytes) {
    const smaller = new OffscreenCanvas(Math.ceil(drawn.width / 2), Math.ceil(drawn.height / 2));
    smaller.getContext('2d')?.drawImage(drawn, 0, 0, smaller.width, smaller.height);
    blob = await smaller.convertToBlob({ type: 'image/png' });
    if (blob.size > largestBytes) return null;
  }
  const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
  const hash = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return { blob, hash };
}

/** Captions and tags are page elements over the canvas; the picture gets them as text at the same places. */
function drawWords(context: OffscreenCanvasRenderingContext2D, element: HTMLElement, scale: number): void {
  const base = element.getBoundingClientRect();
  context.textBaseline = 'middle';
  for (const word of element.querySelectorAll<HTMLElement>('[data-picture-text]')) {
    const style = getComputedStyle(word);
    if (style.visibility === 'hidden' || !word.textContent) continue;
    const box = word.getBoundingClientRect();
    context.font = `${style.fontWeight} ${Number.parseFloat(style.fontSize) * scale}px ${style.fontFamily}`;
    context.fillStyle = style.color;
    context.fillText(
      (word.textContent ?? '').replace(/\s+/g, ' '),
      (box.left - base.left) * scale,
      (box.top + box.height / 2 - base.top) * scale,
    );
  }
}
