// Expects of a parser that it refuses its input for one reason, and says so at its place.

import assert from 'node:assert/strict'
import type { Parsed } from '../../src/shared/endpoint/problem.ts'

export function assertProblem(parsed: Parsed<unknown>, path: string, says: RegExp): void {
  assert.ok(!parsed.ok)
  assert.deepEqual(
    parsed.problems.map((problem) => problem.path),
    [path],
    JSON.stringify(parsed.problems),
  )
  assert.match(parsed.problems[0]?.message ?? '', says)
}
