// docs/errors.md: every problem code with what it means, from the unions in `src/<module>/problem.ts`.

import { listProblemCodes } from '../problem-codes.ts'
import { readSources } from '../source-file.ts'
import { MODULES } from '../house.ts'

const HEAD = `# Problem codes

<!-- Written by \`npm run docs\` from src/*/problem.ts. -->

A code says what was wrong, in the form \`module/reason\`. It is stable over versions; the words of a message are not. In text
it stands in brackets behind the message, in JSON it is the member \`code\` of a problem or a check.
`

/** One table for each module that refuses things. */
export function renderErrorPage(): string {
  const codes = listProblemCodes(readSources('src'))
  const sections = MODULES.map((module) => {
    const own = codes
      .filter((code) => code.module === module)
      .toSorted((a, b) => (a.code < b.code ? -1 : 1))
    if (own.length === 0) return ''
    const rows = own.map(({ code, meaning }) => `| \`${code}\` | ${escapeCell(meaning)} |\n`)
    return `\n## ${module}\n\n| code | meaning |\n|---|---|\n${rows.join('')}`
  })
  return `${HEAD}${sections.join('')}`
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|')
}
