// `npm run bench`: set-up, a production build, then the measurements of test/bench.

import { environment, run, SetupError } from './process.mjs'
import { runScript, setup } from './setup.mjs'

await runScript(async () => {
  await setup({ browser: false, server: false })
  if ((await run('node', ['esbuild.mjs', '--production'])) !== 0) {
    throw new SetupError('The build failed.')
  }
  return run('node', ['test/bench/run.ts', ...process.argv.slice(2)], { env: environment() })
})
