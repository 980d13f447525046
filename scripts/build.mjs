// Builds dist/ with Node 24; quiet unless it fails.

import { run, SetupError } from './process.mjs'

/** Rejects with a `SetupError` when the build fails; esbuild has said why. */
export async function build() {
  const code = await run('node', ['esbuild.mjs'])
  if (code !== 0) throw new SetupError('The build failed.')
}
