// Intermediaries that name themselves in the head of an answer.

import { headerValue } from '../../../../shared/frame/headerFields.ts'
import type { NamedValues } from '../../../../shared/text/namedValues.ts'

/** A field that one of them adds, with what its value has to be like where the name is not enough. */
const marks: readonly (readonly [name: string, field: string, value?: RegExp])[] = [
  ['Cloudflare', 'cf-ray'],
  ['CloudFront', 'x-amz-cf-id'],
  ['AWS Elastic Load Balancing', 'server', /^awselb\b/i],
  ['API Gateway', 'x-amzn-requestid'],
  ['Envoy', 'x-envoy-upstream-service-time'],
  ['Envoy', 'server', /^(?:istio-)?envoy\b/i],
  ['a Google load balancer', 'via', /\bgoogle\b/i],
  ['Azure Front Door', 'x-azure-ref'],
  ['Vercel', 'x-vercel-id'],
  ['Fly.io', 'fly-request-id'],
  ['Heroku', 'via', /\b(?:vegur|heroku-router)\b/i],
  ['Fastly', 'x-served-by', /^cache-/i],
  ['Varnish', 'x-varnish'],
  ['nginx', 'server', /^(?:nginx|openresty)\b/i],
]

/** Its name, or `a proxy` where the answer only says that there is one; null where it says nothing. */
export function intermediaryOf(headers: NamedValues): string | null {
  for (const [name, field, value] of marks) {
    const found = headerValue(headers, field)
    if (found !== null && (value === undefined || value.test(found))) return name
  }
  return headerValue(headers, 'via') === null ? null : 'a proxy'
}
