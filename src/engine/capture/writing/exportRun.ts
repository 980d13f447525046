// An export or a copy that goes on: told how far it is, and stopped.

export interface ExportRun {
  readonly signal: AbortSignal
  /** From 0 to 1. */
  share: number
}
