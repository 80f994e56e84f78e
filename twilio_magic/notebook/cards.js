// What finds the cards of calls in a page, for the modules behind it. Cards are plain HTML, found by the sid in them.

const OUTPUTS = ".jp-OutputArea-output[data-mime-type='text/html'], .tm-branch, .tm-phone .card";
const ADDED = ".tm-ways, .tm-replay"; // what our own modules put into a card
const SID = /^CA[0-9a-f]{32}$/;
/** CRC-32 of a text in UTF-8, as Python's zlib has it. */
function checksum(text) {
  let sum = ~0;
  for (const byte of new TextEncoder().encode(text)) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}

/** The parts of the page that show the notebook of *model*: cards of another notebook belong to another kernel. */
function panels(model) {
  const all = [...document.querySelectorAll(".jp-NotebookPanel")];
  const path = model.widget_manager?.context?.path;
  const isOf = ({ id }) => {
    const title = document.querySelector(`[data-id="${CSS.escape(id)}"]`)?.title ?? "";
    return title.split("\n").some((line) => line.endsWith(`: ${path}`));
  };
  const own = all.filter(isOf);
  return own.length ? own : all.length > 1 ? all.filter((each) => each.checkVisibility?.()) : [document.body];
}

function findCards(root) {
  const lines = [...root.querySelectorAll(OUTPUTS)].flatMap((output) => [...output.querySelectorAll("div")]);
  return lines.filter((line) => !line.firstElementChild && SID.test(line.textContent)).map((line) => line.parentElement);
}

/** The name of *card*, as the kernel has it: its sid, and what it says. */
function keyOf(card) {
  const sid = [...card.children].find((child) => SID.test(child.textContent)).textContent;
  const plain = card.cloneNode(true);
  plain.querySelectorAll(ADDED).forEach((each) => each.remove());
  return `${sid}:${checksum(plain.textContent.replace(/[ \t\n\r\f]/g, ""))}`;
}

/**
 * Add to each card in the page that *model* knows what `add(card, known, ask)` makes, also to those that come later.
 * `ask(question)` gives the answer of the kernel; what `add` returns takes away again what it added.
 */
function addToCards(model, add) {
  const done = new WeakSet();
  const added = new Set();
  const asked = new Map();
  let due = 0; // the frame before which the page is looked through

  const ask = (card) => (question) =>
    new Promise((answer) => {
      const id = Math.random().toString(36).slice(2);
      asked.set(id, answer);
      model.send({ ...question, card, id });
    });

  function scan() {
    due = 0;
    const known = model.get("cards");
    for (const card of panels(model).flatMap(findCards)) {
      if (done.has(card)) continue;
      const key = keyOf(card);
      if (!Object.hasOwn(known, key)) continue;
      done.add(card);
      added.add(add(card, known[key], ask(key)));
    }
  }

  const soon = () => {
    due ||= requestAnimationFrame(scan);
  };
  const observer = new MutationObserver((changes) => {
    const isOutput = (node) => node.nodeType === 1 && (node.closest(OUTPUTS) || node.querySelector(OUTPUTS));
    if (changes.some(({ addedNodes }) => [...addedNodes].some(isOutput))) soon();
  });
  const hear = (message) => {
    asked.get(message?.id)?.(message);
    asked.delete(message?.id);
  };
  const end = () => {
    observer.disconnect();
    cancelAnimationFrame(due);
    model.off("change:cards", soon);
    model.off("msg:custom", hear);
    added.forEach((takeAway) => takeAway());
    added.clear();
  };

  observer.observe(document.body, { subtree: true, childList: true });
  model.on("change:cards", soon);
  model.on("msg:custom", hear);
  model.on("comm_live_update", end); // the kernel is gone
  soon();
  return end;
}
