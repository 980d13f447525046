// A fault met at another URL than the endpoint's, such as a proxy's or that of a companion request.

import type { Fault } from '../fault.ts'

/** Without the hint to change the endpoint's URL, which is not to blame. */
export function ofOtherUrl({ speaksTls: _, target: __, fields = [], ...fault }: Fault): Fault {
  const others = fields.filter((field) => field !== 'url')
  return others.length === 0 ? fault : { ...fault, fields: others }
}
