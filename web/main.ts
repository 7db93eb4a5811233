/**
 * The page's beginning: styles, the worker, the workbench and the view over it, which takes the place of the words that
 * index.html says by itself.
 */
import { mount } from 'svelte';
import './style/tokens.css';
import './style/base.css';
import './style/shell.css';
import { browserTurns, Turns } from './state/turns.ts';
import { madeAhead, startWorker } from './worker/computer.ts';
import App from './views/App.svelte';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no element #app');
const turns = new Turns(browserTurns(target));
const props = {
  startWorker: madeAhead(startWorker),
  turns,
  // A page of one file has none.
  made: () => document.getElementById('shell')?.remove(),
};
turns.take(() => void mount(App, { target, props }));
