// The verification summary of a gate, from the ledger to whoever accepts it by the seven steps; and readers of others.

import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject, JsonValue } from '../../../src/core/index.ts'
import { findPython } from '../../outside-tool.ts'
import {
  type LedgerWorld,
  openGateWorld,
  PRODUCTION,
  put,
  RELEASE,
  STAGING,
  UNDER,
} from './gate-world.ts'
import {
  ABOUT,
  addVerifier,
  AS,
  declareResources,
  predicatesOf,
  RESOURCE,
  SIGNED,
  VERIFIER,
} from './summary-world.ts'

const BUILDER = 'https://git.example/team/app/.github/workflows/r.yml@refs/tags/v1.2.0'
const OF = `--resource-uri ${STAGING}`
const OWN = [
  'schema: assay/policy/v1',
  'kind: requirements',
  'id: policy.own',
  'version: 1',
  'title: What the release needs for us',
  'scope: { stages: [staging] }',
  'requirements:',
  '  - { id: provenance, title: Provenance, select: { family: provenance } }',
  '',
].join('\n')
const GO = '--verified-level urn:assay:gate:go'

let world: LedgerWorld
beforeAll(async () => {
  world = await openGateWorld()
  await world.done(
    `trust add-builder --name builder --id ${BUILDER} --signer release --build-level 2`,
  )
  await addVerifier(world)
  await world.done(`gate ${STAGING} ${UNDER} ${AS} --vsa passed.jsonl ${SIGNED}`)
}, 120_000)

function read(name: string): string {
  return readFileSync(join(world.folder, name), 'utf8')
}

const digestsOf = ({ inputAttestations }: JsonObject): readonly string[] =>
  (inputAttestations as { digest: { sha256: string } }[]).map(({ digest }) => digest.sha256)

describe('assay gate --vsa', () => {
  it('says who verified what, when, by which policy, and what it came to', () => {
    const [predicate = {}] = predicatesOf(world, 'passed.jsonl')
    expect(predicate).toMatchObject({
      verifier: { id: VERIFIER, version: { assay: expect.any(String) as string } },
      timeVerified: '2026-04-10T12:00:00Z',
      resourceUri: RESOURCE,
      policy: { uri: `urn:assay:policy:${STAGING}` },
      verificationResult: 'PASSED',
      verifiedLevels: ['SLSA_BUILD_LEVEL_2', 'urn:assay:gate:go'],
      slsaVersion: '1.2',
    })
    expect(predicate).not.toHaveProperty('dependencyLevels')
  })

  it('names all evidence about the release and its commit, each bundle by the digest of its file', () => {
    const [predicate = {}] = predicatesOf(world, 'passed.jsonl')
    const digests = digestsOf(predicate)
    const all = JSON.parse(JSON.stringify(predicate['inputAttestations'])) as { name: string }[]
    for (const { name } of all) expect(read(`ledger/${name}`)).toContain('dsseEnvelope')
    // Everything of the second release, and the three records about its commit; nothing of the first one is asked for.
    expect(digests).toHaveLength(new Set(digests).size)
    expect(digests.length).toBeGreaterThan(RELEASE.bundles.length)
  })

  it('is accepted by whoever trusts the verifier', async () => {
    const levels = `${GO} --verified-level SLSA_BUILD_LEVEL_1`
    const verify = `verify passed.jsonl ${ABOUT} ${AS} ${levels}`
    expect(await world.judge(verify)).toMatchObject({ exitCode: 0 })
    const [predicate = {}] = predicatesOf(world, 'passed.jsonl')
    const { digest } = predicate['policy'] as { readonly digest: { readonly sha256: string } }
    const policy = `--policy-uri urn:assay:policy:${STAGING} --policy-digest sha256:${digest.sha256}`
    expect(await world.judge(`${verify} ${policy} --verified-within 1h`)).toMatchObject({
      exitCode: 0,
    })
  })

  it.each([
    ['another resource', `${AS}/other ${GO}`, 'verify/resource-uri'],
    [
      'a level that was not reached',
      `${AS} --verified-level SLSA_BUILD_LEVEL_3`,
      'verify/verified-level',
    ],
    ['another verifier', `${AS.replace('/v1', '/v2')} ${GO}`, 'verify/verifier-id'],
    ['nothing', '--type vsa', 'verify/summary-unasked'],
  ])('is not, where %s is expected', async (_, expected, code) => {
    expect(await world.judge(`verify passed.jsonl ${ABOUT} ${expected}`)).toMatchObject({
      exitCode: 1,
      codes: [code],
    })
  })

  it('is nobody’s word under a trust document that names no such verifier', async () => {
    const { keys } = JSON.parse(read('consumer.json')) as JsonObject
    const without = { schema: 'assay/trust/v1', keys: keys as JsonValue, roles: [] }
    writeFileSync(join(world.folder, 'without.json'), JSON.stringify(without))
    const verify = `verify passed.jsonl ${ABOUT.replace('consumer', 'without')} ${AS} ${GO}`
    expect(await world.judge(verify)).toMatchObject({ codes: ['verify/verifier-signer'] })
  })

  it('is about a release, and not about what is not there yet', async () => {
    declareResources(world)
    const several = `gate ${STAGING} ${PRODUCTION} ${UNDER} --verifier-id ${VERIFIER}`
    const { exitCode, stderr } = await world.run(`${several} --dry-run --vsa both.jsonl`)
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('gate/summary-subject')])
    const one = `gate ${PRODUCTION} ${UNDER} --verifier-id ${VERIFIER} --dry-run --vsa x`
    expect(await world.judge(one)).toMatchObject({ codes: ['gate/summary-subject'] })
  })

  it('has the resource of each gate, by its id', async () => {
    put(world, 'policies/own.yaml', OWN)
    const gates = `gate ${STAGING} policy.own ${UNDER} --verifier-id ${VERIFIER}`
    const resources = `--resource-uri policy.own=${RESOURCE}?of=own ${OF}=${RESOURCE}`
    await world.run(`${gates} ${resources} --vsa both.jsonl ${SIGNED}`)
    const found = predicatesOf(world, 'both.jsonl').map(({ resourceUri }) => resourceUri)
    expect(found).toEqual([RESOURCE, `${RESOURCE}?of=own`])
    expect(await world.judge(`${gates} ${OF}=${RESOURCE} --vsa v ${SIGNED}`)).toMatchObject({
      exitCode: 2,
      codes: ['cli/usage'],
    })
  })

  it('is of the ledger of the project: of a run, a result alone says so', async () => {
    put(world, 'policies/own.yaml', OWN)
    const asked = `gate policy.own ${UNDER} --run ${AS}`
    const { exitCode, stderr } = await world.run(`${asked} --vsa run.jsonl ${SIGNED}`)
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('--vsa without --run')])
    expect(() => read('run.jsonl')).toThrow('ENOENT')
    const own = `gate policy.own ${UNDER} ${AS} --vsa run.jsonl ${SIGNED}`
    expect(await world.run(own)).toMatchObject({ exitCode: 0 })
  })

  it('is refused before it was verified', async () => {
    const verify = `verify passed.jsonl ${ABOUT} ${AS} ${GO}`
    const early = Date.parse('2026-04-10T11:54:59Z')
    expect(await world.judge(verify, early)).toMatchObject({
      exitCode: 1,
      codes: ['verify/summary-time'],
    })
    expect(await world.judge(verify, early + 1000)).toMatchObject({ exitCode: 0 })
  })

  it('prints the statement, and signs nothing', async () => {
    const { exitCode, stdout } = await world.run(
      `gate ${STAGING} ${UNDER} ${AS} --dry-run --vsa never.jsonl`,
    )
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      subject: [{ name: RELEASE.id, digest: { sha256: RELEASE.set, dirHash: RELEASE.set } }],
      predicate: { verificationResult: 'PASSED' },
    })
    expect(() => read('never.jsonl')).toThrow('ENOENT')
  })

  it.each([
    ['a verifier', `${STAGING} --resource-uri ${RESOURCE} --vsa v ${SIGNED}`],
    ['a file', `${STAGING} ${AS}`],
    ['a file for a signature by an identity', `${STAGING} --sigstore`],
    ['a signer', `${STAGING} ${AS} --vsa v`],
    ['one gate of the resource', `${STAGING} ${PRODUCTION} ${AS} --vsa v ${SIGNED}`],
    ['decisions', `--counters ${AS} --vsa v ${SIGNED}`],
    ['a time that was', `${STAGING} ${AS} --vsa v ${SIGNED} --at 2026-04-11T12:00:00Z`],
    ['a head that was judged', `${STAGING} ${AS} --vsa v ${SIGNED} --unsafe-unsigned`],
    ['a key of its own', `${STAGING} ${AS} --vsa v ${SIGNED} --unsafe-example-keys`],
    ['one resource of the gate', `${STAGING} ${AS} ${OF}=${RESOURCE} --vsa v ${SIGNED}`],
    ['one way to sign', `${STAGING} ${AS} --vsa v ${SIGNED} --sigstore`],
    ['a URI of the resource', `${STAGING} ${AS.replace(RESOURCE, 'app')} --vsa v ${SIGNED}`],
    [
      'anything for the resource',
      `${STAGING} ${AS.replace(RESOURCE, `${STAGING}=`)} --vsa v ${SIGNED}`,
    ],
    [
      'one way to spell it',
      `${STAGING} ${AS.replace(RESOURCE, 'https://Dl.example/')} --vsa v ${SIGNED}`,
    ],
    ['a URI of the verifier', `${STAGING} ${AS.replace(VERIFIER, 'ci')} --vsa v ${SIGNED}`],
  ])('is refused without %s', async (_, rest) => {
    expect(await world.judge(`gate ${UNDER} ${rest}`)).toMatchObject({
      exitCode: 2,
      codes: ['cli/usage'],
    })
  })

  it.each([
    ['--resource-uri', AS.replace('https://dl', 'https://me:hunter2@dl'), 'url-credentials'],
    ['--verifier-id', AS.replace(VERIFIER, `${VERIFIER}?token=hunter2`), 'url-credentials'],
    ['--resource-uri', AS.replace(RESOURCE, `${RESOURCE}/ghp_${'a1B'.repeat(12)}`), 'secret'],
  ])('signs no credentials in %s, and does not show them (A-119)', async (_, as, code) => {
    expect(as).not.toBe(AS)
    const { exitCode, stdout, stderr } = await world.run(
      `gate ${STAGING} ${UNDER} ${as} --vsa secret.jsonl ${SIGNED}`,
    )
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(`statement/${code}`)])
    expect(stdout + stderr).not.toMatch(/hunter2|a1Ba1B/)
    expect(() => read('secret.jsonl')).toThrow('ENOENT')
  })

  it('says where it can not write', async () => {
    const rest = `${STAGING} ${AS} --vsa nowhere/v.jsonl ${SIGNED}`
    expect(await world.judge(`gate ${UNDER} ${rest}`)).toMatchObject({
      exitCode: 2,
      codes: ['host/file-unwritable'],
    })
  })

  const python = findPython('in_toto_attestation.predicates.vsa.v1.vsa_pb2')
  it.skipIf(python === undefined)('is a summary to the readers of in-toto', () => {
    const [input = {}] = predicatesOf(world, 'passed.jsonl')
    const run = (predicate: JsonObject) =>
      execFileSync(python ?? '', ['-c', READ], { input: JSON.stringify(predicate), stdio: 'pipe' })
    expect(String(run(input)).trim()).toBe(`PASSED ${RESOURCE} ${digestsOf(input).length}`)
    expect(() => run({ ...input, inputAttestations: 'all' })).toThrow('Command failed')
  })
})

describe('assay gate --result', () => {
  it('signs nothing secret that it was told to judge (A-119)', async () => {
    const token = `npm_${'a1b'.repeat(12)}`
    const release = (version: string) =>
      `--release production__render_production_launch__${version}__1`
    const forms = '--result secret.json --result-jws secret.jws --result-bundle secret.bundle'
    const asked = `gate ${PRODUCTION} ${UNDER} ${forms} ${SIGNED}`
    const { exitCode, stdout, stderr } = await world.run(`${asked} ${release(token)}`)
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('statement/secret')])
    expect(stdout + stderr).not.toContain(token)
    expect(readdirSync(world.folder)).not.toContain('secret.json')
    await world.run(`${asked} ${release('v9')}`)
    expect(readdirSync(world.folder)).toContain('secret.json')
  })

  it('says where it can not write', async () => {
    const rest = `${STAGING} --result nowhere/r.json ${SIGNED}`
    expect(await world.judge(`gate ${UNDER} ${rest}`)).toMatchObject({
      exitCode: 2,
      codes: ['host/file-unwritable'],
    })
  })
})

/** Their message (0.9.3) is of an older form: it holds one level where the specification has a list, and leaves out what came later. */
const READ = [
  'import json, sys',
  'from google.protobuf.json_format import ParseDict',
  'from in_toto_attestation.predicates.vsa.v1.vsa_pb2 import VerificationSummary',
  'told = json.load(sys.stdin)',
  'told["verifiedLevels"] = " ".join(told["verifiedLevels"])',
  'said = ParseDict(told, VerificationSummary(), ignore_unknown_fields=True)',
  'print(said.verification_result, said.resource_uri, len(said.input_attestations))',
].join('\n')
