// Buttons in the cards of calls: another key at a Gather, and the branches beside the card.
// Cards are plain HTML, found by the sid in them. What comes from a call becomes text nodes, but for the card of a
// branch, which the kernel has made as it makes every card.

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];
const MOST = 8; // Gathers that are not folded
const SPOKEN = { "*": "star", "#": "pound" };

/** The bar in *card*: a row for each of *gathers*. *ask* takes what is to be done, and answers when it is done. */
function bar(card, gathers, ask) {
  const rows = gathers.map((told, place) => row(card, place + 1, told, ask));
  // a loop asks the same again and again: one row stands for it, and the others are folded
  const asked = (place) => gathers[place].slice(gathers[place].indexOf(" "));
  const isShown = (place) => place < MOST && (place === 0 || asked(place) !== asked(place - 1));
  const shown = rows.filter((_, place) => isShown(place));
  const folded = rows.filter((_, place) => !isShown(place));
  const told = `${folded.length} more ${folded.length === 1 ? "Gather" : "Gathers"}`;
  const more = folded.length ? [make("details", {}, make("summary", {}, told), make("ul", {}, ...folded))] : [];
  return make(
    "div",
    {
      class: "tm-ways", role: "group", "aria-label": "Other ways in this call", "data-lm-suppress-shortcuts": "true",
      keydown: (event) => event.stopPropagation(), // the notebook has shortcuts of its own
    },
    make("div", { class: "tm-ways-head" }, "What if? Another key at a Gather"),
    make("ul", {}, ...shown),
    ...more,
  );
}

function row(card, gather, told, ask) {
  const open = make("button", { type: "button", "aria-expanded": "false", click: toggle }, "Take another key here");
  open.setAttribute("aria-label", `Take another key here: Gather ${gather}, ${told}`);
  const status = make("div", { class: "tm-ways-status", role: "status" });
  const failed = make("div", { class: "tm-ways-failed" });
  const field = (label, inputmode, act, verb) => {
    const input = make("input", { type: "text", "aria-label": `${label} at Gather ${gather}`, placeholder: label, autocomplete: "off", inputmode });
    input.addEventListener("keydown", (event) => event.key === "Enter" && take(act, input.value));
    const button = make("button", { type: "button", click: () => take(act, input.value) }, verb);
    return { input, box: make("div", { class: "tm-ways-field" }, input, button) };
  };
  const act = (words, then, label = words) => make("button", { type: "button", click: then, "aria-label": label }, words);
  const keys = field("Keys", "tel", "press", "Press");
  const words = field("Words", "text", "say", "Say");
  const pad = make(
    "div",
    { class: "tm-ways-pad", role: "group", "aria-label": "Keypad" },
    ...KEYS.map((key) => act(key, () => (keys.input.value += key), SPOKEN[key] ?? key)),
  );
  const ends = make("div", { class: "tm-ways-ends" }, act("Say nothing", () => take("stay silent")), act("Hang up", () => take("hang up")), act("Close", shut));
  const panel = make("div", { class: "tm-ways-panel", keydown: (event) => event.key === "Escape" && shut() }, keys.box, pad, words.box, ends, failed, status);
  panel.hidden = true;

  function toggle() {
    panel.hidden = !panel.hidden;
    open.setAttribute("aria-expanded", String(!panel.hidden));
    if (!panel.hidden) keys.input.focus();
  }

  function shut() {
    panel.hidden = true;
    open.setAttribute("aria-expanded", "false");
    open.focus();
  }

  async function take(act, text = "") {
    failed.replaceChildren();
    status.textContent = "The call is had again up to here …";
    const answer = await ask({ act, text, gather });
    status.textContent = "";
    if (answer.failed) {
      failed.innerHTML = answer.failed;
      return;
    }
    keys.input.value = words.input.value = "";
    show(card, answer, open);
  }

  return make("li", {}, make("span", { class: "tm-ways-gather" }, make("b", {}, `Gather ${gather}`), ` ${told}`), open, panel);
}

/** Put the branch beside *card*; all that came of one card stand in one row, and below each other where it is narrow. */
function show(card, { title, told, code, html }, opener) {
  const host = card.closest(".tm-side-by-side") ?? card.parentElement;
  host.classList.add("tm-side-by-side");
  const shown = make("div", {});
  shown.innerHTML = html;
  const close = make("button", { type: "button", click: remove, "aria-label": `Close: ${title}` }, "Close");
  const head = make("div", { class: "tm-branch-title", role: "heading", "aria-level": "3", tabindex: "-1" }, title);
  const branch = make(
    "section",
    { class: "tm-branch", "aria-label": title, "data-lm-suppress-shortcuts": "true" },
    make("div", { class: "tm-branch-head" }, head, close),
    make("p", { class: "tm-branch-told" }, told),
    make("code", {}, code),
    shown,
  );

  function remove() {
    branch.remove();
    if (!host.querySelector(".tm-branch")) host.classList.remove("tm-side-by-side");
    opener.focus();
  }

  host.append(branch);
  if (isAt(opener.parentElement)) head.focus();
}

export default {
  initialize: ({ model }) =>
    addToCards(model, (card, known, ask) => {
      const made = bar(card, known, ask);
      card.insertBefore(made, card.querySelector(":scope > details"));
      return () => made.remove();
    }),
};
