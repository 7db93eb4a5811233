/**
 * Hands a file to the visitor: a download under a name, as any link with `download` is. Nothing leaves the browser.
 */

/** Milliseconds until the browser has surely begun to save, and the bytes can go. */
const KEPT_FOR = 60_000;

/** Saves bytes or text under a name. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_FOR);
}

/** A name that every file system takes, of the parts that are not empty: 'lanl-23-fortnight-12s.svg'. */
export function fileName(parts: readonly string[], ending: string): string {
  const words = parts.map((part) => part.replaceAll(/[^\w.]+/g, '-').replaceAll(/^-+|-+$/g, ''));
  return `${words.filter((word) => word !== '').join('-') || 'hintlab'}.${ending}`;
}
