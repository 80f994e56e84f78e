/** Commands of a `%%twiml` cell: format it, mend what is at the cursor, and run what uses its document. */

import { forEachDiagnostic } from '@codemirror/lint';
import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import type { ICommandPalette } from '@jupyterlab/apputils';
import { CodeMirrorEditor } from '@jupyterlab/codemirror';
import { NotebookActions } from '@jupyterlab/notebook';
import type { EditorView } from '@codemirror/view';
import type { Cell } from '@jupyterlab/cells';

import { kindOfLine } from './cell';
import { runBelow } from './notebooks';
import type { Notebooks } from './notebooks';

export const CATEGORY = 'Twilio';
const NAME = /^[ \t]*%%twiml[ \t]+([^\W\d]\w*)/;
/** What is put below a cell whose document is called *name*. */
const LINES: Record<string, { label: string; caption: string; line: (name: string) => string }> = {
  mount: {
    label: 'Mount',
    caption: 'Let this document answer at an address',
    line: name => `%mount https://example.com/${name} ${name}`
  },
  call: {
    label: 'Call',
    caption: 'Place a simulated call that runs this document',
    line: name => `%call +13105555555 --from +12125551234 --twiml ${name}`
  },
  rehearse: {
    label: 'Rehearse',
    caption: 'Try every way that a caller can go through this document',
    line: name => `%explore ${name}`
  }
};

export function viewOf(cell: Cell | null): EditorView | null {
  return cell?.editor instanceof CodeMirrorEditor ? cell.editor.editor : null;
}

function isTwiml(cell: Cell | null | undefined): cell is Cell {
  const source = cell?.model.type === 'code' ? cell.model.sharedModel.getSource() : '';
  return kindOfLine(source.split('\n', 1)[0]) === 'twiml';
}

export function addCommands(
  app: JupyterFrontEnd,
  notebooks: Notebooks,
  palette: ICommandPalette | null
): void {
  const current = (): Cell | null => notebooks.current?.content.activeCell ?? null;
  const add = (id: string, options: { label: string; caption: string }, execute: () => unknown): void => {
    const isTwimlHere = (): boolean => isTwiml(current());
    app.commands.addCommand(`twilio-magic:${id}`, {
      ...options,
      isEnabled: isTwimlHere,
      isVisible: isTwimlHere,
      execute
    });
    palette?.addItem({ command: `twilio-magic:${id}`, category: CATEGORY });
  };
  add('format', { label: 'Format TwiML', caption: 'Lay the document of this cell out anew' }, () =>
    format(notebooks, current())
  );
  add('fix', { label: 'Fix the TwiML at the cursor', caption: 'Apply the first fix there' }, () =>
    fix(viewOf(current()))
  );
  for (const [id, { line, ...options }] of Object.entries(LINES)) {
    add(id, options, () => use(notebooks, line));
  }
}

/** The current cell is another, or of another kind: buttons come and go; each asks for its own command alone. */
export function notifyCommands(app: JupyterFrontEnd): void {
  for (const id of ['format', 'fix', ...Object.keys(LINES)]) {
    app.commands.notifyCommandChanged(`twilio-magic:${id}`);
  }
}

async function format(notebooks: Notebooks, cell: Cell | null): Promise<void> {
  const link = notebooks.linkOf(notebooks.current);
  if (!isTwiml(cell) || link === null) {
    return;
  }
  const source = cell.model.sharedModel.getSource();
  try {
    const text = await link.ask('format', { text: source });
    if (typeof text !== 'string') {
      Notification.info('Run %load_ext twilio_magic first, or wait until the cell has run.', {
        autoClose: 5000
      });
    } else if (text !== source && cell.model.sharedModel.getSource() === source) {
      cell.model.sharedModel.updateSource(0, source.length, text);
    }
  } catch (error) {
    Notification.warning((error as Error).message, { autoClose: 5000 });
  }
}

function fix(view: EditorView | null): void {
  if (view === null) {
    return;
  }
  const at = view.state.selection.main.head;
  let apply: (() => void) | null = null;
  forEachDiagnostic(view.state, (found, from, to) => {
    const [action] = found.actions ?? [];
    if (apply === null && action !== undefined && from <= at && at <= to) {
      apply = () => action.apply(view, from, to);
    }
  });
  (apply as (() => void) | null)?.();
}

/** Run the cell, and below it the line that uses its document. */
async function use(notebooks: Notebooks, line: (name: string) => string): Promise<void> {
  const panel = notebooks.current;
  const cell = panel?.content.activeCell;
  if (!panel || !isTwiml(cell)) {
    return;
  }
  const name = NAME.exec(cell.model.sharedModel.getSource())?.[1];
  if (name === undefined) {
    Notification.info('Give the document a name first: %%twiml menu', { autoClose: 5000 });
    return;
  }
  if (await NotebookActions.run(panel.content, panel.sessionContext)) {
    await runBelow(panel, line(name));
  }
}
