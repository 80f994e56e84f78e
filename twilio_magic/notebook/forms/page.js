// What a form cannot hear of plain controls: that a field is left, and Ctrl+Z. And the cursor goes into a control only where
// nobody is taken from elsewhere: the kernel may be slow, and the person may type into a cell by then.

export default {
  initialize({ model }) {
    const formOf = (target) => target.closest?.("[class*='tm-form-']")?.className.match(/tm-form-(\w+)/)?.[1];
    const isText = (target) => target.matches("textarea, input:not([type=checkbox])");
    const page = Math.random().toString(36).slice(2); // what it sends is counted, for the kernel may take it in several threads
    let sent = 0;
    const tell = (form, type) => model.send({ form, type, page, number: ++sent });
    let before = ""; // what stood in the text that has the focus, when it got it
    let last = {}; // what got the focus last, and its form

    // The kernel draws a form anew, and what had the focus is gone: until something else has it, keys are still the form's.
    const isLost = (focused) => !focused.getClientRects().length || focused.matches(":disabled");
    const heardBy = (target) => formOf(target) ?? (target === document.body && last.form && isLost(last.target) ? last.form : undefined);

    const enter = ({ target }) => {
      before = target.value;
      last = { target, form: formOf(target) };
    };
    const turn = ({ target }) => {
      if (!formOf(target)) last = {};
    };
    const leave = ({ target }) => {
      const form = formOf(target);
      if (form && target.closest(".tm-field")) tell(form, "leave");
    };
    const press = (event) => {
      const { target, key, ctrlKey, metaKey, shiftKey, altKey } = event;
      const form = heardBy(target);
      const act = { z: shiftKey ? "redo" : "undo", y: "redo" }[key.toLowerCase()];
      if (!form || !act || altKey || !(ctrlKey || metaKey)) return;
      if (isText(target) && target.value !== before) return; // the browser takes back what was typed
      event.preventDefault();
      event.stopPropagation();
      tell(form, act);
    };
    const focus = async (id) => {
      const { views } = await model.widget_manager.get_model(id);
      for (const view of await Promise.all(Object.values(views))) {
        const focused = document.activeElement;
        if (focused.contains(view.el) || formOf(focused) === formOf(view.el)) view.handle_message({ do: "focus" });
      }
    };
    const listeners = { focusin: enter, focusout: leave, pointerdown: turn, keydown: press };
    const end = () => Object.entries(listeners).forEach(([name, each]) => document.removeEventListener(name, each, true));

    Object.entries(listeners).forEach(([name, each]) => document.addEventListener(name, each, true));
    model.on("msg:custom", ({ type, model: id }) => type === "focus" && focus(id));
    model.on("comm_live_update", end); // the kernel is gone
    return end;
  },
};
