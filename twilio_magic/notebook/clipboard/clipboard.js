// A button that copies, at each program in the page. Programs are plain HTML, found by an attribute.

const PROGRAMS = ".jp-OutputArea-output[data-mime-type='text/html'] pre[data-copy]";
const LOOK =
  "float:right;margin:4px;padding:1px 8px;font:inherit;font-size:85%;cursor:pointer;border-radius:4px;" +
  "color:var(--jp-content-font-color1);background:var(--jp-layout-color1);border:1px solid var(--jp-border-color1)";

function button(program) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "tm-copy";
  made.style.cssText = LOOK;
  made.setAttribute("aria-label", `Copy the program as ${program.dataset.copy}`);
  made.dataset.lmSuppressShortcuts = "true"; // the notebook has shortcuts of its own
  made.append("Copy");
  made.addEventListener("keydown", (event) => event.stopPropagation());
  made.addEventListener("click", () => {
    getSelection().selectAllChildren(program); // also where the clipboard is closed to pages
    navigator.clipboard?.writeText(program.textContent).then(() => made.replaceChildren("Copied"), () => {});
  });
  return made;
}

export default {
  initialize({ model }) {
    const buttons = new Set();
    let due = false;

    function scan() {
      due = false;
      for (const program of document.querySelectorAll(PROGRAMS)) {
        if (program.previousElementSibling?.matches(".tm-copy")) continue;
        const made = button(program);
        buttons.add(made);
        program.before(made);
      }
    }

    const soon = () => {
      if (!due) requestAnimationFrame(scan);
      due = true;
    };
    const observer = new MutationObserver((changes) => {
      if (changes.some(({ addedNodes }) => addedNodes.length)) soon();
    });
    const end = () => {
      observer.disconnect();
      buttons.forEach((each) => each.remove());
      buttons.clear();
    };

    observer.observe(document.body, { subtree: true, childList: true });
    model.on("comm_live_update", end); // the kernel is gone
    soon();
    return end;
  },
};
