// docs/cli.md and docs/cli/: the help of every command, as the program prints it.

import {
  type Application,
  type CommandContext,
  generateHelpTextForAllCommands,
} from '@stricli/core'
import { loadWholeApplication } from '../../src/cli/application.ts'

const HEAD = `# Commands

<!-- Written by \`npm run docs\` from the commands themselves. -->

Standard output carries the result and nothing else; what is for people goes to standard error. \`--format json\` prints one
document with a versioned \`schema\`, on failure too. \`-\` as a file is standard input where a command says so.

| exit code | meaning |
|---|---|
| 0 | every check that was asked for ran, and was accepted |
| 1 | something was checked and is not right: rejected, missing, stale or unverified |
| 2 | it could not be judged: wrong usage, unreadable or malformed input |
| 3 | the world failed, such as a full disk; trying again may help |
| 70 | Assay failed on its own; please report it |
`

const NOTE = '<!-- Written by `npm run docs` from the commands themselves. -->'

/** Never called by a person. */
const HIDDEN = 'assay completion propose'

/** As the tidy test has it for every page. */
const LINES_MAX = 300

/**
 * The overview, and a page for each command with a section for each of its own, or, where that would be too long to read, with a page
 * for each; texts by path.
 */
export async function renderCommandPages(): Promise<ReadonlyMap<string, string>> {
  // Help is printed without a run, so it does not matter that runs here have a host.
  const application = (await loadWholeApplication()) as unknown as Application<CommandContext>
  const commands = generateHelpTextForAllCommands(application).filter(([route]) => route !== HIDDEN)
  const names = Map.groupBy(commands, ([route]) => route.split(' ')[1] ?? '')
  const overview = names.get('') ?? []
  names.delete('')
  if (names.size === 0) throw new Error('Expected commands to describe, found none')
  const links = [...names.keys()].map((name) => `- [\`assay ${name}\`](cli/${name}.md)\n`)
  const pages = [...names].flatMap(([name, own]) => renderPages(name, own))
  const index = `${HEAD}${overview.map(renderSection).join('')}\n## Commands\n\n${links.join('')}`
  return new Map([['docs/cli.md', index], ...pages])
}

type Help = readonly [route: string, help: string]

function renderPages(name: string, own: readonly Help[]): readonly (readonly [string, string])[] {
  const head = `# assay ${name}\n\n${NOTE}\n\n[All commands](../cli.md)\n`
  const page = head + own.map(renderSection).join('')
  if (page.split('\n').length <= LINES_MAX) return [[`docs/cli/${name}.md`, page]]
  const parts = own.map(([route, help]) => {
    const file = `${name}/${route.split(' ').slice(2).join('-')}.md`
    const up = `${NOTE}\n\n[All commands of assay ${name}](../${name}.md)\n`
    const text = `# ${route}\n\n${up}${renderSection([route, help])}`
    return { link: `- [\`${route}\`](${file})\n`, page: [`docs/cli/${file}`, text] as const }
  })
  const links = parts.map(({ link }) => link).join('')
  return [[`docs/cli/${name}.md`, `${head}\n${links}`], ...parts.map((part) => part.page)]
}

function renderSection([route, help]: Help): string {
  return `\n## ${route}\n\n\`\`\`\n${help.trimEnd()}\n\`\`\`\n`
}
