/** @file Banners at the top of a screen: what went wrong or is worth knowing, until it is closed. */
import { LookalikeError } from '../../src-main/contract/errors.ts';
import { errorWords } from '../text/errors.ts';

export type MessageKind = 'error' | 'caution' | 'info';

export interface MessageAction {
  label: string;
  run: () => void;
}

export interface Message {
  /** Two messages of one key are the same message: the later takes the place of the earlier. */
  key: string;
  kind: MessageKind;
  title: string;
  detail: string;
  action?: MessageAction;
}

/** More would push the screen itself out of sight. */
const MAX_SHOWN = 3;

export class Messages {
  list = $state.raw<readonly Message[]>([]);

  show(message: Message): void {
    const others = this.list.filter((other) => other.key !== message.key);
    this.list = [message, ...others].slice(0, MAX_SHOWN);
  }

  /** Says what failed. Stopping something is an answer, not an error. */
  report(error: unknown): void {
    if (error instanceof LookalikeError && error.code === 'CANCELLED') return;
    const { title, detail } = errorWords(error);
    const key = error instanceof LookalikeError ? `${error.code}: ${error.message}` : `${title} ${detail}`;
    this.show({ key, kind: 'error', title, detail });
  }

  close(key: string): void {
    this.list = this.list.filter((message) => message.key !== key);
  }
}
