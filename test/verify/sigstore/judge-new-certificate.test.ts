import { expect, it } from 'vitest'
import { failedChecks } from '../../../src/core/index.ts'
import { loadSigstore } from '../../../src/verify/index.ts'
import { makeLeaf, makeRoot } from './test-authority.ts'

const { judgeNewCertificate } = await loadSigstore()
const question = { signature: new Uint8Array(64), timestamps: [], roots: [makeRoot()] }

it('What is no certificate is for nobody', () => {
  const { checks, identity } = judgeNewCertificate({
    ...question,
    certificate: Buffer.from('no certificate'),
  })
  expect(identity).toBeUndefined()
  expect(checks.flatMap(failedChecks).map(({ code }) => code)).toEqual([
    'verify/certificate-malformed',
  ])
  const twin = judgeNewCertificate({ ...question, certificate: makeLeaf() })
  expect(twin.identity?.san.type).toBe('uri')
})
