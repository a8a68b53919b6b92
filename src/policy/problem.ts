import type { Problem } from '../core/index.ts'

/** What is wrong with policies, or with evidence before their requirements. */
export type PolicyCode = PolicyProblem['code']

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
  /** Of several requirements, fewer are accepted than have to be. */
  | 'policy/alternatives'
  /** A file of cases is not the YAML or JSON that it may be written in, has an unknown member, lacks one, or tests nothing. */
  | 'policy/case'
  /** A requirement comes to something else than a case says. */
  | 'policy/case-failed'
  /** There is no case of any policy. */
  | 'policy/case-missing'
  /** A file of cases has no policy beside it. */
  | 'policy/case-orphan'
  /** A case names a requirement that its policy does not have. */
  | 'policy/case-requirement'
  /** A text claims that something is in a state, which only evidence can show. */
  | 'policy/claim-word'
  /** A condition does not hold in a piece of evidence. */
  | 'policy/condition'
  /** Evidence that a requirement looks at was refused, and nothing later made up for it. */
  | 'policy/evidence-against'
  /** Evidence that the project can not make itself is not there: nothing is verified, and nothing is refused. */
  | 'policy/evidence-external'
  /** There is evidence of what a requirement forbids. */
  | 'policy/evidence-forbidden'
  /** A piece of evidence was signed by a person, and a requirement looks at what automation signed, or the other way round. */
  | 'policy/evidence-kind'
  /** A piece of evidence was signed after the instant as of which is judged. */
  | 'policy/evidence-later'
  /** There is no evidence of what a requirement asks for. */
  | 'policy/evidence-missing'
  /** A piece of evidence is of another origin than a requirement looks at. */
  | 'policy/evidence-origin'
  /** A piece of evidence is not accepted itself. */
  | 'policy/evidence-refused'
  /** A piece of evidence was signed by somebody without the role that a requirement looks at. */
  | 'policy/evidence-role'
  /** There is less evidence than a requirement asks for, or it is of fewer principals or occasions. */
  | 'policy/evidence-short'
  /** A piece of evidence was signed longer ago than a requirement allows. */
  | 'policy/evidence-stale'
  /** Nobody but its signer vouches for the time of a piece of evidence, which has to be fresh, or of an occasion of its own. */
  | 'policy/evidence-undated'
  /** There is evidence, and none of it is as a requirement asks for. */
  | 'policy/evidence-unfit'
  /** An expression could not be judged: it is out of bounds, no CEL, took too long, came to an error, or to no yes or no. */
  | 'policy/expression'
  /** A requirement holds whatever there is. */
  | 'policy/never-fails'
  /** A requirement can not hold, whatever there is: what it asks for contradicts itself, or can not be. */
  | 'policy/never-holds'
  /** A file in a folder of policies is a document of another schema. */
  | 'policy/other-document'
  /** A requirement that others are put together of is not accepted. */
  | 'policy/part'
  /** A condition points to where no evidence has anything. */
  | 'policy/place-unknown'
  /** The time of a policy is over. */
  | 'policy/policy-expired'
  /** A policy that a requirement names is not there. */
  | 'policy/policy-missing'
  /** Two requirements of a quorum ask for the same: one piece of evidence satisfies both. */
  | 'policy/requirements-alike'
  /** A role asks for several signers of records that are judged one by one, so that none is ever accepted in it. */
  | 'policy/role-threshold'
  /** The trust document does not have a role that a requirement asks for, or has nobody in it. */
  | 'policy/role-unknown'
  /** The bundle beside a policy can not be read. */
  | 'policy/signature'
  /** A policy was signed as another one, or in another version. */
  | 'policy/signed-version'
  /** Whoever signed a policy does not have the role that is asked for. */
  | 'policy/signer-role'
  /** The computed status of a piece of evidence is another one than a requirement asks for. */
  | 'policy/status'
  /** A requirement asks for a status that evidence of its family never has. */
  | 'policy/status-unknown'
  /** A policy that has to be signed has no bundle beside it. */
  | 'policy/unsigned'
>
