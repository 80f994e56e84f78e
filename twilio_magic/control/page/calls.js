// The list of calls: the newest first, each with its card or its ladder below it.

import { getText, post } from "./server.js";

const list = document.getElementById("calls");
const template = document.getElementById("call");
const shown = new Map(); // the view of each call, by sid

const STATUS = {
  "in-progress": "in progress",
  "no-answer": "no answer",
};

/** Show *calls*; what has not changed stays as it is. *act* does what a button says, in order. */
export function showCalls(calls, act, fail) {
  const gone = new Set(shown.keys());
  calls.forEach((call, place) => {
    gone.delete(call.sid);
    if (!shown.has(call.sid)) shown.set(call.sid, new CallView(call.sid, act, fail));
    const view = shown.get(call.sid);
    if (list.children[place] !== view.root) list.insertBefore(view.root, list.children[place] ?? null);
    view.update(call, place === 0);
  });
  for (const sid of gone) {
    shown.get(sid).root.remove();
    shown.delete(sid);
  }
}

class CallView {
  constructor(sid, act, fail) {
    this.sid = sid;
    this.fail = fail;
    this.view = "card";
    this.choice = null; // whether a person opened or closed it
    this.drawn = "";
    this.root = template.content.firstElementChild.cloneNode(true);
    this.find = (selector) => this.root.querySelector(selector);
    this.body = this.find(".body");
    this.body.id = `call-${sid}`;
    this.head = this.find(".head");
    this.head.setAttribute("aria-controls", this.body.id);
    this.head.addEventListener("click", () => this.choose(this.body.hidden));
    this.body.addEventListener("click", () => (this.choice = true));
    for (const button of this.root.querySelectorAll("[data-view]")) {
      button.addEventListener("click", () => this.turnTo(button));
    }
    this.find(".hang-up").addEventListener("click", () => act(() => post(`/calls/${sid}/hang-up`)));
  }

  update(call, isNewest) {
    this.call = call;
    const failed = call.failures.at(-1);
    this.root.dataset.status = failed && call.is_over ? "failed" : call.status;
    this.root.classList.toggle("failing", failed !== undefined);
    write(this.find(".when"), (call.created ?? "").slice(11, 19));
    write(this.find(".from"), call.from || "unknown");
    write(this.find(".to"), call.to);
    write(this.find(".last"), failed ?? (call.is_over ? ended(call) : describe(call.last)));
    write(this.find(".status"), status(call));
    this.find(".hang-up").hidden = call.is_over;
    this.open(this.choice ?? isNewest);
  }

  choose(isOpen) {
    this.choice = isOpen;
    this.open(isOpen);
  }

  open(isOpen) {
    this.body.hidden = !isOpen;
    this.head.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) this.draw();
  }

  turnTo(button) {
    this.view = button.dataset.view;
    for (const other of this.root.querySelectorAll("[data-view]")) {
      other.setAttribute("aria-pressed", String(other === button));
    }
    this.draw();
  }

  /** Draw the card or the ladder again, if there is news of the call. */
  async draw() {
    const { status, events } = this.call;
    const wanted = `${this.view} ${status} ${events}`;
    if (this.drawn === wanted) return;
    this.drawn = wanted;
    try {
      const html = await getText(`/calls/${this.sid}/${this.view}`);
      if (this.drawn === wanted) replaceHtml(this.find(".shown"), html);
    } catch (error) {
      this.drawn = "";
      this.fail(error);
    }
  }
}

/** Put *html* in the place of what *element* has; the server has escaped it. What was folded out stays so. */
function replaceHtml(element, html) {
  const parts = () => [...element.querySelectorAll("details, summary, [tabindex]")];
  const before = parts();
  const open = before.map((part) => part.open === true);
  const scrolled = before.map((part) => part.scrollLeft);
  const focused = before.indexOf(document.activeElement);
  element.innerHTML = html;
  parts().forEach((part, place) => {
    if (open[place]) part.open = true;
    if (scrolled[place]) part.scrollLeft = scrolled[place];
    if (place === focused) part.focus({ preventScroll: true });
  });
}

function status(call) {
  const word = STATUS[call.status] ?? call.status;
  return call.is_over && call.duration !== null ? `${word}, ${call.duration}\u00a0s` : word;
}

function ended(call) {
  return call.direction === "inbound" ? "an inbound call" : "a call of the API";
}

function describe(event) {
  if (!event) return "";
  return event.text ? `${event.kind}: ${event.text}` : event.kind;
}

/** Write *text* into *element*, unless it stands there. */
export function write(element, text) {
  const shown = visible(text);
  if (element.textContent !== shown) element.textContent = shown;
}

// What nobody sees, or what turns the text around it: the same characters as in cards.
const UNSEEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb]/gu;

/** *text* with such characters as their numbers, so that it reads as it is written. */
export function visible(text) {
  const number = (letter) => letter.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
  return text.replace(UNSEEN, (letter) => `⟨U+${number(letter)}⟩`);
}
