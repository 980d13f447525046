// A row store for tests: what it asks for is seen, and answered by hand.

import type { RowFilter, RowPage } from '../../../src/shared/session/captureRows.ts'
import { createRowStore } from '../../../src/webview/model/rowStore.ts'
import { fakePage, settle } from './fakeRows.ts'

interface Request {
  readonly filter: RowFilter
  readonly from: number
  readonly count: number
  answer(frames?: number): Promise<void>
  answerWith(page: RowPage): Promise<void>
  fail(): Promise<void>
}

/** A row store whose requests are answered when the test says so. */
export function createTestStore() {
  const requests: Request[] = []
  const problems: unknown[] = []
  const told = () =>
    problems.map((problem) => (problem instanceof Error ? problem.message : problem))
  const pages: RowPage[] = []
  let refolded = 0
  const store = createRowStore({
    api: {
      rows: (filter, from, count) =>
        new Promise((resolve, reject) => {
          requests.push({
            filter,
            from,
            count,
            answer: (frames = 10_000) => {
              resolve(fakePage(frames, filter, from, count))
              return settle()
            },
            answerWith: (page) => {
              resolve(page)
              return settle()
            },
            fail: () => {
              reject(new Error('gone'))
              return settle()
            },
          })
        }),
    },
    onPage: (page) => pages.push(page),
    onRefolded: () => void refolded++,
    onProblem: (problem) => problems.push(problem),
  })
  const asked = () => requests.map(({ from, count }) => [from, count])
  return { store, requests, told, pages, asked, refolded: () => refolded }
}
