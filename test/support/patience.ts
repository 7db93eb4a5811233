/**
 * Set up for tests of components: how long they wait for what comes later. Only what hangs is caught by it, as with every
 * time limit of tests.
 */
import { configure } from '@testing-library/svelte';

configure({ asyncUtilTimeout: 30_000 });
