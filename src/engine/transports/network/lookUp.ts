// Look-up of a host's addresses: those of this machine are known, the system is asked for the others.

import dns from 'node:dns'
import type { LookupFunction } from 'node:net'
import { isLoopbackName, loopbackAddresses } from '../../../shared/url/loopback.ts'

/** Many a system's resolver knows `localhost` alone and no name below it. [rfc6761] 6.3 */
export const lookUp: LookupFunction = (hostname, options, done) => {
  if (!isLoopbackName(hostname)) {
    dns.lookup(hostname, options, done)
    return
  }
  // A proxy that wants one address gets the one at which most servers listen.
  if (options.all) setImmediate(done, null, [...loopbackAddresses])
  else setImmediate(done, null, '127.0.0.1', 4)
}
