// Asks the server that this page came from, and keeps the token that it may want.

const KEY = "twilio-magic-token";
const PRINTABLE = /^[\x21-\x7e]+$/; // what can be a token, and a header

/** An answer that refuses: *field* is what is wrong in the request, if one is. */
export class Refused extends Error {
  constructor(status, told) {
    super([told.message, told.hint].filter(Boolean).join(" "));
    this.status = status;
    this.field = told.field;
  }
}

/** The token in the fragment of the address, which is taken out of it at once: #token=… */
function takeToken() {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (token) {
    history.replaceState(null, "", location.pathname);
    sessionStorage.setItem(KEY, token);
  }
}

export function keepToken(token) {
  sessionStorage.setItem(KEY, token);
}

/** The response to a request; raises Refused, and TypeError where nobody answers. */
async function send(method, path, body) {
  const headers = { Accept: "application/json" };
  const token = sessionStorage.getItem(KEY);
  if (token && PRINTABLE.test(token)) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const answer = await fetch(`/simulator${path}`, {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!answer.ok) {
    const told = await answer.json().catch(() => ({ message: `The server answered ${answer.status}.` }));
    throw new Refused(answer.status, told);
  }
  return answer;
}

export const get = async (path) => (await send("GET", path)).json();
export const getText = async (path) => (await send("GET", path)).text();
export const post = async (path, body = {}) => (await send("POST", path, body)).json();
export const put = async (path, body) => (await send("PUT", path, body)).json();
export const remove = async (path) => (await send("DELETE", path)).json();

takeToken();
addEventListener("hashchange", takeToken);
