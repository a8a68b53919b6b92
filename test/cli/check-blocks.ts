// The blocks of the page in a pack, run as they stand there, by a plain shell.

import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { programPath } from '../rehearsal/programs/catalog.ts'

/** The first block under a heading. */
function blockUnder(page: string, heading: string): string {
  const section = page.split(/^## (?:\d\. )?/m).find((text) => text.startsWith(`${heading}\n`))
  const [, block] = /^```sh\b.*\n([^]*?)^```$/m.exec(section ?? '') ?? []
  if (block === undefined) throw new Error(`Expected a block under ${heading}`)
  return block
}

/** What the block under a heading says in the folder of a pack. */
export function runBlock(cwd: string, heading: string): string {
  const block = blockUnder(readFileSync(join(cwd, 'CHECK.md'), 'utf8'), heading)
  const { stdout, stderr } = spawnSync('sh', ['-c', block], {
    ...{ cwd, encoding: 'utf8' },
    env: {
      ...process.env,
      PATH: `${dirname(programPath('cosign'))}${delimiter}${process.env['PATH']}`,
    },
  })
  return stdout + stderr
}
