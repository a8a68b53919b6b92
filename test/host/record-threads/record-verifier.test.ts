// Records verified on this thread and on several: the same findings, in the same order.

import { describe, expect, it } from 'vitest'
import { openRecordVerifier, type RecordFinding } from '../../../src/host/record-threads/index.ts'
import { startRecordThreads } from '../../../src/host/record-threads/record-threads.ts'
import { fileOf, statementOf, TRACKING_MEMBERS } from '../../record/signed.ts'
import { NOW } from '../../verify/question.ts'
import { writeTrust } from '../../verify/release.ts'

const QUESTION = { trust: writeTrust(), now: NOW }
const GOOD = fileOf(statementOf('tracking', TRACKING_MEMBERS))
const STRANGE = fileOf(statementOf('tracking', TRACKING_MEMBERS), 'stranger')
const FILES = [GOOD, STRANGE, Buffer.from('no bundle'), GOOD]

const shapeOf = (finding: RecordFinding) =>
  'record' in finding ? finding.record.kind : finding.verdict.outcome

describe('verify()', () => {
  it('finds the same on threads as on this one', async () => {
    const here = await openRecordVerifier(QUESTION, 4)
    const there = await openRecordVerifier(QUESTION, 100_000)
    try {
      const expected = await here.verify(FILES)
      expect(expected.map(shapeOf)).toEqual(['record', 'rejected', 'error', 'record'])
      const found = await Promise.all(Array.from({ length: 9 }, () => there.verify(FILES)))
      for (const findings of found) {
        expect(JSON.parse(JSON.stringify(findings))).toEqual(JSON.parse(JSON.stringify(expected)))
      }
      expect(await there.verify([])).toEqual([])
    } finally {
      await Promise.all([here.close(), there.close()])
    }
  })

  it('says that a thread died, at once and to whoever asks later', async () => {
    const threads = startRecordThreads(1, { ...QUESTION, trust: Buffer.from('no trust') })
    try {
      const died = { code: 'host/thread' }
      await expect(threads.verify(FILES)).rejects.toMatchObject(died)
      await expect(threads.verify(FILES)).rejects.toMatchObject(died)
    } finally {
      await threads.close()
    }
  })
})
