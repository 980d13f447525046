// The bar on top of several sessions: their common name, how each goes, the filter of all, and the buttons.

import '@vscode-elements/elements/dist/vscode-button/index.js'
import { html, nothing, type TemplateResult } from 'lit'
import type { TimelineSession } from '../../shared/calls/messages.ts'
import type { Together } from '../../shared/calls/togetherApi.ts'
import type { Finding } from '../../shared/session/findings.ts'
import { stateWord } from '../../shared/session/sessionState.ts'
import { formatElapsed } from '../../shared/text/units.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'
import { peerName } from '../../shared/url/names.ts'
import { withKey } from '../elements/keyHint.ts'
import { menuButton } from '../elements/menu.ts'
import { menuContext } from '../elements/menuContext.ts'
import { toolLabel } from '../elements/toolLabel.ts'
import '../filter/filterBox.ts'
import { answerButton } from '../header/answerButton.ts'
import { openExportMenu } from '../header/exportMenu.ts'
import { findingsBadge } from '../header/findingsBadge.ts'
import { layoutButtons, zoomTools } from '../header/layoutTools.ts'
import { elapsed, stateClass } from '../header/sessionFacts.ts'
import { timelineFacts } from '../model/timelineFacts.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import type { HeaderActs } from './headerActs.ts'
import { laneInk, laneSign } from './merged/laneSign.ts'
import type { TogetherModel } from './togetherModel.ts'
import type { TogetherView } from './togetherView.ts'

export interface HeaderParts {
  readonly model: TogetherModel
  readonly told: Together | null
  readonly view: Pick<TogetherView, 'layout' | 'comparisonOpen' | 'findingsOpen' | 'pane'>
  /** Of the lanes: milliseconds of a screen. */
  readonly screenMs: number
  /** Epoch ms. */
  readonly now: number
  readonly acts: HeaderActs
}

export function togetherHeader(parts: HeaderParts): TemplateResult {
  const { model, told, view, acts } = parts
  const name = visibleLine(told?.name ?? '')
  return html`<header class="bar together-bar" data-vscode-context=${menuContext('timeline', timelineFacts(model.current))}>
    <div class="identity">
      <h1 title=${name}>${name}</h1>
      <div class="sessions" role="group" aria-label="Sessions">${model.models.map((one, i) => (isListed(parts, i) ? sessionButton(parts, one, i) : nothing))}</div>
      <span class="facts">${facts(parts)}</span>
      ${findingsBadge(foundIn(model), view.findingsOpen, acts.toggleFindings)}
    </div>
    <div class="tools" role="toolbar" aria-label="Timeline" @leave-filter=${() => acts.leaveFilter()}>
      <lifeline-filter data-vscode-context=${menuContext('plain')} .model=${model.current}></lifeline-filter>
      ${buttons(parts)}
    </div>
  </header>`
}

/** In all of them. */
function foundIn({ models }: TogetherModel): { readonly all: readonly Finding[] } {
  return { all: models.flatMap(({ findings }) => findings.all) }
}

/** The heads of the lanes name the others. */
function isListed({ model, view }: HeaderParts, index: number): boolean {
  return view.layout === 'merged' || index === model.active
}

/** A click makes its lane the active one, and on the active one opens its menu. */
function sessionButton(
  { model, view, acts }: HeaderParts,
  { session }: TimelineModel,
  index: number,
): TemplateResult | typeof nothing {
  if (session === null) return nothing
  const name = visibleLine(session.name)
  const word = stateWord(session)
  const isActive = index === model.active
  const press = ({ currentTarget }: Event) => {
    if (isActive) acts.openMenu(index, currentTarget as HTMLElement)
    else acts.activate(index)
  }
  return html`<button type="button" class="session state ${stateClass(session)}" aria-pressed=${String(isActive)}
    title="${name}: ${word}${isActive ? '. Its menu' : ''}" aria-label="${name}, ${word}" @click=${press}>
    <i class="dot" aria-hidden="true"></i><span class="name">${name}</span>${view.layout === 'merged' ? rowSign(index) : nothing}${isActive ? html`<i class="codicon codicon-chevron-down" aria-hidden="true"></i>` : nothing}
  </button>`
}

/** By which its rows are told. */
function rowSign(index: number): TemplateResult {
  return html`<i class="sign ${laneInk(index)}" aria-hidden="true">${laneSign(index)}</i>`
}

function facts({ model, told, now, acts }: HeaderParts): TemplateResult {
  const asked = told?.comparison
  const sessions = model.models.flatMap(({ session }) => session ?? [])
  const peers = new Set(sessions.map(({ url }) => peerName(url)))
  const [peer] = peers
  return html`${model.isApart || model.fromStarts === true ? shiftTool(model, acts) : nothing}
    ${peer !== undefined && peers.size === 1 ? html`<span class="peer" title="Of all of them">${visibleLine(peer)}</span>` : nothing}
    <span class="elapsed" title=${asked ? 'Of the comparison' : 'Elapsed, of the longest'}>${asked ? comparisonTime(asked, now, model.isLive) : longest(sessions, now)}</span>`
}

function longest(sessions: readonly TimelineSession[], now: number): string {
  const words = sessions.map((session) => elapsed(session, now))
  // Of one form: the latest in the order of text is the longest.
  return words.toSorted().at(-1) ?? ''
}

function comparisonTime(
  { startedAt, forMs }: NonNullable<Together['comparison']>,
  now: number,
  isLive: boolean,
): string {
  if (!isLive) return forMs === null ? '' : formatElapsed(forMs)
  const goneMs = Math.max(0, now - startedAt)
  if (forMs === null) return formatElapsed(goneMs)
  return `${formatElapsed(Math.min(goneMs, forMs))} of ${formatElapsed(forMs)}`
}

function shiftTool(model: TogetherModel, acts: HeaderActs): TemplateResult {
  const isShifted = model.isShifted
  const title = isShifted
    ? 'The sessions went on at other times: each is moved so that all begin at the same height. Shows them when they were'
    : 'The sessions went on at other times. Moves each so that all begin at the same height'
  return html`<button type="button" class="link" title=${title} @click=${() => acts.setFromStarts(!isShifted)}>
    ${isShifted ? 'aligned at their starts' : 'when they were'}</button>`
}

function buttons(parts: HeaderParts): TemplateResult {
  const { model, view, screenMs, acts } = parts
  const paused = model.isPaused
  const { current, isLive } = model
  return html`
    ${layoutTool(view.layout === 'lanes', acts)}
    ${view.layout === 'lanes' ? zoomTools(screenMs, acts.zoom) : nothing}
    ${isLive || paused ? tool(paused ? 'debug-continue' : 'debug-pause', paused ? 'Resume' : 'Pause', withKey('Stop drawing what comes, or go on; recording is not affected', 'timeline.pause'), paused, () => model.setPaused(!paused)) : nothing}
    ${isLive ? tool('arrow-down', 'Follow', withKey('Keep the newest in view', 'timeline.follow'), model.follow && !paused, () => model.setFollow(!model.follow || paused)) : nothing}
    ${answerButton({ answers: model.models.flatMap(({ answers }) => answers.answers) }, view.pane === 'answer', acts.toggleAnswer)}
    ${tool('table', 'Compare', 'What each method brings and costs', view.comparisonOpen, () => acts.toggleComparison())}
    ${tool('add', 'Add', 'Add a session or a capture to this timeline', null, () => acts.add())}
    ${menuButton({ name: 'Export', icon: 'export', title: withKey(`Copy or save the timeline of ${current.session?.name ?? ''}`, 'saveTimeline'), open: (button) => openExportMenu(button, current, current.shown.filter) })}
    ${menuButton({ name: 'More', icon: 'ellipsis', title: 'More: wire layer, clear, statistics, findings', open: (button) => acts.openMore(button) })}
    ${isLive ? html`<vscode-button class="main" title="End all sessions" @click=${() => acts.stopAll()}>Stop</vscode-button>` : nothing}`
}

function layoutTool(inLanes: boolean, acts: HeaderActs): TemplateResult {
  return layoutButtons(
    [
      {
        icon: 'split-horizontal',
        name: 'Lanes',
        title: 'A lane for each session, true to time',
        isOn: inLanes,
      },
      {
        icon: 'list-flat',
        name: 'Merged',
        title: 'One list of all, in the order of time',
        isOn: !inLanes,
      },
    ],
    () => acts.toggleLayout(),
  )
}

function tool(
  icon: string,
  name: string,
  title: string,
  pressed: boolean | null,
  run: () => unknown,
): TemplateResult {
  return html`<button type="button" class="tool" title=${title} aria-label=${name}
    aria-pressed=${pressed === null ? nothing : String(pressed)} @click=${run}>${toolLabel(icon, name)}</button>`
}
