// Has the timeline page judged by what runs in it: see `support/page`.

import { join } from 'node:path'
import * as esbuild from 'esbuild'
import type { Page } from 'playwright-core'
import type { PageJudge } from '../page/pageJudge.ts'
import { projectFolder } from '../places.ts'

type Answer<Question extends keyof PageJudge> = Awaited<ReturnType<PageJudge[Question]>>

/** The page's policy forbids its own scripts to be added, not ours. */
export type AskJudge = <Question extends keyof PageJudge>(
  page: Page,
  question: Question,
  ...args: Parameters<PageJudge[Question]>
) => Promise<Answer<Question>>

export async function makeJudge(): Promise<AskJudge> {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(projectFolder, 'test/support/page/judge.ts')],
    bundle: true,
    format: 'iife',
    target: 'es2024',
    write: false,
    logLevel: 'warning',
  })
  const script = outputFiles[0]?.text ?? ''
  return async <Question extends keyof PageJudge>(
    page: Page,
    question: Question,
    ...args: Parameters<PageJudge[Question]>
  ): Promise<Answer<Question>> => {
    if (!(await page.evaluate('"judge" in globalThis'))) await page.evaluate(script)
    return page.evaluate<Answer<Question>>(
      `globalThis.judge.${question}(...${JSON.stringify(args)})`,
    )
  }
}
