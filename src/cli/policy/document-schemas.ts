// The documents that `assay policy` prints, as schemas.

import * as z from 'zod/mini'
import { COUNT, SHA256, TEXT } from '../document-members.ts'

/** The schemas of a verdict, of its outcome and of a problem. */
interface SharedSchemas<C extends z.ZodMiniType, O extends z.ZodMiniType, P extends z.ZodMiniType> {
  readonly check: C
  readonly outcome: O
  readonly problem: P
}

/** The schemas by their names. */
export function policySchemas<
  C extends z.ZodMiniType,
  O extends z.ZodMiniType,
  P extends z.ZodMiniType,
>({ check, outcome, problem }: SharedSchemas<C, O, P>) {
  const policies = z.strictObject({ sha256: SHA256 })
  return {
    'policy-lint': z.strictObject({
      schema: z.literal('assay/policy-lint/v1'),
      outcome,
      policies,
      findings: z.array(problem),
    }),
    'policy-signatures': z.strictObject({
      schema: z.literal('assay/policy-signatures/v1'),
      signed: z.array(
        z.strictObject({
          file: TEXT,
          out: TEXT,
          policy: z.strictObject({ id: TEXT, version: COUNT }),
          /** Of the file, and of the bundle. */
          sha256: SHA256,
          bundleSha256: SHA256,
        }),
      ),
    }),
    'policy-test': z.strictObject({
      schema: z.literal('assay/policy-test/v1'),
      outcome,
      policies,
      /** Of each policy that has requirements: how many cases, and the requirements that none of them names. */
      tested: z.array(z.strictObject({ id: TEXT, cases: COUNT, untested: z.array(TEXT) })),
      verdict: check,
    }),
  } as const
}
