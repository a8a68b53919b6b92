// Every case of `fixtures/verify/`.

import { ACCEPTED } from './accepted.ts'
import type { Case } from './case.ts'
import { PROVENANCES } from './provenances.ts'
import { SHAPES } from './shapes.ts'
import { SIGNERS } from './signers.ts'
import { SUBJECTS } from './subjects.ts'

export const CASES: readonly Case[] = [
  ...ACCEPTED,
  ...SHAPES,
  ...SIGNERS,
  ...SUBJECTS,
  ...PROVENANCES,
]
