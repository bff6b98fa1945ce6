/** What someone needs who does not use a mouse or does not see the screen: names, a visible focus, a way through. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';

const controls = new Set([
  'button',
  'checkbox',
  'combobox',
  'grid',
  'link',
  'listbox',
  'radio',
  'searchbox',
  'slider',
  'spinbutton',
  'switch',
  'tab',
  'textbox',
]);

interface AccessibleNode {
  readonly ignored: boolean;
  readonly role?: { readonly value: string };
  readonly name?: { readonly value: string };
  readonly backendDOMNodeId?: number;
}

/** Controls that a screen reader could only call "button" or "edit", as the browser itself computes it. */
export async function namelessControls(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as { nodes: AccessibleNode[] };
  const nameless = nodes.filter(
    ({ ignored, role, name }) => !ignored && controls.has(role?.value ?? '') && !name?.value.trim(),
  );
  const described = await Promise.all(
    nameless.map(async ({ role, backendDOMNodeId }) => {
      const { outerHTML } = await session.send('DOM.getOuterHTML', { backendNodeId: backendDOMNodeId! });
      return `${role!.value}: ${outerHTML.slice(0, 160)}`;
    }),
  );
  await session.detach();
  return described;
}

export interface FocusStop {
  readonly what: string;
  readonly isVisible: boolean;
  /** True where something around the element shows that it has the focus. */
  readonly isMarked: boolean;
}

/** Goes through the page with Tab from its top until it comes round, at most `most` steps. */
export async function tabThrough(page: Page, most: number): Promise<FocusStop[]> {
  await page.evaluate(() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
  });
  const looker = await page.evaluateHandle(makeLooker);
  const stops: FocusStop[] = [];
  for (let step = 0; step < most; step++) {
    await page.keyboard.press('Tab');
    const stop = await looker.evaluate((look) => look());
    if (stop === null) break;
    stops.push(stop);
  }
  await looker.dispose();
  return stops;
}

/** Runs in the page: remembers how everything looks at rest, and says how the focused element differs from that. */
function makeLooker(): () => Promise<FocusStop | null> {
  const resting = new Map<Element, string>();
  for (const element of document.querySelectorAll(
    'a, button, input, select, textarea, summary, [tabindex]',
  )) {
    resting.set(element, lookOf(element));
  }
  return async () => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return null;
    // What moves comes to rest first; a page that is out of sight for the compositor may never say so.
    const rest = document.getAnimations().map((animation) => animation.finished.catch(() => undefined));
    await Promise.race([Promise.all(rest), new Promise((resolve) => setTimeout(resolve, 1000))]);
    // A radio may be hidden behind the label that stands for it.
    const label = element.closest('label') ?? element.nextElementSibling;
    const faces = label ? [element, label] : [element];
    const isSeen = faces.some((face) => face.getBoundingClientRect().width > 0);
    const outline = getComputedStyle(element);
    const hasOutline = outline.outlineStyle !== 'none' && Number.parseFloat(outline.outlineWidth) > 0;
    // The calendar button of a date field has the focus inside the field, and the browser's own ring.
    const isInBrowsersOwn = !element.matches(':focus');
    return {
      what: nameOf(element),
      isVisible: isSeen && element.checkVisibility(),
      isMarked: hasOutline || isInBrowsersOwn || lookOf(element) !== resting.get(element),
    };
  };

  /** The element's looks and those of what may be marked in its place: its box and the label beside it. */
  function lookOf(element: Element): string {
    return [element, element.parentElement, element.nextElementSibling]
      .map((one) => {
        if (!one) return '';
        const { outline, borderColor, boxShadow, backgroundColor } = getComputedStyle(one);
        return [outline, borderColor, boxShadow, backgroundColor].join();
      })
      .join('|');
  }

  function nameOf(element: HTMLElement): string {
    const named = ['data-testid', 'aria-label', 'value'].map((name) => element.getAttribute(name));
    const name = named.find((text) => text) ?? element.textContent?.slice(0, 40);
    return `${element.tagName.toLowerCase()} ${element.getAttribute('type') ?? ''} ${name}`;
  }
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Everything of WCAG 2.2 at levels A and AA that a program can judge. */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/**
 * What axe finds against WCAG 2.2 AA, one line for each element: rule, what it is, why. The canvas cannot be seen
 * into: its words are a text beside it.
 */
export async function breachesOf(page: Page): Promise<string[]> {
  // Evaluated through the debugger: the page's own policy would refuse a script tag.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  const found = await page.evaluate(async (tags) => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    return (await axe.run(document, { runOnly: tags, resultTypes: ['violations'] })) as AxeResults;
  }, rules);
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any, all, none }) => {
      const why = [...any, ...all, ...none].map(({ message }) => message).join('; ');
      return `${id}: ${html.replaceAll(/\s+/g, ' ').slice(0, 140)} (${why.slice(0, 160)})`;
    }),
  );
}
