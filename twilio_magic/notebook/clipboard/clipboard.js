// A button that copies, at each program in the page, also in forms. Programs are plain HTML, found by an attribute.

const OUTPUT = ".jp-OutputArea-output";
const PROGRAMS = `${OUTPUT}[data-mime-type='text/html'] pre[data-copy], ${OUTPUT} textarea[data-copy]`;
const COLORS = "cursor:pointer;color:var(--jp-content-font-color1);";
const LOOK =
  `${COLORS}margin:4px;padding:1px 8px;font:inherit;font-size:85%;border-radius:4px;float:right;` +
  "background:var(--jp-layout-color1);border:1px solid var(--jp-border-color1)";
// below a field of a form, it looks like the other buttons of the form
const LOOK_IN_FORM =
  `${COLORS}display:block;margin:2px 0 0;padding:0 10px;height:var(--jp-widgets-inline-height, 28px);border:0;border-radius:0;` +
  "font-family:inherit;font-size:var(--jp-widgets-font-size, 13px);background:var(--jp-layout-color2)";

const isField = (program) => program.matches("textarea");

function button(program) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "tm-copy";
  made.style.cssText = isField(program) ? LOOK_IN_FORM : LOOK;
  made.setAttribute("aria-label", isField(program) ? "Copy to the clipboard" : `Copy the program as ${program.dataset.copy}`);
  made.dataset.lmSuppressShortcuts = "true"; // the notebook has shortcuts of its own
  made.append("Copy");
  made.addEventListener("keydown", (event) => event.stopPropagation());
  const told = document.createElement("span");
  told.setAttribute("role", "status");
  told.style.cssText = isField(program) ? "font-size:85%" : "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)";
  made.addEventListener("click", () => {
    if (isField(program)) program.select(); // also where the clipboard is closed to pages
    else getSelection().selectAllChildren(program);
    const copied = navigator.clipboard?.writeText(program.value ?? program.textContent) ?? Promise.reject();
    copied.then(
      () => (made.focus(), made.replaceChildren("Copied"), told.replaceChildren("Copied to the clipboard.")),
      () => told.replaceChildren("It is selected: press Ctrl+C to copy it."),
    );
  });
  return [made, told];
}

export default {
  initialize({ model }) {
    const buttons = new Set();
    const done = new WeakSet();
    let due = 0; // the frame before which the page is looked through

    function scan() {
      due = 0;
      for (const program of document.querySelectorAll(PROGRAMS)) {
        if (done.has(program)) continue;
        const made = button(program);
        done.add(program);
        made.forEach((each) => buttons.add(each));
        if (isField(program)) program.after(...made);
        else program.before(...made);
      }
    }

    const soon = () => {
      due ||= requestAnimationFrame(scan);
    };
    const observer = new MutationObserver((changes) => {
      if (changes.some(({ addedNodes }) => addedNodes.length)) soon();
    });
    const end = () => {
      observer.disconnect();
      cancelAnimationFrame(due);
      buttons.forEach((each) => each.remove());
      buttons.clear();
    };

    observer.observe(document.body, { subtree: true, childList: true });
    model.on("comm_live_update", end); // the kernel is gone
    soon();
    return end;
  },
};
