// A question about the path of a leaf in one call.

import type { NamedRoot } from '../../../../src/trust/index.ts'
import { type Leaf, readLeaf } from '../../../../src/verify/sigstore/certificate/leaf.ts'
import {
  authorityUnknown,
  checkPath,
  findCandidates,
  type PathFinding,
} from '../../../../src/verify/sigstore/certificate/path.ts'
import {
  type AuthorityOptions,
  type LeafOptions,
  makeAuthority,
  makeLeaf,
  makeRoot,
  SIGNED_AT,
  type TestAuthority,
} from '../test-authority.ts'

export function leafOf(options: LeafOptions = {}): Leaf {
  const { leaf, checks } = readLeaf([makeLeaf(options)])
  if (leaf === undefined) throw new Error(checks.map(({ message }) => message).join())
  return leaf
}

export const rootOf = (...made: readonly TestAuthority[]): NamedRoot =>
  makeRoot({ certificateAuthorities: made.map(({ authority }) => authority) })

/** What one root says of the leaf. */
export function findPath(
  leaf: Leaf,
  root: NamedRoot,
  times: readonly number[] = [SIGNED_AT],
): PathFinding {
  const candidates = findCandidates(leaf, root)
  return candidates === undefined
    ? { checks: [authorityUnknown(leaf, [root])] }
    : checkPath(
        leaf,
        candidates,
        times.map((at) => ({ at, by: 'timestamp', name: 'https://tsa.example' })),
      )
}

export const codesOf = (...question: Parameters<typeof findPath>) =>
  findPath(...question).checks.flatMap(({ code }) => code ?? [])

/** An authority made in one way, and a leaf that it issued. */
export function judge(options: AuthorityOptions, times?: readonly number[]) {
  const by = makeAuthority(options)
  return codesOf(leafOf({ by }), rootOf(by), times)
}
