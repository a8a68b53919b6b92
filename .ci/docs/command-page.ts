// docs/cli.md: the help of every command, as the program prints it.

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
| 1 | something was checked and is not right: rejected, missing or stale |
| 2 | it could not be judged: wrong usage, unreadable or malformed input |
| 3 | the world failed, such as a full disk; trying again may help |
| 70 | Assay failed on its own; please report it |
`

/** One section for each command, in the order of the overview. */
export async function renderCommandPage(): Promise<string> {
  // Help is printed without a run, so it does not matter that runs here have a host.
  const application = (await loadWholeApplication()) as unknown as Application<CommandContext>
  const commands = generateHelpTextForAllCommands(application)
  const sections = commands
    .filter(([route]) => route !== 'assay completion propose')
    .map(([route, help]) => `\n## ${route}\n\n\`\`\`\n${help.trimEnd()}\n\`\`\`\n`)
  if (sections.length === 0) throw new Error('Expected commands to describe, found none')
  return `${HEAD}${sections.join('')}`
}
