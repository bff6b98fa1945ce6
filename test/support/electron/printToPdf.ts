/** `webContents.printToPDF` by way of the browser, which is what Electron does too. */
import type { PrintToPDFOptions } from 'electron';
import type { CdpSession } from './cdpPipe.ts';
import { notImplemented } from './strict.ts';

/** Width and height in inches. */
const paper: Record<string, [number, number]> = { A4: [8.27, 11.7], A3: [11.7, 16.54], Letter: [8.5, 11] };

const supported = new Set([
  'landscape',
  'printBackground',
  'scale',
  'pageSize',
  'pageRanges',
  'preferCSSPageSize',
]);

export async function printToPdf(session: CdpSession, options: PrintToPDFOptions): Promise<Buffer> {
  for (const name of Object.keys(options)) {
    if (!supported.has(name)) notImplemented(`printToPDF with the option '${name}'`);
  }
  const { pageSize = 'Letter', ...same } = options;
  const size = typeof pageSize === 'string' ? paper[pageSize] : [pageSize.width, pageSize.height];
  if (!size) notImplemented(`printToPDF on the paper '${String(pageSize)}'`);
  const [paperWidth, paperHeight] = size;
  const { data } = await session.send('Page.printToPDF', { ...same, paperWidth, paperHeight });
  return Buffer.from(data, 'base64');
}
