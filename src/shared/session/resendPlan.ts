// Plan of what is to be sent again of a capture: data that crosses into the session's thread.

/** A frame's number, or a time since the first frame in ms. */
export type ResendPoint = { readonly seq: number } | { readonly ms: number }

export interface ResendPlan {
  /** Absolute path of the capture that is replayed. */
  readonly path: string
  /** Null: from the beginning, and to the end. */
  readonly range: { readonly from: ResendPoint | null; readonly until: ResendPoint | null }
  /** 2: twice as fast; 0: each as soon as the one before is answered. */
  readonly speed: number
}
