/** The notebooks that are open, each with the link to its kernel. */

import type { Cell } from '@jupyterlab/cells';
import { NotebookActions } from '@jupyterlab/notebook';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import { Signal } from '@lumino/signaling';

import { Link } from './link';

const MENTIONS = /twilio_magic/;

export class Notebooks {
  /** A kernel can be asked now, or has run a cell: what was known of its names is old. */
  readonly changed = new Signal<this, NotebookPanel>(this);
  /** Another notebook is in front, or none. */
  readonly currentChanged = new Signal<this, NotebookPanel | null>(this);
  /** A notebook that somebody looks at is asked for what it has loaded, though it may never name the package. */
  isWatched: (panel: NotebookPanel) => boolean = () => false;
  private links = new Map<NotebookPanel, Link>();

  constructor(private tracker: INotebookTracker) {
    tracker.forEach(panel => this.add(panel));
    tracker.widgetAdded.connect((_, panel) => this.add(panel));
    tracker.currentChanged.connect((_, panel) => this.currentChanged.emit(panel));
    NotebookActions.executed.connect((_, { notebook }) => {
      const panel = tracker.find(each => each.content === notebook);
      const link = panel && this.links.get(panel);
      if (panel && link) {
        link.isDue = true;
        void this.follow(panel, link);
      }
    });
  }

  get current(): NotebookPanel | null {
    return this.tracker.currentWidget;
  }

  linkOf(panel: NotebookPanel | null): Link | null {
    return panel && (this.links.get(panel) ?? this.add(panel)); // one is in front before it is told of as new
  }

  /** The notebook that has the cell of *model*. */
  find(model: object): NotebookPanel | null {
    return this.tracker.find(each => findCell(each, model) !== null) ?? null;
  }

  private add(panel: NotebookPanel): Link {
    const known = this.links.get(panel);
    if (known !== undefined) {
      return known;
    }
    const link = new Link(panel.sessionContext);
    this.links.set(panel, link);
    link.ready.connect(() => this.changed.emit(panel));
    link.insert.connect((_, text) => insertBelow(panel, text));
    panel.sessionContext.connectionStatusChanged.connect(() => void this.follow(panel, link));
    panel.sessionContext.statusChanged.connect((_, status) => {
      if (status === 'idle') {
        void this.follow(panel, link);
      }
    });
    panel.disposed.connect(() => this.links.delete(panel));
    return link;
  }

  /** What is due is done once the kernel is idle; our own questions make it busy and idle, and nothing due. */
  private async follow(panel: NotebookPanel, link: Link): Promise<void> {
    if (!link.isDue || !link.isIdle) {
      return;
    }
    if (link.isOpen) {
      link.isDue = false;
      this.changed.emit(panel);
    } else if (mentions(panel) || this.isWatched(panel)) {
      await link.connect();
    }
  }
}

/** Put *text* into a new cell below the current one, and run it. */
export async function runBelow(panel: NotebookPanel, text: string): Promise<void> {
  insertBelow(panel, text);
  await NotebookActions.run(panel.content, panel.sessionContext);
}

/** A notebook that never names the package is not asked about it. */
function mentions(panel: NotebookPanel): boolean {
  return panel.content.widgets.some(cell => MENTIONS.test(cell.model.sharedModel.getSource()));
}

export function findCell(panel: NotebookPanel, model: object): Cell | null {
  return panel.content.widgets.find(cell => cell.model === model) ?? null;
}

/** Put *text* into a new cell below the current one, and go there. */
export function insertBelow(panel: NotebookPanel, text: string): void {
  NotebookActions.insertBelow(panel.content);
  const cell = panel.content.activeCell;
  if (cell !== null) {
    cell.model.sharedModel.setSource(text);
    void reveal(panel, cell);
  }
}

/** Scroll all of *cell* into view, and no further, so that the button that made it may stay in view, too. */
async function reveal(panel: NotebookPanel, cell: Cell): Promise<void> {
  await panel.content.scrollToItem(panel.content.widgets.indexOf(cell)).catch(() => undefined); // another came first
  await cell.ready; // it has its lines
  requestAnimationFrame(() => cell.node.scrollIntoView({ block: 'nearest' }));
}
