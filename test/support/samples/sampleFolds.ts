// Folds for tests of what is drawn of them.

import type { Fold } from '../../../src/shared/session/captureRows.ts'

/** Two polls, four frames. */
export const pollFold: Fold = {
  what: 'polls',
  firstSeq: 3,
  lastSeq: 6,
  frames: 4,
  count: 2,
  kind: null,
  names: [
    { name: 'request', count: 2 },
    { name: 'response', count: 2 },
  ],
  others: 0,
  sizeBytes: 0,
  wireBytes: 360,
  spanMs: 2000,
  gapsMs: { half: 3, most: 1990 },
  rate: { binMs: 1000, counts: [2, 2] },
  open: false,
}
