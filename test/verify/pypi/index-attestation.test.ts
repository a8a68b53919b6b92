import { describe, expect, it } from 'vitest'
import { PREDICATE_TYPES, type Statement } from '../../../src/statement/index.ts'
import { checkIndexAttestation } from '../../../src/verify/pypi/index-attestation.ts'
import type { ExpectedArtifacts } from '../../../src/verify/index.ts'

const SHA256 = 'a'.repeat(64)
const SUBJECT = { name: 'a_b-1.0.tar.gz', digest: { sha256: SHA256 } }
const STATEMENT: Statement = {
  version: 'v1',
  subjects: [SUBJECT],
  predicateType: PREDICATE_TYPES['pypi-publish'],
  predicate: {},
}
const files = (...names: string[]): ExpectedArtifacts => ({
  kind: 'artifacts',
  artifacts: names.map((name) => ({ name, digest: { sha256: SHA256 } })),
})

/** `accepted`, `not asked`, or the codes. */
function judge(
  change: Partial<Statement> = {},
  question: Partial<Parameters<typeof checkIndexAttestation>[1]> = {},
): unknown {
  const checks = checkIndexAttestation(
    { ...STATEMENT, ...change },
    {
      bundle: { profile: 'pep740' },
      artifacts: files('dist/a.b-1.tar.gz'),
      certificateKey: 'p256',
      ...question,
    },
  )
  if (checks.length === 0) return 'not asked'
  const codes = checks.flatMap(({ code }) => code ?? [])
  return codes.length === 0 ? 'accepted' : codes
}
const subject = (change: object) => ({ subjects: [{ ...SUBJECT, ...change }] })

describe('An attestation of a package index', () => {
  it.each([
    ['that says who published', {}],
    ['that says how it was built', { predicateType: PREDICATE_TYPES.provenance }],
    ['with further digests', subject({ digest: { sha256: SHA256, sha512: 'b'.repeat(128) } })],
  ])('%s is accepted', (_, change) => expect(judge(change)).toBe('accepted'))

  it.each<[string, string, Partial<Statement>]>([
    ['of an older statement version', 'verify/statement-version', { version: 'v0.1' }],
    ['of another type', 'verify/distribution-type', { predicateType: PREDICATE_TYPES.release }],
    [
      'of SLSA v0.2',
      'verify/distribution-type',
      { predicateType: PREDICATE_TYPES['provenance-v0.2'] },
    ],
    ['about two things', 'verify/distribution-subject', { subjects: [SUBJECT, SUBJECT] }],
    ['about nothing', 'verify/distribution-subject', { subjects: [] }],
    ['without a name', 'verify/distribution-subject', subject({ name: undefined })],
    [
      'of another name than distributions have',
      'verify/distribution-subject',
      subject({ name: 'app.js' }),
    ],
    [
      'with a folder in the name',
      'verify/distribution-subject',
      subject({ name: 'x/a_b-1.0.tar.gz' }),
    ],
    [
      'without SHA-256',
      'verify/distribution-subject',
      subject({ digest: { sha512: 'b'.repeat(128) } }),
    ],
    ['of another version', 'verify/distribution-name', subject({ name: 'a_b-1.1.tar.gz' })],
    ['of a wheel', 'verify/distribution-name', subject({ name: 'a_b-1.0-py3-none-any.whl' })],
  ])('%s is refused: %s', (_, code, change) => expect(judge(change)).toEqual([code]))

  it('signed with another kind of key is refused', () => {
    const refused = ['verify/distribution-signature']
    expect(judge({}, { certificateKey: 'p384' })).toEqual(refused)
    expect(judge({}, { certificateKey: undefined })).toEqual(refused)
  })

  it('is compared with the name of a file, and with no digest', () => {
    expect(judge({}, { artifacts: files(`sha256:${SHA256}`) })).toBe('accepted')
    expect(judge({}, { artifacts: files('a.b-1.tar.gz.1') })).toEqual(['verify/distribution-name'])
    const set = { artifacts: [{ path: 'x/other-1.tar.gz', sha256: SHA256 }], links: [] }
    expect(judge({}, { artifacts: { kind: 'set', set } })).toEqual(['verify/distribution-name'])
    const [archive] = [{ name: 'C:\\dist\\a_b-1.0.tar.gz', digest: { sha256: SHA256 } }]
    expect(judge({}, { artifacts: { kind: 'contents', archive, contents: [], set } })).toBe(
      'accepted',
    )
  })

  it('is refused once for a set, however many files are in it', () => {
    const among = (...paths: string[]): unknown => {
      const set = { artifacts: paths.map((path) => ({ path, sha256: SHA256 })), links: [] }
      return judge({}, { artifacts: { kind: 'set', set } })
    }
    expect(among('LICENSE', 'setup.py', 'a_b-1.0.tar.gz')).toEqual(['verify/distribution-name'])
    expect(among('dist/a_b-1.0.tar.gz')).toBe('accepted')
    expect(judge({}, { artifacts: files('LICENSE', 'setup.py') })).toEqual([
      'verify/distribution-name',
      'verify/distribution-name',
    ])
  })

  it('that keeps the rules is told by its name and type', () => {
    const [check] = checkIndexAttestation(STATEMENT, {
      bundle: { profile: 'pep740' },
      artifacts: files('a_b-1.0.tar.gz'),
      certificateKey: 'p256',
    })
    expect(check).toMatchObject({
      outcome: 'accepted',
      expected: expect.stringContaining('SHA-256') as string,
      found: `"a_b-1.0.tar.gz" in a statement of the type "${PREDICATE_TYPES['pypi-publish']}"`,
    })
  })

  it('is asked nothing of all this where it came as a Sigstore bundle', () => {
    expect(judge({ subjects: [] }, { bundle: {} })).toBe('not asked')
  })
})
