/** The plugins of the extension. Each can be disabled by itself; everything of Python's works without them. */

import { EditorView } from '@codemirror/view';
import { ILayoutRestorer } from '@jupyterlab/application';
import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { EditorExtensionRegistry, IEditorExtensionRegistry } from '@jupyterlab/codemirror';
import { INotebookTracker } from '@jupyterlab/notebook';
import { Token } from '@lumino/coreutils';

import { kindOf } from './cell';
import { colors } from './colors';
import { CATEGORY, addCommands, notifyCommands, viewOf } from './commands';
import { Notebooks } from './notebooks';
import { TwilioPanel } from './panel';
import { checkAgain, problems } from './problems';
import { closeTags } from './typing';
import { WorldModel } from './world';

const INotebooks = new Token<Notebooks>('twilio-magic:INotebooks');

const kernels: JupyterFrontEndPlugin<Notebooks> = {
  id: 'twilio-magic:kernels',
  description: 'Links to the kernels of notebooks, and new cells where a form or a softphone asks for one.',
  autoStart: true,
  requires: [INotebookTracker],
  provides: INotebooks,
  activate: (_, tracker: INotebookTracker) => new Notebooks(tracker)
};

const editor: JupyterFrontEndPlugin<void> = {
  id: 'twilio-magic:editor',
  description: 'Colors and problems of TwiML in cells, and commands for them.',
  autoStart: true,
  requires: [IEditorExtensionRegistry, INotebookTracker, INotebooks],
  optional: [ICommandPalette],
  activate: (
    app,
    registry: IEditorExtensionRegistry,
    tracker: INotebookTracker,
    notebooks: Notebooks,
    palette: ICommandPalette | null
  ) => {
    registry.addExtension({
      name: 'twilio-magic:editor',
      factory: ({ model }) =>
        isCodeCell(model)
          ? EditorExtensionRegistry.createImmutableExtension([
              colors(model.sharedModel.getSource()),
              closeTags,
              EditorView.updateListener.of(({ docChanged, startState, state }) => {
                if (docChanged && kindOf(startState.doc) !== kindOf(state.doc)) {
                  // a moment later the cell knows its text, too
                  window.setTimeout(() => notifyCommands(app), 0);
                }
              }),
              problems(notebooks, model)
            ])
          : null
    });
    addCommands(app, notebooks, palette);
    notebooks.changed.connect((_, panel) => {
      for (const cell of panel.content.widgets) {
        const view = viewOf(cell);
        if (view !== null) {
          checkAgain(view);
        }
      }
    });
    tracker.activeCellChanged.connect(() => notifyCommands(app));
  }
};

const panel: JupyterFrontEndPlugin<void> = {
  id: 'twilio-magic:panel',
  description: 'The simulated world of the notebook in front, in the side bar.',
  autoStart: true,
  requires: [INotebooks],
  optional: [ICommandPalette, ILayoutRestorer],
  activate: (app, notebooks: Notebooks, palette: ICommandPalette | null, restorer: ILayoutRestorer | null) => {
    const widget = new TwilioPanel(new WorldModel(notebooks));
    app.shell.add(widget, 'right', { rank: 700, type: 'Twilio' });
    restorer?.add(widget, widget.id);
    app.commands.addCommand('twilio-magic:show-panel', {
      label: 'Show the Twilio Panel',
      caption: 'Calls, numbers and phones of the simulated world of this notebook',
      execute: () => app.shell.activateById(widget.id)
    });
    palette?.addItem({ command: 'twilio-magic:show-panel', category: CATEGORY });
  }
};

function isCodeCell(model: object): boolean {
  return (model as { type?: unknown }).type === 'code';
}

export default [kernels, editor, panel];
