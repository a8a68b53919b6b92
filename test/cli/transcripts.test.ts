import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { matchSteps, parseTranscript, runTranscript } from './transcript.ts'

const names = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.txt'))

describe('a transcript', () => {
  it('is there', () => expect(names).not.toEqual([]))

  // Keys of 4,096 bits and passphrases take the processor's time, which other tests take as well.
  it.each(names)('comes true: %s', { timeout: 120_000 }, async (name) => {
    const transcript = parseTranscript(readFileSync(join(import.meta.dirname, name), 'utf8'))
    const seen = await runTranscript(transcript)
    expect(matchSteps(transcript.steps, seen)).toEqual(transcript.steps)
  })
})
