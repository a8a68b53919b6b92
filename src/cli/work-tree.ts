// What is not as the commit has it, in the words of an error: the first paths, and how many there are.

import { countOf, quote } from '../core/index.ts'
import type { GitSource } from '../snapshot/index.ts'

/** Paths that are named. */
const SHOWN_MAX = 3

/** `2 changed paths: "src/app.ts" (modified), "notes" (untracked)` */
export function describeChanges({
  changes,
  lfsPointers,
}: Pick<GitSource, 'changes' | 'lfsPointers'>): string {
  const found = [
    ...changes.map(({ path, change }) => `${quote(path)} (${change})`),
    ...lfsPointers.map((path) => `${quote(path)} (LFS content not fetched)`),
  ]
  const more = found.length - SHOWN_MAX
  const shown = [...found.slice(0, SHOWN_MAX), ...(more > 0 ? [`${more} more`] : [])]
  return `${countOf(found.length, 'changed path')}: ${shown.join(', ')}`
}
