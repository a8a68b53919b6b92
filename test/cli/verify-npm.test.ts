// `assay verify --npm`: a package that a workflow built and a registry published, and everything that can be wrong with either file.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Bundle, encodeBundle } from '../../src/bundle/index.ts'
import { runCli } from '../../src/cli/run-cli.ts'
import { compareCodePoints } from '../../src/core/index.ts'
import type { Host } from '../../src/host/index.ts'
import type { TrustDocument } from '../../src/trust/index.ts'
import { tarArchive } from '../digest/archive/tar-archive.ts'
import { createTestHost } from '../host/test-host.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'
import {
  packTarball,
  PROVENANCE,
  provenanceBundle,
  PUBLISH,
  publicationBundle,
  REGISTRY_KEY,
  SUBJECT,
  TARBALL,
} from '../verify/npm/scene.ts'
import { encodeNpmTrust } from '../verify/npm/trust.ts'
import { WITNESSED_AT } from '../verify/sigstore/signed-statement.ts'

type Json = Record<string, unknown>

const written = (bundle: Bundle) =>
  JSON.parse(Buffer.from(encodeBundle({ ...bundle, version: '0.3' })).toString()) as Json
const BUILT = { predicateType: PROVENANCE, bundle: written(provenanceBundle()) }
const PUBLISHED = { predicateType: PUBLISH, bundle: written(publicationBundle()) }

const folder = makeTemporaryFolder('npm')
const write = (name: string, content: string | Uint8Array) =>
  writeFileSync(join(folder, name), content)

const writeTrust = (name: string, change: Partial<TrustDocument> = {}) =>
  write(name, encodeNpmTrust(change))

beforeAll(() => {
  writeTrust('trust.json')
  write('name.tgz', TARBALL)
  write('attestations.json', JSON.stringify({ attestations: [BUILT, PUBLISHED] }))
})

interface Question {
  readonly tarball?: string
  readonly attestations?: string
  readonly trust?: string
  readonly options?: readonly string[]
  readonly stdin?: string
  readonly change?: (host: Host) => Host
}

async function ask(question: Question = {}) {
  const {
    tarball = 'name.tgz',
    attestations = 'attestations.json',
    trust = 'trust.json',
  } = question
  const { options = [], stdin = '', change = (host) => host } = question
  const { host, output } = createTestHost(folder, { now: Date.UTC(2026, 10, 21), stdin })
  const words = ['verify', '--npm', tarball, '--attestations', attestations, '--trust', trust]
  const exitCode = await runCli([...words, ...options, '--format', 'json'], change(host))
  const codes = [...output.stdout.matchAll(/"code":\s*"([^"]+)"/g)].map(([, code = '']) => code)
  return { exitCode, codes: [...new Set(codes)].toSorted(compareCodePoints), ...output }
}

describe('A package of npm', () => {
  it('is a file, whose signature is looked at and does not hold', async () => {
    const content = { kind: 'message', signature: Uint8Array.of(1) } as const
    const bare = written({ ...publicationBundle(), content, logEntries: [] })
    const attestations = [BUILT, { predicateType: PUBLISH, bundle: bare }]
    write('bare.json', JSON.stringify({ attestations }))
    const { codes } = await ask({ attestations: 'bare.json' })
    expect(codes).toEqual(['verify/signature-invalid'])
  })

  it('is accepted with both its attestations, from a file and from standard input', async () => {
    const ran = await ask()
    expect(ran).toMatchObject({ exitCode: 0, codes: [], stderr: '' })
    expect(JSON.parse(ran.stdout)).toMatchObject({
      outcome: 'accepted',
      bundles: [
        { name: 'attestations.json, attestation 1', outcome: 'accepted' },
        { name: 'attestations.json, attestation 2', outcome: 'accepted' },
      ],
    })
    const stdin = JSON.stringify({ attestations: [PUBLISHED, BUILT] })
    expect(await ask({ attestations: '-', stdin })).toMatchObject({ exitCode: 0 })
  })

  it.each<[string, readonly string[]]>([
    ['its name', ['--package-name', '@scope/name', '--package-version', '1.2.3']],
    ['its source', ['--source-uri', 'https://github.com/o/r', '--source-tag', 'v1']],
    ['its signer', ['--signer', 'signer']],
    ['its versions of statements', ['--statement-version', 'v1', '--statement-version', 'v0.1']],
  ])('is asked for %s', async (_, options) => {
    expect(await ask({ options })).toMatchObject({ exitCode: 0, codes: [] })
  })

  it.each<[string, string, readonly string[]]>([
    ['another name', 'verify/package-name', ['--package-name', 'name']],
    ['another version', 'verify/package-version', ['--package-version', '1.2.4']],
    ['another source', 'verify/source-uri', ['--source-uri', 'https://github.com/o/other']],
    ['statements of version v1 alone', 'verify/statement-version', ['--statement-version', 'v1']],
  ])('is refused where it should have %s: %s', async (_, code, options) => {
    expect(await ask({ options })).toMatchObject({ exitCode: 1, codes: [code] })
  })
})

describe('The tarball', () => {
  const manifest = (members: Json) =>
    packTarball(JSON.stringify({ name: '@scope/name', version: '1.2.3', ...members }))
  const TWO = tarArchive(
    { name: 'a/package.json', content: '{"name":"@scope/name","version":"1.2.3"}' },
    { name: 'b/package.json', content: '{"name":"other","version":"1.0.0"}' },
  )
  const LINK = tarArchive(
    { name: 'package/real.json', content: '{"name":"@scope/name","version":"1.2.3"}' },
    { name: 'package/package.json', type: '2', linkName: 'real.json' },
  )

  it.each<[string, string, Uint8Array]>([
    ['without a package.json', 'cli/package-json', packTarball('{}', 'package/other.json')],
    ['with a link for a package.json', 'cli/package-json', gzipSync(LINK)],
    ['with a package.json that is no JSON', 'cli/package-json', packTarball('{')],
    ['with a list for a package.json', 'cli/package-json', packTarball('[]')],
    [
      'with a name twice in its package.json',
      'cli/package-json',
      packTarball('{"name":"@scope/name","version":"1.2.3","name":"other"}'),
    ],
    ['without a name', 'cli/package-json', manifest({ name: undefined })],
    ['with a path for a name', 'cli/package-json', manifest({ name: 'a/b/c' })],
    ['with a scope alone for a name', 'cli/package-json', manifest({ name: '@scope/' })],
    ['with a name that npm has no more', 'cli/package-json', manifest({ name: 'Name' })],
    ['with a number for a version', 'cli/package-json', manifest({ version: 1 })],
    ['with an empty version', 'cli/package-json', manifest({ version: '' })],
    ['with two folders of one package.json each', 'digest/path-collision', gzipSync(TWO)],
    ['that is no archive', 'digest/archive-end', Buffer.from('no archive')],
  ])('%s can not be judged: %s', async (_, code, bytes) => {
    write('other.tgz', bytes)
    const ran = await ask({ tarball: 'other.tgz' })
    expect(ran.codes).toContain(code)
    expect(ran.exitCode).toBe(2)
  })

  it('is refused under another name or version than was attested, and with other bytes', async () => {
    for (const change of [{ name: '@scope/other' }, { version: '1.2.4' }]) {
      write('other.tgz', manifest(change))
      expect(await ask({ tarball: 'other.tgz' })).toMatchObject({
        exitCode: 1,
        codes: ['verify/package-published', 'verify/package-subject', 'verify/subject-missing'],
      })
    }
    write('other.tgz', manifest({ more: 1 }))
    const ran = await ask({ tarball: 'other.tgz' })
    expect(ran).toMatchObject({ exitCode: 1, codes: ['verify/subject-missing'] })
  })

  it('is digested in the reading that tells which package it is (A-86)', async () => {
    const reading: string[] = []
    const change = (host: Host): Host => ({
      ...host,
      digestFile: (path) => {
        reading.push('digested by its path')
        return host.digestFile(path)
      },
      readArchiveFile: async (...call) => {
        // Others put another tarball there before, and this one back after it was read.
        write('changing.tgz', manifest({ more: 1 }))
        const content = await host.readArchiveFile(...call)
        write('changing.tgz', TARBALL)
        return content
      },
    })
    write('changing.tgz', TARBALL)
    const ran = await ask({ tarball: 'changing.tgz', change })
    expect(ran).toMatchObject({ exitCode: 1, codes: ['verify/subject-missing'] })
    expect(reading).toEqual([])
    expect(await ask({ tarball: 'changing.tgz' })).toMatchObject({ exitCode: 0 })
  })

  it('is named where it is not there', async () => {
    expect(await ask({ tarball: 'nowhere.tgz' })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('"nowhere.tgz"'),
    })
  })
})

describe('The attestations', () => {
  const served = (...attestations: readonly unknown[]) => JSON.stringify({ attestations })
  const noted = (hint: string) => expect.stringContaining(`hint: ${hint}`)

  it.each<[string, string, string]>([
    ['the provenance alone', 'verify/attestation-missing', served(BUILT)],
    ['the publication alone', 'verify/attestation-missing', served(PUBLISHED)],
    ['one twice', 'verify/attestation-unexpected', served(BUILT, PUBLISHED, PUBLISHED)],
    [
      'another type beside one',
      'verify/attestation-type',
      served({ ...BUILT, predicateType: PUBLISH }, PUBLISHED),
    ],
    [
      'a subject by another digest',
      'verify/package-subject',
      served(BUILT, {
        ...PUBLISHED,
        bundle: written(
          publicationBundle({
            statement: { subject: [{ ...SUBJECT, digest: { sha256: 'a'.repeat(64) } }] },
          }),
        ),
      }),
    ],
  ])('with %s are refused: %s', async (_, code, stdin) => {
    const ran = await ask({ attestations: '-', stdin })
    expect(ran.exitCode).toBe(1)
    expect(ran.codes).toContain(code)
  })

  it.each<[string, string, string]>([
    ['no JSON', 'bundle/json', '{'],
    ['none', 'bundle/empty', served()],
    ['a Sigstore bundle', 'bundle/member-unknown', JSON.stringify(BUILT.bundle)],
    ["GitHub's list", 'bundle/member', served({ bundle: BUILT.bundle })],
    ['a bundle that is none', 'bundle/media-type', served(BUILT, { ...PUBLISHED, bundle: {} })],
  ])('that are %s can not be judged: %s', async (_, code, stdin) => {
    const ran = await ask({ attestations: '-', stdin })
    expect(ran.exitCode).toBe(2)
    expect(ran.codes).toContain(code)
  })

  it('are named where they are not there', async () => {
    expect(await ask({ attestations: 'nowhere.json' })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('"nowhere.json"'),
    })
  })

  it('that are missing are told with where they are served', async () => {
    const ran = await ask({ attestations: '-', stdin: served(BUILT) })
    expect(ran.stderr).toEqual(noted('The registry serves the attestations of a package under'))
  })

  it.each<[string, string, Partial<TrustDocument>, string]>([
    [
      'keys',
      'verify/key-unknown',
      { registryKeys: [] },
      'assay trust add-npm-keys KEYS --trust less.json',
    ],
    [
      'root',
      'verify/time-missing',
      { roots: [] },
      'assay trust add-root public-good --trust less.json',
    ],
  ])('are refused without the %s in the trust document: %s', async (_, code, change, command) => {
    writeTrust('less.json', change)
    const ran = await ask({ trust: 'less.json' })
    expect(ran.codes).toContain(code)
    expect(ran).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(command) })
  })

  it.each<[string, number, number, string | undefined]>([
    ['before its window', 1_000, 2_000, 'verify/key-not-yet-valid'],
    ['at its begin', 0, 2_000, undefined],
    ['at its end', -2_000, 0, undefined],
    ['after its window', -2_000, -1_000, 'verify/key-expired'],
  ])("are held against the window of the registry's key: %s", async (_, start, end, code) => {
    const validFor = { start: WITNESSED_AT + start, end: WITNESSED_AT + end }
    writeTrust('window.json', { registryKeys: [{ ...REGISTRY_KEY, validFor }] })
    const ran = await ask({ trust: 'window.json' })
    expect(ran.codes).toEqual(code === undefined ? [] : [code])
  })
})

describe('The usage', () => {
  it.each<[readonly string[], string]>([
    [['--set', '.'], '--set'],
    [['--artifact', 'name.tgz'], '--artifact'],
    [['--digest', `sha256:${'a'.repeat(64)}`], '--digest'],
    [['--type', 'provenance'], '--type'],
    [['--strip', '1'], '--strip'],
    [['--signature', 'name.sig'], '--signature'],
    [['name.sigstore.json'], 'name.sigstore.json'],
  ])('of --npm with %j is refused', async (options, named) => {
    const ran = await ask({ options })
    expect(ran).toMatchObject({ exitCode: 2, codes: ['cli/usage'] })
    expect(ran.stdout).toContain(named)
  })
})
