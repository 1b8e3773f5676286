/** @file Whether the engine runs, as the notices tell it. */
import type { Notice } from '../../src-main/contract/engine.ts';
import type { Client } from '../client/engine-client.ts';
import { fileName } from '../text/places.ts';
import type { Messages } from './messages.svelte.ts';

export type EngineCondition = 'running' | 'restarting' | 'gave-up' | 'unreachable';

const KEY = 'engine';

export class EngineStatus {
  readonly #client: Client;
  readonly #messages: Messages;
  condition = $state<EngineCondition>('running');

  constructor(client: Client, messages: Messages) {
    this.#client = client;
    this.#messages = messages;
  }

  notice(notice: Notice): void {
    if (notice.type === 'engine-exited') this.condition = 'restarting';
    if (notice.type === 'engine-restarted') this.#restarted(notice.blamed);
    if (notice.type === 'engine-gave-up') this.#gaveUp(notice.reason);
  }

  connection(connected: boolean): void {
    if (connected) {
      if (this.condition === 'unreachable') this.condition = 'running';
      this.#messages.close('connection');
      return;
    }
    this.condition = 'unreachable';
    this.#messages.show({
      key: 'connection',
      kind: 'error',
      title: 'The server does not answer.',
      detail: 'Your photos are as they were. This page connects by itself once “lookalike serve” runs again.',
    });
  }

  async restart(): Promise<void> {
    this.condition = 'restarting';
    try {
      const { running } = await this.#client.shell('shell.restartEngine', {});
      this.condition = running ? 'running' : 'gave-up';
      if (running) this.#messages.close(KEY);
    } catch (error) {
      this.condition = 'gave-up';
      this.#messages.report(error);
    }
  }

  #restarted(blamed: string | null): void {
    this.condition = 'running';
    const cause =
      blamed === null
        ? 'A scan that was running goes on where it was.'
        : `“${fileName(blamed)}” made it stop and is left out until you try it again.`;
    this.#messages.show({
      key: KEY,
      kind: 'caution',
      title: 'The engine stopped and is running again.',
      detail: `Nothing is lost: all photos and groups are here. ${cause}`,
    });
  }

  #gaveUp(reason: string): void {
    this.condition = 'gave-up';
    this.#messages.show({
      key: KEY,
      kind: 'error',
      title: 'The engine stopped several times and stays off.',
      detail: `Your photos and all that was read are safe. ${reason}`,
      action: { label: 'Start it again', run: () => void this.restart() },
    });
  }
}
