// The questions to a page that is measured; `probe.ts` answers them in the page.

/** A row's number, and when it was painted first, in epoch ms. */
export type Painted = readonly [seq: number, at: number]

export interface Pictures {
  readonly perSecond: number
  /** Those in which newer rows stood than in any before. */
  readonly withNewsPerSecond: number
  readonly longestMs: number
  /** One picture after the other in which no row had its words. */
  readonly longestBlankMs: number
  /** Empty where rows were not asked for. */
  readonly painted: readonly Painted[]
}

export interface Probe {
  /** Looks at each picture from now on. */
  watch(options: { readonly rows: boolean }): void
  /** Of those since then; ends it. */
  pictures(): Pictures
  /** Ms until a picture has one of these elements with words that match; rejects after `limitMs`. */
  until(selector: string, words: string, limitMs: number): Promise<number>
  /** Draws the scroll bar of the rows from one end to the other, a step for each picture. */
  scrollThrough(ms: number): Promise<void>
}
