// What is said where nobody names the key of a ledger: the same of a folder and of a pack.

import type { Check } from '../../core/index.ts'

/** by itself a ledger can not show that nothing was dropped from it; nothing, where it was said aloud that no head is judged. */
export function missingHead({ isUnsigned }: { readonly isUnsigned: boolean }): readonly Check[] {
  if (isUnsigned) return []
  return [
    {
      name: 'ledger-head',
      outcome: 'missing',
      code: 'cli/ledger-head-missing',
      message: 'No signed head was judged: entries may have been dropped from the end unseen',
      expected: 'the key of the ledger',
      found: 'none',
      hint: 'Give it with --log-key, and a head that was kept with --head; or say --unsafe-unsigned',
    },
  ]
}
