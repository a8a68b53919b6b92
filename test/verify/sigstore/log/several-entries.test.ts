// Windows of logs, logs that share an id, and bundles with more than one entry.

import { describe, expect, it } from 'vitest'
import { hashedRekordV1 } from '../test-bodies.ts'
import { createTestLog, LOGGED_AT, type TestLog } from '../test-log.ts'
import {
  ARTIFACT,
  BY_KEY,
  codesOf,
  judge,
  judged,
  scene,
  SIGNATURE,
  under,
  withProof,
} from './signed.ts'

const V1 = scene({ generation: 1, name: 'rekor.example' })
const V2 = scene({ generation: 2, name: 'log2026.rekor.example' })
const withoutPromise = V1.log.entry(2, { promise: false })

describe('the window of a log', () => {
  const at = LOGGED_AT
  const judgeAt = (...windows: readonly { readonly start: number; readonly end?: number }[]) =>
    judge(V1.entry, under(...windows.map((validFor) => ({ ...V1.log.log, validFor }))))

  it('holds its two ends', () => {
    expect(judgeAt({ start: at, end: at })).toEqual([])
    expect(judgeAt({ start: at })).toEqual([])
    expect(judgeAt({ start: 0, end: at })).toEqual([])
  })

  it('holds nothing before and nothing after', () => {
    expect(judgeAt({ start: at + 1 })).toEqual(['verify/log-time'])
    expect(judgeAt({ start: 0, end: at - 1 })).toEqual(['verify/log-time'])
  })

  it('is one of several, and only that one vouches', () => {
    const windows = [{ start: 0, end: at - 1 }, { start: at - 1, end: at + 1 }, { start: at + 1 }]
    const logs = windows.map((validFor) => ({ ...V1.log.log, validFor }))
    const [verified] = judged([V1.entry], under(...logs)).entries
    expect(verified?.logs.map(({ log }) => log.validFor)).toEqual([windows[1]])
  })

  it('is not looked at without a time that is vouched for', () => {
    const closed = { ...V2.log.log, validFor: { start: 0, end: 1 } }
    expect(judge(V2.entry, under(closed))).toEqual([])
    const past = { ...V1.log.log, validFor: { start: 0, end: 1 } }
    expect(judge(withoutPromise, under(past))).toEqual([])
  })

  it('does not hide what else is wrong', () => {
    const past = { ...V1.log.log, validFor: { start: 0, end: 1 } }
    const entry = withProof(V1.entry, { hashes: [] })
    expect(judge(entry, under(past))).toEqual(['verify/log-time', 'verify/log-proof-invalid'])
  })
})

describe('two logs of one id', () => {
  const stranger = createTestLog({ name: 'rekor.example', generation: 1 })
  const twin = { ...stranger.log, logId: V1.log.log.logId }

  it('each vouch for themselves', () => {
    const [verified] = judged([V1.entry], under(twin, V1.log.log)).entries
    expect(verified?.logs.map(({ log }) => log)).toEqual([V1.log.log])
    expect(judge(withoutPromise, under(twin, V1.log.log))).toEqual([])
  })

  it('do not vouch together', () => {
    expect(judge(withoutPromise, under(twin))).toEqual(['verify/checkpoint-signature-invalid'])
    const promise = stranger.promise(V1.entry)
    const entry = { ...V1.entry, inclusionPromise: promise }
    expect(judge(entry, under(twin, V1.log.log))).toEqual(['verify/checkpoint-signature-invalid'])
  })
})

describe('several entries', () => {
  /** The same body a second time, at another place. */
  const again = (log: TestLog) => log.append(hashedRekordV1(ARTIFACT, SIGNATURE, BY_KEY))

  it('count each, where their logs differ', () => {
    const question = under(V1.log.log, V2.log.log)
    const { entries } = judged([V1.entry, V2.entry], question)
    expect(entries.map(({ log }) => log.origin)).toEqual(['rekor.example', 'log2026.rekor.example'])
  })

  it('do not help each other', () => {
    const question = under(V1.log.log, V2.log.log)
    const finding = judged([withProof(V1.entry, { hashes: [] }), V2.entry], question)
    expect(codesOf(finding)).toEqual(['verify/log-proof-invalid'])
    expect(finding.entries.map(({ log }) => log.origin)).toEqual(['log2026.rekor.example'])
  })

  it('are refused where one is there twice, as it is or under another index', () => {
    const duplicate = ['verify/log-entry-duplicate']
    expect(codesOf(judged([V2.entry, V2.entry], V2.question))).toEqual(duplicate)
    expect(
      codesOf(judged([withoutPromise, { ...withoutPromise, logIndex: 9n }], V1.question)),
    ).toEqual(duplicate)
    const { log, entry, question } = scene({ generation: 1 })
    const second = log.entry(again(log))
    expect(codesOf(judged([entry, second], question))).toEqual(duplicate)
    expect(codesOf(judged([second], question))).toEqual([])
  })

  it('are refused where two are at one place of one log', () => {
    const forged = { ...V1.log.entry(1), logIndex: V1.entry.logIndex }
    expect(codesOf(judged([V1.entry, forged], V1.question))).toEqual(['verify/log-entry-duplicate'])
  })

  it('are none where there are none', () => {
    expect(judged([], V1.question)).toEqual({ checks: [], entries: [] })
  })
})
