/** TwiML below a line with `%%twiml`: colors, and how far a line is indented. */

import { StreamLanguage } from '@codemirror/language';
import type { IndentContext, StringStream } from '@codemirror/language';

export type Head = 'before' | 'inside' | 'over';

interface XmlState {
  /** Where it stands with the line of the magic. */
  head: Head;
  /** The elements that are open, the innermost last. */
  open: string[];
  inside: 'text' | 'tag' | 'comment' | 'cdata' | 'instruction';
  quote: string;
  name: string;
  isClosing: boolean;
}

/** `$name`, `${name.attribute}`, and `$$`, which is a dollar sign; as `twiml.fill` reads them. */
const HOLE = /^\$(?:\$|[^\W\d]\w*|\{[^{}\n]*\})/;
const NAME = /^[\w:.-]+/;
const END = { comment: '-->', cdata: ']]>', instruction: '?>' };
const STYLE = { comment: 'comment', cdata: null, instruction: 'processingInstruction' };

/** Whether the line of the magic is still being read. */
export function isHead(stream: StringStream, state: { head: Head }): boolean {
  if (state.head === 'inside' && stream.sol()) {
    state.head = 'over';
  }
  return state.head !== 'over';
}

/** Read a part of the line of the magic, whose options have colors of their own. */
export function readHead(stream: StringStream, state: { head: Head }): string | null {
  const isMagic = state.head === 'before' && stream.match(/^[ \t]*%%\w+/);
  state.head = 'inside';
  if (!isMagic) {
    stream.skipToEnd();
  }
  return isMagic ? 'meta' : null;
}

function readBlock(stream: StringStream, state: XmlState): string | null {
  const block = state.inside as keyof typeof END;
  if (block === 'cdata' && stream.match(HOLE)) {
    return 'variableName.special';
  }
  if (stream.match(END[block])) {
    state.inside = 'text';
    return block === 'cdata' ? 'meta' : STYLE[block];
  }
  stream.next();
  while (!stream.eol() && !END[block].startsWith(stream.peek() ?? '') && stream.peek() !== '$') {
    stream.next();
  }
  return STYLE[block];
}

function readText(stream: StringStream, state: XmlState): string | null {
  if (stream.match('<!--')) {
    state.inside = 'comment';
    return 'comment';
  }
  if (stream.match('<![CDATA[')) {
    state.inside = 'cdata';
    return 'meta';
  }
  if (stream.match('<?')) {
    state.inside = 'instruction';
    return 'processingInstruction';
  }
  if (stream.match(/^<\/?/)) {
    state.isClosing = stream.current() === '</';
    state.inside = 'tag';
    state.name = '';
    return 'angleBracket';
  }
  if (stream.match(HOLE)) {
    return 'variableName.special';
  }
  if (stream.match(/^&[#\w]+;/)) {
    return 'atom';
  }
  stream.next();
  stream.eatWhile(/[^<$&]/);
  return null;
}

function readValue(stream: StringStream, state: XmlState): string {
  if (stream.match(HOLE)) {
    return 'variableName.special';
  }
  if (stream.next() === state.quote) {
    state.quote = '';
    return 'string';
  }
  while (!stream.eol() && stream.peek() !== state.quote && stream.peek() !== '$') {
    stream.next();
  }
  return 'string';
}

function endTag(stream: StringStream, state: XmlState): string {
  const isEmpty = stream.current() === '/>';
  if (state.isClosing) {
    const place = state.open.lastIndexOf(state.name);
    state.open = place < 0 ? state.open : state.open.slice(0, place);
  } else if (!isEmpty && state.name) {
    state.open = [...state.open, state.name];
  }
  state.inside = 'text';
  return 'angleBracket';
}

function readTag(stream: StringStream, state: XmlState): string | null {
  if (state.quote) {
    return readValue(stream, state);
  }
  if (stream.eatSpace()) {
    return null;
  }
  if (stream.match(/^\/?>/)) {
    return endTag(stream, state);
  }
  if (stream.peek() === '<') {
    state.inside = 'text'; // the tag before was never closed
    return readText(stream, state);
  }
  if (stream.match(/^["']/)) {
    state.quote = stream.current();
    return 'string';
  }
  if (stream.match(NAME)) {
    if (state.name) {
      return 'attributeName';
    }
    state.name = stream.current();
    return 'tagName';
  }
  stream.next();
  return null;
}

function indent(state: XmlState, textAfter: string, context: IndentContext): number | null {
  if (state.head === 'before' || state.quote || !['text', 'tag'].includes(state.inside)) {
    return null;
  }
  const depth = state.open.length + (state.inside === 'tag' ? 2 : 0);
  return context.unit * Math.max(0, /^\s*<\//.test(textAfter) ? depth - 1 : depth);
}

export const twiml = StreamLanguage.define<XmlState>({
  name: 'twiml',
  startState: () => ({
    head: 'before',
    open: [],
    inside: 'text',
    quote: '',
    name: '',
    isClosing: false
  }),
  copyState: state => ({ ...state }),
  token: (stream, state) => {
    if (isHead(stream, state)) {
      return readHead(stream, state);
    }
    if (state.inside === 'text') {
      return readText(stream, state);
    }
    return state.inside === 'tag' ? readTag(stream, state) : readBlock(stream, state);
  },
  blankLine: state => {
    state.head = 'over';
  },
  indent,
  languageData: {
    commentTokens: { block: { open: '<!--', close: '-->' } },
    closeBrackets: { brackets: ['"', "'"] },
    indentOnInput: /^\s*<\//
  }
});
