import { describe, expect, it } from 'vitest'
import { parseBundle } from '../../src/bundle/index.ts'
import { failedChecks } from '../../src/core/index.ts'
import { digestSet } from '../../src/digest/index.ts'
import { verifyBundle, verifyBundles } from '../../src/verify/index.ts'
import { ask, codesOf, each, NOW, readBundle, setOf, verifyOne } from './question.ts'
import {
  artifactsOf,
  digestOf,
  type Json,
  messageBundle,
  provenance,
  RELEASE_FILES,
  readTrust,
  SET_ID,
  signedBundle,
  statement,
  subjectsOf,
  trust,
  trustedKey,
} from './release.ts'

const APP = Buffer.from(RELEASE_FILES['app.js'] ?? '')
const TRUST = readTrust()

const logEntry = (logIndex: string): Json => ({
  logIndex,
  logId: { keyId: 'AQ==' },
  kindVersion: { kind: 'dsse', version: '0.0.1' },
  canonicalizedBody: 'e30=',
})

describe('verifyBundle()', () => {
  it('gives the statement with who said it, about what, and as of when', () => {
    const { verdict, verified } = verifyOne(signedBundle(statement()))
    expect(verdict.outcome).toBe('accepted')
    const set = digestSet(artifactsOf(RELEASE_FILES))
    expect(verified).toMatchObject({
      value: { version: 'v1', predicateType: 'https://slsa.dev/provenance/v1' },
      signer: { type: 'key', name: 'release', principal: 'release', roles: [{ name: 'release' }] },
      origin: 'local-proof',
      judged: { at: NOW, source: 'clock', notJudged: { logEntries: 0, timestamps: 0 } },
    })
    expect(verified?.subjects).toEqual([
      { artifact: 'SHA256SUMS', subject: SET_ID, digest: `sha256:${set}` },
      ...artifactsOf(RELEASE_FILES).map(({ path, sha256 }) => {
        return { artifact: path, subject: path, digest: `sha256:${sha256}` }
      }),
    ])
  })

  it('gives who holds the key, where the trust document says it', () => {
    const document = readTrust(trust([trustedKey('release', { principal: 'ann', kind: 'person' })]))
    const { bundles } = ask([signedBundle(statement())], { trust: document })
    expect(bundles[0]?.verified?.signer).toMatchObject({ principal: 'ann', kind: 'person' })
  })

  it('gives no evidence with a verdict that is not accepted', () => {
    const { verdict, verified } = verifyOne(signedBundle(statement()), { signer: 'nobody' })
    expect(codesOf(verdict)).toEqual(['verify/signer-unknown'])
    expect(verified).toBeUndefined()
  })

  it('refuses an empty question: no set, no artifact, no bundle', () => {
    const bundle = signedBundle(statement())
    expect(codesOf(verifyOne(bundle, { artifacts: setOf({}) }).verdict)).toEqual([
      'verify/nothing-to-verify',
    ])
    expect(codesOf(verifyOne(bundle, each()).verdict)).toEqual(['verify/nothing-to-verify'])
    const { verdict } = ask([])
    expect(verdict.outcome).toBe('missing')
    expect(codesOf(verdict)).toEqual(['verify/no-bundle'])
  })

  it('says all that was asked of a provenance where no bundle can be one', () => {
    const parameters = [{ name: 'target', value: 'all' }]
    const provenance = { sourceTag: 'v1', buildType: 'urn:build', parameters }
    const { verdict } = ask([], { expectation: { provenance } })
    expect(failedChecks(verdict)).toMatchObject([
      { code: 'verify/no-bundle' },
      {
        code: 'verify/provenance-missing',
        expected: 'a provenance, source tag "v1", build type "urn:build", parameter "target" "all"',
        found: 'none',
      },
    ])
  })

  it('asks one bundle for the provenance that is expected, whatever it is', () => {
    const expectation = { provenance: { builderId: 'https://builder.example' } }
    const other = { predicateType: 'https://predicates.example/review/v1', predicate: {} }
    const { verdict } = verifyOne(signedBundle(statement(other)), expectation)
    expect(failedChecks(verdict)).toMatchObject([
      {
        code: 'verify/provenance-missing',
        expected: 'a provenance, builder "https://builder.example"',
        found: 'a statement of the type "https://predicates.example/review/v1"',
      },
    ])
    const bytes = messageBundle(APP)
    const artifact = { name: 'app.js', digest: { sha256: digestOf(APP) }, bytes: APP }
    expect(codesOf(verifyOne(bytes, { ...each(artifact), ...expectation }).verdict)).toEqual([
      'verify/provenance-missing',
    ])
    expect(codesOf(verifyOne(bytes, each(artifact)).verdict)).toEqual([])
  })

  it('keeps to the bytes that it was given, whatever happens to the input afterwards (A-106)', () => {
    const bytes = Buffer.from(JSON.stringify(signedBundle(statement())))
    const bundle = parseBundle(bytes)
    bytes.fill(0)
    if (!bundle.ok) throw new Error('expected a bundle')
    const request = { trust: TRUST, now: NOW, expectation: { artifacts: setOf(RELEASE_FILES) } }
    const { verified } = verifyBundle({ ...request, bundle: bundle.value })
    const { content } = bundle.value
    if (content.kind === 'dsse') content.envelope.payload.fill(0)
    expect(verified?.value).toMatchObject({ predicateType: 'https://slsa.dev/provenance/v1' })
    expect(verifyBundle({ ...request, bundle: bundle.value }).verdict.outcome).toBe('rejected')
  })

  it('refuses more subjects than anybody needs, quickly (A-60, A-98)', () => {
    const digest = { sha256: digestOf(APP) }
    const many = (count: number) => Array.from({ length: count }, () => ({ digest }))
    const about = each({ name: 'app.js', digest })
    const started = performance.now()
    expect(
      codesOf(verifyOne(signedBundle(statement({ subject: many(10_001) })), about).verdict),
    ).toEqual(['verify/statement-malformed'])
    expect(performance.now() - started).toBeLessThan(2_000)
    expect(
      verifyOne(signedBundle(statement({ subject: many(10_000) })), about).verdict.outcome,
    ).toBe('accepted')
  })

  it('checks a bare signature over one artifact only', () => {
    const artifact = { name: 'app.js', digest: { sha256: digestOf(APP) }, bytes: APP }
    const { verdict } = verifyOne(messageBundle(APP), each(artifact, artifact))
    expect(codesOf(verdict)).toEqual(['verify/bytes-missing'])
    const { verified } = verifyOne(messageBundle(APP), each(artifact))
    expect(verified?.value).toEqual({ artifact: 'app.js', digest: `sha256:${digestOf(APP)}` })
  })

  it('lets only roles without a list of predicate types sign bare bytes', () => {
    const artifact = { name: 'app.js', digest: { sha256: digestOf(APP) }, bytes: APP }
    const as = (role: Json) => {
      const document = readTrust(
        trust(
          [trustedKey('release', { roles: ['some'] })],
          [{ name: 'some', threshold: 1, ...role }],
        ),
      )
      return codesOf(
        ask([messageBundle(APP)], { trust: document, expectation: each(artifact) }).verdict,
      )
    }
    expect(as({})).toEqual([])
    expect(as({ predicateTypes: ['https://slsa.dev/provenance/v1'] })).toEqual([
      'verify/role-missing',
    ])
    expect(as({ targets: ['render'] })).toEqual(['verify/role-missing'])
  })

  it('takes no target from a statement that names two', () => {
    const role = { name: 'rollout', targets: ['render_staging_rollout'], threshold: 1 }
    const document = readTrust(trust([trustedKey('release', { roles: ['rollout'] })], [role]))
    const [set, ...parts] = subjectsOf(RELEASE_FILES)
    const about = (names: readonly string[]) => {
      const subject = [...names.map((name) => ({ ...set, name })), ...parts]
      const question = { trust: document, expectation: { target: 'render_staging_rollout' } }
      return codesOf(ask([signedBundle(statement({ subject }))], question).verdict)
    }
    expect(about([SET_ID])).toEqual([])
    expect(about([SET_ID, 'production__render_production__v1.2.0__4711-1'])).toEqual([
      'verify/role-missing',
      'verify/target',
    ])
    expect(about(['SHA256SUMS'])).toEqual(['verify/role-missing', 'verify/target'])
  })

  it('tells log entries and timestamps that nothing here can judge', () => {
    const material = {
      publicKey: { hint: '' },
      tlogEntries: [logEntry('1'), logEntry('2')],
      timestampVerificationData: { rfc3161Timestamps: [{ signedTimestamp: 'AAAA' }] },
    }
    const bundle = { ...signedBundle(statement()), verificationMaterial: material }
    const { verdict, verified } = verifyOne(bundle)
    expect(verified?.judged.notJudged).toEqual({ logEntries: 2, timestamps: 1 })
    expect(verdict.checks?.find(({ name }) => name === 'time')?.message).toBe(
      "Judged at 2026-04-10T12:00:00Z, by this machine's clock; no independent time; not judged, no root for it: 2 log entries, 1 timestamp",
    )
  })

  it('judges as of the time that is asked for, and says so', () => {
    const { verdict, bundles } = verifyBundles({
      bundles: [{ name: 'b', bundle: { ok: true, value: readBundle(signedBundle(statement())) } }],
      trust: TRUST,
      now: NOW,
      at: NOW - 1000,
      expectation: { artifacts: setOf(RELEASE_FILES) },
    })
    expect(bundles[0]?.verified?.judged).toMatchObject({ at: NOW - 1000, source: 'given' })
    expect(JSON.stringify(verdict)).toContain('Judged at 2026-04-10T11:59:59Z, as asked')
  })

  it('names a few of many subjects and keys in its messages', () => {
    const many = Array.from({ length: 9 }, (_, index) => {
      return {
        ...(index > 0 && { name: `file ${index}` }),
        digest: { sha256: digestOf(`${index}`) },
      }
    })
    const about = each({ name: 'app.js', digest: { sha256: digestOf(APP) } })
    const { verdict } = verifyOne(signedBundle(statement({ subject: many })), about)
    expect(JSON.stringify(verdict)).toContain('and 6 more')
    const keys = Array.from({ length: 7 }, (_, index) => trustedKey(`key-${index}`))
    const other = ask([signedBundle(statement())], { trust: readTrust(trust(keys)) }).verdict
    expect(JSON.stringify(other)).toContain('or 2 more')
  })

  it('shows what the builder says of the work tree', () => {
    const states = ['clean', 'dirty', 'absent', undefined, 7].map((state) => {
      const definition = {
        ...(provenance()['buildDefinition'] as Json),
        internalParameters: { assay_source: { state } },
      }
      const bundle = signedBundle(statement({ predicate: provenance({ definition }) }))
      return verifyOne(bundle).verdict.checks?.find(({ name }) => name === 'source-state')?.found
    })
    expect(states).toEqual(['"clean"', '"dirty"', '"absent"', undefined, undefined])
  })

  it('takes a role that nobody declared for none', () => {
    const keys = TRUST.keys.map((key) => ({ ...key, roles: ['undeclared'] }))
    const { verdict } = ask([signedBundle(statement())], { trust: { ...TRUST, keys } })
    expect(codesOf(verdict)).toEqual(['verify/role-missing'])
  })

  it('quotes the algorithms of a document in a contradiction', () => {
    const digest = { sha256: digestOf(APP), sha512: digestOf('x', 'sha512'), 'a b': 'accepted' }
    const about = {
      name: 'app.js',
      digest: { sha256: digestOf(APP), sha512: digestOf(APP, 'sha512') },
    }
    const { verdict } = verifyOne(signedBundle(statement({ subject: [{ digest }] })), each(about))
    const [check] = verdict.checks?.filter(({ name }) => name === 'subject') ?? []
    expect(check?.message).toBe(
      'One digest of the subject without a name is of "app.js", and another is not',
    )
    expect(check?.found).toContain(', "a b:accepted"')
  })
})
