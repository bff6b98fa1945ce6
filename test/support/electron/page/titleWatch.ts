/** Tells the main process the title of the document, which the debugging protocol does not report on its own. */

/** Calls `report` with each new title. Only the head is watched: the body of an app changes far too often. */
export function watchTitle(report: (title: string) => void): void {
  let last = '';
  const tell = () => {
    if (document.title === last) return;
    last = document.title;
    report(last);
  };
  document.addEventListener('DOMContentLoaded', () => {
    tell();
    new MutationObserver(tell).observe(document.head, {
      childList: true,
      subtree: true,
      characterData: true,
    });
  });
}
