import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Bundle, parseBundle } from '../../src/bundle/index.ts'
import { failedChecks } from '../../src/core/index.ts'
import type { TrustDocument } from '../../src/trust/index.ts'
import { loadSigstore, verifyBundle } from '../../src/verify/index.ts'
import { findCorpus, reportCorpus } from '../corpora.ts'
import { PUBLIC_GOOD, trusting } from '../verify/sigstore/trust.ts'

interface Release {
  readonly version: string
  readonly url: string
  readonly sha256: string
  readonly identity: string
  readonly issuer: string
  readonly bundle: object
}

/** Everything that a verification of one release depends on. */
interface Question {
  readonly bundle: Bundle
  readonly sha256: string
  readonly trust: TrustDocument
}

const corpus = findCorpus('cpython-releases') ?? ''
const releases: readonly Release[] =
  corpus === ''
    ? []
    : readFileSync(join(corpus, 'cases.jsonl'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Release)
const sigstore = await loadSigstore()

function questionOf({ bundle, sha256, identity, issuer }: Release): Question {
  const parsed = parseBundle(Buffer.from(JSON.stringify(bundle)))
  if (!parsed.ok) throw new Error(parsed.problems[0].message)
  if (!PUBLIC_GOOD.ok) throw new Error(PUBLIC_GOOD.problems[0].message)
  const trust = trusting({ root: PUBLIC_GOOD.value, identity: { issuer, san: identity } })
  return { bundle: parsed.value, sha256, trust }
}

/** `accepted`, or the codes of everything that was wrong. The releases are large, so that only their digests are at hand. */
function judge({ bundle, sha256, trust }: Question): 'accepted' | readonly string[] {
  const artifacts = [{ name: 'release', digest: { sha256 }, isFileDigest: true }]
  const { verdict } = verifyBundle({
    bundle,
    trust,
    sigstore,
    now: Date.UTC(2026, 10, 21),
    expectation: { artifacts: { kind: 'artifacts', artifacts } },
  })
  if (verdict.outcome === 'accepted') return 'accepted'
  return failedChecks(verdict).map(({ code }) => code ?? '')
}

const other = (text: string): string => `${text.slice(0, -1)}${text.endsWith('0') ? '1' : '0'}`

/** One change each, of a release `of` its own and `other` one, and the code that names it. */
const CHANGES: readonly (readonly [string, string, (of: Release, another: Release) => Question])[] =
  [
    [
      'another identity',
      'verify/identity-unexpected',
      (of) => questionOf({ ...of, identity: `x${of.identity}` }),
    ],
    [
      'another issuer',
      'verify/issuer-unexpected',
      (of) => questionOf({ ...of, issuer: `${of.issuer}.example` }),
    ],
    [
      'another artifact',
      'verify/log-digest-mismatch',
      (of) => questionOf({ ...of, sha256: other(of.sha256) }),
    ],
    [
      'another signature',
      'verify/certificate-signature-invalid',
      (of, another) => {
        const question = questionOf(of)
        return {
          ...question,
          bundle: { ...question.bundle, content: questionOf(another).bundle.content },
        }
      },
    ],
    [
      "another release's log entry",
      'verify/log-signature-mismatch',
      (of, another) => {
        const question = questionOf(of)
        const { logEntries } = questionOf(another).bundle
        return { ...question, bundle: { ...question.bundle, logEntries } }
      },
    ],
    [
      'no log entry',
      'verify/time-missing',
      (of) => {
        const question = questionOf(of)
        return { ...question, bundle: { ...question.bundle, logEntries: [] } }
      },
    ],
  ]

describe.runIf(corpus !== '')('the releases of CPython', () => {
  it('are all accepted', () => {
    const unexpected = releases.filter((release) => judge(questionOf(release)) !== 'accepted')
    reportCorpus('cpython-releases', releases.length, unexpected.length)
    expect(unexpected.map(({ url }) => url)).toEqual([])
    expect(releases).toHaveLength(81)
  })

  it.each(CHANGES)('are none of them accepted with %s', (_, code, change) => {
    const judged = releases.map((release, index) => {
      // Two releases may be the same file under two names: the nearest one that is not.
      const others = [...releases.slice(index + 1), ...releases.slice(0, index)]
      const another = others.find(({ sha256 }) => sha256 !== release.sha256) ?? release
      return judge(change(release, another))
    })
    expect(judged.filter((found) => found === 'accepted')).toEqual([])
    expect(judged.every((found) => found.includes(code))).toBe(true)
  })
})
