// Gates in the formats of other tools, as they stand in files.

import { describe, expect, it } from 'vitest'
import {
  annotationsOfGates,
  junitOfGates,
  markdownOfGates,
  sarifOfGates,
} from '../../../src/report/gate/index.ts'
import { FINDINGS, hostileFinding, told } from './findings.ts'

const OPTIONS = { policies: 'policies/release-assurance', ledger: 'ledger', version: '1.2.3' }

describe('in golden files', () => {
  const summary = { go: FINDINGS.go, exception: FINDINGS.exception, hostile: hostileFinding() }
  it.each(Object.entries(summary))('%s as Markdown', async (name, finding) => {
    await expect(markdownOfGates(told([finding]))).toMatchFileSnapshot(
      `../../golden/gate/${name}.md`,
    )
  })
  it.each(Object.entries(summary))('%s as JUnit', async (name, finding) => {
    await expect(junitOfGates(told([finding]))).toMatchFileSnapshot(`../../golden/gate/${name}.xml`)
  })
  it.each(Object.entries(summary))('%s as annotations', async (name, finding) => {
    const text = annotationsOfGates(told([finding]), OPTIONS)
    await expect(text).toMatchFileSnapshot(`../../golden/gate/${name}.annotations.txt`)
  })
  it.each(Object.entries(summary))('%s as SARIF', async (name, finding) => {
    const text = `${JSON.stringify(sarifOfGates(told([finding]), OPTIONS), null, 2)}\n`
    await expect(text).toMatchFileSnapshot(`../../golden/gate/${name}.sarif`)
  })
})
