// Elements of a page that our modules make: what they say is text, whatever it is.

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
  node.append(...children.map((child) => (typeof child === "string" ? plain(child) : child)));
  return node;
}

/** Whether the person is still at *place*: the kernel may be slow to answer, and they may write elsewhere by then. */
const isAt = (place) => document.activeElement.contains(place) || place.contains(document.activeElement);
