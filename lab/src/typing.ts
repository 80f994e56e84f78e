/**
 * Closing tags are typed along: `>` closes the element that it opens, and `</` the innermost that is open.
 *
 * Whoever types the rest of the tag all the same does not get it twice.
 */

import { Prec, StateEffect, StateField, Text } from '@codemirror/state';
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
  const next = text === '/' ? closedAlready(state.doc, from, added) : null;
  if (next) {
    view.dispatch({
      changes: next.typed, // the cursor goes behind the tag that is there
      selection: { anchor: next.end - (next.typed.to - next.typed.from) },
      effects: type.of({ typed: '', rest: added }),
      userEvent: 'input.type',
      scrollIntoView: true
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

/** Where the closing tag *added* of the innermost element stands already, and what was typed above or before it. */
interface ClosedAlready {
  typed: { from: number; to: number };
  end: number;
}

/**
 * The closing tag whose beginning is typed at *from*, if it is the next thing there and belongs to what is open.
 *
 * The tag keeps its place: what goes is the `<`, with its line where nothing else stands in that.
 */
function closedAlready(doc: Text, from: number, added: string): ClosedAlready | null {
  const after = doc.sliceString(from);
  const name = added.slice(0, -1);
  const tag = /^(\s*)<\/([\w:.-]+)\s*>/.exec(after);
  const whole = doc.sliceString(doc.line(1).to, from - 1) + after;
  if (tag === null || tag[2] !== name || unclosed(whole, name) > 0) {
    return null;
  }
  const [line, next] = [doc.lineAt(from), doc.lineAt(from + tag[1].length)];
  const isAlone = line.number < next.number && line.text.trim() === '<';
  const typed = isAlone ? { from: line.from, to: next.from } : { from: from - 1, to: from + tag[1].length };
  return { typed, end: from + tag[0].length };
}

/** How many elements called *name* more are opened in *text* than closed. */
function unclosed(text: string, name: string): number {
  let count = 0;
  for (const [, closing, found, , empty] of text.matchAll(MARKUP)) {
    if (found === name && !empty) {
      count += closing ? -1 : 1;
    }
  }
  return count;
}
