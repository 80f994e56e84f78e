/** What the panel knows of the notebook in front, and of the simulated world of its kernel. */

import { Notification } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Kernel } from '@jupyterlab/services';
import { Signal } from '@lumino/signaling';

import type { Link } from './link';
import type { Notebooks } from './notebooks';

export interface Call {
  sid: string;
  from: string;
  to: string;
  status: string;
  created: string | null;
  duration: number | null;
  is_over: boolean;
  events: number;
  failures: string[];
}

export interface Phone {
  address: string;
  name: string | null;
  does: string | null;
}

/** As the kernel tells it (`notebook/lab/_world.py`). */
export interface World {
  where: string;
  is_live: boolean;
  now: number;
  date: string;
  speed: number | null;
  calls: Call[];
  numbers: { number: string; answers: string | null; name: string | null }[];
  phones: Phone[];
  mounts: { url: string; answers: string }[];
  faults: { url: string; fault: string; left: number | null }[];
  counts: Record<'calls' | 'numbers' | 'phones' | 'mounts' | 'faults', number>;
  softphones: { address: string; view: Record<string, { model_id: string }> }[];
}

/** What is known of one kernel; *at* is when the world was as it is here, in milliseconds of the page. */
interface Known {
  world: World;
  at: number;
  cards: Map<string, { state: string; html: string }>;
}

export type Situation =
  | 'no notebook'
  | 'starting'
  | 'no kernel'
  | 'not Python'
  | 'not loaded'
  | 'waiting'
  | 'known';

/** Between two looks at the world: a call in real time changes it often. */
const GAP = 300;
/** Nobody needs to read that a kernel was busy for less. */
const BUSY = 800;
const IS_BUSY = 'Wait until the cell has run.';

const stateOf = (call: Call): string => `${call.status} ${call.events}`;

export class WorldModel {
  readonly changed = new Signal<this, void>(this);
  /** The calls whose cards are open. */
  readonly open = new Set<string>();
  isBusy = false;

  private isShown = false;
  private isAsking = false;
  private isOld = true;
  private known = new WeakMap<Link, Known>();
  private linked: Link | null = null;
  private busyTimer = 0;

  constructor(private notebooks: Notebooks) {
    notebooks.isWatched = panel => this.isShown && panel === this.panel;
    notebooks.currentChanged.connect(() => this.turn());
    notebooks.changed.connect((_, panel) => {
      if (panel === this.panel) {
        void this.refresh();
      }
    });
    this.turn();
  }

  get panel(): NotebookPanel | null {
    return this.notebooks.current;
  }

  get world(): World | null {
    return this.found?.world ?? null;
  }

  /** The simulated moment that is now: it goes on by itself where time passes. */
  get date(): Date | null {
    if (this.found === null) {
      return null;
    }
    const { world, at } = this.found;
    return new Date(Date.parse(world.date) + (performance.now() - at) * (world.speed ?? 0));
  }

  get situation(): Situation {
    const session = this.panel?.sessionContext;
    if (!session) {
      return 'no notebook';
    }
    const kernel = session.session?.kernel;
    if (!kernel) {
      return session.isReady ? 'no kernel' : 'starting';
    }
    if (this.world !== null) {
      return 'known';
    }
    if (this.linked?.isPython === false) {
      return 'not Python';
    }
    const isAwaited = this.linked?.isOpen || this.linked?.isPython === null;
    return isAwaited || kernel.status !== 'idle' ? 'waiting' : 'not loaded';
  }

  /** Look at the world while the panel is in sight, and only then. */
  show(isShown: boolean): void {
    this.isShown = isShown;
    if (isShown) {
      void this.refresh();
    }
  }

  cardOf(sid: string): string | null {
    return this.found?.cards.get(sid)?.html ?? null;
  }

  /** Open or close the card of a call. */
  toggle(call: Call): void {
    if (!this.open.delete(call.sid)) {
      this.open.add(call.sid);
      void this.findCards();
    }
    this.changed.emit();
  }

  /** Have a softphone at *address* in the panel; `leave` puts it away. */
  take(address: string): Promise<void> {
    return this.act('take', address);
  }

  leave(address: string): Promise<void> {
    return this.act('leave', address);
  }

  /** Ask the kernel what there is, as soon as it is idle. What is asked meanwhile is asked once more. */
  async refresh(): Promise<void> {
    this.isOld = true;
    const link = this.linked;
    if (!this.isShown || this.isAsking || link === null) {
      this.changed.emit();
      return;
    }
    if (!link.isOpen) {
      await link.connect();
      this.changed.emit();
      return;
    }
    this.isAsking = true;
    this.isOld = false;
    try {
      await this.look(link);
    } finally {
      window.setTimeout(() => {
        this.isAsking = false;
        if (this.isOld && this.isShown) {
          void this.refresh();
        }
      }, GAP);
    }
  }

  private async look(link: Link): Promise<void> {
    const world = (await link.ask('world', { text: '' }).catch(() => null)) as World | null;
    if (world !== null) {
      const cards = this.known.get(link)?.cards ?? new Map();
      this.known.set(link, { world, at: performance.now(), cards });
    }
    this.changed.emit();
    await this.findCards();
  }

  private get found(): Known | null {
    return (this.linked && this.known.get(this.linked)) ?? null;
  }

  /** Ask for the cards that are open, and have changed. */
  private async findCards(): Promise<void> {
    const { linked, found } = this;
    for (const call of found?.world.calls ?? []) {
      const state = stateOf(call);
      if (linked && found && this.open.has(call.sid) && found.cards.get(call.sid)?.state !== state) {
        await linked.untilIdle();
        const html = await linked.ask('card', { text: call.sid }).catch(() => null);
        if (typeof html === 'string') {
          found.cards.set(call.sid, { state, html });
          this.changed.emit();
        }
      }
    }
  }

  private async act(what: string, address: string): Promise<void> {
    const link = this.linked;
    await link?.untilIdle();
    try {
      if (link && (await link.ask(what, { text: address })) === null) {
        Notification.info(IS_BUSY, { autoClose: 5000 });
      }
    } catch (error) {
      Notification.warning((error as Error).message, { autoClose: 8000 });
    }
    await this.refresh();
  }

  /** Follow the notebook that is in front now. */
  private turn(): void {
    const link = this.notebooks.linkOf(this.panel);
    if (link !== this.linked) {
      this.unfollow();
      this.linked = link;
      link?.worldChanged.connect(this.onWorldChanged, this);
      link?.lost.connect(this.onLost, this);
      link?.session.statusChanged.connect(this.onStatus, this);
      this.onStatus(null, link?.session.session?.kernel?.status ?? 'unknown');
    }
    void this.refresh();
  }

  private unfollow(): void {
    this.linked?.worldChanged.disconnect(this.onWorldChanged, this);
    this.linked?.lost.disconnect(this.onLost, this);
    this.linked?.session.statusChanged.disconnect(this.onStatus, this);
  }

  private onWorldChanged(): void {
    void this.refresh();
  }

  private onLost(link: Link): void {
    this.known.delete(link);
    this.changed.emit();
  }

  private onStatus(_: unknown, status: Kernel.Status): void {
    window.clearTimeout(this.busyTimer);
    const wasBusy = this.isBusy;
    this.isBusy = this.isBusy && status === 'busy';
    if (status === 'busy') {
      this.busyTimer = window.setTimeout(() => {
        this.isBusy = true;
        this.changed.emit();
      }, BUSY);
    }
    if (wasBusy !== this.isBusy || this.world === null) {
      this.changed.emit();
    }
  }
}
