/**
 * Closing tags are typed along: `>` closes the element that it opens, and `</` the innermost that is open.
 *
 * Whoever types the rest of the tag all the same does not get it twice.
 */

import { Prec, StateEffect, StateField } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';

import { kindOf } from './cell';

const MARKUP = /<!--[^]*?(?:-->|$)|<!\[CDATA\[[^]*?(?:\]\]>|$)|<\?[^]*?(?:\?>|$)|<(\/?)([\w:.-]+)((?:"[^"]*"|'[^']*'|[^<>"'])*?)(\/?)>/g;
const UNFINISHED = /<([\w:.-]+)(?:\s(?:"[^"]*"|'[^']*'|[^<>"'])*)?$/;

/** The elements of *text* that are open at its end, the innermost last; null inside a comment. */
function openElements(text: string): string[] | null {
  const open: string[] = [];
  for (const [all, closing, name, , empty] of text.matchAll(MARKUP)) {
    if (name === undefined) {
      if (!/(?:-->|\]\]>|\?>)$/.test(all)) {
        return null;
      }
    } else if (closing) {
      const place = open.lastIndexOf(name);
      open.length = place < 0 ? open.length : place;
    } else if (!empty) {
      open.push(name);
    }
  }
  return open;
}

/** A tag that `</` closed: what of it has been typed since, and what has not. */
interface TypedAlong {
  typed: string;
  rest: string;
}

const type = StateEffect.define<TypedAlong>();
const typedAlong = StateField.define<TypedAlong | null>({
  create: () => null,
  update(value, transaction) {
    const typed = transaction.effects.find(effect => effect.is(type));
    if (typed) {
      return typed.value.rest === '' ? null : typed.value;
    }
    return transaction.docChanged || transaction.selection ? null : value;
  }
});

/** Swallows what is there already, and gives it back when other words follow. */
const typeOver = EditorView.inputHandler.of((view, from, to, text) => {
  const along = view.state.field(typedAlong);
  if (along === null || from !== to) {
    return false;
  }
  const { typed, rest } = along;
  if (rest.startsWith(text)) {
    view.dispatch({ effects: type.of({ typed: typed + text, rest: rest.slice(text.length) }) });
    return true;
  }
  if (typed === '') {
    return false;
  }
  const insert = typed + text;
  view.dispatch({
    changes: { from, insert },
    selection: { anchor: from + insert.length },
    userEvent: 'input.type'
  });
  return true;
});

const closeTag = EditorView.inputHandler.of((view, from, to, text) => {
  const { state } = view;
  if ((text !== '>' && text !== '/') || from !== to || kindOf(state.doc) !== 'twiml') {
    return false;
  }
  const start = state.doc.line(1).to;
  if (from <= start || state.readOnly || state.selection.ranges.length > 1) {
    return false;
  }
  const before = state.sliceDoc(start, from);
  const open = openElements(before);
  const added = open && (text === '>' ? closing(before) : opened(before, open));
  if (!added) {
    return false;
  }
  if (text === '/' && state.sliceDoc(from, from + added.length + 2) === `</${added}`) {
    view.dispatch({
      changes: { from: from - 1, to: from }, // it is closed already: the cursor goes behind it
      selection: { anchor: from + added.length + 1 },
      effects: type.of({ typed: '', rest: added }),
      userEvent: 'input.type'
    });
    return true;
  }
  const after = state.sliceDoc(from, from + 1) === '>' && text === '/' ? added.slice(0, -1) : added;
  view.dispatch({
    changes: { from, insert: text + after },
    selection: { anchor: from + 1 + (text === '/' ? added.length : 0) },
    effects: text === '/' ? type.of({ typed: '', rest: added }) : [],
    userEvent: 'input.type'
  });
  return true;
});

/** Enter between two tags gives each a line of its own, and one between them that is indented. */
function openUp(view: EditorView): boolean {
  const { state } = view;
  const { main, ranges } = state.selection;
  if (kindOf(state.doc) !== 'twiml' || state.readOnly || ranges.length > 1 || !main.empty) {
    return false;
  }
  const line = state.doc.lineAt(main.head);
  const tag = UNFINISHED.exec(line.text.slice(0, main.head - line.from).replace(/>$/, ''));
  const isBetween = state.sliceDoc(main.head - 1, main.head) === '>' && tag !== null;
  if (!isBetween || !line.text.slice(main.head - line.from).startsWith(`</${tag[1]}>`)) {
    return false;
  }
  const indent = /^\s*/.exec(line.text)![0];
  view.dispatch({
    changes: { from: main.head, insert: `\n${indent}  \n${indent}` },
    selection: { anchor: main.head + 1 + indent.length + 2 },
    userEvent: 'input'
  });
  return true;
}

export const closeTags = [typedAlong, typeOver, closeTag, Prec.high(keymap.of([{ key: 'Enter', run: openUp }]))];

/** What closes the element whose opening tag ends *before* the cursor. */
function closing(before: string): string | null {
  const tag = UNFINISHED.exec(before);
  return tag === null || before.endsWith('/') ? null : `</${tag[1]}>`;
}

/** The rest of the closing tag that begins *before* the cursor. */
function opened(before: string, open: string[]): string | null {
  return before.endsWith('<') && open.length > 0 ? `${open[open.length - 1]}>` : null;
}
