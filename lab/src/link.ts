/** A link to the kernel of a notebook: the only one that the extension speaks with. */

import type { ISessionContext } from '@jupyterlab/apputils';
import type { Kernel, KernelMessage } from '@jupyterlab/services';
import { Signal } from '@lumino/signaling';

const TARGET = 'twilio_magic';
/** Whether the extension of IPython is loaded: a comm without its target would be an error in the kernel's log. */
const IS_LOADED = "'twilio_magic' in get_ipython().extension_manager.loaded";
const PATIENCE = 10_000;
const SETTLING = 3_000;

interface Reply {
  id?: number;
  answer?: unknown;
  error?: string;
  ready?: boolean;
  changed?: boolean;
  insert?: string;
}

export class Link {
  /** The kernel answers from now on, or again. */
  readonly ready = new Signal<this, void>(this);
  /** The kernel asks for a new cell with this text. */
  readonly insert = new Signal<this, string>(this);

  /** Something has happened in the simulated world since it was asked for. */
  readonly worldChanged = new Signal<this, void>(this);
  /** The kernel does not answer any more: it began anew, or is gone. */
  readonly lost = new Signal<this, void>(this);

  /** Whether the kernel speaks Python; null before it has said so. */
  isPython: boolean | null = null;
  /** Something is to be asked as soon as the kernel is idle: a cell was run, or a question came while it was not. */
  isDue = true;

  private comm: Kernel.IComm | null = null;
  private asked: Promise<unknown> = Promise.resolve();
  private isProbing = false;
  private last = 0;
  private waiting = new Map<number, (reply: Reply) => void>();

  constructor(readonly session: ISessionContext) {
    session.kernelChanged.connect(() => {
      this.isPython = null;
      this.forget();
    });
    session.statusChanged.connect(this.onStatus, this);
  }

  get isOpen(): boolean {
    return this.comm !== null && !this.comm.isDisposed;
  }

  get isIdle(): boolean {
    return this.session.session?.kernel?.status === 'idle';
  }

  /** Open the comm, if the extension of IPython is loaded; asks the kernel only while it is idle. */
  async connect(): Promise<void> {
    const kernel = this.session.session?.kernel;
    if (!kernel || this.isOpen || this.isProbing || !this.isIdle) {
      return;
    }
    this.isProbing = true;
    this.isDue = false; // the probe makes the kernel busy and idle, too
    try {
      this.isPython = (await kernel.info).language_info.name === 'python';
      const isLoaded = this.isPython && (await this.probe(kernel));
      if (isLoaded === null) {
        this.isDue = true;
      } else if (isLoaded) {
        this.open(kernel);
      }
    } catch {
      // the kernel died meanwhile: the next one is asked again
    } finally {
      this.isProbing = false;
    }
  }

  /** Whether the extension of IPython is loaded; null where the kernel runs something before it can say so. */
  private async probe(kernel: Kernel.IKernelConnection): Promise<boolean | null> {
    let isLoaded = await askIfLoaded(kernel);
    while (isLoaded === null) {
      await this.untilIdle();
      if (!this.isIdle) {
        return null;
      }
      isLoaded = await askIfLoaded(kernel);
    }
    return isLoaded;
  }

  /** Ask the kernel, one question after another; null where it does not answer, or runs something. */
  ask(what: string, data: Record<string, string> = {}): Promise<unknown> {
    const answer = this.asked.then(() => this.askNow(what, data));
    this.asked = answer.catch(() => null).then(() => this.untilIdle());
    return answer;
  }

  private async askNow(what: string, data: Record<string, string>): Promise<unknown> {
    if (!this.isOpen || !this.isIdle) {
      this.isDue = true;
      return null;
    }
    const id = ++this.last;
    const reply = await new Promise<Reply>(resolve => {
      const late = window.setTimeout(() => {
        this.isDue = true; // once the kernel is idle again
        resolve({});
      }, PATIENCE);
      this.waiting.set(id, given => {
        window.clearTimeout(late);
        resolve(given);
      });
      this.comm?.send({ id, ask: what, ...data });
    });
    this.waiting.delete(id);
    if (reply.error !== undefined) {
      throw new Error(reply.error);
    }
    return reply.answer ?? null;
  }

  /** A kernel that answered is busy for a moment more; one that runs something is not waited for. */
  untilIdle(): Promise<void> {
    return new Promise(resolve => {
      const done = (): void => {
        this.session.statusChanged.disconnect(look);
        window.clearTimeout(late);
        resolve();
      };
      const look = (): void => {
        if (this.isIdle) {
          done();
        }
      };
      const late = window.setTimeout(done, SETTLING);
      this.session.statusChanged.connect(look);
      look();
    });
  }

  private open(kernel: Kernel.IKernelConnection): void {
    const comm = kernel.createComm(TARGET);
    comm.onMsg = message => this.receive(message);
    comm.onClose = () => this.forget();
    comm.open({});
    this.comm = comm;
  }

  private receive(message: KernelMessage.ICommMsgMsg): void {
    const reply = message.content.data as Reply;
    if (reply.ready === true) {
      this.ready.emit();
    } else if (reply.changed === true) {
      this.worldChanged.emit();
    } else if (typeof reply.insert === 'string') {
      this.insert.emit(reply.insert);
    } else if (typeof reply.id === 'number') {
      this.waiting.get(reply.id)?.(reply);
    }
  }

  private forget(): void {
    this.comm = null;
    this.isDue = true;
    this.waiting.forEach(resolve => resolve({}));
    this.waiting.clear();
    this.lost.emit();
  }

  private onStatus(_: unknown, status: Kernel.Status): void {
    if (status === 'restarting' || status === 'dead') {
      this.forget();
    }
  }
}

/** Whether the extension of IPython is loaded; null where the question was aborted.
 *
 * A cell that fails takes all with it that waits behind it, and not only the cells.
 */
async function askIfLoaded(kernel: Kernel.IKernelConnection): Promise<boolean | null> {
  const probe = kernel.requestExecute({
    code: '',
    silent: true,
    store_history: false,
    user_expressions: { loaded: IS_LOADED }
  });
  const { content } = await probe.done;
  if (content.status !== 'ok') {
    return content.status === 'aborted' ? null : false;
  }
  const loaded = content.user_expressions.loaded as { data?: Record<string, unknown> } | undefined;
  return loaded?.data?.['text/plain'] === 'True';
}
