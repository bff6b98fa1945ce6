/** `assay serve`: the same app in a browser on this machine. */
import { homedir } from 'node:os';
import path from 'node:path';
import { ProblemError } from '../../../shared/base/problem.ts';
import { builtRenderer, builtWorker } from '../../builtPlaces.ts';
import { createDispatch } from '../../services/dispatch.ts';
import { createServices } from '../../services/services.ts';
import { findSystemBrowser, openAppWindow, printWithSystemBrowser } from '../../services/systemBrowser.ts';
import { createFetchHandler } from '../../transports/fetchHandler.ts';
import { startServe } from '../../transports/serve.ts';
import type { Command, CommandContext } from '../command.ts';
import { ExitCode } from '../exitCodes.ts';
import { commandHome } from '../machine.ts';
import { numberOption } from '../values.ts';

export const serveCommand: Command = {
  name: 'serve',
  usage: '[path] [--port N] [--open] [--sample] [--root DIR] [--json]',
  example: 'assay serve ./batch-0142 --open',
  mostArguments: 1,
  options: {
    port: { type: 'string' },
    open: { type: 'boolean' },
    sample: { type: 'boolean' },
    root: { type: 'string', multiple: true },
  },
  async run({ values, positionals }, context) {
    const { output, signal, t } = context;
    const port = numberOption(values, 'port', { least: 0, most: 65_535, isInteger: true });
    const named = positionals[0] === undefined ? null : path.resolve(positionals[0]);
    const browser = findSystemBrowser();
    const services = await createServices({
      home: commandHome().root,
      workerFile: builtWorker,
      roots: rootsOf(values.root, named),
      abilities: browser === null ? {} : { printPdf: printWithSystemBrowser },
      log: output.remark,
    });
    const place = startPlace(named, values.sample === true);
    const handler = createFetchHandler({
      dispatch: createDispatch(services),
      services,
      rendererFolder: builtRenderer,
    });
    let isFirst = true;
    const server = await startServe({
      handler,
      ...(port === null ? {} : { port }),
      log: output.remark,
      onEntrance: (entrance) => {
        const url = `${entrance}${place}`;
        if (!isFirst) output.remark(t('cli.serving', { url }));
        else output.answer({ url }, () => [t('cli.serving', { url }), t('cli.servingStop')]);
        if (isFirst && values.open === true) show(browser, url, context);
        isFirst = false;
      },
    });
    if (!server.ok) {
      await services.close();
      throw new ProblemError(server.problem);
    }
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
    await server.value.close();
    await services.close();
    return ExitCode.done;
  },
};

/** The person's own folder and whatever was named: the file browser goes no further. */
function rootsOf(root: unknown, named: string | null): string[] {
  const given = Array.isArray(root) ? root.map((folder) => path.resolve(String(folder))) : [];
  return [...new Set([...(given.length > 0 ? given : [homedir()]), ...(named ? [named] : [])])];
}

/** The screen to begin with, as the fragment the interface routes by; a browser carries it over the redirect. */
function startPlace(named: string | null, isSample: boolean): string {
  if (named !== null) return `#/delivery/${encodeURIComponent(named)}/intake`;
  return isSample ? '#/deliveries?do=sample' : '';
}

function show(browser: string | null, url: string, { output, t }: CommandContext): void {
  if (browser === null) output.remark(t('cli.noBrowser'));
  else openAppWindow(browser, url);
}
