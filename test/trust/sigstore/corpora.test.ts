import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parseTrustedRoot } from '../../../src/trust/index.ts'
import { findCorpus, reportCorpus } from '../../corpora.ts'
import { problemsOf } from './roots.ts'

const conformance = findCorpus('sigstore-conformance')

/** The one root that is malformed; what is wrong with the others, they do not say themselves. */
const MALFORMED: Readonly<Record<string, readonly string[]>> = {
  'trust-root-tlog-missing-validity-start_fail': [
    'trust/root-validity /tlogs/1/publicKey/validFor',
  ],
}

it.skipIf(conformance === undefined)(
  'parseTrustedRoot() reads the roots of the conformance cases',
  () => {
    const folder = join(conformance ?? '', 'bundle-verify')
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('trusted_root.json'),
    )
    const unexpected = files.filter((file) => {
      const found = problemsOf(parseTrustedRoot(readFileSync(join(folder, file))))
      const expected = MALFORMED[file.split('/')[0] ?? ''] ?? 'accepted'
      return JSON.stringify(found) !== JSON.stringify(expected)
    })
    reportCorpus('sigstore-conformance (trusted roots)', files.length, unexpected.length)
    expect(unexpected).toEqual([])
    expect(files.length).toBeGreaterThan(0)
  },
)
