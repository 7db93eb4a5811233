/**
 * The page's beginning: styles, the workbench with its worker, and the view over both.
 */
import { mount } from 'svelte';
import './style/tokens.css';
import './style/base.css';
import { startWorker } from './worker/computer.ts';
import App from './views/App.svelte';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no element #app');
mount(App, { target, props: { startWorker } });
