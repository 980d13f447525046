// The calls that a form makes, and the sentence about one that failed.

import { type CallProblem, problemOf } from '../model/callProblem.ts'

export interface FormCalls {
  /** Stands under the form; null while nothing is wrong. */
  readonly problem: CallProblem | null
  readonly busy: boolean
  report(problem: string): void
  forget(): void
  /** Whether the call succeeded. Never rejects. */
  run(call: Promise<unknown>): Promise<boolean>
}

/** `redraw` is called when `problem` or `busy` may have changed. */
export function createFormCalls(redraw: () => void): FormCalls {
  let problem: CallProblem | null = null
  let running = 0
  const tell = (one: CallProblem | null): void => {
    problem = one
    redraw()
  }
  return {
    get problem() {
      return problem
    },
    get busy() {
      return running > 0
    },
    report: (text) => tell({ text, code: null }),
    forget: () => tell(null),
    run: async (call) => {
      running++
      redraw()
      try {
        await call
        problem = null
        return true
      } catch (error) {
        problem = problemOf(error)
        return false
      } finally {
        running--
        redraw()
      }
    },
  }
}
