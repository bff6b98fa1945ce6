/**
 * The elements of a small XML document, without attributes: what boost's archives need. A scan of our own, since a
 * drive's tracklets have millions of tags; it knows no entities but the five that XML itself names, so that nothing
 * in a document can make it grow.
 */

export interface XmlElement {
  readonly name: string;
  readonly children: readonly XmlElement[];
  /** Trimmed, with the five named entities undone; '' for an element that holds others. */
  readonly text: string;
}

/** Archives nest eight deep. */
const DEEPEST = 64;
const NO_CHILDREN: readonly XmlElement[] = [];
const NAME = /[A-Za-z_][\w.:-]*/y;

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function plainText(raw: string): string {
  const text = raw.trim();
  if (!text.includes('&')) return text;
  return text.replace(/&(lt|gt|amp|quot|apos);/g, (_, name: string) => ENTITIES[name]!);
}

/** Position after the `>` that ends a tag, quoted ones passed over; -1 = it never ends. */
function tagEnd(text: string, at: number): number {
  for (let next = at; next < text.length; next++) {
    const letter = text[next]!;
    if (letter === '>') return next + 1;
    if (letter !== '"' && letter !== "'") continue;
    next = text.indexOf(letter, next + 1);
    if (next < 0) return -1;
  }
  return -1;
}

function after(text: string, word: string, at: number): number {
  const found = text.indexOf(word, at);
  return found < 0 ? -1 : found + word.length;
}

/** Position after a declaration, comment or document type that starts at `at`; -1 = it never ends, or is neither. */
function passedOver(text: string, at: number): number {
  if (text.startsWith('<?', at)) return after(text, '?>', at);
  if (text.startsWith('<!--', at)) return after(text, '-->', at);
  if (!text.startsWith('<!DOCTYPE', at)) return -1;
  const end = tagEnd(text, at);
  // Boost declares nothing: a type that brings entities of its own is no archive of it.
  return end < 0 || text.slice(at, end).includes('[') ? -1 : end;
}

interface Open {
  readonly name: string;
  readonly children: XmlElement[];
  /** Where its content starts. */
  readonly start: number;
}

/** The document's element, or null where the text is no XML of this kind: unclosed, crossed, or nested too deep. */
export function parseXml(text: string): XmlElement | null {
  const open: Open[] = [{ name: '', children: [], start: 0 }];
  let at = text.indexOf('<');
  for (; at >= 0; at = text.indexOf('<', at)) {
    const second = text[at + 1];
    if (second === '?' || second === '!') {
      at = passedOver(text, at);
      if (at < 0) return null;
      continue;
    }
    const isClosing = second === '/';
    NAME.lastIndex = at + (isClosing ? 2 : 1);
    const name = NAME.exec(text)?.[0];
    const end = name === undefined ? -1 : tagEnd(text, NAME.lastIndex);
    if (name === undefined || end < 0) return null;
    const parent = open.at(-1)!;
    if (isClosing) {
      if (parent.name !== name || open.length === 1) return null;
      open.pop();
      const isLeaf = parent.children.length === 0;
      const content = isLeaf ? plainText(text.slice(parent.start, at)) : '';
      open.at(-1)!.children.push({ name, children: isLeaf ? NO_CHILDREN : parent.children, text: content });
    } else if (text[end - 2] === '/') {
      parent.children.push({ name, children: NO_CHILDREN, text: '' });
    } else {
      if (open.length > DEEPEST) return null;
      open.push({ name, children: [], start: end });
    }
    at = end;
  }
  const [document] = open;
  return open.length === 1 && document!.children.length === 1 ? document!.children[0]! : null;
}
