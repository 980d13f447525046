// The calls that a form makes, and the sentence about one that failed.

import { toError } from '../../shared/unknown.ts'

export interface FormCalls {
  /** Stands under the form; empty while nothing is wrong. */
  readonly problem: string
  readonly busy: boolean
  report(problem: string): void
  forget(): void
  /** Whether the call succeeded. Never rejects. */
  run(call: Promise<unknown>): Promise<boolean>
}

/** `redraw` is called when `problem` or `busy` may have changed. */
export function createFormCalls(redraw: () => void): FormCalls {
  let problem = ''
  let running = 0
  const report = (sentence: string): void => {
    problem = sentence
    redraw()
  }
  return {
    get problem() {
      return problem
    },
    get busy() {
      return running > 0
    },
    report,
    forget: () => report(''),
    run: async (call) => {
      running++
      redraw()
      try {
        await call
        problem = ''
        return true
      } catch (error) {
        problem = toError(error).message
        return false
      } finally {
        running--
        redraw()
      }
    },
  }
}
