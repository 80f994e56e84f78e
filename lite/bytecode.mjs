// Compiles Python source with Pyodide's own Python: bytecode that is believed without a look at the source's date.
const [pyodide, place, where, ...folders] = process.argv.slice(2);
const { loadPyodide } = await import(pyodide);
const python = await loadPyodide();
python.globals.set("place", place);
python.globals.set("beside", where === "beside");
for (const root of folders) {
  python.FS.mkdirTree("/source");
  python.FS.mount(python.FS.filesystems.NODEFS, { root }, "/source");
  // a template with a mistake on purpose, in a test or a sample, is left as it is
  python.runPython(`
import compileall, py_compile, warnings
warnings.simplefilter("ignore")
compileall.compile_dir(
    "/source", quiet=2, force=True, legacy=beside, stripdir="/source", prependdir=place,
    invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
)`);
  python.FS.unmount("/source");
}
process.exit(0);
