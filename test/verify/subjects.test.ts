// Subjects in detail: names, digests, links, and archives whose contents were installed.

import { describe, expect, it } from 'vitest'
import { failedChecks } from '../../src/core/index.ts'
import { type Artifact, digestSet } from '../../src/digest/index.ts'
import { codesOf, each, setOf, verifyOne } from './question.ts'
import {
  artifactsOf,
  digestOf,
  type Json,
  messageBundle,
  RELEASE_FILES,
  signedBundle,
  statement,
  subjectsOf,
} from './release.ts'

const APP = Buffer.from(RELEASE_FILES['app.js'] ?? '')
describe('the subjects of a statement', () => {
  it('have no name where it is null, empty or "_"', () => {
    const about = each({ name: 'app.js', digest: { sha256: digestOf(APP) } })
    for (const name of [null, '', '_', undefined]) {
      const subject = [{ name, digest: { sha256: digestOf(APP) } }]
      const { verified } = verifyOne(signedBundle(statement({ subject })), about)
      expect(verified?.subjects).toEqual([
        { artifact: 'app.js', digest: `sha256:${digestOf(APP)}` },
      ])
      expect(codesOf(verifyOne(signedBundle(statement({ subject }))).verdict)).toEqual([
        'verify/subject-name',
      ])
    }
  })

  it('compares every digest of the set subject that it can compute (X6)', () => {
    const [set, ...parts] = subjectsOf(RELEASE_FILES)
    const manifest = artifactsOf(RELEASE_FILES)
      .map(({ path, sha256 }) => `${sha256}  ${path}\n`)
      .join('')
    const withDigests = (digest: Json) =>
      codesOf(
        verifyOne(signedBundle(statement({ subject: [{ ...set, digest }, ...parts] }))).verdict,
      )
    const dirHash = digestOf(manifest)
    expect(withDigests({ dirHash })).toEqual([])
    expect(withDigests({ dirHash, sha512: digestOf(manifest, 'sha512') })).toEqual([])
    expect(withDigests({ dirHash, sha384: digestOf('other', 'sha384') })).toEqual([
      'verify/set-digest',
    ])
  })

  it('can not say what differs where only the set is named, and says how to find out', () => {
    const dirHash = digestOf('other')
    const [, ...parts] = subjectsOf(RELEASE_FILES)
    const hints = (...subject: Json[]) =>
      failedChecks(verifyOne(signedBundle(statement({ subject }))).verdict).map(({ hint }) => hint)
    const whole = { name: 'set', digest: { dirHash } }
    expect(hints(whole)).toEqual(['What differs: assay digest --check SHA256SUMS PATH'])
    expect(hints(whole, ...parts)).toEqual([undefined])
  })

  it.each<[string, (artifacts: Artifact[]) => unknown]>([
    ['another digest', ([first]) => Object.assign(first ?? {}, { sha256: digestOf('evil') })],
    ['another path', ([first]) => Object.assign(first ?? {}, { path: 'evil.js' })],
    ['another artifact', (all) => all.splice(0, 1, { path: 'e', sha256: digestOf('e') })],
    ['one more', (all) => all.push({ path: 'evil.js', sha256: digestOf('evil') })],
    ['one less', (all) => all.pop()],
  ])('compares the set as it is, also where it was asked before and has %s since', (_, change) => {
    const artifacts = artifactsOf(RELEASE_FILES).map((artifact) => ({ ...artifact }))
    const dirHash = digestSet(artifacts)
    const bundle = signedBundle(statement({ subject: [{ name: 'set', digest: { dirHash } }] }))
    const set = { artifacts, links: [] }
    const codes = () => codesOf(verifyOne(bundle, { artifacts: { kind: 'set', set } }).verdict)
    expect([codes(), codes()]).toEqual([[], []])
    change(artifacts)
    expect([codes(), codes()]).toEqual([['verify/set-digest'], ['verify/set-digest']])
  })

  it('compares the SHA-512 of artifacts where both sides have it', () => {
    const subject = Object.entries(RELEASE_FILES).map(([name, content]) => {
      return { name, digest: { sha512: digestOf(content, 'sha512') } }
    })
    const found = artifactsOf(RELEASE_FILES)
    const both = found.map(({ path, sha256 }) => {
      return { path, sha256, sha512: digestOf(RELEASE_FILES[path] ?? '', 'sha512') }
    })
    const bundle = signedBundle(statement({ subject }))
    const about = (artifacts: typeof found) =>
      verifyOne(bundle, { artifacts: { kind: 'set', set: { artifacts, links: [] } } }).verdict
        .outcome
    expect(about(both)).toBe('accepted')
    const beside = Object.entries(RELEASE_FILES).map(([name, content]) => {
      return { name, digest: { sha256: digestOf(content), sha512: digestOf(content, 'sha512') } }
    })
    const uncompared = (artifacts: typeof found) => {
      const set = { kind: 'set', set: { artifacts, links: [] } } as const
      const { verdict } = verifyOne(signedBundle(statement({ subject: beside })), {
        artifacts: set,
      })
      expect(verdict.outcome).toBe('accepted')
      return verdict.checks?.filter(({ name }) => name === 'not-compared').map((one) => one.found)
    }
    expect(uncompared(both)).toEqual([])
    expect(uncompared(found)).toEqual(['sha512'])
    expect(about(found)).toBe('rejected')
  })

  it('tells which digests of a subject it had nothing to compare with', () => {
    const digest = {
      sha256: digestOf(APP),
      sha512: digestOf(APP, 'sha512'),
      gitBlob: 'a'.repeat(40),
      md5: 'ignored',
    }
    const found = (known: Record<string, string>) => {
      const about = each({ name: 'app.js', digest: known })
      const { verdict } = verifyOne(signedBundle(statement({ subject: [{ digest }] })), about)
      expect(verdict.outcome).toBe('accepted')
      return verdict.checks?.find(({ name }) => name === 'not-compared')?.found
    }
    expect(found({ sha256: digest.sha256 })).toBe('gitBlob, sha512')
    expect(found({ sha256: digest.sha256, sha512: digest.sha512 })).toBe('gitBlob')
  })

  it('lists what lies in the set and no signature covers', () => {
    const links = [{ path: 'bin/app', target: '../../etc/passwd\u001b[2J' }]
    const found = { set: { artifacts: artifactsOf(RELEASE_FILES), links } }
    const bundle = signedBundle(statement())
    const refused = verifyOne(bundle, { artifacts: { kind: 'set', ...found } }).verdict
    expect(codesOf(refused)).toEqual(['verify/link-extra'])
    const leftOut = [{ path: 'app.log', reason: 'excluded' }] as const
    const listed = verifyOne(bundle, {
      artifacts: { kind: 'set', ...found, links: 'list', leftOut },
    })
    expect(listed.verdict.outcome).toBe('accepted')
    const messages = listed.verdict.checks?.map(({ message }) => message)
    expect(messages).toContain(
      '"bin/app" is a symbolic link to "../../etc/passwd\\u{1b}[2J", which is not followed and not signed',
    )
    expect(messages).toContain('"app.log" is not part of the set: excluded')
  })

  it('asks of an archive that it is signed, and of what was found that it is in the archive', () => {
    const archive = { name: 'app.tgz', digest: { sha256: digestOf(APP) }, bytes: APP }
    const contents = artifactsOf(RELEASE_FILES)
    const about = (files: typeof RELEASE_FILES) =>
      ({ artifacts: { kind: 'contents', archive, contents, set: setOf(files).set } }) as const
    const bundle = signedBundle(statement())
    expect(codesOf(verifyOne(bundle, about(RELEASE_FILES)).verdict)).toEqual([])
    const changed = { ...RELEASE_FILES, 'app.js': '' }
    expect(codesOf(verifyOne(bundle, about(changed)).verdict)).toEqual(['digest/artifact-changed'])
    expect(codesOf(verifyOne(messageBundle(APP), about(RELEASE_FILES)).verdict)).toEqual([])
    expect(codesOf(verifyOne(messageBundle(APP), about(changed)).verdict)).toEqual([
      'digest/artifact-changed',
    ])
    expect(codesOf(verifyOne(messageBundle('x'), about(RELEASE_FILES)).verdict)).toEqual([
      'verify/signature-invalid',
    ])
  })
})
