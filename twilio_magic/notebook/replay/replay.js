// Plays a call again, in its card: lines are spoken and marked, with what happens and what is performed meanwhile.
// What comes from a call becomes text nodes. Nothing is announced: who plays a call listens to it, or reads its lines.

const STEP = 50; // milliseconds
const SHOWN = 300; // a short line is marked so long, however fast it is played
const LONGEST = 2000; // of a step: a page that stood still for longer goes on where the person last heard it
const LATE = 3000; // how much longer than in the call a voice may speak
const DIALED = { rows: [697, 770, 852, 941], columns: [1209, 1336, 1477, 1633], keys: ["123A", "456B", "789C", "*0#D"] };
const PAUSES = { w: 0.5, W: 1 };

/** Seconds to a tenth, as the kernel rounds them: of two that are equally near, to the even one. */
const tenths = (seconds) => Number((seconds % 1 === 0.25 ? seconds - 0.05 : seconds).toFixed(1));

function clock(seconds) {
  const shown = tenths(seconds);
  return `${Math.floor(shown / 60)}:${(shown % 60).toFixed(1).padStart(4, "0")}`;
}

/** What the browser makes heard: words and tones, unless it is off. Where it has no voices, words take their time silently. */
function speaker() {
  let context;
  const self = { isOn: true, until: null };

  function tone(frequencies, start, seconds) {
    const gain = new GainNode(context, { gain: 0.08 });
    gain.connect(context.destination);
    for (const frequency of frequencies) {
      const oscillator = new OscillatorNode(context, { frequency });
      oscillator.connect(gain);
      oscillator.start(context.currentTime + start);
      oscillator.stop(context.currentTime + start + seconds);
    }
  }

  self.tones = (keys, speed) => {
    if (!self.isOn || !window.AudioContext) return;
    context ??= new AudioContext();
    context.resume();
    let at = 0;
    for (const key of keys) {
      const row = DIALED.keys.findIndex((each) => each.includes(key));
      if (row >= 0) tone([DIALED.rows[row], DIALED.columns[DIALED.keys[row].indexOf(key)]], at, 0.15 / speed);
      at += (PAUSES[key] ?? 0.25) / speed;
    }
  };
  self.beep = (speed) => {
    if (!self.isOn || !window.AudioContext) return;
    context ??= new AudioContext();
    context.resume();
    tone([1000], 0, 0.4 / speed);
  };
  self.say = ({ words, language, until, at, cut }, speed) => {
    self.cut();
    if (!self.isOn || !window.speechSynthesis || !window.SpeechSynthesisUtterance) return;
    const utterance = new SpeechSynthesisUtterance(words);
    const wanted = (language || "en-US").toLowerCase();
    const voices = speechSynthesis.getVoices(); // may be empty: the browser then takes its own, or none
    utterance.lang = language || "en-US";
    utterance.rate = speed;
    utterance.voice =
      voices.find((voice) => voice.lang.toLowerCase().replace("_", "-") === wanted) ??
      voices.find((voice) => voice.lang.toLowerCase().startsWith(wanted.slice(0, 2))) ??
      null;
    utterance.onstart = () => {
      if (!cut) self.until = { at: until, latest: performance.now() + ((until - at) * 1000) / speed + LATE };
    };
    utterance.onend = utterance.onerror = () => (self.until = null);
    speechSynthesis.speak(utterance);
  };
  self.cut = () => {
    self.until = null;
    window.speechSynthesis?.cancel();
  };
  self.end = () => {
    self.cut();
    context?.close();
    context = undefined;
  };
  return self;
}

/** Put *items* into *list* one below the other; of all buttons in it one is reached by Tab, the others by arrow keys. */
function fill(list, items) {
  list.append(...items.map((item) => make("li", {}, item)));
  items.forEach((item, place) => (item.tabIndex = place ? -1 : 0));
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const next = step && items[items.indexOf(event.target) + step];
    if (!next) return;
    event.preventDefault();
    items.forEach((item) => (item.tabIndex = item === next ? 0 : -1));
    next.focus();
  });
}

/** Scroll only *list*, and only as far as *item* is not in sight. */
function reveal(list, item) {
  const [inside, outside] = [item.getBoundingClientRect(), list.getBoundingClientRect()];
  const top = inside.top - outside.top - list.clientTop; // below the upper edge; offsetTop is that of what is around it
  if (top >= 0 && top + inside.height <= list.clientHeight) return;
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const above = Math.max(0, Math.min(list.clientHeight / 3, list.clientHeight - inside.height));
  list.scrollTo({ top: Math.max(0, list.scrollTop + top - above), behavior: isCalm ? "auto" : "smooth" });
}

/** The player of *call*; *close* is what its last button does, if there is one. */
function player(call, close) {
  const sound = speaker();
  const marked = new Map(); // the lines that are marked, each with the moment until which it is at least
  let at = 0, speed = 1, isPlaying = false, stepped = -1, last = 0, current = -1, shown = -1;

  const button = (label, click, attributes = {}) => make("button", { type: "button", click, ...attributes }, label);
  const play = button("Play", toggle, { class: "tm-replay-play" });
  const speeds = [1, 2, 4].map((each) => button(`${each}×`, () => pace(each), { "aria-label": each === 1 ? "Real time" : `${each} times as fast` }));
  const back = button("Line before", () => step(before()));
  const on = button("Next line", () => step(after()));
  const voice = button("Sound: on", () => ((sound.isOn = !sound.isOn), sound.isOn || sound.cut(), draw()), { class: "tm-replay-sound" });
  const time = make("span", { class: "tm-replay-time" });
  const slider = make("input", { type: "range", min: "0", max: String(tenths(call.seconds)), step: "0.1", value: "0", "aria-label": "Moment of the call", input: () => seek(slider.value === slider.max ? call.seconds : Number(slider.value)) });
  const row = ({ at, who, text }) => [make("span", { class: "tm-replay-at" }, clock(at)), " ", ...(who ? [make("b", {}, plain(who)), " "] : []), plain(text)];
  const lines = call.lines.map((line, place) => make("button", { type: "button", click: () => step(place) }, ...row(line)));
  const events = call.events.map((event) => make("button", { type: "button", click: () => seek(event.at) }, ...row(event)));
  const lists = [make("ol", { class: "tm-replay-lines" }), make("ol", { class: "tm-replay-events" })];
  fill(lists[0], lines);
  fill(lists[1], events);
  const twiml = make("pre", { tabindex: "0", class: "tm-replay-twiml", role: "group", "aria-label": "TwiML that is performed" });
  const pane = (title, content) => make("div", { class: "tm-replay-pane", role: "group", "aria-label": title }, make("div", { class: "tm-replay-title" }, title), content);

  const root = make(
    "section",
    {
      class: "tm-replay-player", "aria-label": `Replay of ${call.title}`, "data-lm-suppress-shortcuts": "true",
      keydown: (event) => event.stopPropagation(), // the notebook has shortcuts of its own
    },
    make(
      "div", { class: "tm-replay-bar" },
      play, back, on,
      make("span", { role: "group", "aria-label": "Speed" }, ...speeds),
      voice, time, ...(close ? [button("Close", close)] : []),
    ),
    slider,
    make("div", { class: "tm-replay-panes" }, pane("Conversation", lists[0]), pane("Timeline", lists[1]), pane("TwiML", twiml)),
  );

  const after = () => call.lines.findIndex((line, place) => (stepped >= 0 ? place > stepped : line.at > at || (at === 0 && line.at === 0)));
  const before = () => (stepped >= 0 ? stepped - 1 : call.lines.findLastIndex((line) => line.at < at));

  function toggle() {
    if (isPlaying) return pause();
    if (at >= call.seconds) seek(0);
    isPlaying = true;
    last = performance.now();
    if (stepped >= 0) begin(stepped);
    else begun(at, at, true);
    stepped = -1;
    draw();
  }

  function pause() {
    isPlaying = false;
    sound.cut();
    draw();
  }

  function pace(wanted) {
    speed = wanted;
    draw();
  }

  /** Go to a moment; what sounds there begins if the call is played. */
  function seek(moment) {
    sound.cut();
    marked.clear();
    stepped = -1;
    at = Math.min(Math.max(moment, 0), call.seconds);
    if (isPlaying) begun(at, at, true);
    draw();
  }

  /** Go to one line, and let it be heard; a call that is played goes on from there. */
  function step(place) {
    if (place < 0 || place >= call.lines.length) return;
    seek(call.lines[place].at);
    marked.clear();
    if (!isPlaying) stepped = place;
    begin(place);
    draw();
  }

  /** Lines that begin after *from* and up to *to*; with *isIn* also at the first moment. */
  function begun(from, to, isIn = false) {
    call.lines.forEach((line, place) => {
      if ((isIn ? line.at >= from : line.at > from) && line.at <= to) begin(place);
    });
  }

  function begin(place) {
    const line = call.lines[place];
    marked.set(place, performance.now() + SHOWN);
    if (line.words) sound.say(line, speed);
    else if (line.keys) sound.tones(line.keys, speed);
    else if (line.beep) sound.beep(speed);
  }

  function tick() {
    if (!root.isConnected) return pause();
    const now = performance.now();
    if (!isPlaying) return;
    const from = at;
    at = Math.min(call.seconds, at + (Math.min(now - last, LONGEST) / 1000) * speed);
    last = now;
    if (sound.until && now < sound.until.latest && at > sound.until.at) at = Math.max(from, sound.until.at);
    begun(from, at);
    for (const [place, least] of marked) {
      const line = call.lines[place];
      if (at < line.until || now < least) continue;
      marked.delete(place);
      if (line.cut) sound.cut();
    }
    if (at >= call.seconds && !marked.size) isPlaying = false;
    draw();
  }

  /** Mark the buttons at *places*; the last of those that were not marked before is brought into sight. */
  function mark(buttons, list, places) {
    let latest = null;
    buttons.forEach((each, place) => {
      const isMarked = places.includes(place);
      if (isMarked === each.hasAttribute("aria-current")) return;
      if (isMarked) {
        each.setAttribute("aria-current", "true");
        latest = each;
      } else each.removeAttribute("aria-current");
    });
    if (latest) reveal(list, latest);
  }

  function draw() {
    play.textContent = isPlaying ? "Pause" : "Play";
    speeds.forEach((each, place) => each.setAttribute("aria-pressed", String([1, 2, 4][place] === speed)));
    voice.textContent = sound.isOn ? "Sound: on" : "Sound: off";
    time.textContent = `${clock(at)} of ${clock(call.seconds)}`;
    if (document.activeElement !== slider || isPlaying) slider.value = String(at);
    slider.setAttribute("aria-valuetext", `${clock(at)} of ${clock(call.seconds)}`);
    const sounding = call.lines.flatMap((line, place) => (marked.has(place) || place === stepped || (stepped < 0 && line.at <= at && at < line.until) ? [place] : []));
    mark(lines, lists[0], sounding);
    current = sounding.length ? call.lines[sounding.at(-1)].event : call.events.findLastIndex((event) => event.at <= at);
    mark(events, lists[1], [...new Set([...sounding.map((place) => call.lines[place].event), current])]);
    allow(back, before() >= 0);
    allow(on, after() >= 0);
    drawSource();
  }

  /** Not the attribute `disabled`, which would take the focus from who steps through the lines to the last one. */
  function allow(button, isPossible) {
    button.setAttribute("aria-disabled", String(!isPossible));
  }

  function drawSource() {
    if (current === shown) return;
    shown = current;
    const { document: number = -1, start, end } = call.events[current] ?? {};
    if (number < 0) return twiml.replaceChildren("No verb is performed at this moment.");
    twiml.replaceChildren(...source({ text: call.documents[number], start, end }));
    const part = twiml.querySelector("mark");
    if (part) reveal(twiml, part);
  }

  const ticking = setInterval(tick, STEP);
  draw();
  return {
    root, play: toggle,
    end: () => {
      clearInterval(ticking);
      sound.end();
      root.remove();
    },
  };
}

/** What *card* has of us: a button that plays the call, or the player itself where it *isOpen* from the beginning. */
function replay(card, isOpen, ask) {
  const failed = make("div", { class: "tm-replay-failed" });
  const open = make("button", { type: "button", class: "tm-replay-open", "aria-expanded": "false", click: toggle }, "Play this call");
  const own = make("div", { class: "tm-replay", "data-lm-suppress-shortcuts": "true", keydown: (event) => event.stopPropagation() }, ...(isOpen ? [] : [open]), failed);
  let playing = null;

  async function toggle() {
    if (playing) return close();
    const answer = await ask();
    if (playing || !own.isConnected) return;
    failed.textContent = answer.failed ?? "";
    if (answer.failed) return;
    playing = player(answer.replay, isOpen ? null : close);
    own.append(playing.root);
    if (isOpen) return hide(true);
    open.setAttribute("aria-expanded", "true");
    if (isAt(own)) playing.root.querySelector("button").focus();
    playing.play();
  }

  function close() {
    playing.end();
    playing = null;
    open.setAttribute("aria-expanded", "false");
    open.focus();
  }

  /** Where the player stands, the list that stands for it is too much. */
  function hide(isHidden) {
    for (const each of [...card.children].slice(2)) if (each !== own) each.style.display = isHidden ? "none" : "";
  }

  if (isOpen) card.append(own), toggle();
  else card.insertBefore(own, card.querySelector(":scope > .tm-ways, :scope > details"));
  return () => {
    playing?.end();
    if (isOpen) hide(false);
    own.remove();
  };
}

export default {
  initialize: ({ model }) => addToCards(model, replay),
};
