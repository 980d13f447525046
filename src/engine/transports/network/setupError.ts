// An error that keeps a request from being made: a proxy or a file that the user named. Told in the timeline.

import type { Fault } from '../../protocols/fault.ts'

/** The user's fault; trying again meets the same. */
export class SetupError extends Error {
  readonly fault: Fault

  constructor(fault: Fault) {
    super(fault.message)
    this.fault = fault
  }
}
