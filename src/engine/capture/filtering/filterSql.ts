// A filter as SQL over the frames of a slice: conditions that cost little stand before those that cost much.

import type {
  Bound,
  FilterFlag,
  FilterNode,
  FilterTest,
  NameField,
  NameTest,
  NumberField,
  NumberTest,
} from '../../../shared/filter/filterNode.ts'
import { wireKinds } from '../../../shared/frame/frame.ts'
import { factHolds, isOfKind, isOfWire, packetHolds } from './frameSql.ts'
import { jsonSql, topTextSql } from './jsonSql.ts'
import { isNamed } from './likeSql.ts'
import { requestTest } from './requestTest.ts'
import type { SqlContext } from './sqlContext.ts'
import { regexSql, wordSql } from './wordSql.ts'

/**
 * An expression that is 1 or 0 for a row of `frame`, which has `seq`, `at`, `connection`, `shape`, `size_bytes`, `detail`,
 * `payload`, `payload_text` and `reply_to`. Names `$after` and `$last` of the slice, `$pieces`, `$start`, `$beforeAt` and `$unanswered`.
 */
export function filterSql(context: SqlContext, node: FilterNode): string {
  switch (node.kind) {
    case 'and':
      return chain(context, node.parts, (first, others) => `iif(${first}, ${others}, 0)`)
    case 'or':
      return chain(context, node.parts, (first, others) => `iif(${first}, 1, ${others})`)
    case 'not':
      return `(NOT ${filterSql(context, node.part)})`
    default:
      // What cannot be told of a frame is not so.
      return `((${testSql(context, node)}) IS TRUE)`
  }
}

function chain(
  context: SqlContext,
  parts: readonly FilterNode[],
  join: (first: string, others: string) => string,
): string {
  return parts
    .toSorted((a, b) => costOf(a) - costOf(b))
    .map((part) => filterSql(context, part))
    .reduceRight((others, first) => join(first, others))
}

const costs: Readonly<Record<FilterTest['kind'], number>> = {
  number: 0,
  flag: 1,
  name: 1,
  word: 2,
  json: 3,
  regex: 4,
}

/** Of a request JavaScript is asked for each frame, which is more than names in columns take. */
const requestCost = 1.5

function costOf(node: FilterNode): number {
  if ('parts' in node) return Math.max(...node.parts.map(costOf))
  if (node.kind === 'not') return costOf(node.part)
  const asksRequest = node.kind === 'name' && (node.field === 'path' || node.field === 'method')
  return asksRequest ? requestCost : costs[node.kind]
}

/** TypeScript cannot see that the test is of the kind by which the table is read. */
function testSql(context: SqlContext, test: FilterTest): string {
  return (testsSql[test.kind] as (context: SqlContext, test: FilterTest) => string)(context, test)
}

const testsSql: {
  readonly [K in FilterTest['kind']]: (
    context: SqlContext,
    test: Extract<FilterTest, { kind: K }>,
  ) => string
} = {
  word: (context, { text }) => wordSql(context, text),
  regex: regexSql,
  json: jsonSql,
  name: (context, test) => nameSql[test.field](context, test),
  number: numberSql,
  flag: (context, { flag }) => flagSql[flag](context),
}

const nameSql: Readonly<Record<NameField, (context: SqlContext, test: NameTest) => string>> = {
  dir: (context, { names }) =>
    `shape IN (SELECT id FROM shape WHERE ${isNamed(context, names)('direction')})`,
  kind: (context, { names }) =>
    `shape IN (SELECT id FROM shape WHERE ${isNamed(context, names)('kind')})`,
  type(context, { names }) {
    const isIt = isNamed(context, names)
    return `iif(${factHolds(['event', 'message'], 'type', isIt)}, 1,
      iif(${packetHolds(context, isIt('type'))}, 1, ${topTextSql(context, 'type', isIt)}))`
  },
  name: (context, { names }) => packetHolds(context, isNamed(context, names)('name')),
  key: (context, { names }) => packetHolds(context, isNamed(context, names)('key')),
  code(context, { names }) {
    const isIt = isNamed(context, names)
    return `iif(shape IN (SELECT id FROM shape WHERE ${isIt('code')}), 1,
      iif(${factHolds(['close'], 'code', isIt)}, 1, ${factHolds(['error'], 'closeCode', isIt)}))`
  },
  path: (context, test) => context.asked(requestTest(test)),
  method: (context, test) => context.asked(requestTest(test)),
}

const flagSql: Readonly<Record<FilterFlag, (context: SqlContext) => string>> = {
  changed: () => factHolds(['response'], 'changed', (value) => `${value} = 1`),
  wire: () => isOfWire,
  bookmarked: (context) => context.bookmarked(() => true),
  unanswered: () => 'seq IN (SELECT value FROM json_each($unanswered))',
  error: (context) => `iif(${isOfKind(['error'])}, 1,
    iif(${factHolds(['response'], 'status', (value) => `${value} >= 400`)}, 1,
    iif(${isComplaint}, 1, ${packetHolds(context, `type LIKE '%error'`)})))`,
}

/** As `isComplaint` of a frame. */
const isComplaint = `(shape IN (SELECT id FROM shape WHERE direction = 'in')
  AND ${factHolds(['close'], 'by', (value) => `${value} = 'server'`)}
  AND ${factHolds(['close'], 'code', (value) => `${value} <> 1000`)})`

function numberSql(context: SqlContext, { field, ranges }: NumberTest): string {
  const inRanges = (value: string) =>
    ranges
      .map((range) => `(${range.map((bound) => boundSql(context, value, bound)).join(' AND ')})`)
      .join(' OR ')
  if (field === 'status')
    return factHolds(['response'], 'status', (value) => `(${inRanges(value)})`)
  return inRanges(numberColumns[field](context))
}

function boundSql(context: SqlContext, value: string, { is, value: limit }: Bound): string {
  return `${value} ${is} ${context.bind(limit)}`
}

const numberColumns: Readonly<
  Record<Exclude<NumberField, 'status'>, (context: SqlContext) => string>
> = {
  size: () => 'size_bytes',
  conn: () => 'connection',
  seq: () => 'seq',
  after: () => '(at - $start)',
  before: () => '(at - $start)',
  // Tables that go on where others end begin with a row of shape 0, which is no frame: `$beforeAt` is the time of the last.
  // To microseconds, as times are told: two moments of this age differ by a little more or less.
  gap: (
    context,
  ) => `round(at - coalesce((SELECT at FROM main.frame AS earlier WHERE earlier.seq < frame.seq AND earlier.shape <> 0
    ${context.wire ? '' : `AND NOT (${isOfKind(wireKinds, 'earlier.shape')})`}
    ORDER BY earlier.seq DESC LIMIT 1), $beforeAt), 3)`,
}
