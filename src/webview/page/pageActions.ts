// The acts of the user that come through commands and keys of VS Code: a table from name to what the page does.

import type { TimelineAction } from '../../shared/calls/messages.ts'
import { type Frame, hasPayload } from '../../shared/frame/frame.ts'
import { createSendActs, type GivenDraft } from '../composer/sendActs.ts'
import type { GoTo } from '../find/goTo.ts'
import { copyRows } from '../model/copyRows.ts'
import { filterLike } from '../model/filterLike.ts'
import type { TimelineModel } from '../model/timelineModel.ts'

/** What the parts of the page do for it; each does nothing where the part is not there. */
export interface ActingParts {
  focusFilter(): unknown
  openFind(): unknown
  findNext(direction: 'next' | 'previous'): unknown
  openGoTo(): unknown
  goTo(): GoTo
  focusSendBox(): unknown
  /** Puts what a frame carries into the form that sends it. */
  giveDraft(draft: GivenDraft): unknown
  copyFromTree(what: 'activeValue' | 'activePath' | 'activeAccess'): unknown
  plotFromTree(): unknown
  filterFromTree(): unknown
  /** Moves the detail to the other place. */
  moveDetail(): unknown
  /** Opens the detail and goes to the box with the note of its bookmark. */
  editNote(): unknown
  /** Opens the box in which shown fields are chosen. */
  openFields(): unknown
  /** Shows the active value of the tree in rows, or no more. */
  showActiveField(): unknown
  /** Opens the statistics, or closes them. */
  toggleStatistics(): unknown
  /** Opens the advice about the method. */
  showAdvice(): unknown
  /** Opens the findings, or closes them. */
  toggleFindings(): unknown
  /** Opens the list of connections, or closes it. */
  toggleConnections(): unknown
  /** Opens the answer of a model, or closes it. */
  toggleAnswer(): unknown
  /** Opens the faults of a tap, or closes them. */
  toggleFaults(): unknown
  /** Shows frames true to time, or as rows again. */
  toggleLayout(): unknown
  /** Shows the difference of the two selected rows. */
  compareRows(): unknown
}

export type PageActions = Readonly<Record<TimelineAction, () => unknown>>

export function createPageActions(model: TimelineModel, parts: ActingParts): PageActions {
  const { shown, actions, habits } = model
  const sending = createSendActs(model, parts.giveDraft)
  return {
    pause: () => shown.setPaused(shown.pausedSeq === null),
    follow: () => shown.setFollow(!shown.follow),
    wire: () => shown.setWire(!shown.filter.wire),
    clear: () => shown.clear(),
    filter: () => parts.focusFilter(),
    find: () => parts.openFind(),
    'find-next': () => parts.findNext('next'),
    'find-previous': () => parts.findNext('previous'),
    'go-to': () => parts.openGoTo(),
    'go-to-pair': () => parts.goTo().pair(),
    'next-error': () => parts.goTo().error('next'),
    'previous-error': () => parts.goTo().error('previous'),
    'next-gap': () => parts.goTo().gap('next'),
    'previous-gap': () => parts.goTo().gap('previous'),
    bookmark: () => toggleBookmark(model, parts),
    'bookmark-note': () => editNote(model, parts),
    'next-bookmark': () => parts.goTo().bookmark('next'),
    'previous-bookmark': () => parts.goTo().bookmark('previous'),
    send: () => parts.focusSendBox(),
    'open-payload': () => withPayload(model, ({ seq }) => actions.openPayload(seq)),
    copy: () => withPayload(model, (frame) => actions.copyPayload(frame)),
    'copy-diagram': () => actions.run(model.api.copyExport('ascii', shown.filter, false)),
    'copy-rows-ascii': () => copyRows(model, 'ascii'),
    'copy-rows-ndjson': () => copyRows(model, 'ndjson'),
    'copy-rows-markdown': () => copyRows(model, 'markdown'),
    'compare-rows': () => parts.compareRows(),
    'copy-value': () => parts.copyFromTree('activeValue'),
    'copy-path': () => parts.copyFromTree('activePath'),
    'copy-access': () => parts.copyFromTree('activeAccess'),
    'plot-value': () => parts.plotFromTree(),
    'filter-value': () => parts.filterFromTree(),
    'move-detail': () => parts.moveDetail(),
    'times-before': () => habits.change({ timeMode: 'before' }),
    'times-start': () => habits.change({ timeMode: 'start' }),
    'times-sent': () => habits.change({ timeMode: 'sent' }),
    'times-clock': () => habits.change({ timeMode: 'clock' }),
    'times-next': () => habits.change({ timeMode: nextTime[habits.current.timeMode] }),
    'filter-kind': () => filterLike(model, 'kind'),
    'filter-type': () => filterLike(model, 'type'),
    'filter-direction': () => filterLike(model, 'direction'),
    'filter-connection': () => filterLike(model, 'connection'),
    'filter-before': () => filterLike(model, 'before'),
    'filter-after': () => filterLike(model, 'after'),
    'fit-columns': () => habits.change({ timesPx: null, notesPx: null }),
    fields: () => parts.openFields(),
    'show-field': () => parts.showActiveField(),
    'fold-everything': () => habits.change({ fold: 'everything' }),
    'fold-repeats': () => habits.change({ fold: 'repeats' }),
    'fold-bursts': () => habits.change({ fold: 'bursts' }),
    'fold-next': () => habits.change({ fold: nextFold[habits.current.fold] }),
    strip: () => habits.change({ strip: habits.current.strip === 'shown' ? 'hidden' : 'shown' }),
    layout: () => parts.toggleLayout(),
    statistics: () => parts.toggleStatistics(),
    'which-method': () => parts.showAdvice(),
    findings: () => parts.toggleFindings(),
    connections: () => parts.toggleConnections(),
    answer: () => parts.toggleAnswer(),
    faults: () => toggleFaults(model, parts),
    'send-again': () => sending.again(),
    'edit-and-send': () => sending.edit(),
    'keep-message': () => sending.keep(),
  }
}

const nextTime = { before: 'start', start: 'sent', sent: 'clock', clock: 'before' } as const
const nextFold = { everything: 'repeats', repeats: 'bursts', bursts: 'everything' } as const

function toggleFaults({ status, report }: TimelineModel, parts: ActingParts): void {
  if (status?.method === 'tap') parts.toggleFaults()
  else report('Only a tap makes faults on purpose: tap the server first.')
}

/** A frame that gets one can have its note at once. */
async function toggleBookmark(model: TimelineModel, parts: ActingParts): Promise<void> {
  const { seq } = model.selected
  if (seq === null) return model.report('Select a frame first.')
  if (model.bookmarks.of(seq)) await model.bookmarks.change(seq, null)
  else await editNote(model, parts)
}

async function editNote(model: TimelineModel, parts: ActingParts): Promise<void> {
  const { seq } = model.selected
  if (seq === null) return model.report('Select a frame first.')
  if (!model.bookmarks.of(seq)) await model.bookmarks.change(seq, '')
  if (!model.bookmarks.of(seq)) return
  model.bookmarks.wantedBox = seq
  parts.editNote()
}

/** Says so where no frame is selected, or it has no payload. */
async function withPayload(model: TimelineModel, act: (frame: Frame) => unknown): Promise<void> {
  const { seq, row } = model.selected
  if (seq === null) return model.report('Select a frame first.')
  const frame = (row ?? (await model.actions.related(seq))?.row)?.frame
  if (frame && !hasPayload(frame)) model.report(`Frame #${seq} has no payload.`)
  else if (frame) act(frame)
}
