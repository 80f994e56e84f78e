// What finds the cards of calls in a page, for the modules behind it. Cards are plain HTML, found by the sid in them.

const OUTPUTS = ".jp-OutputArea-output[data-mime-type='text/html'], .tm-branch";
const ADDED = ".tm-ways, .tm-replay"; // what our own modules put into a card
const SID = /^CA[0-9a-f]{32}$/;
/** Characters that turn text around, or that nobody sees, made visible: what is shown reads as it is written. */
const plain = (text) =>
  text.replace(
    /[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g,
    (unseen) => `\u27e8U+${unseen.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}\u27e9`,
  );

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

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
