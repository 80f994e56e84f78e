/** The parts of the panel: sections that fold, and the rows in them. */

import { caretDownIcon, closeIcon } from '@jupyterlab/ui-components';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import React, { useEffect, useId, useReducer, useState } from 'react';

import { Card, Softphone } from './rendered';
import type { Call, World, WorldModel } from './world';

/** As many as the kernel tells of. */
const MOST_CALLS = 50;
const USUAL = '+13105555555';
const BAD = ['failed', 'busy', 'no-answer', 'canceled'];

export function Section({
  title,
  count,
  children
}: {
  title: string;
  count?: number | string;
  children: React.ReactNode;
}): React.JSX.Element {
  const [isOpen, setOpen] = useState(true);
  const id = useId();
  return (
    <section className="tm-panel-section" aria-labelledby={`${id}title`}>
      <h3>
        <button
          type="button"
          className="tm-panel-title"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
        >
          <caretDownIcon.react tag="span" className="tm-panel-caret" />
          <span id={`${id}title`}>{title}</span>
          {count !== undefined && <span className="tm-panel-count">{count}</span>}
        </button>
      </h3>
      <div id={id} hidden={!isOpen}>
        {children}
      </div>
    </section>
  );
}

/** *rows*, or a sentence where there are none; and how many are not shown. */
function List({ rows, all, none }: { rows: React.JSX.Element[]; all: number; none: string }): React.JSX.Element {
  if (!rows.length) {
    return <p className="tm-panel-note">{none}</p>;
  }
  return (
    <>
      <ul className="tm-panel-list">{rows}</ul>
      {all > rows.length && <p className="tm-panel-note">and {all - rows.length} more</p>}
    </>
  );
}

function Row({
  name,
  more,
  text,
  children
}: {
  name: string;
  more?: string | null;
  text: string;
  children?: React.ReactNode;
}): React.JSX.Element {
  return (
    <li className="tm-panel-row">
      <div className="tm-panel-row-text">
        <div>
          {name} {more && <span className="tm-panel-faint">{more}</span>}
        </div>
        <div className="tm-panel-faint" title={text}>
          {text}
        </div>
      </div>
      {children}
    </li>
  );
}

/** The simulated moment, which goes on by itself where time passes. */
export function Clock({ model, speed }: { model: WorldModel; speed: number | null }): React.JSX.Element {
  const [, draw] = useReducer((times: number) => times + 1, 0);
  useEffect(() => {
    if (speed === null) {
      return;
    }
    const timer = window.setInterval(draw, 500);
    return () => window.clearInterval(timer);
  }, [speed]);
  const [day, time] = (model.date?.toISOString() ?? '').split(/[T.]/);
  return (
    <div className="tm-panel-clock">
      <time dateTime={`${day}T${time}Z`}>{time}</time>
      <span className="tm-panel-faint">
        {day} UTC, {speed === null ? 'time stands still' : paceOf(speed)}
      </span>
    </div>
  );
}

const paceOf = (speed: number): string => (speed === 1 ? 'in real time' : `${+speed.toFixed(2)} times as fast`);

/** Softphones, and who else can be one. */
export function Softphones({
  model,
  world,
  rendermime
}: {
  model: WorldModel;
  world: World;
  rendermime: IRenderMimeRegistry;
}): React.JSX.Element {
  const [address, setAddress] = useState(USUAL);
  const id = useId();
  const take = (event: React.FormEvent): void => {
    event.preventDefault();
    void model.take(address);
  };
  return (
    <>
      {world.softphones.map(phone => (
        <div key={phone.view['application/vnd.jupyter.widget-view+json'].model_id} className="tm-panel-phone">
          <div className="tm-panel-phone-head">
            <span>{phone.address}</span>
            <button
              type="button"
              className="tm-panel-button"
              title="Put this phone away"
              aria-label={`Put the phone ${phone.address} away`}
              onClick={() => void model.leave(phone.address)}
            >
              <closeIcon.react tag="span" />
            </button>
          </div>
          <Softphone rendermime={rendermime} view={phone.view} />
        </div>
      ))}
      <form className="tm-panel-form" onSubmit={take}>
        <label htmlFor={id}>{world.softphones.length ? 'Another phone' : 'Be at a phone'}</label>
        <input
          id={id}
          className="jp-mod-styled"
          list={`${id}known`}
          value={address}
          spellCheck={false}
          autoComplete="off"
          onChange={event => setAddress(event.target.value)}
        />
        <datalist id={`${id}known`}>
          {[USUAL, ...world.phones.map(phone => phone.address)].map(each => (
            <option key={each} value={each} />
          ))}
        </datalist>
        <button className="jp-Dialog-button jp-mod-accept jp-mod-styled" disabled={!address.trim()}>
          Open
        </button>
      </form>
    </>
  );
}

export function Calls({
  model,
  world,
  rendermime
}: {
  model: WorldModel;
  world: World;
  rendermime: IRenderMimeRegistry;
}): React.JSX.Element {
  const rows = world.calls.map(call => (
    <li key={call.sid}>
      <CallRow call={call} isOpen={model.open.has(call.sid)} toggle={() => model.toggle(call)} />
      {model.open.has(call.sid) && <OpenCall html={model.cardOf(call.sid)} rendermime={rendermime} />}
    </li>
  ));
  const all = rows.length;
  return <List rows={rows} all={all} none="Nobody has called yet: %call places a call, or a softphone does." />;
}

export const countCalls = (world: World): string | number =>
  world.calls.length < MOST_CALLS ? world.calls.length : `the newest ${MOST_CALLS}`;

function CallRow({
  call,
  isOpen,
  toggle
}: {
  call: Call;
  isOpen: boolean;
  toggle: () => void;
}): React.JSX.Element {
  const isBad = call.failures.length > 0 || BAD.includes(call.status);
  const mood = isBad ? 'bad' : call.is_over ? 'over' : 'live';
  return (
    <button type="button" className="tm-panel-call" aria-expanded={isOpen} onClick={toggle}>
      <caretDownIcon.react tag="span" className="tm-panel-caret" />
      <span className="tm-panel-who">
        <span>{call.from}</span> <span aria-label="calls">→</span> <span>{call.to}</span>
      </span>
      <span className="tm-panel-faint">{call.created?.slice(11, 19)}</span>
      <span className={`tm-panel-status tm-mod-${mood}`}>
        {isBad && <span aria-label="failed:">✗ </span>}
        {call.status}
      </span>
    </button>
  );
}

function OpenCall({ html, rendermime }: { html: string | null; rendermime: IRenderMimeRegistry }): React.JSX.Element {
  if (html === null) {
    return <p className="tm-panel-note">The card comes as soon as the kernel is idle.</p>;
  }
  return <Card rendermime={rendermime} html={html} />;
}

export function Numbers({ world }: { world: World }): React.JSX.Element {
  const rows = world.numbers.map(({ number, answers, name }) => (
    <Row key={number} name={number} more={name} text={answers ?? 'nothing answers'} />
  ));
  return <List rows={rows} all={world.counts.numbers} none="The account has no numbers." />;
}

export function Phones({ model, world }: { model: WorldModel; world: World }): React.JSX.Element {
  const taken = new Set(world.softphones.map(phone => phone.address));
  const rows = world.phones.map(({ address, name, does }) => (
    <Row key={address} name={name ?? address} more={name && address} text={does ?? 'answers, and listens'}>
      {!taken.has(address) && !address.includes('*') && (
        <button
          type="button"
          className="tm-panel-action"
          aria-label={`Be at the phone ${address}`}
          title="Be at this phone yourself"
          onClick={() => void model.take(address)}
        >
          Pick up
        </button>
      )}
    </Row>
  ));
  return (
    <List
      rows={rows}
      all={world.counts.phones}
      none="No phone has a script: each answers after two seconds, and listens."
    />
  );
}

export function Addresses({ world }: { world: World }): React.JSX.Element {
  const rows = world.mounts.map(({ url, answers }) => <Row key={url} name={url} text={answers} />);
  return <List rows={rows} all={world.counts.mounts} none="Nothing is mounted: %mount lets a document answer." />;
}

export function Faults({ world }: { world: World }): React.JSX.Element {
  const rows = world.faults.map(({ url, fault, left }) => (
    <Row key={url} name={url} text={left === null ? fault : `${fault}, ${left} more times`} />
  ));
  return <List rows={rows} all={world.counts.faults} none="Nothing goes wrong on purpose." />;
}
