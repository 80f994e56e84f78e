/** The panel "Twilio" in the side bar: the simulated world of the notebook in front. */

import { LabIcon, ReactWidget, SidePanel, UseSignal, refreshIcon } from '@jupyterlab/ui-components';
import { Panel as LuminoPanel, Widget } from '@lumino/widgets';
import React from 'react';

import { icon } from './icon';
import { runBelow } from './notebooks';
import { Addresses, Calls, Clock, Faults, Numbers, Phones, Section, Softphones, countCalls } from './parts';
import type { Situation, WorldModel } from './world';

const LOAD = '%load_ext twilio_magic';
/** What there is to say where there is no world to show. */
const SAID: Record<Exclude<Situation, 'known'>, { title: string; text: string }> = {
  'no notebook': {
    title: 'No notebook is in front',
    text: 'The panel shows the simulated world of the notebook that you look at: its calls, numbers and phones.'
  },
  starting: { title: 'The kernel starts', text: 'The panel shows its world in a moment.' },
  'no kernel': {
    title: 'This notebook has no kernel',
    text: 'Choose one, and its simulated world is shown here.'
  },
  'not Python': {
    title: 'This kernel does not speak Python',
    text: 'Twilio’s magics are there in kernels of Python.'
  },
  'not loaded': {
    title: 'The magics are not loaded yet',
    text: 'The panel shows the simulated world of this notebook once twilio_magic is loaded in its kernel.'
  },
  waiting: {
    title: 'A cell is running',
    text: 'The kernel is asked when it is idle: nothing waits behind your cell.'
  }
};

export class TwilioPanel extends SidePanel {
  constructor(private model: WorldModel) {
    super({ content: new LuminoPanel() });
    this.id = 'twilio-magic-panel';
    this.addClass('tm-panel');
    this.title.icon = icon as LabIcon;
    this.title.caption = 'Twilio: the simulated world of the notebook';
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', 'Twilio');
    this.header.addWidget(new Heading(model));
    this.header.addWidget(new Widget({ node: refreshButton(model) }));
    this.content.addWidget(new Contents(model));
  }

  protected onAfterAttach(): void {
    this.model.show(this.isVisible);
  }

  protected onAfterShow(): void {
    this.model.show(true);
  }

  protected onAfterHide(): void {
    this.model.show(false);
  }
}

function refreshButton(model: WorldModel): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'tm-panel-button';
  button.title = 'Look again';
  button.setAttribute('aria-label', 'Look again');
  button.append(refreshIcon.element({ tag: 'span' }));
  button.addEventListener('click', () => void model.refresh());
  return button;
}

class Heading extends Widget {
  constructor(private model: WorldModel) {
    super({ node: document.createElement('h2') });
    model.changed.connect(this.draw, this);
    this.draw();
  }

  private draw(): void {
    const name = this.model.panel?.title.label;
    this.node.textContent = name === undefined ? 'Twilio' : `Twilio: ${name}`;
  }
}

class Contents extends ReactWidget {
  constructor(private model: WorldModel) {
    super();
    this.addClass('tm-panel-contents');
  }

  render(): React.JSX.Element {
    return <UseSignal signal={this.model.changed}>{() => <Contained model={this.model} />}</UseSignal>;
  }
}

function Contained({ model }: { model: WorldModel }): React.JSX.Element {
  const { situation, world, panel } = model;
  if (situation !== 'known' || world === null || panel === null) {
    return <Nothing model={model} situation={situation === 'known' ? 'waiting' : situation} />;
  }
  const { rendermime } = panel.content;
  return (
    <>
      <div className="tm-panel-head">
        <Clock model={model} speed={world.speed} />
        <div className={world.is_live ? 'tm-panel-live' : 'tm-panel-faint'}>{world.where}</div>
        <div className="tm-panel-busy" role="status">
          {model.isBusy && 'A cell is running. This is how it was before.'}
        </div>
      </div>
      <Section title="Softphone">
        <Softphones model={model} world={world} rendermime={rendermime} />
      </Section>
      <Section title="Calls" count={countCalls(world)}>
        <Calls model={model} world={world} rendermime={rendermime} />
      </Section>
      <Section title="Numbers" count={world.counts.numbers}>
        <Numbers world={world} />
      </Section>
      <Section title="Phones" count={world.counts.phones}>
        <Phones model={model} world={world} />
      </Section>
      <Section title="Web addresses" count={world.counts.mounts}>
        <Addresses world={world} />
      </Section>
      <Section title="Faults" count={world.counts.faults}>
        <Faults world={world} />
      </Section>
    </>
  );
}

function Nothing({
  model,
  situation
}: {
  model: WorldModel;
  situation: Exclude<Situation, 'known'>;
}): React.JSX.Element {
  const { title, text } = SAID[situation];
  return (
    <div className="tm-panel-empty" role="status">
      <icon.react tag="span" className="tm-panel-picture" />
      <h3>{title}</h3>
      <p>{text}</p>
      {situation === 'not loaded' && (
        <button
          type="button"
          className="jp-Dialog-button jp-mod-accept jp-mod-styled"
          onClick={() => model.panel && void runBelow(model.panel, LOAD)}
        >
          Run {LOAD}
        </button>
      )}
    </div>
  );
}
