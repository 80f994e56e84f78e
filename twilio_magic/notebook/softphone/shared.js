// All phones of a notebook share one module and one style sheet, so that a notebook saves them once.
const load = async (model) => {
  const id = model.get("_shared").replace("IPY_MODEL_", "");
  const shared = await model.widget_manager.get_model(id);
  const url = URL.createObjectURL(new Blob([shared.get("module")], { type: "text/javascript" }));
  try {
    return { shared, render: (await import(url)).render };
  } finally {
    URL.revokeObjectURL(url);
  }
};

export default {
  async render({ model, el }) {
    const { shared, render } = await load(model);
    el.append(Object.assign(document.createElement("style"), { textContent: shared.get("style") }));
    return render({ model, el, shared });
  },
};
