// The registry of analyses. A new one is its file, its line here, its name and result in `shared/session/analysisResults.ts`,
// and its test.

import type {
  AnalysisName,
  AnalysisResults,
  AnalysisScope,
} from '../../shared/session/analysisResults.ts'
import type { Analysis } from './analysis.ts'
import { createDecodedNumbers } from './decodedNumbers.ts'
import { createFindings } from './findings.ts'
import { createFirstData } from './firstData.ts'
import { createSessionFields } from './itemFields.ts'
import { createItems } from './items.ts'
import { createConnections } from './lists/connections.ts'
import { createAnswers } from './models/answers.ts'
import { createNumbers } from './numbers.ts'
import { createOverview } from './overview.ts'
import { createSchema } from './schema.ts'
import { createStatistics } from './statistics.ts'
import { createUsage } from './usage.ts'
import { createValues } from './values.ts'

export const analyses: {
  readonly [Name in AnalysisName]: (scope: AnalysisScope) => Analysis<AnalysisResults[Name]>
} = {
  statistics: createStatistics,
  firstData: createFirstData,
  overview: createOverview,
  numbers: createNumbers,
  decodedNumbers: createDecodedNumbers,
  items: createItems,
  itemFields: createSessionFields,
  values: ({ value }) => createValues(value),
  usage: createUsage,
  answers: createAnswers,
  findings: createFindings,
  schema: createSchema,
  connections: createConnections,
}
