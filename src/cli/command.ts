// The commands of the command line, as they are read.

import type { ReplayOptions } from '../engine/replay/replay.ts'
import type { ScriptRange } from '../engine/replay/script/scriptRange.ts'
import type { SaidNeeds } from '../shared/advice/needs.ts'
import type { Entry } from '../shared/profile/shapes/fieldOption.ts'
import type { ExportFormat } from '../shared/session/exportFormats.ts'
import type { ResendPlan } from '../shared/session/resendPlan.ts'
import type { ComparisonFormat } from './comparisonText.ts'
import type { DoctorFormat } from './doctorText.ts'

/** How to print, for both commands. */
export interface PrintOptions {
  readonly format: ExportFormat
  readonly width: number | null
  readonly times: boolean
  readonly runLength: number | null
  /** The wire layer as well. */
  readonly wire: boolean
  /** The fields that rows show; null where the command line does not say. */
  readonly show: readonly string[] | null
}

/** What to watch, as it was written; `watchedEndpoint` makes an endpoint of it. */
export interface WatchOptions {
  readonly url: string | null
  /** A `curl …` command, or another that can be pasted, to start from. */
  readonly curl: string | null
  readonly profile: string | null
  readonly workspace: string | null
  /** What the options say, as fields of a profile entry. */
  readonly fields: Entry
}

export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | {
      readonly kind: 'compare'
      /** Captures, or URLs with the method before them and names of profiles. */
      readonly operands: readonly string[]
      /** What all URLs and profiles have in common. */
      readonly watch: WatchOptions
      /** Where an item's key stands, as a path into JSON; null: it is to be found out. */
      readonly item: string | null
      /** Where its time of origin stands. */
      readonly time: string | null
      /** How old the data may be, and for how many. */
      readonly said: SaidNeeds
      readonly forMs: number
      readonly format: ComparisonFormat
    }
  | {
      readonly kind: 'doctor'
      /** `url`: a capture where it is a file. */
      readonly watch: WatchOptions
      readonly forMs: number
      readonly format: DoctorFormat
      /** The file in which what is watched is kept. */
      readonly capture: string | null
      /** An option that says something about watching; null where none does. */
      readonly asks: string | null
    }
  | {
      readonly kind: 'serve'
      readonly capture: string
      /** 0 takes a free one; null: the usual one. */
      readonly port: number | null
      readonly range: ScriptRange
      readonly options: ReplayOptions
    }
  | {
      readonly kind: 'show'
      readonly capture: string
      readonly print: PrintOptions
      /** As `RowFilter.text`. */
      readonly filter: string
    }
  | {
      readonly kind: 'watch'
      readonly watch: WatchOptions
      /** Of `lifeline replay`: what is sent in the place of the endpoint's own; its path as it was written. */
      readonly resend: ResendPlan | null
      readonly print: PrintOptions
      readonly forMs: number | null
      readonly frames: number | null
      readonly capture: string | null
      /** As `RowFilter.text`. */
      readonly filter: string
    }
