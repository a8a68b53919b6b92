// docs/errors.md and docs/errors/: every problem code with what it means, from the unions in `src/<module>/problem.ts`.

import { listProblemCodes } from '../problem-codes.ts'
import { readSources } from '../source-file.ts'
import { MODULES } from '../house.ts'

const HEAD = `# Problem codes

<!-- Written by \`npm run docs\` from src/*/problem.ts. -->

A code says what was wrong, in the form \`module/reason\`. It is stable over versions; the words of a message are not. In text
it stands in brackets behind the message, in JSON it is the member \`code\` of a problem or a check.
`

const NOTE = '<!-- Written by `npm run docs` from src/*/problem.ts. -->'

/** The overview, and a table for each module that refuses things; texts by path. */
export function renderErrorPages(): ReadonlyMap<string, string> {
  const codes = listProblemCodes(readSources('src'))
  const modules = MODULES.flatMap((module) => {
    const own = codes
      .filter((code) => code.module === module)
      .toSorted((a, b) => (a.code < b.code ? -1 : 1))
    return own.length === 0 ? [] : [{ module, own }]
  })
  const links = modules.map(({ module, own }) => {
    return `| [\`${module}\`](errors/${module}.md) | ${own.length} |\n`
  })
  const pages = modules.map(({ module, own }): readonly [string, string] => {
    const rows = own.map(({ code, meaning }) => `| \`${code}\` | ${escapeCell(meaning)} |\n`)
    const head = `# Problem codes of ${module}\n\n${NOTE}\n\n[All codes](../errors.md)\n`
    return [`docs/errors/${module}.md`, `${head}\n| code | meaning |\n|---|---|\n${rows.join('')}`]
  })
  const index = `${HEAD}\n| module | codes |\n|---|---|\n${links.join('')}`
  return new Map([['docs/errors.md', index], ...pages])
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|')
}
