// Pairs of a signer and the name that it may speak under: who signs can write any builder and any verifier into what it signs, so that
// neither counts by itself (SLSA v1.2: verifying artifacts, step 1; verification summary, `verifier`).

import { compareCodePoints, quote } from '../core/index.ts'
import type { TrustProblem } from './problem.ts'

/** The highest level of SLSA's build track. */
export const BUILD_LEVEL_MAX = 3

/**
 * A verifier, and whose signatures are its word.
 *
 * @example { name: 'platform', id: 'https://verifier.example/v1', signers: ['verifier-key'] }
 */
export interface TrustedVerifier {
  readonly name: string
  /** `verifier.id` of its summaries, compared as it is spelt. */
  readonly id: string
  /** Names of keys and identities of the document. */
  readonly signers: readonly string[]
}

/**
 * A builder, whose signatures are its word, and the level of SLSA's build track that it is believed to reach.
 *
 * @example { name: 'ci', id: 'https://ci.example/builder', signers: ['ci-key'], buildLevel: 2 }
 */
export interface TrustedBuilder {
  readonly name: string
  /** `builder.id` of its provenances, compared as it is spelt. */
  readonly id: string
  /** Names of keys and identities of the document. */
  readonly signers: readonly string[]
  readonly buildLevel: number
}

/** The pairs of a trust document. */
export interface TrustedPairs {
  readonly verifiers: readonly TrustedVerifier[]
  readonly builders: readonly TrustedBuilder[]
}

/** VSA-2: may this signer speak as that verifier? */
export function isVerifierOf(
  { verifiers }: Pick<TrustedPairs, 'verifiers'>,
  signer: string,
  verifierId: string,
): boolean {
  return verifiers.some(({ id, signers }) => id === verifierId && signers.includes(signer))
}

/** PROV-10: the level of a builder by the word of this signer; absent where the document says nothing of the two together. */
export function buildLevelOf(
  { builders }: Pick<TrustedPairs, 'builders'>,
  signer: string,
  builderId: string,
): number | undefined {
  return builders.find(({ id, signers }) => id === builderId && signers.includes(signer))
    ?.buildLevel
}

/** The same pair with its signers sorted. */
export function sortSigners<T extends { readonly signers: readonly string[] }>(pair: T): T {
  return { ...pair, signers: pair.signers.toSorted(compareCodePoints) }
}

/** Pairs of signers that are not there, and pairs that are there twice, which could say two things. */
export function findPairFaults(
  { verifiers, builders }: TrustedPairs,
  signers: readonly { readonly name: string }[],
): readonly TrustProblem[] {
  const known = new Set(signers.map(({ name }) => name))
  return [...findTwice('verifier', verifiers), ...findTwice('builder', builders)].concat(
    [...verifiers, ...builders].flatMap((pair) =>
      pair.signers
        .filter((name) => !known.has(name))
        .map((name) => ({
          code: 'trust/signer-unknown',
          message: `Expected a key or an identity of the document, found ${quote(name)} in ${quote(pair.name)}`,
          hint: 'assay trust show lists them',
        })),
    ),
  )
}

function findTwice(
  what: string,
  pairs: readonly (TrustedVerifier | TrustedBuilder)[],
): readonly TrustProblem[] {
  const seen = new Map<string, string>()
  return pairs.flatMap(({ name, id, signers }) =>
    [...new Set(signers)].flatMap((signer) => {
      const key = JSON.stringify([id, signer])
      const other = seen.get(key)
      seen.set(key, name)
      if (other === undefined) return []
      return {
        code: 'trust/pair-duplicate',
        message: `Expected each ${what} once with a signer, found ${quote(id)} with ${quote(signer)} in ${quote(other)} and ${quote(name)}`,
      } as const
    }),
  )
}
