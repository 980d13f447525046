// `npm run bench`: set-up, a production build, then the measurements of test/bench.

import { environment, run, SetupError } from './process.mjs'
import { runScript, setup } from './setup.mjs'

await runScript(async () => {
  await setup({ browser: true, server: true })
  if ((await run('node', ['esbuild.mjs', '--production'])) !== 0) {
    throw new SetupError('The build failed.')
  }
  const args = ['--expose-gc', 'test/bench/run.ts', ...process.argv.slice(2)]
  return run('node', args, { env: environment() })
})
