// Why the TUF client refused, in our codes. Some of its errors arrive as the text of another one, so that only the words are left.

import { quote } from '../../core/index.ts'
import type { HostProblem } from '../problem.ts'

const REASONS: readonly (readonly [words: RegExp, code: HostProblem['code'], said: string])[] = [
  [
    /was signed by \d+\/\d+ keys/,
    'host/update-unsigned',
    'Expected metadata signed by enough keys of its role',
  ],
  [
    /less than current version|Missing file .{1,200} in new snapshot/,
    'host/update-rolled-back',
    'Expected metadata no older than what was seen before',
  ],
  [
    /Expected (?:hash|length)|Hash algorithm|version doesn't match|does not match snapshot version/,
    'host/update-mismatch',
    'Expected the file that the signed metadata names',
  ],
  [/ is expired/, 'host/update-expired', 'Expected metadata that is still valid'],
  [/^target .{1,200} not found$/m, 'host/update-target', 'Expected a trusted root'],
]

/** @param thrown what the client threw, once faults of the network are told apart */
export function describeClientFault(thrown: unknown): HostProblem {
  const words = wordsOf(thrown).join('\n')
  const [, code, said] = REASONS.find(([pattern]) => pattern.test(words)) ?? [
    undefined,
    'host/update-malformed' as const,
    'Expected a TUF repository',
  ]
  // The innermost words say the most.
  return { code, message: `${said}, found: ${quote(wordsOf(thrown).at(-1) ?? 'no reason')}` }
}

function wordsOf(thrown: unknown, depth = 0): readonly string[] {
  if (!(thrown instanceof Error) || depth > 4) return []
  return [thrown.message, ...wordsOf(thrown.cause, depth + 1)]
}
