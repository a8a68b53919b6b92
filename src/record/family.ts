// A family of records: what its statements hold, what they are about, and what is computed of them.

import type * as z from 'zod/mini'
import { type JsonObject, judge, parseBySchema, type Result } from '../core/index.ts'
import { type PolicyKind, predicateTypeOf, type RecordFamily } from '../policy/index.ts'
import { makingUp, type SameCheck } from './checks/same-check.ts'
import type { RecordCode, RecordProblem } from './problem.ts'
import type { FoldedRecord } from './release/evidence.ts'
import type { ReleaseReference } from './statement/release-reference.ts'
import type { FamilyView, ViewContext } from './view.ts'

/** What a record says besides the members of its family. */
export interface RecordHeader {
  readonly release?: ReleaseReference
  readonly evidence?: string
  readonly policy?: string
  /** The instant at which its signer says that it was made (RFC 3339, UTC): the same words said again are another record. */
  readonly reportedAt: string
}

/** All of a header that is known before the record is made. */
export type HeaderParts = Omit<RecordHeader, 'reportedAt'>

/** One family, as its file in `families/` defines it. */
export interface FamilyDefinition<N extends RecordFamily, M> {
  readonly name: N
  /** The members that are the family's own; every other one is refused. */
  readonly members: z.ZodMiniType<M>
  readonly about: readonly ('set' | 'commit')[]
  /** Comes into the ledger of a project by an adoption only. */
  readonly isAdoptable: boolean
  /** The kind of the policy that each record of the family names; records of one policy, set and phase stand for each other. */
  readonly policyKind?: PolicyKind
  /** Facts that the family repeats, held against each other. */
  readonly findContradictions?: (members: M, header: HeaderParts) => readonly RecordProblem[]
  /** Where a later record can make up for an earlier one. */
  readonly sameCheck?: SameCheck<M>
  readonly view: (record: FoldedRecord<M>, context: ViewContext) => FamilyView
}

/** A family, as everything else uses it. */
export interface Family<N extends RecordFamily = RecordFamily, M = unknown>
  extends Pick<FamilyDefinition<N, M>, 'name' | 'about' | 'isAdoptable' | 'policyKind'> {
  /** One type for the family, but for test-result and smoke, which share the standard one. */
  readonly predicateType: string
  readonly members: z.ZodMiniType<M>
  /** The members as their schema and rules have them, or everything that is wrong with them. */
  readonly read: (members: JsonObject, header: HeaderParts) => Result<M, RecordProblem>
  /** @param record of this family */
  readonly view: (record: FoldedRecord, context: ViewContext) => FamilyView
  /** The last of these accepted records that leaves nothing for the earlier one to decide. All are of this family. */
  readonly findMakingUp: (
    earlier: FoldedRecord,
    among: readonly FoldedRecord[],
  ) => FoldedRecord | undefined
}

/** The members of a family's records. */
export type MembersOf<F> = F extends Family<RecordFamily, infer M> ? M : never

/** A family of its definition. */
export function defineFamily<N extends RecordFamily, M>(
  definition: FamilyDefinition<N, M>,
): Family<N, M> {
  const { findContradictions = () => [], sameCheck, view, ...family } = definition
  const findMakingUp = sameCheck === undefined ? () => undefined : makingUp(sameCheck)
  return {
    ...family,
    predicateType: predicateTypeOf(family.name),
    read: (members, header) => {
      const shaped = parseBySchema(family.members, members, describeBreach)
      return shaped.ok ? judge(shaped.value, findContradictions(shaped.value, header)) : shaped
    },
    // Whoever reads a record reads it by its family, so its members are of this one.
    view: (record, context) => view(record as FoldedRecord<M>, context),
    findMakingUp: (earlier, among) =>
      findMakingUp(earlier as FoldedRecord<M>, among as readonly FoldedRecord<M>[]),
  }
}

type Breach = Parameters<Parameters<typeof parseBySchema>[2]>[0]

/** A broken rule as a problem: with the code that the rule has, or as a wrong member. */
export function describeBreach({ message, at, params }: Breach): RecordProblem {
  const code = (params?.['code'] ?? 'record/member') as RecordCode
  return { code, message, ...(at !== undefined && { at }) }
}
