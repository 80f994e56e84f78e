/** Colors: which language a cell has, and the options of magics in cells of Python. */

import { indentUnit } from '@codemirror/language';
import { Compartment, EditorState, Prec, RangeSetBuilder } from '@codemirror/state';
import type { Extension } from '@codemirror/state';
import { Decoration, ViewPlugin } from '@codemirror/view';
import type { DecorationSet, EditorView, ViewUpdate } from '@codemirror/view';

import { MAGICS, kindOf, kindOfLine } from './cell';
import type { Kind } from './cell';
import { script } from './script';
import { twiml } from './xml';

const LINE = new RegExp(`^((?:\\s*[\\w.]+\\s*=)?\\s*)(%{1,2}(?:${MAGICS.join('|')}))(?=\\s|$)(.*)$`);
const WORD = /(--[\w-]+)|("[^"]*"|'[^']*')|(\$[^\W\d]\w*)|((?<![\w-])\+?\d[\d.]*(?![\w-]))|[^\s"'$]+|\S/g;
const MARKS = ['option', 'text', 'name', 'number'];
const mark = (name: string): Decoration => Decoration.mark({ class: `tm-magic-${name}` });
const MAGIC = mark('percent');
const PLAIN = mark('plain');
const BY_GROUP = MARKS.map(mark);

function languageOf(kind: Kind | null): Extension {
  if (kind === null) {
    return [];
  }
  return Prec.highest(kind === 'twiml' ? [twiml, indentUnit.of('  ')] : script);
}

/** The marks of the magics in the lines of *view* that are seen. */
function markLines(view: EditorView): DecorationSet {
  const marks = new RangeSetBuilder<Decoration>();
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to; ) {
      const line = view.state.doc.lineAt(at);
      markLine(line.text, line.from, marks);
      at = line.to + 1;
    }
  }
  return marks.finish();
}

function markLine(text: string, start: number, marks: RangeSetBuilder<Decoration>): void {
  const match = text.length < 5000 ? LINE.exec(text) : null;
  if (match === null) {
    return;
  }
  const begin = start + match[1].length;
  const rest = begin + match[2].length;
  marks.add(begin, rest, MAGIC);
  for (const word of match[3].matchAll(WORD)) {
    const group = word.slice(1).findIndex(each => each !== undefined);
    const at = rest + (word.index ?? 0);
    marks.add(at, at + word[0].length, group < 0 ? PLAIN : BY_GROUP[group]);
  }
}

const magics = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = markLines(view);
    }

    update(update: ViewUpdate): void {
      if (update.docChanged || update.viewportChanged) {
        this.decorations = markLines(update.view);
      }
    }
  },
  { decorations: plugin => plugin.decorations }
);

/**
 * Cells of TwiML, phones and dialogs have their language, which follows their first line; other cells keep theirs.
 *
 * *source* is what the cell has in the beginning.
 */
export function colors(source: string): Extension {
  const current = new Compartment();
  return [
    current.of(languageOf(kindOfLine(source.split('\n', 1)[0]))),
    EditorState.transactionExtender.of(transaction => {
      const before = kindOf(transaction.startState.doc);
      const after = transaction.docChanged ? kindOf(transaction.newDoc) : before;
      return before === after ? null : { effects: current.reconfigure(languageOf(after)) };
    }),
    Prec.highest(magics) // the innermost element has the last word on its color
  ];
}
