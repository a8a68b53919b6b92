import { describe, expect, it } from 'vitest'
import { declaredTextsOf } from '../../src/policy/index.ts'
import { shippedRegistry } from './shipped.ts'

const REGISTRY = shippedRegistry()
const CANARY = REGISTRY.of('canary').values().toArray()

describe('declared text', () => {
  it('is every text of the schema that people read, and nothing else', () => {
    expect(CANARY.flatMap(declaredTextsOf).map(({ pointer }) => pointer)).toEqual([
      '/title',
      '/verificationNotes/0',
      '/verificationNotes/1',
      '/verificationNotes/2',
      '/prohibitedClaims/0',
      '/prohibitedClaims/1',
    ])
    for (const policy of REGISTRY.policies.values()) {
      const texts = declaredTextsOf(policy).map(({ text }) => text as string)
      // A sentence has blanks; ids, tokens and paths have none.
      const sentences = Array.from(
        JSON.stringify(policy).matchAll(/"(?<text>[^"]* [^"]*)"/g),
        ({ groups }) => groups?.['text'],
      )
      expect(sentences.filter((sentence) => !texts.includes(sentence ?? ''))).toEqual([])
    }
  })

  it('says nothing of a state, which may change without it', () => {
    const STATE =
      /\b(?:now|currently|yet|today|exists?|recorded|checked[- ]in|zero|none|no \w+ record)\b/i
    const stated = [...REGISTRY.policies.values()]
      .flatMap(declaredTextsOf)
      .filter(({ text }) => STATE.test(text))
      .map(({ text }) => text as string)
    // What is not proven may be named as what it would be.
    expect(stated).toEqual(['That a release bundle for production exists'])
  })
})
