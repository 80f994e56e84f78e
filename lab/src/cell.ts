/** What kind of cell an editor has, by its first line. */

import type { EditorState, Text } from '@codemirror/state';

export type Kind = 'twiml' | 'phone' | 'dialog';

/** The magics of the Python package; `tests/browser/test_lab_extension.py` compares. */
export const MAGICS = [
  'call',
  'calls',
  'dialog',
  'explore',
  'hangup',
  'mount',
  'number',
  'phone',
  'twilio',
  'twiml'
];

const FIRST = /^[ \t]*%%(twiml|phone|dialog)(?![\w.])/;
const MOST = 200;

/** The kind of cell whose first line is *line*; null where the cell is Python, or anybody else's. */
export function kindOfLine(line: string): Kind | null {
  const match = FIRST.exec(line.slice(0, MOST));
  return match === null ? null : (match[1] as Kind);
}

export function kindOf(doc: Text): Kind | null {
  return kindOfLine(doc.line(1).text);
}

/** Where the document of a cell begins: behind its first line. */
export function bodyStart(state: EditorState): number {
  return Math.min(state.doc.line(1).to + 1, state.doc.length);
}
