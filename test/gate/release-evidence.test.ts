// Of which origin evidence is, whoever signed it.

import { expect, it } from 'vitest'
import { recordEvidence } from '../../src/gate/release-evidence.ts'
import { SMOKE } from '../../src/record/families/smoke.ts'
import { foldedRecord } from '../record/folded.ts'
import { goldenRecord } from '../record/golden-record.ts'
import { contextAmong, workflowSigner } from '../record/release-items.ts'
import { shippedRegistry } from '../policy/shipped.ts'

const POLICY = 'release_smoke_verification.render_staging_rollout.web_edge'

/** A smoke that a live workflow signed, of the server at an address. */
function originAt(publicOrigin: string): string {
  const { assay_smoke: run, ...members } = goldenRecord(SMOKE).members as {
    readonly assay_smoke: object
  }
  const record = foldedRecord(
    SMOKE,
    { ...members, assay_smoke: { ...run, publicOrigin } },
    {
      ...{ index: 1, phase: 'post-deploy-smoke-verified', policy: POLICY },
      ...{ signer: workflowSigner(), origin: 'live-workflow' },
    },
  )
  const context = contextAmong([record])
  const [found = record] = context.evidence.records
  const folded = { ...found, isAdopted: true, isSuperseded: false }
  const view = SMOKE.view(folded, context)
  return recordEvidence({ record: folded, view }, shippedRegistry()).origin
}

it('a smoke is live evidence only of the server that its policy declares', () => {
  expect(originAt('https://staging.example.com')).toBe('live-workflow')
  expect(originAt('https://elsewhere.example.com')).toBe('local-proof')
})
