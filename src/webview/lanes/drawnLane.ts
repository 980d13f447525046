// A lane as it is drawn, and the pen that draws it.

import type { Outage } from '../../shared/session/overview.ts'
import type { FindingsKeeper } from '../model/findingsKeeper.ts'
import type { WordsPen } from './drawWords.ts'
import type { LaneColours } from './laneColours.ts'
import type { LaneScene, SceneArrow } from './laneScene.ts'
import type { LanePlace } from './lanesLayout.ts'
import type { LifeSpan } from './lanesTime.ts'
import type { TimeScale } from './timeScale.ts'

export interface DrawnLane {
  readonly scene: LaneScene
  readonly place: LanePlace
  readonly life: LifeSpan
  /** Times of the axis. */
  readonly outages: readonly Outage[]
  /** Its connections stay open: they are bars. */
  readonly hasOpen: boolean
  readonly selected: SceneArrow | null
  /** It has the keyboard. */
  readonly hasFocus: boolean
  readonly bookmarks: ReadonlySet<number>
  /** What frames prove. */
  readonly findings: Pick<FindingsKeeper, 'within'>
}

export interface LanePen extends WordsPen {
  readonly colours: LaneColours
  readonly scale: TimeScale
  /** Heights of the dotted lines of marks, which words interrupt. */
  readonly dotted: ReadonlySet<number>
}
