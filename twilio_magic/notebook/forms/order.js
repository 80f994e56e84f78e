// Answers the question of forms as soon as the kernel has taken all that was typed into them. What is held back here is known
// only here; and the order in which messages are sent says little: a kernel may take those of two controls in two threads.

const REST = 10; // milliseconds

export default {
  async initialize({ model }) {
    const manager = model.widget_manager;
    const [asked, answered] = await Promise.all(["asked", "answered"].map((name) => manager.get_model(model.get(name))));

    const all = (widget) => [widget, ...(widget.get("children") ?? []).flatMap(all)];
    const isTaken = ({ _pending_msgs, _msg_buffer }) => !(_pending_msgs > 0 || _msg_buffer);
    const areTaken = async (form) => {
      const widget = await manager.get_model(form).catch(() => undefined); // one of another kernel, which has been saved
      return widget === undefined || all(widget).every(isTaken);
    };
    const isTyping = async () => {
      const shown = [...document.querySelectorAll("[class*='tm-form-']")];
      const taken = await Promise.all(shown.map((form) => areTaken(form.className.match(/tm-form-(\w+)/)[1])));
      return taken.includes(false);
    };
    const answer = async () => {
      const number = asked.get("value");
      while (await isTyping()) await new Promise((done) => setTimeout(done, REST));
      if (number <= answered.get("value")) return;
      answered.set("value", number);
      answered.save_changes();
    };

    asked.on("change:value", answer);
    answer();
    return () => asked.off("change:value", answer);
  },
};
