// Asserts that a parser refuses its input for one reason, and names the place of it.

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
