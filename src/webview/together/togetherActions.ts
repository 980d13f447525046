// The acts of the user that come through commands and keys of VS Code, on several sessions.

import type { TimelineAction } from '../../shared/calls/messages.ts'
import type { GoToBox } from '../find/goToBox.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import { createPageActions, type PageActions } from '../page/pageActions.ts'
import type { CopyFormat } from './merged/mergedText.ts'
import type { TogetherModel } from './togetherModel.ts'

/** What the parts of the page do for it; each does nothing where the part is not there. */
export interface TogetherParts {
  focusFilter(): unknown
  goTo(model: TimelineModel): GoToBox
  copyFromTree(what: 'activeValue' | 'activePath' | 'activeAccess'): unknown
  filterFromTree(): unknown
  plotFromTree(): unknown
  moveDetail(): unknown
  editNote(): unknown
  toggleStatistics(): unknown
  showAdvice(): unknown
  toggleFindings(): unknown
  toggleAnswer(): unknown
  toggleLayout(): unknown
  /** Several rows of the merged list are selected. */
  hasMany(): boolean
  /** Where several rows of the merged list are selected; answers whether they are. */
  copyMany(format: CopyFormat): boolean
}

/** Those that act on the rows of one session. */
const ofRows: readonly TimelineAction[] = [
  'find',
  'find-next',
  'find-previous',
  'strip',
  'fields',
  'show-field',
  'fold-everything',
  'fold-repeats',
  'fold-bursts',
  'fold-next',
  'fit-columns',
  'send',
  'edit-and-send',
  'compare-rows',
  'connections',
  'faults',
]

/** What belongs to all acts on all, anything else on the session of the active lane. */
export function createTogetherActions(model: TogetherModel, parts: TogetherParts): PageActions {
  const each = new Map(model.models.map((one) => [one, actionsOf(one, parts)]))
  const onActive = (name: TimelineAction) => () => each.get(model.current)?.[name]()
  const [some] = each.values()
  const names = Object.keys(some ?? {}) as TimelineAction[]
  const all = Object.fromEntries(names.map((name) => [name, onActive(name)])) as PageActions
  const refused = Object.fromEntries(ofRows.map((name) => [name, () => refuse(model.current)]))
  return {
    ...all,
    ...refused,
    pause: () => model.setPaused(!model.isPaused),
    follow: () => model.setFollow(!model.follow),
    wire: () => model.setWire(!model.wire),
    clear: () => model.clear(),
    filter: () => parts.focusFilter(),
    layout: () => parts.toggleLayout(),
    'copy-rows-ascii': () =>
      parts.hasMany() ? refuseDiagram(model.current) : onActive('copy-rows-ascii')(),
    'copy-rows-markdown': () => parts.copyMany('markdown') || onActive('copy-rows-markdown')(),
    'copy-rows-ndjson': () => parts.copyMany('ndjson') || onActive('copy-rows-ndjson')(),
  }
}

function actionsOf(model: TimelineModel, parts: TogetherParts): PageActions {
  const nothing = () => undefined
  return createPageActions(model, {
    ...parts,
    goTo: () => parts.goTo(model).goTo,
    openGoTo: () => parts.goTo(model).open(),
    openFind: nothing,
    findNext: nothing,
    focusSendBox: nothing,
    giveDraft: nothing,
    openFields: nothing,
    showActiveField: nothing,
    compareRows: nothing,
    toggleConnections: nothing,
    toggleFaults: nothing,
  })
}

function refuse(model: TimelineModel): void {
  model.report(
    'That acts on rows. Show the session alone for it: its name in the header has a menu.',
  )
}

function refuseDiagram(model: TimelineModel): void {
  model.report(
    'Rows of several sessions are copied as Markdown or NDJSON: a diagram has one server.',
  )
}
