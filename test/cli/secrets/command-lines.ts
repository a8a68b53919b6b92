// Every command of the table, as people call it in a world of secrets: lines that do something, and lines that fail.

import { SET_ID } from '../adoption-world.ts'
import { CANARIES } from './canaries.ts'
import { NOBODY } from './secret-world.ts'

const COMMIT = 'c27d339ee6075c1f744c5d4b200f7901aad2c369'
const PRE = `--release-id ${SET_ID} --phase pre-deploy-candidate --policies policies`
const POST = PRE.replace('pre-deploy-candidate', 'post-deploy-smoke-verified')
const RUN = '--ledger run --run --trust trust.json'
const JUDGED = '--trust trust.json --policies policies'
const ADOPTS = `${JUDGED} --source-policies policies --unsafe-unsigned`
const WITNESSES = `--rekor ${NOBODY} --timestamp ${NOBODY}`
const PUBLIC = '--sigstore --trusted-root public-good --publish-private'

/** A record of the family, from a document with its members. */
function written(family: string, about = PRE): readonly string[] {
  return [`record ${family} --from members-${family}.json ${about} ${RUN} --key ci.key.pem`]
}

/** By the names of the command; `{out}` is a file that nobody else has written. */
export const COMMAND_LINES: Readonly<Record<string, readonly string[]>> = {
  digest: ['digest project', 'digest dist --out {out}', 'digest project --check a.txt'],
  'snapshot take': ['snapshot take project --out {out}', 'snapshot take .', 'snapshot take a.txt'],
  'snapshot diff': ['snapshot diff snapshot.json snapshot.json'],
  'snapshot audit': [
    'snapshot audit --advisories advisories.json --exceptions exceptions.json --out {out}',
    'snapshot audit --advisories token.txt --exceptions account.json',
  ],
  attest: [
    'attest provenance --set dist --key enc.key.pem --release v1 --channel staging --target t --run 9-1 --out {out}',
    'attest provenance --set project --key ci.key.pem --snapshot snapshot.json --out {out}',
    'attest https://made.example/v1 --predicate account.json --artifact a.txt --key ci.key.pem --out {out}',
    'attest https://made.example/v1 --predicate statement.json --artifact a.txt --key ci.key.pem --out {out}',
    `attest https://made.example/v1 --predicate statement.json --artifact a.txt --key ci.key.pem ${WITNESSES} --trusted-root public-good --out {out}`,
    `attest https://made.example/v1 --predicate statement.json --artifact a.txt ${PUBLIC} --out {out}`,
    `attest https://made.example/v1 --predicate statement.json --artifact a.txt ${PUBLIC} --identity-token-file token.txt --out {out}`,
    'attest https://made.example/v1 --predicate statement.json --artifact a.txt --key ci.key.pem --signer-command ./none --out {out}',
    'attest https://made.example/v1 --predicate statement.json --artifact a.txt --key enc.key.pem --passphrase-file project/.env --out {out}',
  ],
  verify: [
    `verify built.json --set dist --trust trust.json --source-uri ${NOBODY}`,
    'verify built.json --set dist --trust trust.json',
  ],
  deployed: [
    'deployed dist --release built.json --trust trust.json',
    'deployed project --release built.json --trust trust.json',
  ],
  inspect: [
    'inspect built.json',
    'inspect trust.json',
    'inspect account.json',
    'inspect project/.env',
    'inspect ci.key.pem',
    'inspect token.txt',
  ],
  'record manifest': [
    `record manifest --release-id ${SET_ID} --set dist --source-revision ${COMMIT} --snapshot snapshot.json --provenance built.json --policies policies --out {out}`,
  ],
  'record tracking': written('tracking'),
  'record attestation': written('attestation'),
  'record authority': [
    `record authority --approval-reference https://ci.example/1 ${PRE} ${RUN} --key ci.key.pem`,
    `record authority --approval-reference https://u:${CANARIES.documentLogin}@ci.example/1 ${PRE} ${RUN} --key ci.key.pem`,
    `record authority --approval-reference https://ci.example/1?token=${CANARIES.documentLogin} ${PRE} ${RUN} --key ci.key.pem`,
  ],
  'record promotion': written('promotion'),
  'record rollback': written('rollback'),
  'record linkage': [`record linkage ${PRE} ${RUN} --key ci.key.pem`],
  'record test-result': [
    `record test-result --commit ${COMMIT} --from junit.xml --digest-of configuration=a.txt --policies policies ${RUN} --key ci.key.pem`,
    `record test-result --commit ${COMMIT} --from junit.xml --digest-of configuration=a.txt --url ${NOBODY} --policies policies ${RUN} --key ci.key.pem`,
    `record test-result --commit ${COMMIT} --from broken.yaml --policies policies ${RUN} --key ci.key.pem`,
  ],
  'record command': [
    `record command --commit {head} --policies ../policies --ledger ../run --run --trust ../trust.json --key ../ci.key.pem node talk.cjs`,
    `record command --commit {head} --policies ../policies --ledger ../run --run --trust ../trust.json --key ../ci.key.pem node talk.cjs --token=${CANARIES.documentToken}`,
    `record command --commit {head} --policies ../policies --ledger ../run --run --trust ../trust.json --key ../ci.key.pem node talk.cjs ${NOBODY}`,
  ],
  'record deployment': [
    `record deployment --observe dist --environment staging ${POST} ${RUN} --key ci.key.pem`,
    `record deployment --observe project --environment staging ${POST} ${RUN} --key ci.key.pem`,
  ],
  'record smoke': [
    `record smoke --plan smoke.json --base-url http://127.0.0.1:9 --label edge --evidence evidence.staging.web_edge_smoke --observed-set ${'a'.repeat(64)} ${POST} ${RUN} --key ci.key.pem`,
    `record smoke --plan smoke.json --base-url ${NOBODY} --label edge ${POST} ${RUN} --key ci.key.pem`,
  ],
  'record canary': written('canary', POST),
  'record approval': [
    `record approval --scope rollout --decision approve --reason Good --expires 14d ${PRE} ${RUN} --key ci.key.pem`,
    `record approval --scope rollout --decision approve --reason ${CANARIES.documentToken} --expires 14d ${PRE} ${RUN} --key ci.key.pem`,
  ],
  'record review': [
    ...written('review', `--commit ${COMMIT} --policies policies`),
    `record review --from broken.yaml --commit ${COMMIT} --checkout project ${RUN} --key ci.key.pem`,
  ],
  'record certification': written('certification'),
  'record incident': written('incident', POST),
  'record waiver': [
    `record waiver --from waiver.yaml ${PRE} ${RUN} --key ci.key.pem`,
    ...['token', 'login', 'broken'].map(
      (name) => `record waiver --from ${name}.yaml ${PRE} ${RUN} --key ci.key.pem`,
    ),
    `record waiver --from account.json ${PRE} ${RUN} --key ci.key.pem`,
    `record waiver --from waiver.yaml ${PRE} ${RUN} --key enc.key.pem --passphrase-file project/.env`,
  ],
  'record withdrawal': written('withdrawal', POST),
  'record adoption propose': [
    `record adoption propose clean ${ADOPTS} --phase pre-deploy-candidate --out {out}`,
  ],
  'record adoption review': [
    `record adoption review candidate.json --from clean ${ADOPTS} --key rita.key.pem --decision adopt --out {out}`,
  ],
  'record adoption apply': [
    `record adoption apply candidate.json --from clean --ledger ledger ${ADOPTS} --review review.json --reference pr-1 --key ada.key.pem`,
    `record adoption apply candidate.json --from clean --ledger ledger ${ADOPTS} --review review.json --reference https://u:${CANARIES.documentLogin}@ci.example --key ada.key.pem`,
  ],
  'draft compose': [
    `draft compose waiver --from waiver.yaml ${PRE} --ledger run --trust trust.json --out {out}`,
    ...['token.yaml', 'login.yaml', 'broken.yaml', 'account.json'].map(
      (name) => `draft compose waiver --from ${name} ${PRE} --ledger run --trust trust.json`,
    ),
  ],
  'draft preview': [
    'draft preview draft.json --as ci --ledger clean --trust trust.json --policies policies',
  ],
  'draft save': [
    'draft save draft.json --trust trust.json --key drafts.key.pem --out {out}',
    'draft save account.json --trust trust.json --key drafts.key.pem --out {out}',
  ],
  'draft request-review': [
    'draft request-review saved.json --role builder --reason new --trust trust.json --key drafts.key.pem --out {out}',
    `draft request-review saved.json --role builder --reason ${CANARIES.documentToken} --trust trust.json --key drafts.key.pem --out {out}`,
  ],
  'ledger init': ['ledger init --ledger {out}'],
  'ledger append': [
    'ledger append built.json --ledger run --trust trust.json',
    'ledger append account.json --ledger run --trust trust.json',
  ],
  'ledger list': ['ledger list --ledger run'],
  'ledger show': ['ledger show 0 --ledger run'],
  'ledger verify': ['ledger verify --ledger run --log-key log.vkey'],
  'ledger prove': [
    'ledger prove 0 --ledger run --out {out}',
    'ledger prove --check account.json --record built.json --log-key log.vkey',
  ],
  'ledger merge': ['ledger merge empty --ledger run --trust trust.json --log-key log.vkey'],
  'ledger checkpoint': [
    'ledger checkpoint --ledger run --key log.key.pem --name run.example/web',
    'ledger checkpoint --ledger run --key log.key.pem --passphrase-file project/.env',
  ],
  pack: [
    `pack --release ${SET_ID} --phase pre-deploy-candidate --ledger clean --run ${JUDGED} --document inner.json --document snapshot.json --out {out}`,
    `pack --release ${SET_ID} --phase pre-deploy-candidate --ledger clean --run ${JUDGED} --document project/.env --document ci.key.pem --out {out}`,
  ],
  audit: [
    `audit clean --run ${JUDGED} --unsafe-unsigned`,
    `audit ledger ${JUDGED} --unsafe-unsigned`,
  ],
  gate: [
    `gate --ledger ledger ${JUDGED} --unsafe-unsigned --out {out}`,
    `gate --ledger ledger ${JUDGED} --unsafe-unsigned --counters`,
    `gate gate.release_target.render_staging_rollout --ledger ledger ${JUDGED} --result {out} --key ci.key.pem`,
  ],
  readiness: [
    `readiness --release ${SET_ID} --ledger ledger ${JUDGED} --readiness deployment-readiness --unsafe-unsigned --out {out}`,
  ],
  lineage: [`lineage --release ${SET_ID} --ledger ledger ${JUDGED} --unsafe-unsigned --out {out}`],
  playbook: [
    `playbook --release ${SET_ID} --ledger ledger ${JUDGED} --playbooks production-readiness --reports project --unsafe-unsigned --out {out}`,
  ],
  'verify-result': [
    `verify-result result.json --jwks jwks.json --gate gate.release_target.render_staging_rollout --release ${SET_ID} --max-age 1h`,
    `verify-result result.json --jwks-url ${NOBODY} --verdict missing`,
    'verify-result account.json --jwks jwks.json --verdict blocked',
  ],
  'policy lint': ['policy lint policies --trust trust.json', 'policy lint project'],
  'policy explain': ['policy explain policies', 'policy explain project'],
  'policy test': ['policy test policies', 'policy test project'],
  'policy sign': [
    'policy sign policies/gate/render-staging-rollout.yaml --key enc.key.pem',
    'policy sign broken.yaml --key ci.key.pem',
  ],
  'key generate': [
    'key generate --out {out}',
    'key generate --out {out} --passphrase-file project/.env',
    'key generate --out {out} --unsafe-unencrypted',
  ],
  'key import': [
    'key import ci.key.pem --out {out}',
    'key import enc.key.pem --out {out}',
    'key import enc.key.pem --passphrase-file project/.env --out {out}',
  ],
  'key public': [
    'key public ci.key.pem',
    'key public enc.key.pem',
    'key public enc.key.pem --passphrase-file project/.env',
    'key public broken.yaml',
  ],
  'key jwks': [
    'key jwks ci.key.pem enc.key.pem --trust trust.json --out {out}',
    'key jwks project/.env',
  ],
  'trust init': ['trust init --out {out}'],
  'trust add-key': [
    'trust add-key log.pub.pem --trust editable.json --name {name} --role builder',
    'trust add-key log.key.pem --trust editable.json --name x --role builder',
  ],
  'trust add-root': [
    'trust add-root public-good --trust rootless.json --name {name} --live',
    'trust add-root account.json --trust editable.json --name y --live',
  ],
  'trust add-identity': [
    'trust add-identity --trust editable.json --name {name} --issuer https://token.example --san {name}@example.org --role builder',
    `trust add-identity --trust editable.json --name z --issuer ${NOBODY} --san a@b.example --role builder`,
  ],
  'trust add-npm-keys': [
    'trust add-npm-keys npm-keys.json --trust editable.json',
    'trust add-npm-keys account.json --trust editable.json',
  ],
  'trust add-role': ['trust add-role --trust editable.json --name {name}'],
  'trust add-verifier': [
    `trust add-verifier --trust editable.json --name {name} --id https://verifier.example/{name} --signer ci`,
    `trust add-verifier --trust editable.json --name v --id ${NOBODY} --signer ci`,
  ],
  'trust add-builder': [
    'trust add-builder --trust editable.json --name {name} --id https://builder.example/{name} --signer ci --build-level 2',
    `trust add-builder --trust editable.json --name b --id ${NOBODY} --signer ci --build-level 2`,
  ],
  'trust revoke-key': [
    'trust revoke-key --trust editable.json --name rob --at 2026-04-10T12:00:00Z --reason retired',
  ],
  'trust remove': ['trust remove removable --trust removed.json'],
  'trust update': [
    `trust update --trust editable.json --name pg --mirror ${NOBODY}`,
    'trust update --trust editable.json --name none',
  ],
  'trust show': ['trust show --trust trust.json', 'trust show --trust account.json'],
  doctor: ['doctor --trust trust.json', 'doctor --trust account.json'],
  help: ['help', 'help trust', 'help none'],
  'completion bash': ['completion bash'],
  'completion zsh': ['completion zsh'],
  'completion fish': ['completion fish'],
  'completion propose': ['completion propose bash assay key'],
}

/** Commands that can not come to anything here: they need the network. */
export const NEEDS_NETWORK: ReadonlySet<string> = new Set(['trust update'])

/** Families of records: their commands read and print in one way, so that all of it is tried with one of them, and the rest once. */
export const ALIKE: ReadonlySet<string> = new Set(
  Object.keys(COMMAND_LINES).filter(
    (name) => name.startsWith('record ') && !['record waiver', 'record command'].includes(name),
  ),
)

/** What a file is exchanged for, so that each command is given a secret in the place of each of its inputs. */
export const WRONG_FILES: readonly string[] = ['ci.key.pem', 'account.json', 'none.json']
