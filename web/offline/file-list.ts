/**
 * Part of the build: the list of its files and a version that changes with any of them. The service worker gets it in
 * front of its script, and the page reads it as `files.json` when it packs itself into one file.
 */
import type { Plugin } from 'vite';
import { crc32 } from '../../core/index.ts';

/** The files of one build, by their paths relative to the page. */
export interface FileList {
  readonly version: string;
  readonly files: readonly string[];
}

/** The service worker; it may not have another name from build to build. */
export const WORKER_FILE = 'sw.js';
/** The list as the page reads it. */
export const LIST_FILE = 'files.json';
/** Files that are copied as they are. */
const COPIED = ['icon.svg', 'manifest.webmanifest'];

/** The plugin of the build. @param source the service worker's source file */
export function fileList(source: string): Plugin {
  return {
    name: 'hintlab:file-list',
    apply: 'build',
    enforce: 'post',
    buildStart() {
      this.emitFile({ type: 'chunk', id: source, fileName: WORKER_FILE });
    },
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const contents = Object.entries(bundle)
          .filter(([name]) => name !== WORKER_FILE)
          .map(([name, file]) => [name, file.type === 'chunk' ? file.code : textOf(file.source)] as const);
        const files = [...contents.map(([name]) => name), ...COPIED, LIST_FILE].toSorted();
        const list: FileList = { version: checksum(contents.flat().join('\n')), files };
        this.emitFile({ type: 'asset', fileName: LIST_FILE, source: JSON.stringify(list) });
        const worker = bundle[WORKER_FILE];
        if (worker?.type !== 'chunk') throw new Error(`the build has no ${WORKER_FILE}`);
        worker.code = `self.HINTLAB_FILES=${JSON.stringify(list)};${worker.code}`;
      },
    },
  };
}

function textOf(source: string | Uint8Array): string {
  return typeof source === 'string' ? source : checksum(Array.from(source).join());
}

function checksum(text: string): string {
  return crc32(new TextEncoder().encode(text)).toString(36);
}
