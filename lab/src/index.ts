/** The plugins of the extension. Each can be disabled by itself; everything of Python's works without them. */

import { EditorView } from '@codemirror/view';
import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { EditorExtensionRegistry, IEditorExtensionRegistry } from '@jupyterlab/codemirror';
import { INotebookTracker } from '@jupyterlab/notebook';

import { kindOf } from './cell';
import { colors } from './colors';
import { addCommands, notifyCommands, viewOf } from './commands';
import { Notebooks } from './notebooks';
import { checkAgain, problems } from './problems';
import { closeTags } from './typing';

const editor: JupyterFrontEndPlugin<void> = {
  id: 'twilio-magic:editor',
  description: 'Colors and problems of TwiML in cells, and commands for them.',
  autoStart: true,
  requires: [IEditorExtensionRegistry, INotebookTracker],
  optional: [ICommandPalette],
  activate: (
    app,
    registry: IEditorExtensionRegistry,
    tracker: INotebookTracker,
    palette: ICommandPalette | null
  ) => {
    const notebooks = new Notebooks(tracker);
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

function isCodeCell(model: object): boolean {
  return (model as { type?: unknown }).type === 'code';
}

export default [editor];
