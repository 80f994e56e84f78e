// The TwiML of a call, as a phone and a player show it.

/** The source of a document, its markup colored; what is performed now is marked. One long line is broken up. */
function source({ text, ...of }) {
  const [start, end] = [of.start, of.end].map((place) => (place < 0 ? place : [...text].slice(0, place).join("").length)); // counted in characters
  const lines = [];
  const isLong = !text.trim().includes("\n");
  let marked, depth = 0, before = "";
  for (const { 0: piece, index } of text.matchAll(/<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<\?[^]*?\?>|<(?:"[^"]*"|'[^']*'|[^'">])*>|[^<]+/g)) {
    const isTag = piece.startsWith("<") && !/^<[!?]/.test(piece);
    if (isTag && piece.startsWith("</")) depth -= 1;
    const add = (node) => (marked && index > start && index < end ? marked.append(node) : lines.push(node));
    if (isLong && isTag && before.endsWith(">")) add("\n" + "  ".repeat(Math.max(0, depth)));
    if (isTag && !/^<\/|\/>$/.test(piece)) depth += 1;
    const node = isTag ? tag(piece) : make("span", piece.startsWith("<") ? { class: "tm-xml-remark" } : {}, piece);
    if (index === start) lines.push((marked = make("mark", { "aria-current": "step" }, node)));
    else add(node);
    before = piece.trim() || before;
  }
  return lines;
}

function tag(piece) {
  const [, open, attributes, close] = piece.match(/^(<\/?[^\s/>]*)([^]*?)(\/?>)$/) ?? [null, piece, "", ""];
  const parts = [make("span", { class: "tm-xml-tag" }, open)];
  for (const [part, name, value] of attributes.matchAll(/\s+|([^\s="']+\s*=\s*)?("[^"]*"|'[^']*')|\S/g)) {
    if (value) parts.push(make("span", { class: "tm-xml-attribute" }, name ?? ""), make("span", { class: "tm-xml-value" }, value));
    else parts.push(part);
  }
  return make("span", {}, ...parts, make("span", { class: "tm-xml-tag" }, close));
}
