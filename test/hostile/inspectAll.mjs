/** `node test/hostile/inspectAll.mjs`: every hostile delivery through the built command line. Takes some minutes. */
import { pathToFileURL } from 'node:url';
import { bundleScript } from './bundle.mjs';

await import(pathToFileURL(await bundleScript('inspectAll.ts')).href);
