// The verification summary of a gate, from the ledger to whoever accepts it by the seven steps; and readers of others.

import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject, JsonValue } from '../../../src/core/index.ts'
import { appendAll } from '../audit-world.ts'
import { findPython } from '../../outside-tool.ts'
import {
  COMMIT_RECORDS,
  decide,
  type LedgerWorld,
  makeExternal,
  openGateWorld,
  PRODUCTION,
  RELEASE,
  STAGING,
  UNDER,
  waiver,
} from './gate-world.ts'

const VERIFIER = 'https://verifier.example/v1'
const RESOURCE = 'https://dl.example/web'
const BUILDER = 'https://git.example/team/app/.github/workflows/r.yml@refs/tags/v1.2.0'
const AS = `--verifier-id ${VERIFIER} --resource-uri ${RESOURCE}`
const SIGNED = '--key verifier.key.pem'
const ABOUT = `--digest sha256:${RELEASE.set} --trust consumer.json`
const GO = '--verified-level urn:assay:gate:go'

let world: LedgerWorld
beforeAll(async () => {
  world = await openGateWorld()
  await world.done(
    `trust add-builder --name builder --id ${BUILDER} --signer release --build-level 2`,
  )
  await world.done('key generate --out verifier --unsafe-unencrypted')
  await world.done('trust init --out consumer.json')
  const into = '--trust consumer.json'
  await world.done(`trust add-key verifier.pub.pem --name platform --role release ${into}`)
  await world.done(`trust add-verifier --name v --id ${VERIFIER} --signer platform ${into}`)
  await world.done(`gate ${STAGING} ${UNDER} ${AS} --vsa passed.jsonl ${SIGNED}`)
}, 120_000)

function read(name: string, { folder } = world): string {
  return readFileSync(join(folder, name), 'utf8')
}

/** The predicates of the bundles of a file, one a line. */
function predicatesOf(name: string, from = world): readonly JsonObject[] {
  return read(name, from)
    .trimEnd()
    .split('\n')
    .map((line) => {
      const { dsseEnvelope } = JSON.parse(line) as { dsseEnvelope: { payload: string } }
      const payload = Buffer.from(dsseEnvelope.payload, 'base64').toString()
      return (JSON.parse(payload) as { predicate: JsonObject }).predicate
    })
}

const digestsOf = ({ inputAttestations }: JsonObject): readonly string[] =>
  (inputAttestations as { digest: { sha256: string } }[]).map(({ digest }) => digest.sha256)

describe('assay gate --vsa', () => {
  it('says who verified what, when, by which policy, and what it came to', () => {
    const [predicate = {}] = predicatesOf('passed.jsonl')
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
    const [predicate = {}] = predicatesOf('passed.jsonl')
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
    const [predicate = {}] = predicatesOf('passed.jsonl')
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
    ['one way to sign', `${STAGING} ${AS} --vsa v ${SIGNED} --sigstore`],
  ])('is refused without %s', async (_, rest) => {
    expect(await world.judge(`gate ${UNDER} ${rest}`)).toMatchObject({
      exitCode: 2,
      codes: ['cli/usage'],
    })
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
    const [input = {}] = predicatesOf('passed.jsonl')
    const run = (predicate: JsonObject) =>
      execFileSync(python ?? '', ['-c', READ], { input: JSON.stringify(predicate), stdio: 'pipe' })
    expect(String(run(input)).trim()).toBe(`PASSED ${RESOURCE} ${digestsOf(input).length}`)
    expect(() => run({ ...input, inputAttestations: 'all' })).toThrow('Command failed')
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

describe('a summary of what is go by exception', () => {
  it('passed by an exception, which nobody has to accept, and failed where no exception counts', async () => {
    const { ci: _, ...others } = COMMIT_RECORDS
    const check = `${STAGING}#ci-validation`
    const one = await openGateWorld([...Object.values(others), waiver(check)])
    makeExternal(one)
    writeFileSync(join(one.folder, 'policies/own.yaml'), OWN_POLICY)
    for (const name of ['verifier.key.pem', 'verifier.pub.pem', 'consumer.json']) {
      writeFileSync(join(one.folder, name), read(name), { mode: 0o600 })
    }
    const write = `gate ${STAGING} ${UNDER} ${AS} ${SIGNED} --vsa`
    expect(await one.run(`${write} exception.jsonl`)).toMatchObject({ exitCode: 0 })
    const verify = (file: string, level: string) =>
      one.judge(`verify ${file} ${ABOUT} ${AS} --verified-level ${level}`)
    expect(await verify('exception.jsonl', 'urn:assay:gate:go-by-exception')).toMatchObject({
      exitCode: 0,
    })
    expect(await verify('exception.jsonl', 'urn:assay:gate:go')).toMatchObject({
      codes: ['verify/verified-level'],
    })
    // No level of a builder of whom the trust document says nothing.
    expect(await verify('exception.jsonl', 'SLSA_BUILD_LEVEL_0')).toMatchObject({
      codes: ['verify/verified-level'],
    })
    expect((await one.run(`${write} failed.jsonl --strict`)).exitCode).toBe(1)
    expect(await verify('failed.jsonl', 'urn:assay:gate:go-by-exception')).toMatchObject({
      exitCode: 1,
      codes: ['verify/verification-result', 'verify/verified-level'],
    })
    // Several gates: a line for each, about the resource that its policy names.
    declareResources(one)
    const several = `gate ${STAGING} policy.web.built ${UNDER} --verifier-id ${VERIFIER} ${SIGNED}`
    const { exitCode, stderr } = await one.run(`${several} --strict --vsa both.jsonl`)
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringContaining('Wrote 2 verification summaries to both.jsonl'),
    ])
    const said = predicatesOf('both.jsonl', one).map(
      ({ resourceUri, verificationResult, verifiedLevels }) => [
        resourceUri,
        verificationResult,
        verifiedLevels,
      ],
    )
    expect(said).toEqual([
      [`${RESOURCE}/render-staging-rollout`, 'FAILED', ['FAILED']],
      ['pkg:generic/web', 'PASSED', ['SLSA_BUILD_LEVEL_UNEVALUATED', 'urn:assay:gate:go']],
    ])

    // The word of a verifier as evidence of a gate: only of one whom the trust document names with the signer.
    await one.done(`trust add-key verifier.pub.pem --name platform --role release`)
    writeFileSync(join(one.folder, 'policies/own.yaml'), SUMMARY_POLICY)
    const decided = async () => {
      const { document } = await decide(one, `policy.web.built ${UNDER}`)
      const [gate] = document.gates
      return [gate?.decision, gate?.requirements?.blockers.map(({ outcome }) => outcome)]
    }
    expect(await decided()).toEqual(['no-go', ['missing']])
    await appendAll(one, 'ledger', [readFileSync(join(one.folder, 'failed.jsonl'))])
    // Of nobody, and so a record of the release that is not accepted.
    expect((await one.judge(`gate policy.web.built ${UNDER}`)).codes).toEqual(
      expect.arrayContaining(['gate/records-refused']),
    )
    await one.done(`trust add-verifier --name v --id ${VERIFIER} --signer platform`)
    expect(await decided()).toEqual(['no-go', ['rejected']])
    await appendAll(one, 'ledger', [readFileSync(join(one.folder, 'exception.jsonl'))])
    expect(await decided()).toEqual(['go', []])
  }, 60_000)
})

const SUMMARY_POLICY = `schema: assay/policy/v1
kind: requirements
id: policy.web.built
version: 2
title: What the platform says
scope:
  stages: [staging]
  targets: [render_staging_rollout]
requirements:
  - id: summary
    title: The platform let it through
    select:
      family: summary
      summary:
        verifier: ${VERIFIER}
        resourceUri: ${RESOURCE}
        levels: ['urn:assay:gate:go-by-exception']
`

const OWN_POLICY = `schema: assay/policy/v1
kind: requirements
id: policy.web.built
version: 1
title: What was built
scope:
  stages: [staging]
  targets: [render_staging_rollout]
resourceUri: pkg:generic/web
requirements:
  - id: provenance
    title: Provenance
    select: { family: provenance }
`

/** Each gate has a resource of its own, written down with it. */
function declareResources({ folder }: LedgerWorld): void {
  for (const name of ['render-staging-rollout', 'render-production-launch']) {
    const path = join(folder, `policies/gate/${name}.yaml`)
    const text = readFileSync(path, 'utf8')
    if (text.includes('resourceUri:')) continue
    writeFileSync(path, text.replace(/^approval:/m, `resourceUri: ${RESOURCE}/${name}\napproval:`))
  }
}
