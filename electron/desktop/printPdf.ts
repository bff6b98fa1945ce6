/** Prints a report to PDF in a window nobody sees, with scripts switched off. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { BrowserWindow } from 'electron';
import { done, failed, type Result } from '../../shared/base/problem.ts';

/** The document is self-contained, so it is read from a file of its own and nothing else is loaded. */
export async function printPdf(html: string): Promise<Result<Uint8Array>> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'assay-print-'));
  const window = new BrowserWindow({
    show: false,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, javascript: false },
  });
  try {
    const page = path.join(folder, 'report.html');
    await writeFile(page, html);
    await window.loadFile(page);
    return done(await window.webContents.printToPDF({ pageSize: 'A4', printBackground: true }));
  } catch (error) {
    const params = { reason: (error as Error).message };
    return failed({ code: 'pdf-not-possible', severity: 'error', path: '', params });
  } finally {
    window.destroy();
    await rm(folder, { recursive: true, force: true });
  }
}
