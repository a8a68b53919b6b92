import { describe, expect, it } from 'vitest'
import { judgeNote, parseNote } from '../../../../src/trust/index.ts'
import { isOriginOf, noteKeyOf } from '../../../../src/verify/sigstore/log/log-name.ts'
import { createTestLog, signNote } from '../test-log.ts'

const LOG = createTestLog()
const TEXT = `log.example\n736\n${Buffer.alloc(32, 7).toString('base64')}\n`
const SIGNED = signNote(TEXT, [LOG.signer])

const standingOf = (envelope: string, key = noteKeyOf(LOG.log)) => {
  const note = parseNote(envelope)
  return note.ok ? judgeNote(note.value, key) : note.problems[0].code
}

describe('the key of a log', () => {
  it('has the id that the trusted root gives it, or else the beginning of the id of the log', () => {
    const checkpointKeyId = Uint8Array.of(1, 2, 3, 4)
    const log = { ...LOG.log, checkpointKeyId }
    const otherwise = signNote(TEXT, [{ ...LOG.signer, keyId: checkpointKeyId }])
    expect(standingOf(otherwise, noteKeyOf(log))).toBe('signed')
    expect(standingOf(SIGNED, noteKeyOf(log))).toBe('unsigned')
    expect(standingOf(otherwise)).toBe('unsigned')
  })
})

describe('the name of a log', () => {
  const local = { ...LOG.log, origin: 'log.example', baseUrl: 'http://log.example:8000/' }

  it('has the port of its address, or has none', () => {
    const withPort = { ...LOG.signer, name: 'log.example:8000' }
    expect(standingOf(signNote(TEXT, [withPort]), noteKeyOf(local))).toBe('signed')
    expect(standingOf(SIGNED, noteKeyOf(local))).toBe('signed')
    expect(standingOf(signNote(TEXT, [withPort]))).toBe('unsigned')
    for (const origin of ['log.example', 'log.example:8000', 'log.example:8000 - 1']) {
      expect(isOriginOf({ origin }, local), origin).toBe(true)
    }
  })

  it('has no other port', () => {
    const otherPort = { ...LOG.signer, name: 'log.example:8001' }
    expect(standingOf(signNote(TEXT, [otherPort]), noteKeyOf(local))).toBe('unsigned')
    expect(isOriginOf({ origin: 'log.example:8001' }, local)).toBe(false)
  })
})

describe('isOriginOf()', () => {
  it.each(['log.example', 'log.example - 0', 'log.example - 2605736670972794746'])(
    'takes %j for the log',
    (origin) => {
      expect(isOriginOf({ origin }, LOG.log)).toBe(true)
    },
  )

  it.each([
    'log',
    'log.example ',
    'log.example - ',
    'log.example - 012',
    'log.example - 1x',
    'log.example -1',
    'log.example - 1 - 2',
    `log.example - ${'1'.repeat(21)}`,
    'log.example.evil - 1',
    'evil.log.example',
    'other.example - 1',
  ])('takes %j for another log', (origin) => {
    expect(isOriginOf({ origin }, LOG.log)).toBe(false)
  })
})
