// A fault met at another URL than the endpoint's, such as a proxy's or that of a companion request.

import type { Fault } from '../fault.ts'

/** Without the hint to change the endpoint's URL, which is not to blame. */
export function ofOtherUrl(told: Fault): Fault {
  const { speaksTls: _, target: __, instead: ___, fields = [], ...fault } = told
  const others = fields.filter((field) => field !== 'url')
  return others.length === 0 ? fault : { ...fault, fields: others }
}
