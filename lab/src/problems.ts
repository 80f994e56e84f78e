/** Problems while typing: what the kernel's own checker says, marked at its place, with what would mend it. */

import { lintKeymap, linter } from '@codemirror/lint';
import type { Action, Diagnostic } from '@codemirror/lint';
import { StateEffect } from '@codemirror/state';
import type { ChangeSpec, Extension, Text } from '@codemirror/state';
import { keymap } from '@codemirror/view';
import type { EditorView } from '@codemirror/view';

import { kindOf } from './cell';
import type { Notebooks } from './notebooks';

interface Change {
  start: number;
  end: number;
  text: string;
}

interface Problem {
  code: number | null;
  level: 'error' | 'warning' | 'advice';
  message: string;
  hint: string | null;
  name: string;
  line: number;
  column: number;
  start: number | null;
  end: number | null;
  fixes: { label: string; changes: Change[] }[];
}

const DELAY = 500;
const SEVERITY = { error: 'error', warning: 'warning', advice: 'info' } as const;

/** The names of the notebook have changed: the document is checked again. */
export const recheck = StateEffect.define<null>();

/** Marks the problems of the cell of *model*. */
export function problems(notebooks: Notebooks, model: object): Extension {
  const check = async (view: EditorView): Promise<Diagnostic[]> => {
    const { doc } = view.state;
    const link = notebooks.linkOf(notebooks.find(model));
    if (kindOf(doc) !== 'twiml' || link === null) {
      return [];
    }
    const found = await link.ask('check', { text: doc.toString() }).catch(() => null);
    return Array.isArray(found) ? toDiagnostics(found as Problem[], doc) : [];
  };
  const marks = linter(check, {
    delay: DELAY,
    needsRefresh: update =>
      update.transactions.some(each => each.effects.some(effect => effect.is(recheck)))
  });
  return [marks, keymap.of(lintKeymap)];
}

/** Check the document in *view* again, soon. */
export function checkAgain(view: EditorView): void {
  if (kindOf(view.state.doc) === 'twiml') {
    view.dispatch({ effects: recheck.of(null) });
  }
}

function toDiagnostics(found: Problem[], doc: Text): Diagnostic[] {
  const at = positions(doc);
  return found.map(problem => {
    const line = doc.line(Math.min(Math.max(problem.line, 1), doc.lines));
    const from = problem.start === null ? line.from : at(problem.start);
    const to = problem.end === null ? line.to : at(problem.end);
    return {
      from,
      to: Math.max(from, to),
      severity: SEVERITY[problem.level] ?? 'error',
      source: `${problem.line}:${problem.column}`,
      message: toText(problem),
      actions: problem.fixes.map(({ label, changes }) => toAction(label, changes))
    };
  });
}

function toText(problem: Problem): string {
  const kind = problem.code === null ? problem.name : String(problem.code);
  const hint = problem.hint === null ? '' : ` → ${problem.hint}`;
  return `${problem.level} ${kind}: ${problem.message}${hint}`;
}

/** Where a character of the document is: the kernel counts characters from the second line, the editor UTF-16. */
function positions(doc: Text): (character: number) => number {
  const start = doc.lines > 1 ? doc.line(2).from : doc.length;
  const body = doc.sliceString(start);
  if (!/[\ud800-\udfff]/.test(body)) {
    return character => Math.min(start + character, doc.length);
  }
  const offsets = [0];
  for (const letter of body) {
    offsets.push(offsets[offsets.length - 1] + letter.length);
  }
  return character => start + offsets[Math.min(character, offsets.length - 1)];
}

function toAction(label: string, changes: Change[]): Action {
  return {
    name: label,
    apply: view => {
      const at = positions(view.state.doc);
      const specs: ChangeSpec[] = changes.map(({ start, end, text }) => ({
        from: at(start),
        to: at(end),
        insert: text
      }));
      view.dispatch({ changes: specs, userEvent: 'input.fix' });
      view.focus();
    }
  };
}
