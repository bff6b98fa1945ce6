/**
 * `npm start`: from a fresh checkout to the product on a ready sample delivery. Opens the desktop app where an
 * Electron binary can be had, and otherwise says so and serves the same app to a browser on this machine.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { installPackages, projectRoot, requireNode, run } from './install.mjs';

requireNode();
installPackages();

const { isBuilt } = await import('./built.mjs');
if (!isBuilt()) run(process.execPath, ['electron/launch/build.mjs']);

const folder = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const what = folder.length > 0 ? folder : ['--sample'];
const binary = electronBinary();
const hasDisplay =
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

if (binary && hasDisplay) open(binary, [projectRoot, ...what]);
else {
  console.log(
    binary
      ? 'There is no display here, so Assay is served to a browser.'
      : 'The Electron binary cannot be had here, so Assay is served to a browser; nothing else differs.',
  );
  open(process.execPath, ['electron/assay.mjs', 'serve', ...(hasDisplay ? ['--open'] : []), ...what]);
}

/** Path of an Electron executable, downloading the package's own once where the network allows it; or null. */
function electronBinary() {
  const named = process.env.ASSAY_ELECTRON;
  if (named) return named;
  const folder = path.join(projectRoot, 'node_modules/electron');
  const names = {
    darwin: 'Electron.app/Contents/MacOS/Electron',
    win32: 'electron.exe',
  };
  const file = path.join(folder, 'dist', names[process.platform] ?? 'electron');
  if (!existsSync(file) && existsSync(path.join(folder, 'install.js'))) {
    spawnSync(process.execPath, [path.join(folder, 'install.js')], { stdio: 'ignore', timeout: 120_000 });
  }
  return existsSync(file) ? file : null;
}

function open(command, args) {
  const child = spawn(command, args, { cwd: projectRoot, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 1));
}
