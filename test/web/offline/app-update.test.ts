import { expect, test } from 'vitest';
import { AppUpdate } from '../../../web/offline/app-update.svelte.ts';

/** The part of a browser that keeps service workers. */
class Worker extends EventTarget {
  state = 'installing';
  readonly heard: unknown[] = [];
  postMessage(message: unknown): void {
    this.heard.push(message);
  }
  become(state: string): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }
}
class Registration extends EventTarget {
  waiting: Worker | null = null;
  installing: Worker | null = null;
  find(worker: Worker): void {
    this.installing = worker;
    this.dispatchEvent(new Event('updatefound'));
  }
}

function browser(controller: Worker | null) {
  const registration = new Registration();
  const registry = Object.assign(new EventTarget(), { controller, register: () => Promise.resolve(registration) });
  let reloads = 0;
  return { registration, registry, update: new AppUpdate(() => reloads++), reloads: () => reloads };
}

test('the first version there is, is not a new one', async () => {
  const { registration, registry, update } = browser(null);
  await update.register(registry, './sw.js');
  const first = new Worker();
  registration.find(first);
  first.become('installed');
  expect(update.ready).toBe(false);
});

test('a newer version waits until the page lets it take over, and then the page opens again', async () => {
  const { registration, registry, update, reloads } = browser(new Worker());
  await update.register(registry, './sw.js');
  const newer = new Worker();
  registration.find(newer);
  expect(update.ready).toBe(false);
  newer.become('installed');
  expect(update.ready).toBe(true);
  registry.dispatchEvent(new Event('controllerchange')); // of another window's doing: this one goes on
  expect(reloads()).toBe(0);
  update.takeOver();
  expect(newer.heard).toEqual(['take over']);
  registry.dispatchEvent(new Event('controllerchange'));
  expect(reloads()).toBe(1);
});

test('a version that waited already is offered, and a browser that refuses is left alone', async () => {
  const { registration, registry, update } = browser(new Worker());
  registration.waiting = new Worker();
  await update.register(registry, './sw.js');
  expect(update.ready).toBe(true);
  const refusing = browser(null);
  await refusing.update.register(
    Object.assign(refusing.registry, { register: () => Promise.reject(new Error('forbidden')) }),
    './sw.js',
  );
  expect(refusing.update.ready).toBe(false);
});
