import type { Problem } from '../core/index.ts'

/** Why a policy, or a folder of policies, was refused. The comment at each code is what `docs/errors.md` says of it. */
export type PolicyProblem = Problem<
  /** The file is not the YAML or JSON that a policy may be written in. */
  | 'policy/document'
  /** The policy has an unknown member, lacks one, or says something in it that it can not say. */
  | 'policy/member'
  /** Two policies have one id, two gates one target, or two requirements of one policy one id. */
  | 'policy/repeated'
  /** A policy refers to another one that is not there. */
  | 'policy/reference-dangling'
  /** One of two policies refers to the other, which has to refer back and does not. */
  | 'policy/reference-one-sided'
  /** A policy refers to one that does not hold for all of its targets. */
  | 'policy/reference-out-of-scope'
  /** Two policies state one fact, and state it differently. */
  | 'policy/fact-differs'
  /** There is no policy, or more than are read. */
  | 'policy/count'
>
