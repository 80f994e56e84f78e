/** What the renderers of JupyterLab make of the kernel's output, in the panel. */

import { MimeModel } from '@jupyterlab/rendermime';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { Widget } from '@lumino/widgets';
import type { ReadonlyPartialJSONValue } from '@lumino/coreutils';
import React, { useLayoutEffect, useRef } from 'react';

const WIDGET = 'application/vnd.jupyter.widget-view+json';

interface Props {
  rendermime: IRenderMimeRegistry;
  mime: string;
  data: ReadonlyPartialJSONValue;
  label: string;
}

/** Nothing is trusted: HTML goes through the sanitizer, as in a notebook that somebody else wrote. */
function Rendered({ rendermime, mime, data, label }: Props): React.JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  const key = JSON.stringify(data);
  useLayoutEffect(() => {
    if (host.current === null) {
      return;
    }
    const renderer = rendermime.createRenderer(mime);
    Widget.attach(renderer, host.current);
    void renderer.renderModel(new MimeModel({ data: { [mime]: data }, trusted: false }));
    return () => renderer.dispose(); // before its host leaves the page
  }, [rendermime, mime, key]);
  return <div className="tm-panel-rendered" ref={host} role="group" aria-label={label} tabIndex={0} />;
}

/** The card of a call: HTML of the kernel's views, which escape what comes from a call. */
export function Card({ rendermime, html }: { rendermime: IRenderMimeRegistry; html: string }): React.JSX.Element {
  return <Rendered rendermime={rendermime} mime="text/html" data={html} label="Card of the call" />;
}

/** A softphone: a widget of the notebook in front, which its own manager of widgets shows. */
export function Softphone({
  rendermime,
  view
}: {
  rendermime: IRenderMimeRegistry;
  view: Record<string, { model_id: string }>;
}): React.JSX.Element {
  if (!rendermime.mimeTypes.includes(WIDGET)) {
    return <p className="tm-panel-note">This server shows no widgets: jupyterlab_widgets is missing.</p>;
  }
  return <Rendered rendermime={rendermime} mime={WIDGET} data={view[WIDGET]} label="Phone" />;
}
