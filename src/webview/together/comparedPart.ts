// The comparison under the lanes, with the bar between them, and the ways from its figures to frames.

import { html, nothing, type TemplateResult } from 'lit'
import type { Together, TogetherApi } from '../../shared/calls/togetherApi.ts'
import '../elements/splitter.ts'
import './comparison/comparisonPane.ts'
import type { MarksIn } from '../lanes/lane.ts'
import type { ComparisonPane } from './comparison/comparisonPane.ts'
import type { BehindFrame } from './comparison/figureFrames.ts'
import type { HeaderActs } from './headerActs.ts'
import type { TogetherMemory } from './togetherMemory.ts'
import type { TogetherModel } from './togetherModel.ts'

export interface ComparedPart {
  readonly model: TogetherModel
  readonly memory: TogetherMemory
  readonly told: Together | null
  readonly api: TogetherApi
  readonly acts: HeaderActs
  /** The items that were compared are marked across the lanes. */
  mark(marks: MarksIn | null): void
  redraw(): void
}

/** A comparison that was asked for is open at first. */
export function openAsked({ comparison }: Together, memory: TogetherMemory): void {
  const { startedAt = null } = comparison ?? {}
  if (startedAt === null || startedAt === memory.view.comparedAt) return
  memory.change({ comparisonOpen: true, comparedAt: startedAt })
}

/** Nothing while it is closed. */
export function comparedPart(part: ComparedPart): TemplateResult | typeof nothing {
  const { model, memory, told, api, acts } = part
  const { comparisonOpen, comparisonShare } = memory.view
  // What an item is, is told with what the page shows.
  if (!comparisonOpen || told === null) {
    part.mark(null)
    return nothing
  }
  const show = ({ detail }: CustomEvent<BehindFrame | null>) => {
    if (detail === null) return
    acts.activate(detail.lane)
    void model.models[detail.lane]?.selection.selectSeq(detail.seq)
  }
  const filter = ({ detail }: CustomEvent<{ readonly text: string }>) =>
    model.setFilter(detail.text)
  const setShare = ({ detail }: CustomEvent<number>) => {
    memory.change({ comparisonShare: detail })
    part.redraw()
  }
  // Lit takes what answers to every name for something of its own.
  const plain: ComparisonPane['api'] = {
    copy: (text) => api.copy(text),
    saveText: (name, text) => api.saveText(name, text),
  }
  return html`<lifeline-splitter class="flat" aria-label="Size of the comparison" .share=${comparisonShare} .stacked=${true} @share=${setShare}></lifeline-splitter>
    <lifeline-comparison .lanes=${model.lanes} .asked=${told.comparison} .api=${plain} .share=${comparisonShare}
      @compared=${({ detail }: CustomEvent<MarksIn>) => part.mark(detail)} @show-frame=${show} @filter-lanes=${filter} @close-comparison=${acts.toggleComparison}></lifeline-comparison>`
}
