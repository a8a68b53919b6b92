// Verification summaries of a gate that is go by exception alone, and what they are worth as evidence of another one.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { appendAll } from '../audit-world.ts'
import type { Judged } from '../ledger-world.ts'
import {
  COMMIT_RECORDS,
  decide,
  type LedgerWorld,
  makeExternal,
  openGateWorld,
  STAGING,
  UNDER,
  waiver,
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

/** A gate that is go by exception alone, and what a verifier signed of it, with exceptions and without. */
let one: LedgerWorld
beforeAll(async () => {
  const { ci: _, ...others } = COMMIT_RECORDS
  one = await openGateWorld([...Object.values(others), waiver(`${STAGING}#ci-validation`)])
  makeExternal(one)
  writeFileSync(join(one.folder, 'policies/own.yaml'), OWN_POLICY)
  writeFileSync(join(one.folder, 'policies/odd.yaml'), ODD_POLICY)
  await addVerifier(one)
  const write = `gate ${STAGING} ${UNDER} ${AS} ${SIGNED} --vsa`
  await one.done(`${write} exception.jsonl`)
  await one.keep(`${write} failed.jsonl --strict`)
}, 120_000)

function verify(file: string, level: string): Promise<Judged> {
  return one.judge(`verify ${file} ${ABOUT} ${AS} --verified-level ${level}`)
}

describe('a summary of what is go by exception', () => {
  it('passed by an exception, which nobody has to accept, and failed where no exception counts', async () => {
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
    expect(await verify('failed.jsonl', 'urn:assay:gate:go-by-exception')).toMatchObject({
      exitCode: 1,
      codes: ['verify/verification-result', 'verify/verified-level'],
    })
  })

  it('is not written of what could not be judged, which neither passed nor failed', async () => {
    const rest = `${UNDER} ${AS} ${SIGNED} --vsa odd.jsonl`
    expect(await one.judge(`gate policy.web.odd ${rest}`)).toMatchObject({
      exitCode: 2,
      codes: ['gate/summary-unjudged'],
    })
  })

  it('is one line among those of several gates, each about the resource that its policy names', async () => {
    declareResources(one)
    const several = `gate ${STAGING} policy.web.built ${UNDER} --verifier-id ${VERIFIER} ${SIGNED}`
    const { exitCode, stderr } = await one.run(`${several} --strict --vsa both.jsonl`)
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringContaining('Wrote 2 verification summaries to both.jsonl'),
    ])
    const said = predicatesOf(one, 'both.jsonl').map(
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
  })

  it('is evidence of a gate, by a verifier whom the trust document names with the signer', async () => {
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
  })
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

const ODD_POLICY = OWN_POLICY.replace('policy.web.built', 'policy.web.odd').replace(
  '{ family: provenance }',
  '{ family: provenance }\n    holds: [{ cel: predicate.nothing.at.all == 1 }]',
)
