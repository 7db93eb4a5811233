/**
 * The script: requests written out in the scenario, for stories in which every step counts. They are sent at their
 * instants, in the order of the file, ahead of what the run itself brings about at the same instant.
 */
import { assert } from '../../core/index.ts';
import type { Scenario } from '../scenario/model/scenario.ts';
import type { ScriptedRequest } from '../scenario/model/workload.ts';
import type { Coordinator } from './coordinator.ts';
import { SCRIPTED } from './kernel.ts';
import { noOrigin } from './request-origin.ts';
import { turnAway } from './turned-away.ts';
import type { FrontDoor } from './turned-away.ts';
import type { World } from './world.ts';

/** What those who send requests need of the world. */
export interface RequestWorld extends FrontDoor, Pick<World, 'nodes'> {
  readonly coordinator: Coordinator;
}

/** Sends the requests of the script. Nobody repeats them. */
export class Script {
  readonly #world: RequestWorld;
  readonly #requests: readonly ScriptedRequest[];
  readonly #origin = noOrigin();

  constructor(world: RequestWorld, scenario: Pick<Scenario, 'requests' | 'duration'>) {
    this.#world = world;
    this.#requests = scenario.requests;
    scenario.requests.forEach(({ at }, index) => {
      if (at <= scenario.duration) world.kernel.at(at, SCRIPTED, index, 0);
    });
  }

  /** Event `SCRIPTED`: one request goes to the coordinator that it names. */
  sent(index: number): void {
    const request = this.#requests[index];
    assert(request !== undefined, 'an event names a request of the script', index);
    const { operation, key, bytes, coordinator: node, level } = request;
    const { coordinator, nodes } = this.#world;
    if (!nodes.isUp(node)) turnAway(this.#world, node, operation, key, bytes, this.#origin);
    else if (operation === 'get') coordinator.read(node, key, level, this.#origin);
    else coordinator.write(node, key, bytes, operation, level, this.#origin);
  }
}
