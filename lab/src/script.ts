/** The language of phones and dialogs, below `%%phone` and `%%dialog`: colors. */

import { StreamLanguage } from '@codemirror/language';
import type { StringStream } from '@codemirror/language';

import { isHead, readHead } from './xml';
import type { Head } from './xml';

interface ScriptState {
  head: Head;
  /** Whether a step begins here. */
  isStep: boolean;
}

const STEP = /^(?:hang up|no answer|one of|given \w+|expect(?: no)? [a-z]+|[a-z]+)/i;
const HEADER = /^[a-z]+:(?=\s|$)/i;
const TEXT = /^(?:"[^"]*"?|'[^']*'?|“[^”]*”?)/;
const REGEX = /^\/(?:[^/\\\n]|\\.)+\/(?=\s|;|$)/;
const ADDRESS = /^(?:\+\d[\d*]*|(?:client|sip|sips):\S+|(?:https?|wss?):\/\/\S+)/;
const SMALL = /^(?:within|or|as|to|at|most|least|after|dials|confidence|no|beep|sound|once|times|file)\b/i;

function readStep(stream: StringStream, state: ScriptState): string | null {
  state.isStep = false;
  if (stream.match(HEADER)) {
    return 'propertyName';
  }
  return stream.match(STEP) ? 'keyword' : readWord(stream, state);
}

function readWord(stream: StringStream, state: ScriptState): string | null {
  if (stream.match(TEXT)) {
    return 'string';
  }
  if (stream.match(REGEX)) {
    return 'string.special';
  }
  if (stream.match(ADDRESS)) {
    return 'atom';
  }
  if (stream.match(/^[;:](?=\s|$)/)) {
    state.isStep = true;
    return 'punctuation';
  }
  if (stream.match(/^\$[^\W\d]\w*/)) {
    return 'variableName.special';
  }
  if (stream.match(/^[\w.]+(?==)/)) {
    return 'attributeName';
  }
  if (stream.match(/^\d[\d.]*(?![\w])/)) {
    return 'number';
  }
  if (stream.match(SMALL)) {
    return 'modifier';
  }
  stream.next();
  stream.eatWhile(/[\w.\-/]/);
  return null;
}

export const script = StreamLanguage.define<ScriptState>({
  name: 'twilio-script',
  startState: () => ({ head: 'before', isStep: true }),
  copyState: state => ({ ...state }),
  token: (stream, state) => {
    if (isHead(stream, state)) {
      return readHead(stream, state);
    }
    if (stream.sol()) {
      state.isStep = true;
    }
    if (stream.eatSpace()) {
      return null;
    }
    if (state.isStep && stream.peek() === '#') {
      stream.skipToEnd();
      return 'comment';
    }
    return state.isStep ? readStep(stream, state) : readWord(stream, state);
  },
  languageData: {
    commentTokens: { line: '#' },
    closeBrackets: { brackets: ['"', "'"] }
  }
});
