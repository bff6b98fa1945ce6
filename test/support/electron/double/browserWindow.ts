/** The double of `BrowserWindow`: one page of Chromium with the bounds, states and events of a window. */
import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle } from 'electron';
import { type Preventable, preventable } from '../preventable.ts';
import { runningBrowser, windowEvents } from '../running.ts';
import { StrictEmitter } from '../strictEmitter.ts';
import { WebContentsDouble } from './webContents.ts';
import { WindowGeometry, type WindowState } from './windowGeometry.ts';
import { checkWindowOptions, readPreload } from './windowOptions.ts';

const events = [
  'ready-to-show',
  'page-title-updated',
  'show',
  'focus',
  'blur',
  'close',
  'closed',
  'resize',
  'resized',
  'move',
  'moved',
  'maximize',
  'unmaximize',
  'minimize',
  'restore',
  'enter-full-screen',
  'leave-full-screen',
];
/** Sent by Electron only in distress, or on other systems; a healthy run on Linux never sees them. */
const neverSent = ['unresponsive', 'responsive', 'session-end', 'query-session-end'];

/** Every open window, oldest first. */
const windows = new Map<number, BrowserWindowDouble>();
let focused: BrowserWindowDouble | null = null;
let lastId = 0;

type Implemented = Pick<
  BrowserWindow,
  | 'id'
  | 'loadURL'
  | 'loadFile'
  | 'show'
  | 'isVisible'
  | 'focus'
  | 'isFocused'
  | 'close'
  | 'destroy'
  | 'isDestroyed'
  | 'getBounds'
  | 'setBounds'
  | 'getNormalBounds'
  | 'getContentBounds'
  | 'getSize'
  | 'setSize'
  | 'getPosition'
  | 'maximize'
  | 'unmaximize'
  | 'isMaximized'
  | 'minimize'
  | 'isMinimized'
  | 'restore'
  | 'setFullScreen'
  | 'isFullScreen'
  | 'getTitle'
  | 'setTitle'
>;

export class BrowserWindowDouble extends StrictEmitter implements Implemented {
  readonly id: number;
  readonly webContents: WebContentsDouble;
  private readonly geometry: WindowGeometry;
  private title: string;
  private visible: boolean;
  private closing = false;
  private gone = false;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super('BrowserWindow', [...events, ...neverSent]);
    runningBrowser('BrowserWindow');
    checkWindowOptions(options);
    this.id = ++lastId;
    this.title = options.title ?? 'Electron';
    this.visible = options.show ?? true;
    this.geometry = new WindowGeometry(options);
    windows.set(this.id, this);
    this.webContents = new WebContentsDouble({
      window: this,
      preload: readPreload(options.webPreferences),
      hasScripts: options.webPreferences?.javascript ?? true,
      prepare: (page) => this.geometry.applyTo(page),
      firstLoad: () => this.emit('ready-to-show', preventable({})),
      titleChanged: (title) => this.followTitle(title),
      gone: () => this.leave(),
    });
    windowEvents.emit('windowCreated', this);
    if (this.visible) this.focus();
  }

  static getAllWindows(): BrowserWindowDouble[] {
    return [...windows.values()];
  }

  static getFocusedWindow(): BrowserWindowDouble | null {
    return focused;
  }

  static fromId(id: number): BrowserWindowDouble | null {
    return windows.get(id) ?? null;
  }

  static fromWebContents(contents: WebContentsDouble): BrowserWindowDouble | null {
    return BrowserWindowDouble.getAllWindows().find((window) => window.webContents === contents) ?? null;
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  loadFile(file: string): Promise<void> {
    return this.webContents.loadFile(file);
  }

  show(): void {
    if (!this.visible) {
      this.visible = true;
      this.emit('show', preventable({}));
    }
    this.focus();
  }

  isVisible(): boolean {
    return this.visible;
  }

  focus(): void {
    if (focused === this || this.gone) return;
    if (focused) {
      focused.emit('blur', preventable({}));
      windowEvents.emit('windowBlurred', focused);
    }
    focused = this;
    this.webContents.bringToFront();
    this.emit('focus', preventable({}));
    windowEvents.emit('windowFocused', this);
  }

  isFocused(): boolean {
    return focused === this;
  }

  /** Asks the app and then the page; whoever objects keeps the window open. */
  close(): void {
    void this.requestClose();
  }

  /** As `close`, and tells whether the window will go. */
  async requestClose(): Promise<boolean> {
    if (this.closing || this.gone) return true;
    const event: Preventable<object> = preventable({});
    this.emit('close', event);
    if (event.defaultPrevented) return false;
    this.closing = true;
    this.closing = await this.webContents.agreesToUnload();
    if (this.closing) this.destroy();
    return this.closing;
  }

  destroy(): void {
    this.webContents.closePage();
  }

  isDestroyed(): boolean {
    return this.gone;
  }

  getBounds(): Rectangle {
    return this.geometry.bounds;
  }

  getNormalBounds(): Rectangle {
    return this.geometry.normalBounds;
  }

  getContentBounds(): Rectangle {
    return this.geometry.bounds;
  }

  getSize(): number[] {
    const { width, height } = this.geometry.bounds;
    return [width, height];
  }

  getPosition(): number[] {
    const { x, y } = this.geometry.bounds;
    return [x, y];
  }

  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  setBounds(bounds: Partial<Rectangle>): void {
    const { moved, resized } = this.geometry.change(bounds);
    this.webContents.applyGeometry(() => {
      if (resized) for (const name of ['resize', 'resized']) this.emit(name, preventable({}));
      if (moved) for (const name of ['move', 'moved']) this.emit(name, preventable({}));
    });
  }

  maximize(): void {
    this.enter('maximized', ['maximize', 'resize']);
  }

  unmaximize(): void {
    if (this.isMaximized()) this.enter('normal', ['unmaximize', 'resize']);
  }

  isMaximized(): boolean {
    return this.geometry.state === 'maximized';
  }

  minimize(): void {
    this.enter('minimized', ['minimize']);
  }

  isMinimized(): boolean {
    return this.geometry.state === 'minimized';
  }

  restore(): void {
    if (this.isMinimized()) this.enter('normal', ['restore']);
  }

  setFullScreen(on: boolean): void {
    if (on) this.enter('fullscreen', ['enter-full-screen', 'resize']);
    else if (this.isFullScreen()) this.enter('normal', ['leave-full-screen', 'resize']);
  }

  isFullScreen(): boolean {
    return this.geometry.state === 'fullscreen';
  }

  getTitle(): string {
    return this.title;
  }

  setTitle(title: string): void {
    this.title = title;
  }

  private enter(state: WindowState, announced: readonly string[]): void {
    if (!this.geometry.enter(state)) return;
    this.webContents.applyGeometry(() => {
      for (const name of announced) this.emit(name, preventable({}));
    });
  }

  private followTitle(title: string): void {
    const event: Preventable<object> = preventable({});
    this.emit('page-title-updated', event, title, true);
    if (!event.defaultPrevented) this.title = title;
  }

  private leave(): void {
    this.gone = true;
    windows.delete(this.id);
    if (focused === this) focused = null;
    this.emit('closed');
    windowEvents.emit('windowGone', this);
  }
}
