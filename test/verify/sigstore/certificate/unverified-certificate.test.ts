import { expect, it } from 'vitest'
import { loadCertificateReader } from '../../../../src/verify/index.ts'
import { makeLeaf } from '../test-authority.ts'
import { extension, IDS } from '../test-certificate.ts'

const read = await loadCertificateReader()

function problemsOf(options: Parameters<typeof makeLeaf>[0]) {
  const certificate = read(makeLeaf(options))
  if (!certificate.ok) throw new Error(certificate.problems[0].message)
  return certificate.value
}

it('A certificate is read for whom it names, with what is wrong about it', () => {
  const whole = problemsOf({})
  expect(whole.problems).toEqual([])
  expect(whole.san?.type).toBe('uri')

  const nameless = problemsOf({ without: [IDS.name] })
  expect(nameless.problems).toEqual([expect.objectContaining({ code: 'core/der' })])
  expect(nameless.san).toBeUndefined()

  const issuers = [
    extension.claim(1, 'https://one.example'),
    extension.claim(8, 'https://two.example'),
  ]
  const divided = problemsOf({ extensions: issuers })
  expect(divided.problems.map(({ code }) => code)).toEqual(['verify/issuer-ambiguous'])
  expect(divided.issuer).toBeUndefined()
})

it('What is no certificate is refused', () => {
  expect(read(Buffer.from('no certificate'))).toMatchObject({ ok: false })
})
