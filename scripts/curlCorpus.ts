// Writes into the corpus of pasted commands the requests that the real curl sends for them, run by the real bash.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  corpusFiles,
  corpusFolder,
  environmentValue,
  formatCorpusFile,
  readCorpus,
} from '../test/support/pasted/pastedCorpus.ts'
import { formatSentRequest, readSentRequest } from '../test/support/pasted/sentRequest.ts'
import { startRequestEcho } from '../test/support/servers/requestEcho.ts'

const curl = process.env.LIFELINE_CURL ?? '/usr/bin/curl'
const folder = mkdtempSync(join(tmpdir(), 'lifeline-corpus-'))
const echo = await startRequestEcho()
const socket = join(folder, 'echo.sock')
await echo.listen(socket)

/** All hosts lead to the server; what the command says of other ways is left out. */
const wrapper = `#!/bin/bash
args=()
while [ $# -gt 0 ]; do
  case "$1" in
    --unix-socket) args+=("$1" '${socket}'); shift 2 ;;
    --connect-to|--resolve|--cacert|--cert|-E|--key|--pass) shift 2 ;;
    *) args+=("$1"); shift ;;
  esac
done
exec ${curl} -q -k --connect-to '::127.0.0.1:${echo.port}' --http1.1 -m 5 -s -o /dev/null "\${args[@]}"
`
for (const [name, held] of Object.entries(corpusFiles)) writeFileSync(join(folder, name), held)
for (const name of ['curl', 'curl.exe', 'sudo']) {
  const path = join(folder, name)
  writeFileSync(path, name === 'sudo' ? '#!/bin/bash\nexec "$@"\n' : wrapper)
  chmodSync(path, 0o755)
}

/** The request, or that there is none. */
async function ask(text: string): Promise<string> {
  const before = echo.requests.length
  const names = Array.from(text.matchAll(/\$\{?([A-Za-z_]\w*)/g), ([, name = '']) => name)
  const own = names.filter(
    (name) => !new RegExp(`(?:^|[\\s;])(?:export )?${name}=`, 'm').test(text),
  )
  const env = Object.fromEntries(own.map((name) => [name, environmentValue(name)]))
  const bash = spawn('/bin/bash', ['--norc', '-c', text.replace(/^\s*[$%] (?=curl)/, '')], {
    cwd: folder,
    env: { PATH: `${folder}:/usr/bin:/bin`, HOME: folder, LC_ALL: 'C.UTF-8', ...env },
    stdio: ['ignore', 'ignore', 'ignore'],
  })
  const [status] = await once(bash, 'close')
  const raw = echo.requests[before]
  return raw === undefined
    ? `(no request: status ${status})`
    : formatSentRequest(readSentRequest(raw))
}

for (const file of readCorpus()) {
  if (!file.isCurls) continue
  const cases = []
  for (const one of file.cases) {
    const { sections } = one
    const isReasoned = sections.has('expect')
    const rest = [...sections].filter(([name]) => name !== 'curl')
    const asked = isReasoned ? [] : [['curl', await ask(one.text)] as const]
    cases.push({ ...one, sections: new Map([...asked, ...rest]) })
  }
  writeFileSync(join(corpusFolder, file.name), formatCorpusFile({ ...file, cases }))
  console.log(`${file.name}: ${cases.length}`)
}
await echo.close()
rmSync(folder, { recursive: true })
