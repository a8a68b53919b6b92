// What the program's own command line has against a command that is printed to be copied.

import { expect } from 'vitest'
import { runCli } from '../../src/cli/run-cli.ts'
import { createTestHost } from '../host/test-host.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'

/** As a shell takes a line apart. */
function wordsOf(line: string): readonly string[] {
  const words = line.match(/(?:'[^']*'|\\.|[^\s'\\])+/g) ?? []
  return words.map((word) => word.replace(/'([^']*)'|\\(.)/g, '$1$2'))
}

const folder = makeTemporaryFolder('command-complaint')

/** Its complaint; of what is not in an empty folder nothing is said. */
export async function complaintOf(line: string): Promise<string | undefined> {
  const [program, ...args] = wordsOf(line)
  if (program !== 'assay') return `Expected assay, found ${program}`
  const { host, output } = createTestHost(folder)
  // Whatever is behind "--" is of another program.
  const at = args.includes('--') ? args.indexOf('--') : args.length
  const asked = [...args.slice(0, at), '--format', 'json', ...args.slice(at)]
  const code = await runCli(asked, host)
  const { problems = [] } = JSON.parse(output.stdout) as {
    problems?: readonly { readonly code: string; readonly message: string }[]
  }
  expect([1, 2, 3]).toContain(code)
  const complaint = problems.find(({ message, code: why }) => {
    return why === 'cli/usage' && !LATER.some((words) => message.includes(words))
  })
  return complaint?.message
}

/** What whoever runs it says besides: who signs, and where. */
const LATER = ['--key', '--ledger', '--trust']
