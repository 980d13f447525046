// Bundled for the timeline page, where tests ask it.

import { accessFaults, contrastFaults } from './access.ts'
import { changedPixels, focusPlace } from './focusRing.ts'
import { layoutFaults } from './layout.ts'
import type { PageJudge } from './pageJudge.ts'

Object.assign(globalThis, {
  judge: {
    access: accessFaults,
    contrast: contrastFaults,
    layout: layoutFaults,
    focusPlace,
    changedPixels,
  } satisfies PageJudge,
})
