/**
 * The doubles of `Menu` and `MenuItem`. Nothing is drawn; a test finds an item by its id and clicks it. Key presses
 * that a test sends go to the page only, as they do on the real binary.
 */
import type { MenuItemConstructorOptions } from 'electron';
import { preventable } from '../preventable.ts';
import { notImplemented, strictly } from '../strict.ts';
import { checkAccelerator } from './accelerator.ts';
import { BrowserWindowDouble } from './browserWindow.ts';
import { roleNamed, roleSubmenu, runRole } from './menuRoles.ts';

/** The app's listener, as it sees the doubles. */
type ClickListener = (item: MenuItemDouble, window: BrowserWindowDouble | undefined, event: object) => void;
type Template = readonly (MenuItemConstructorOptions | MenuItemDouble)[];

const supported = new Set([
  'id',
  'label',
  'type',
  'role',
  'accelerator',
  'enabled',
  'visible',
  'checked',
  'submenu',
  'click',
  'sublabel',
  'toolTip',
  'registerAccelerator',
]);

/** Does `app.quit`; set by `app`, which knows how. */
export const menuQuit: { run(): void } = { run: () => notImplemented('the role quit without an app') };

export class MenuItemDouble {
  readonly id: string;
  readonly label: string;
  readonly type: string;
  readonly role: string | undefined;
  readonly accelerator: string | undefined;
  readonly submenu: MenuDouble | undefined;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  /** Clicks the item, by default in the window that has the focus. Assignable, as in Electron. */
  click: (event?: object, window?: BrowserWindowDouble, contents?: object) => void;

  constructor(options: MenuItemConstructorOptions) {
    for (const name of Object.keys(options)) {
      if (!supported.has(name)) notImplemented(`the menu item option '${name}'`);
    }
    const role = options.role === undefined ? undefined : roleNamed(options.role);
    this.role = options.role;
    this.id = options.id ?? '';
    this.label = options.label ?? role?.label ?? '';
    this.accelerator = options.accelerator ?? role?.accelerator;
    if (this.accelerator !== undefined) checkAccelerator(this.accelerator);
    this.submenu = submenuOf(options);
    this.type = options.type ?? (this.submenu ? 'submenu' : 'normal');
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    this.click = (event, window) => this.run(options.click, event ?? preventable({}), window);
    // biome-ignore lint/correctness/noConstructorReturn: gaps are found by whoever reads the item
    return strictly('MenuItem', this);
  }

  private run(click: MenuItemConstructorOptions['click'], event: object, window?: BrowserWindowDouble): void {
    // A person cannot click a disabled item either.
    if (!this.enabled) throw new Error(`the menu item '${this.id || this.label}' is disabled`);
    const target = window ?? BrowserWindowDouble.getFocusedWindow();
    if (this.type === 'checkbox') this.checked = !this.checked;
    else if (this.type !== 'normal') notImplemented(`clicking a menu item of the type '${this.type}'`);
    if (this.role !== undefined) runRole(this.role, target, menuQuit.run);
    else (click as ClickListener | undefined)?.(this, target ?? undefined, event);
  }
}

function submenuOf({ role, submenu }: MenuItemConstructorOptions): MenuDouble | undefined {
  if (submenu instanceof MenuDouble) return submenu;
  if (Array.isArray(submenu)) return MenuDouble.buildFromTemplate(submenu);
  const roles = role === undefined ? undefined : roleSubmenu(role);
  if (!roles) return undefined;
  return MenuDouble.buildFromTemplate(
    roles.map((name) => (name === '' ? { type: 'separator' } : { role: name as 'copy' })),
  );
}

export class MenuDouble {
  readonly items: MenuItemDouble[] = [];

  constructor() {
    // biome-ignore lint/correctness/noConstructorReturn: gaps are found by whoever uses the menu
    return strictly('Menu', this);
  }

  static buildFromTemplate(template: Template): MenuDouble {
    const menu = new MenuDouble();
    for (const entry of template) {
      menu.append(entry instanceof MenuItemDouble ? entry : new MenuItemDouble(entry));
    }
    return menu;
  }

  private static applicationMenu: MenuDouble | null = null;

  static setApplicationMenu(menu: MenuDouble | null): void {
    MenuDouble.applicationMenu = menu;
  }

  static getApplicationMenu(): MenuDouble | null {
    return MenuDouble.applicationMenu;
  }

  append(item: MenuItemDouble): void {
    this.items.push(item);
  }

  /** The item with this id, here or in a submenu. */
  getMenuItemById(id: string): MenuItemDouble | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }
}
