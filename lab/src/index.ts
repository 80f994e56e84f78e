/** The plugins of the extension. Each can be disabled by itself; everything of Python's works without them. */

import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { EditorExtensionRegistry, IEditorExtensionRegistry } from '@jupyterlab/codemirror';

import { colors } from './colors';

const editor: JupyterFrontEndPlugin<void> = {
  id: 'twilio-magic:editor',
  description: 'Colors of TwiML, phones and dialogs in cells, and of the options of magics.',
  autoStart: true,
  requires: [IEditorExtensionRegistry],
  activate: (_, registry: IEditorExtensionRegistry) => {
    registry.addExtension({
      name: 'twilio-magic:colors',
      factory: options =>
        isCodeCell(options.model)
          ? EditorExtensionRegistry.createImmutableExtension(
              colors(options.model.sharedModel.getSource())
            )
          : null
    });
  }
};

function isCodeCell(model: object): boolean {
  return (model as { type?: unknown }).type === 'code';
}

export default [editor];
