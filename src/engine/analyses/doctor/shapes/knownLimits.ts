// Limits of idle and life times that proxies, load balancers and platforms have by default.

import { endThresholds } from './thresholds.ts'

interface KnownLimit {
  readonly ms: number
  /** Who has it. */
  readonly whose: string
}

/** From their manuals, in order of length. */
const idleLimits: readonly KnownLimit[] = [
  { ms: 30_000, whose: 'CloudFront' },
  { ms: 55_000, whose: 'Heroku' },
  { ms: 60_000, whose: 'nginx and AWS load balancers' },
  { ms: 100_000, whose: 'Cloudflare, formerly' },
  { ms: 120_000, whose: 'Cloudflare' },
  { ms: 230_000, whose: 'Azure App Service' },
  { ms: 240_000, whose: 'Azure load balancers' },
  { ms: 300_000, whose: 'Envoy and Azure Front Door' },
  { ms: 350_000, whose: 'AWS network load balancers' },
  { ms: 600_000, whose: 'API Gateway' },
]

const lifeLimits: readonly KnownLimit[] = [
  { ms: 15_000, whose: 'Envoy’s routes' },
  { ms: 29_000, whose: 'API Gateway’s integrations' },
  { ms: 30_000, whose: 'Google’s load balancers' },
  { ms: 300_000, whose: 'Cloud Run and Vercel' },
  { ms: 3_600_000, whose: 'Cloud Run at the most' },
  { ms: 7_200_000, whose: 'API Gateway' },
  { ms: 14_400_000, whose: 'Azure Front Door' },
]

/** Whether two times can come from the same limit. */
export function areAlike(ms: number, other: number): boolean {
  return Math.abs(ms - other) <= Math.max(endThresholds.sameMs, endThresholds.sameShare * other)
}

/** Who has such an idle limit by default; null where nobody is known to. */
export function whoseIdleLimit(ms: number): string | null {
  return nearest(idleLimits, ms)
}

/** Who ends a connection or an answer at such an age. */
export function whoseLifeLimit(ms: number): string | null {
  return nearest(lifeLimits, ms)
}

function nearest(limits: readonly KnownLimit[], ms: number): string | null {
  const [best] = limits
    .filter((limit) => areAlike(ms, limit.ms))
    .sort((a, b) => Math.abs(ms - a.ms) - Math.abs(ms - b.ms))
  return best?.whose ?? null
}
