// The judge that runs in the timeline page beside it, and says what keeps people from using it.

/** Of what has the focus: where it is, what it is called, and in which part of the page. */
export interface FocusPlace {
  readonly part: string
  /** Its role or kind, and its name. */
  readonly name: string
  readonly isNamed: boolean
}

/** Each of the first three answers with a sentence a fault, and none where all is well. */
export interface PageJudge {
  /** What axe finds, by WCAG 2.2 A and AA. */
  access(): Promise<readonly string[]>
  /** Contrasts alone, for another theme. */
  contrast(): Promise<readonly string[]>
  /** What is cut off, scrolls sideways or lies over something else. */
  layout(): readonly string[]
  /** See `focusRing.ts`. */
  focusPlace(): FocusPlace | null
  changedPixels(before: string, after: string): Promise<number>
}
