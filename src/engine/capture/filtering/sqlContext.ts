// The context in which a filter's SQL is written: its parameters, and the tests that JavaScript makes of texts.

import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type { Place } from '../format/decodedSchema.ts'
import type { FrameRequests } from './frameRequests.ts'
import type { RequestTest } from './requestTest.ts'

/** Whether a text of the capture is meant. It must not throw. */
export type TextTest = (text: string) => boolean

export interface SqlContext {
  /** Where packets are; null where there are none. */
  readonly packets: Place | null
  /** Frames of the wire layer are shown. */
  readonly wire: boolean
  /** For SQL: the value, bound to a parameter. */
  bind(value: SQLInputValue): string
  /** For SQL: whether the test holds of the expression, 0 where that is not text. */
  test(test: TextTest, expression: string): string
  /** For SQL: whether the frame has a bookmark whose note passes the test. */
  bookmarked(test: TextTest): string
  /** By the parameter that takes the numbers of such frames, as JSON. */
  readonly noteTests: ReadonlyMap<string, TextTest>
  /** For SQL: whether the test holds of the request that the frame belongs to; needs `seq`, `connection` and `reply_to`. */
  asked(test: RequestTest): string
  readonly values: Record<string, SQLInputValue>
  readonly tests: readonly TextTest[]
  readonly requestTests: readonly RequestTest[]
}

export function createSqlContext(packets: Place | null, wire: boolean): SqlContext {
  const values: Record<string, SQLInputValue> = {}
  const tests: TextTest[] = []
  const requestTests: RequestTest[] = []
  const noteTests = new Map<string, TextTest>()
  let bound = 0
  return {
    packets,
    wire,
    bind(value) {
      const name = `p${bound++}`
      values[name] = value
      return `$${name}`
    },
    test(test, expression) {
      tests.push(test)
      return `lifeline_test(${tests.length - 1}, ${expression})`
    },
    bookmarked(test) {
      const name = `n${noteTests.size}`
      noteTests.set(name, test)
      return `seq IN (SELECT value FROM json_each($${name}))`
    },
    asked(test) {
      requestTests.push(test)
      return `lifeline_asked(${requestTests.length - 1}, seq, connection, reply_to)`
    },
    noteTests,
    values,
    tests,
    requestTests,
  }
}

/** The query that runs: SQL's functions have no other way to know it. */
interface Running {
  tests: readonly TextTest[]
  requests: FrameRequests | null
  found: number[]
}

const runningOf = new WeakMap<DatabaseSync, Running>()

/** The functions are a connection's, not a query's: they are made once for each. */
function runningIn(database: DatabaseSync): Running {
  const known = runningOf.get(database)
  if (known) return known
  const running: Running = { tests: [], requests: null, found: [] }
  database.function('lifeline_test', { directOnly: true }, (index, text) =>
    typeof text === 'string' && running.tests[Number(index)]?.(text) ? 1 : 0,
  )
  database.function('lifeline_asked', { directOnly: true }, (index, seq, connection, replyTo) =>
    running.requests?.holds(Number(index), Number(seq), Number(connection), Number(replyTo))
      ? 1
      : 0,
  )
  // Rows as objects would take longer than finding them.
  database.function('lifeline_take', { directOnly: true }, (seq) => {
    running.found.push(Number(seq))
    return 0
  })
  runningOf.set(database, running)
  return running
}

/** Makes `lifeline_test`, `lifeline_asked` and `lifeline_take` known to SQL. Call it before a statement that names them is prepared. */
export function addFunctions(database: DatabaseSync): void {
  runningIn(database)
}

/** Runs a query that takes what it finds; answers that, in its order. */
export function takeFrom(
  database: DatabaseSync,
  { tests }: Pick<SqlContext, 'tests'>,
  run: () => void,
  requests: FrameRequests | null = null,
): number[] {
  const running = runningIn(database)
  const found: number[] = []
  running.tests = tests
  running.requests = requests
  running.found = found
  run()
  return found
}
