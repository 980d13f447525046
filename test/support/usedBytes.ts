// Memory that something leads to, for what must not keep what a peer sent.

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Of this thread, after all that nothing leads to is gone. */
export function usedBytes(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  return process.memoryUsage().heapUsed
}
