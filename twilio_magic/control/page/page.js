// The page as a whole: what the server says of the world, again and again, and the forms that change it.

import { showCalls, visible, write } from "./calls.js";
import { Refused, get, keepToken, post, put, remove } from "./server.js";

const PAUSE = 700; // milliseconds between two looks
const HIDDEN_PAUSE = 5000;
const MOST = 50; // calls that the server lists
const byId = (id) => document.getElementById(id);
const signIn = byId("sign-in");
let waiting; // the timer of the next look

async function look() {
  clearTimeout(waiting);
  let pause = document.hidden ? HIDDEN_PAUSE : PAUSE;
  try {
    show(await get("/state"));
    document.body.classList.remove("lost");
  } catch (error) {
    fail(error);
    pause = HIDDEN_PAUSE;
  }
  clearTimeout(waiting);
  if (!signIn.open) waiting = setTimeout(look, pause);
}

function show(state) {
  write(byId("clock"), state.date.slice(11, 19));
  byId("clock").dateTime = state.date;
  write(byId("speed"), state.speed === null ? "stands still" : `× ${+state.speed.toFixed(2)}`);
  write(byId("world"), `twilio_magic ${state.version}, on this machine only`);
  write(byId("count"), state.calls.length < MOST ? String(state.calls.length || "") : `the newest ${MOST}`);
  byId("empty").hidden = state.calls.length > 0;
  write(byId("example"), example(state.account_sid));
  document.title = title(state.calls);
  showCalls(state.calls, act, fail);
  showNumbers(state.numbers);
  showRows(byId("phones"), Object.entries(state.phones), editScript, (address) => remove(`/phones/${encodeURIComponent(address)}`));
  showRows(byId("mounts"), state.mounts.map((mount) => [mount.url, mount.answers]));
  byId("mounts-part").hidden = !state.mounts.length;
}

function title(calls) {
  const running = calls.filter((call) => !call.is_over).length;
  return running ? `(${running}) Simulated calls` : "Simulated calls";
}

function example(sid) {
  return `curl ${location.origin}/2010-04-01/Accounts/${sid}/Calls.json \\
  -u ${sid}:TOKEN \\
  --data-urlencode To=+13105555555 --data-urlencode From=+12125551234 \\
  --data-urlencode 'Twiml=<Response><Say>Hello</Say></Response>'`;
}

function showNumbers(numbers) {
  const rows = numbers.map((each) => [each.phone_number, each.voice_application_sid ?? each.voice_url ?? "nothing answers"]);
  showRows(byId("numbers"), rows, editNumber);
  const select = byId("to");
  byId("place").querySelector("button").disabled = false; // now it is known who can be called
  const wanted = numbers.map((each) => each.phone_number);
  if (String([...select.options].map((each) => each.value)) === String(wanted)) return;
  const chosen = select.value;
  select.replaceChildren(...wanted.map((each) => new Option(each, each)));
  if (wanted.includes(chosen)) select.value = chosen;
}

/** Show *rows* of a name and a text, with a button that edits each, and one that takes it away. */
function showRows(list, rows, edit, takeAway) {
  const wanted = JSON.stringify(rows);
  if (list.dataset.rows === wanted) return;
  list.dataset.rows = wanted;
  list.replaceChildren(...rows.map(([name, text]) => row(name, text, edit, takeAway)));
  if (!rows.length) list.append(element("li", "none", "Each answers after two seconds, and listens."));
}

function row(name, text, edit, takeAway) {
  const item = element("li");
  item.append(element("strong", "", name), element("span", "", text));
  if (edit) item.append(action("Edit", name, () => edit(name, text)));
  if (takeAway) item.append(action("Remove", name, () => act(() => takeAway(name))));
  return item;
}

function action(word, name, run) {
  const button = element("button", "link", word);
  button.type = "button";
  button.setAttribute("aria-label", `${word} ${visible(name)}`);
  button.addEventListener("click", run);
  return button;
}

function element(kind, className = "", text = "") {
  const made = document.createElement(kind);
  if (className) made.className = className;
  made.textContent = visible(text);
  return made;
}

function editNumber(name, text) {
  fill(byId("number"), { number: name, voice_url: text.startsWith("http") ? text : "" });
}

function editScript(name, text) {
  fill(byId("script"), { address: name, script: text });
}

function fill(form, values) {
  form.closest("details").open = true;
  for (const [name, value] of Object.entries(values)) form.elements[name].value = value;
  form.elements[1].focus();
}

/** Do what *run* does with the values of a *form*, and name what is wrong in it. */
function onSubmit(form, run) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(form));
    inOrder(async () => {
      clear(form);
      try {
        tell(await run(values));
        await look();
      } catch (error) {
        const field = error instanceof Refused && form.elements[error.field];
        if (field) complain(field, error.message);
        else fail(error);
      }
    });
  });
}

function complain(field, message) {
  const said = element("p", "wrong", message);
  said.id = `${field.id}-wrong`;
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", said.id);
  field.after(said);
  field.focus();
}

function clear(form) {
  for (const said of form.querySelectorAll(".wrong")) said.remove();
  for (const field of form.querySelectorAll("[aria-invalid]")) {
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
  }
}

function act(run) {
  return inOrder(async () => {
    try {
      await run();
      tell("");
      await look();
    } catch (error) {
      fail(error);
    }
  });
}

let acts = Promise.resolve();

/** Begin *run* when all is done that was pressed before: requests that are on their way together may overtake each other. */
function inOrder(run) {
  acts = acts.then(run);
  return acts;
}

function tell(text) {
  byId("told").className = "";
  write(byId("told"), text ?? "");
}

function fail(error) {
  if (error instanceof Refused && error.status === 401) {
    if (!signIn.open) signIn.showModal();
    return;
  }
  const isLost = !(error instanceof Refused);
  document.body.classList.toggle("lost", isLost);
  write(byId("told"), isLost ? "The server does not answer. It is asked again every few seconds." : error.message);
  byId("told").className = "bad";
}

onSubmit(byId("place"), async ({ from, to, phone }) => {
  await post("/calls", phone.trim() ? { from, to, phone } : { from, to });
});
onSubmit(byId("number"), async ({ number, voice_url }) => {
  await put(`/numbers/${encodeURIComponent(number)}`, { voice_url: voice_url.trim() || null });
});
onSubmit(byId("script"), async ({ address, script }) => {
  await put(`/phones/${encodeURIComponent(address)}`, { script });
});
signIn.addEventListener("close", () => {
  keepToken(byId("token").value);
  byId("token").value = "";
  look();
});
byId("advance").addEventListener("click", () => act(() => post("/advance", { seconds: 10 })));
byId("run").addEventListener("click", () => act(() => post("/run")));
byId("reset").addEventListener("click", (event) => {
  const button = event.currentTarget;
  const isSure = button.dataset.asked === "yes";
  button.dataset.asked = isSure ? "" : "yes";
  write(button, isSure ? "Reset" : "Forget all calls?");
  if (isSure) act(() => post("/reset"));
});
byId("reset").addEventListener("blur", (event) => {
  event.currentTarget.dataset.asked = "";
  write(event.currentTarget, "Reset");
});
document.addEventListener("visibilitychange", () => document.hidden || look());
look();
