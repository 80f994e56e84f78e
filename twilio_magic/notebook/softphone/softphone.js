// A phone of the simulator. It shows what the kernel tells, makes it heard, and sends back what a person does.
// Whatever comes from a call becomes text nodes; nothing is requested from anywhere unless the person clicks on it.

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];
const LETTERS = { 2: "ABC", 3: "DEF", 4: "GHI", 5: "JKL", 6: "MNO", 7: "PQRS", 8: "TUV", 9: "WXYZ", 0: "+" };
const SPOKEN = { "*": "star", "#": "pound" };
const ROWS = [697, 770, 852, 941];
const COLUMNS = [1209, 1336, 1477];
const SILENT = {
  free: "Nothing yet. Let somebody call this phone, or call a number.",
  gone: "Nothing was heard or said.",
  ringing: "Nothing yet: the phone rings.",
  calling: "Nothing yet: nobody has answered.",
  talking: "Answered. Nothing was heard or said so far.",
};
const BEGINS = ["ringing", "calling", "talking"];
const SURPRISE = 1000; // milliseconds until a person has seen that the other end hung up
const DIALED = "No TwiML runs on this leg: it was dialed, and hears the other party. What is heard stands below.";
const LIFTED =
  "M6.6 10.8a15 15 0 0 0 6.6 6.6l2.2-2.2a1 1 0 0 1 1-.25 11 11 0 0 0 3.6.6 1 1 0 0 1 1 1V20a1 1 0 0 1-1 1A17 17 0 0 1 3 4a1 1 0 0 1 1-1h3.5a1 1 0 0 1 1 1c0 1.25.2 2.5.6 3.6a1 1 0 0 1-.25 1z";

function icon() {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  for (const [name, value] of Object.entries({ viewBox: "0 0 24 24", "aria-hidden": "true" })) svg.setAttribute(name, value);
  path.setAttribute("d", LIFTED);
  svg.append(path);
  return svg;
}

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

/** What the phone sounds like. Browsers keep it silent until the person has clicked or typed somewhere. */
function speaker() {
  let context, ringing, audio;
  const self = { isOn: true };

  function tone(frequencies, seconds, volume = 0.08) {
    if (!self.isOn || !window.AudioContext) return;
    context ??= new AudioContext();
    context.resume();
    const gain = new GainNode(context, { gain: volume });
    gain.connect(context.destination);
    for (const frequency of frequencies) {
      const oscillator = new OscillatorNode(context, { frequency });
      oscillator.connect(gain);
      oscillator.start();
      oscillator.stop(context.currentTime + seconds);
    }
  }

  self.key = (key) => {
    const place = KEYS.indexOf(key);
    if (place >= 0) tone([ROWS[Math.floor(place / 3)], COLUMNS[place % 3]], 0.16);
  };
  self.beep = () => tone([1000], 0.4);
  self.ring = (frequencies) => {
    clearInterval(ringing);
    if (!frequencies) return;
    const once = () => navigator.userActivation?.hasBeenActive && tone(frequencies, 1.2, 0.05);
    ringing = setInterval(once, 3000);
    once();
  };
  self.say = (text, language) => {
    if (!self.isOn || !window.speechSynthesis || !window.SpeechSynthesisUtterance) return;
    const utterance = new SpeechSynthesisUtterance(text);
    const voices = speechSynthesis.getVoices(); // may be empty: the browser then takes its own, or none
    const wanted = (language || "en-US").toLowerCase();
    utterance.lang = language || "en-US";
    utterance.voice =
      voices.find((voice) => voice.lang.toLowerCase().replace("_", "-") === wanted) ??
      voices.find((voice) => voice.lang.toLowerCase().startsWith(wanted.slice(0, 2))) ??
      null;
    utterance.onerror = () => {}; // what is said stands in the transcript in any case
    speechSynthesis.speak(utterance);
  };
  self.play = (source) => {
    if (!self.isOn) return;
    audio = new Audio(source);
    audio.play().catch(() => {});
  };
  self.cut = () => {
    window.speechSynthesis?.cancel();
    audio?.pause();
  };
  self.stop = () => {
    self.ring(null);
    self.cut();
    context?.close();
  };
  return self;
}

export function render({ model, el, shared }) {
  const sound = speaker();
  const page = Math.random().toString(36).slice(2); // what it sends is counted, for the kernel may take it in several threads
  let sent = 0;
  const send = (type, value) => model.send({ type, value, page, number: ++sent });
  const address = model.get("address");
  let screen = model.get("screen");
  let since = performance.now();
  let shown = [];
  let ahead = null; // the state that a press leads to, until the kernel tells of it
  let muted = null; // whether the microphone is to be off, until the kernel tells of it
  let isCalled = true; // the number was called or offered, and not typed: the next key begins another one
  let blind = 0; // until when a key is still meant for the call that has just ended
  let isDead = false; // its kernel is gone, or something else is at its address

  // The handset
  const status = make("output", { class: "status", "aria-live": "polite" });
  const party = make("div", { class: "party" });
  const timer = make("div", { class: "timer", role: "timer", "aria-label": "Length of the call" });
  const keys = make("output", { class: "keys", "aria-live": "polite", "aria-label": "Keys pressed" });
  const choices = make("datalist", { id: `tm-${Math.random().toString(36).slice(2)}` });
  const number = make("input", {
    type: "tel", class: "number", list: choices.id, placeholder: "Number to call", "aria-label": "Number to call", autocomplete: "off",
  });
  const dial = make("form", { class: "dial", submit: (event) => (event.preventDefault(), call()) }, number, choices);
  const button = (name, label, act, ...inside) =>
    make("button", { type: "button", class: name, "aria-label": label, click: act }, ...inside);
  const call = () => ((isCalled = true), send("dial", number.value));
  const answer = button("green answer", "Answer the call", () => lead("answer", "talking"), icon(), "Answer");
  const decline = button("red decline", "Decline the call", () => lead("decline", "free"), icon(), "Decline");
  const place = button("green place", "Call the number", call, icon(), "Call");
  const hangUp = button("red hang-up", "Hang up", () => (sound.cut(), lead("hang up", "free")), icon(), "Hang up");
  const mute = button("toggle mute", "Mute the microphone", turnMicrophone);
  const quiet = button("toggle quiet", "Sound", () => {
    sound.isOn = !sound.isOn;
    if (!sound.isOn) sound.cut(), sound.ring(null);
    drawToggles();
  });
  const pad = make("div", { class: "pad", role: "group", "aria-label": "Keypad: arrow keys move, 0 to 9, star and pound press" });
  for (const key of KEYS) {
    const label = [SPOKEN[key] ?? key, ...(LETTERS[key] ?? "")].join(" ");
    const letters = make("small", { "aria-hidden": "true" }, LETTERS[key] ?? "\u00a0");
    pad.append(button("key", label, () => press(key), make("b", {}, key), letters));
  }
  const padKeys = [...pad.children];
  let current = 0;

  // What goes on beside it
  const verb = make("span", { class: "verb" });
  const code = make("pre", { class: "source", tabindex: "0", "aria-label": "TwiML of the call" });
  const log = make("div", { class: "log", role: "log", "aria-label": "What is heard and said", tabindex: "0" });
  const words = make("input", { type: "text", class: "words", placeholder: "Say something", "aria-label": "Say something", autocomplete: "off" });
  const speak = button("say", "Say it", () => say(), "Say");
  const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
  const dictate = button("dictate", "Dictate with the microphone; the browser may ask its maker to recognize the words", listen, "Dictate");
  const talk = make("form", { class: "talk", submit: (event) => (event.preventDefault(), say()) }, words, speak, ...(Recognition ? [dictate] : []));
  const save = button("save", "Save as script and as test what you did", () => send("save"), "Save as test");
  const saved = make("div", { class: "saved", hidden: "" });
  const card = make("div", { class: "card", role: "group", "aria-label": "Card of the call", tabindex: "-1", hidden: "" });
  const toCard = button("to-card", "Card of the call", () => (card.hidden ? send("card") : drawCard({ value: "" })), "Card of the call");

  const root = make(
    "section",
    { class: "tm-phone", "aria-label": `Softphone ${address}`, "data-lm-suppress-shortcuts": "true", keydown: type },
    make("div", { class: "stage" },
      make("div", { class: "handset" },
        make("div", { class: "ear", "aria-hidden": "true" }),
        make("div", { class: "display" }, make("div", { class: "own" }, address), status, party, timer, dial, keys),
        pad,
        make("div", { class: "acts" }, decline, answer, place, hangUp),
        make("div", { class: "toggles" }, mute, quiet)),
      make("div", { class: "beside" },
        make("h4", {}, "TwiML ", verb), code,
        make("h4", {}, "Heard and said"), log, talk, make("div", { class: "keep" }, save, toCard)),
      saved,
      card));
  root.dataset.phone = address;
  el.append(root);

  // The same phone may be shown twice; one of them is heard.
  const isHeard = () => [...document.querySelectorAll(".tm-phone")].find((each) => each.dataset.phone === address) === root;

  function press(key) {
    current = KEYS.indexOf(key);
    rove();
    if (pad.contains(document.activeElement)) padKeys[current].focus({ preventScroll: true });
    const state = ahead ?? screen.state;
    if (state === "free") dialKey(key);
    else if (state === "talking") send("press", key);
    sound.key(key);
    padKeys[current].classList.add("down");
    setTimeout(() => padKeys[KEYS.indexOf(key)].classList.remove("down"), 150);
  }

  function dialKey(key) {
    if (performance.now() < blind) return;
    number.value = isCalled ? key : number.value + key;
    isCalled = false;
  }

  /** Act, and take what is pressed next as it will be meant then: the kernel may be slow to tell. */
  function lead(act, state) {
    ahead = state;
    if (state === "free") isCalled = true;
    send(act);
  }

  const isMuted = () => muted ?? screen.muted;

  function turnMicrophone() {
    muted = !isMuted();
    drawToggles();
    send("mute", muted);
  }

  function rove() {
    padKeys.forEach((each, place) => (each.tabIndex = place === current ? 0 : -1));
  }

  function type(event) {
    event.stopPropagation(); // the notebook has shortcuts of its own
    if (event.target.matches("input") || event.ctrlKey || event.metaKey || event.altKey || isDead) return;
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -3, ArrowDown: 3 }[event.key];
    if (KEYS.includes(event.key)) {
      event.preventDefault();
      press(event.key);
    } else if (step && pad.contains(event.target) && KEYS[current + step]) {
      event.preventDefault();
      current += step;
      rove();
      padKeys[current].focus({ preventScroll: true });
    }
  }

  function say(text = words.value, confidence = 0.9) {
    if (text.trim()) send("say", { text, confidence });
    words.value = "";
  }

  function listen() {
    const recognition = new Recognition();
    recognition.lang = model.get("document").language || navigator.language;
    recognition.onresult = ({ results }) => say(results[0][0].transcript, results[0][0].confidence);
    recognition.onstart = () => dictate.replaceChildren("Listening…");
    recognition.onend = recognition.onerror = () => dictate.replaceChildren("Dictate");
    recognition.start();
  }

  function drawToggles() {
    mute.replaceChildren(isMuted() ? "Muted" : "Mute");
    mute.setAttribute("aria-pressed", String(isMuted()));
    quiet.replaceChildren(sound.isOn ? "Sound: on" : "Sound: off");
    quiet.title = sound.isOn ? "The phone is heard. Press to silence it." : "The phone is silent. Press to hear it.";
    quiet.setAttribute("aria-pressed", String(sound.isOn));
  }

  function drawScreen() {
    const hadFocus = root.contains(document.activeElement) && document.activeElement;
    const { state: before, call: callBefore } = screen;
    screen = model.get("screen");
    // A world that was begun anew gives its sids again, so the state tells of a call that begins, too.
    if (screen.call !== callBefore || (before === "free" && BEGINS.includes(screen.state))) saved.hidden = true;
    if (screen.muted === muted) muted = null;
    if (screen.state === "free" && before !== "free" && ahead !== "free") {
      isCalled = true;
      blind = performance.now() + SURPRISE;
    }
    if (screen.state !== before) {
      ahead = muted = null;
      drawLog();
    }
    since = performance.now();
    const isCut = shared.comm_live === false; // a page that does not tell, such as of marimo, has a kernel
    isDead = isCut || screen.state === "gone";
    root.dataset.state = isDead ? "dead" : screen.state;
    const text = !isCut ? screen.status : "Not connected: the kernel is gone. Run the cell again for a phone that works.";
    const told = plain(text).replace(/(\d) s$/, "$1\u00a0s"); // a number stays beside its unit
    if (status.textContent !== told) status.textContent = told;
    party.textContent = plain(screen.party);
    keys.textContent = screen.keys;
    choices.replaceChildren(...screen.numbers.map((value) => make("option", { value })));
    if (!number.value && screen.numbers.length === 1) number.value = screen.numbers[0];
    mute.disabled = speak.disabled = words.disabled = dictate.disabled = isDead || screen.state !== "talking";
    for (const each of [...padKeys, answer, decline, place, hangUp, number]) each.disabled = isDead;
    for (const each of [save, toCard]) {
      each.disabled = isDead || !screen.call;
      each.title = screen.call ? "" : "There was no call yet.";
    }
    if (!card.hidden && before !== "free" && screen.state === "free") send("card"); // the call as it ended
    drawToggles();
    if (!model.get("document").text) drawDocument();
    tick();
    if (isDead) sound.cut();
    if (isHeard() && !isDead) sound.ring({ ringing: [440, 554], calling: [440, 480] }[screen.state]);
    else sound.ring(null);
    if (hadFocus && hadFocus.checkVisibility?.() === false && !isDead) padKeys[current].focus({ preventScroll: true });
  }

  function tick() {
    const passed = isDead ? 0 : ((performance.now() - since) / 1000) * screen.pace;
    timer.textContent = screen.seconds === null || screen.state === "free" ? "" : clock(screen.seconds + passed);
  }

  function drawLog() {
    const told = model.get("transcript");
    const lines = told.length ? told : [{ text: SILENT[screen.state], kind: "note" }];
    const texts = lines.map((line) => JSON.stringify(line));
    let same = 0; // what is there already stays, so that a screen reader reads what is new and no more
    while (same < shown.length && shown[same] === texts[same]) same += 1;
    [...log.children].slice(same).forEach((line) => line.remove());
    log.append(...lines.slice(same).map(drawLine));
    log.scrollTop = log.scrollHeight;
    shown = texts;
  }

  function drawLine({ who, text, kind, url }) {
    const said = make("span", { class: "text" }, text);
    if (url) said.append(" ", button("play", "Play it: this asks another computer for the sound", () => sound.play(url), `Play from ${new URL(url).host}`));
    return make("p", { class: kind }, ...(who ? [make("b", {}, who), " "] : []), said);
  }

  function drawDocument() {
    const document = model.get("document");
    const none = screen.state === "talking" ? DIALED : "The TwiML of a call stands here while it runs.";
    code.replaceChildren(...(document.text ? source(document) : [none]));
    verb.textContent = document.verb ? `now: <${document.verb}>` : "";
    const mark = code.querySelector("mark");
    if (mark) code.scrollTop = mark.offsetTop - code.clientHeight / 3;
  }

  function drawSaved({ script, dialog, test }) {
    const copied = (title, text, kept) => {
      const shown = make("pre", { tabindex: "0", "aria-label": title }, text);
      const copy = button("copy", `Copy the ${title}`, () => {
        getSelection().selectAllChildren(shown); // also where the clipboard is closed to pages
        navigator.clipboard?.writeText(text).then(() => copy.replaceChildren("Copied"), () => {});
      }, "Copy");
      const insert = button("copy", `Copy the ${title} to a cell`, () => send("insert", kept), "To a cell");
      const inserted = make("p", { class: "inserted", role: "status", "data-kept": kept });
      return make("div", {}, make("h4", {}, title[0].toUpperCase() + title.slice(1), " ", copy, " ", insert), inserted, shown);
    };
    saved.hidden = false;
    saved.replaceChildren(...(script ? [copied("phone script", script, "script"), copied("dialog", dialog, "dialog"), copied("test", test, "test")] : ["There was no call yet."]));
  }

  /** The card is HTML of our own views, which escape what comes from a call. */
  function drawCard({ value, asked }) {
    const wasHidden = card.hidden;
    card.hidden = !value && !asked;
    toCard.setAttribute("aria-expanded", String(!card.hidden));
    if (value) card.innerHTML = value;
    else card.replaceChildren("There was no call yet.");
    if (wasHidden && !card.hidden && isAt(toCard)) card.focus({ preventScroll: true }), card.scrollIntoView({ block: "nearest" });
  }

  function tellInserted(told, kept) {
    for (const each of saved.querySelectorAll(".inserted")) each.textContent = each.dataset.kept === kept ? told : "";
  }

  function hear({ type, value, kept }) {
    if (type === "saved") return drawSaved(value);
    if (type === "inserted") return tellInserted(value, kept);
    if (type === "card") return drawCard({ value, asked: true });
    if (!isHeard()) return;
    if (type === "say") sound.say(value.text, value.language);
    else if (type === "play") sound.play(value);
    else if (type === "beep") sound.beep();
    else if (type === "keys") [...value].forEach((key, place) => setTimeout(() => sound.key(key), place * 250));
    else if (type === "cut") sound.cut();
  }

  const ticking = setInterval(tick, 500);
  model.on("change:screen", drawScreen);
  model.on("change:transcript", drawLog);
  model.on("change:document", drawDocument);
  model.on("msg:custom", hear);
  shared.on("comm_live_update", drawScreen);
  rove();
  toCard.setAttribute("aria-expanded", "false");
  drawScreen();
  drawLog();
  drawDocument();
  let isEntered = false; // by this click, which puts the cursor somewhere: it may have a number that one wants to replace
  number.addEventListener("input", () => (isCalled = false));
  number.addEventListener("focus", () => ((isEntered = true), number.select(), send("look")));
  number.addEventListener("click", () => {
    if (isEntered && number.selectionStart === number.selectionEnd) number.select();
    isEntered = false;
  });
  return () => {
    clearInterval(ticking);
    shared.off("comm_live_update", drawScreen);
    sound.stop();
  };
}
