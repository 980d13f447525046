// The figures of a comparison that lead to frames, by name.

export const quantileNames = ['p50', 'p95', 'max'] as const

export type QuantileName = (typeof quantileNames)[number]

export type FigureName =
  | `${'fresh' | 'behind'}-${QuantileName}`
  | 'watched'
  | 'items'
  | 'missed'
  | 'duplicates'
  | 'requests'
  | 'emptyAnswers'
  | 'connections'
  | 'losses'
  | 'sent'
  | 'payload'
  | 'wireIn'
  | 'wireOut'
  | 'overhead'
  | 'closed'
