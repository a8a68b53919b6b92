// A case as the files of its folder.

import type { Files } from '../release.ts'
import type { Case } from './case.ts'

/** The inputs, with README.md for people and expect.json for the runner. */
export function renderCase(one: Case): Files {
  const { name, says, attacks, outcome, codes, twin, unread, args, files } = one
  const expect = {
    args,
    outcome,
    codes,
    ...(twin !== undefined && { twin }),
    ...(unread && { unread }),
  }
  const notes = [
    ...(attacks.length === 0 ? [] : [`Attacks: ${attacks.join(', ')}.`]),
    ...(twin === undefined ? [] : [`Its accepted twin is [${twin}](../${twin}).`]),
  ]
  return {
    'README.md': `# ${name}\n\n${says}\n${notes.length === 0 ? '' : `\n${notes.join(' ')}\n`}`,
    'expect.json': `${JSON.stringify(expect, null, 2)}\n`,
    ...files,
  }
}
