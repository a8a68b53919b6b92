// The code blocks of a page, for tests that run what it says.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../../.ci/checkout.ts'

/** The content of each fenced block of a language, in the order of the page. */
export function readCodeBlocks(page: string, language: string): readonly string[] {
  const text = readFileSync(join(ROOT, page), 'utf8')
  const blocks = text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))
  return [...blocks].map(([, block = '']) => block)
}
