// The timeline's state apart from its drawing: the session, the rows that are shown, the selection, what went wrong.

import type { TimelineApi, TimelineSession } from '../../shared/calls/messages.ts'
import type { Frame } from '../../shared/frame/frame.ts'
import { companionName } from '../../shared/frame/protocolName.ts'
import type { Row, Tail } from '../../shared/session/captureRows.ts'
import type { SessionStatus } from '../../shared/session/sessionState.ts'
import { toError } from '../../shared/unknown.ts'
import { createAnswerFeed } from './answerFeed.ts'
import { createBookmarkKeeper } from './bookmarkKeeper.ts'
import { type CallProblem, callOffers, type Offer, problemOf } from './callProblem.ts'
import { createConnectionsKeeper } from './connectionsKeeper.ts'
import { createFailureFinder, type Failure, type FailureFinder } from './failure.ts'
import { createFieldChoice, type FieldChoice } from './fieldChoice.ts'
import { createFindingsKeeper } from './findingsKeeper.ts'
import { createFirstAfter, type FirstAfter, type FirstAfterFinder } from './firstAfter.ts'
import { createFrameActions, type FrameActions } from './frameActions.ts'
import { createHabitKeeper, type HabitKeeper } from './habitKeeper.ts'
import { createHostWatch, type HostWatch } from './hostWatch.ts'
import { createJump, type Jump } from './jump.ts'
import { PlaceKeeper } from './placeKeeper.ts'
import { createPlots, type Plots } from './plots.ts'
import { createRestoring, type Restored } from './restoreView.ts'
import { noMarks, type RowMarks } from './rowMarks.ts'
import { foldRun } from './runRows.ts'
import { RowSelection, type RowsViewport, type Selection } from './selection.ts'
import { createSessionClock } from './sessionClock.ts'
import { ShownRows } from './shownRows.ts'
import { createTailFollower, type TailFollower } from './tailFollower.ts'

/** Calls `api` by itself for what it needs; tells every change through `onChange`, and faults as `problem`. */
export class TimelineModel {
  session: TimelineSession | null = null
  /** The decoder of what was read first of what is decoded; null while nothing was. */
  protocol: string | null = null
  /** The first load is done, what was remembered included: only now is there something to remember. */
  ready = false
  readonly api: TimelineApi
  readonly actions: FrameActions
  readonly shown: ShownRows
  readonly selection: RowSelection
  readonly jump: Jump
  readonly habits: HabitKeeper
  readonly fields: FieldChoice
  readonly place: PlaceKeeper
  readonly plots: Plots
  readonly bookmarks = createBookmarkKeeper(this)
  readonly findings = createFindingsKeeper(this)
  readonly connections = createConnectionsKeeper(this)
  readonly answers = createAnswerFeed(this)
  /** What is sought among the rows. */
  marks: RowMarks = noMarks
  readonly #firstAfter: FirstAfterFinder
  readonly failures: FailureFinder
  readonly #tail: TailFollower
  #viewport: RowsViewport | null = null
  #host: HostWatch | null = null
  #fault: CallProblem | null = null
  /** Why rows that are wanted cannot be read. */
  #unread: string | null = null
  /** Stands where the host has answered last while it does not. */
  readonly clock = createSessionClock(() => this.#host?.silentMs ?? 0)
  readonly #restoring = createRestoring(this, () => this.#viewport)
  readonly #listeners = new Set<() => void>()

  constructor(api: TimelineApi) {
    this.api = api
    const { report, redraw: changed } = this
    const viewport = () => this.#viewport
    const visible = () => viewport()?.rowsVisible() ?? 0
    this.actions = createFrameActions(api, report)
    const arrange = () => {
      this.shown.arrange(this.habits.current)
      changed()
    }
    this.habits = createHabitKeeper(api, arrange, report)
    this.failures = createFailureFinder(api, changed, report)
    this.#firstAfter = createFirstAfter({ api, onFound: changed, onProblem: report })
    this.shown = new ShownRows({
      api,
      status: () => this.status,
      visible,
      onPage: (page) => {
        this.heedRows(page.rows)
        this.selection.handlePage()
        this.place.handlePage()
        this.redraw()
      },
      beforeRenumbered: (next) => this.place.leave(next),
      onRenumbered: () => {
        this.selection.relocate()
        this.place.arrive()
      },
      onProblem: (problem) => {
        this.#unread = problem === null ? null : toError(problem).message
        this.redraw()
      },
      onChange: changed,
    })
    this.fields = createFieldChoice(this.shown, changed)
    this.plots = createPlots(changed, report)
    this.#tail = createTailFollower({ api, shown: this.shown, visible })
    this.jump = createJump({ api, shown: this.shown, viewport })
    this.place = new PlaceKeeper(this, { viewport, changed })
    this.selection = new RowSelection(this, { viewport, changed })
  }

  /** Epoch ms since when the extension host has not answered; null while it does. */
  get hostSilentSince(): number | null {
    return this.#host?.silentSince ?? null
  }

  /** First load; from now on it is noticed when the extension host is gone. */
  async start(restored: Restored): Promise<void> {
    const question = async () => this.clock.set((await this.api.hydrate()).status.now)
    this.#host ??= createHostWatch({ question, onChange: this.redraw })
    await this.hydrate(restored)
  }

  get selected(): Selection {
    return this.selection.current
  }

  /** Why the session does not go on or has ended; null where all is well. */
  get failure(): Failure | null {
    return this.session && this.failures.find(this.session)
  }

  get status(): SessionStatus | null {
    return this.session?.status ?? null
  }

  /** A sentence about what went wrong; null when nothing did, the end says it, it was dismissed or it no longer holds. */
  get problem(): string | null {
    return unlessEndSays(this.#fault?.text ?? this.#unread, this.status)
  }

  /** What can be done about it. */
  get problemOffers(): readonly Offer[] {
    return callOffers(this, this.#fault?.code ?? null)
  }

  /** The first frame of the stream after a companion request; null for other frames and while none came. */
  firstAfter(frame: Frame): FirstAfter | null {
    return this.#firstAfter.find(frame, this.status?.frames ?? 0)
  }

  /** It answers what ends it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  attach(viewport: RowsViewport): void {
    this.#viewport = viewport
  }

  /** First load, and again whenever the view becomes visible: asks the host how things stand. */
  async hydrate(before?: Restored): Promise<void> {
    if (before) this.#restoring.begin(before)
    const session = await this.api.hydrate().catch(this.report)
    if (!session) return
    this.habits.load(session.habits)
    this.bookmarks.load(session.bookmarks)
    this.session = session
    this.clock.set(session.status.now)
    this.#tail.forget()
    await this.#restoring.end(session)
    this.ready = true
    this.shown.refresh()
    this.redraw()
  }

  /** Rows were read of which the model has not read the page itself, too. */
  heedRows(rows: readonly Row[]): void {
    this.protocol ??= protocolIn(rows)
  }

  /** `tail`: rows that have come, where they are followed. */
  handleStatus(status: SessionStatus, tail: Tail | null): void {
    if (!this.session) return
    this.session = { ...this.session, status }
    this.clock.set(status.now)
    this.shown.refresh(this.#tail.pageOf(tail))
    this.redraw()
  }

  /** Keeps a sentence for the page to show. */
  readonly report = (problem: unknown): void => {
    this.#fault = problemOf(problem)
    this.redraw()
  }

  dismissProblem(): void {
    this.#fault = null
    this.#unread = null
    this.redraw()
  }

  /** Folds the run that begins at this frame into one row, or shows each of its frames. */
  setFolded(firstSeq: number, folded: boolean): void {
    if (foldRun(this, firstSeq, folded)) this.redraw()
  }

  /** Something that is drawn with the rows has changed. */
  readonly redraw = (): void => {
    if (this.ready) this.#tail.update()
    this.answers.refresh()
    for (const listener of this.#listeners) listener()
  }
}

function protocolIn(rows: readonly Row[]): string | null {
  for (const { decoded: [packet] = [] } of rows)
    if (packet && packet.protocol !== companionName) return packet.protocol
  return null
}

function unlessEndSays(problem: string | null, status: SessionStatus | null): string | null {
  return problem === status?.outcome?.message ? null : problem
}
