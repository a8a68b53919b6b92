// Names that stand for something secret, and values that only say where it is.

/** At the end of a name, whatever stands before it: `PGPASSWORD`, `authtoken`. */
const ENDINGS = 'apikey|passphrase|passwd|password|secret|sshpass|token'

/** The same as a word of its own: `--auth`, `MYSQL_PWD`, `registry-pat`. */
const WORDS =
  '(?:access|api|private|secret|signing)[-_]?key|auth|bearer|cookie|credentials?|jwt|pass|pat|[a-z]+[-_]pwd'

const SECRET_NAME = new RegExp(`(?:${ENDINGS}|(?:^|[^a-z])(?:${WORDS}))$`)

/** `--no-password` asks for none. */
const NONE = /^no[-_]/

/** True for the name of an option, variable or header that holds a secret. */
export function isSecretName(name: string): boolean {
  const plain = name.replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, '-').toLowerCase()
  return SECRET_NAME.test(plain) && !NONE.test(plain)
}

/** `$TOKEN`, `${TOKEN}`, `$(cat token)`, `%TOKEN%`, `@file`, `env:TOKEN`, `id=npm,src=.npmrc`. */
const REFERENCE = /^["']?(?:\$[\w{(]|%\w+%|@.|(?:env|file|fd):|(?:env|file|id|src|type)=)/

/** What is no secret of anybody: a switch, a kind, standard input. */
const SWITCH = /^(?:-|0|1|basic|bearer|digest|false|no|none|stdin|true|yes)$/i

/** True for a value that lets a reader in; one that only says where it is to be found does not. */
export function isSecretValue(value: string | undefined): value is string {
  return value !== undefined && value !== '' && !REFERENCE.test(value) && !SWITCH.test(value)
}

/** Options that take a password in a well-known program and something else in others. */
export interface PasswordOption {
  readonly programs: readonly string[]
  readonly options: readonly string[]
  /** Only where this word stands before it. */
  readonly command?: string
  /** Only as one word with the option. */
  readonly isAttached?: boolean
  /** What its value looks like, where it may be another. */
  readonly value?: RegExp
}

/** As their manuals have them. */
export const PASSWORD_OPTIONS: readonly PasswordOption[] = [
  {
    programs: ['curl', 'http', 'https', 'wget'],
    options: ['-a', '-u', '-U', '--user', '--proxy-user'],
    value: /^[^:]*:./,
  },
  { programs: ['smbclient'], options: ['-U', '--user'], value: /%./ },
  { programs: ['sshpass', 'mongo', 'mongodump', 'mongorestore', 'mongosh'], options: ['-p'] },
  {
    programs: ['az', 'buildah', 'cosign', 'crane', 'docker', 'helm', 'nerdctl', 'oras', 'podman'],
    command: 'login',
    options: ['-p'],
  },
  {
    programs: ['7z', '7za', '7zz', 'mariadb', 'mariadb-dump', 'mysql', 'mysqladmin', 'mysqldump'],
    options: ['-p'],
    isAttached: true,
  },
  { programs: ['redis-cli'], options: ['-a'] },
  { programs: ['ldapadd', 'ldapdelete', 'ldapmodify', 'ldapsearch'], options: ['-w'] },
  { programs: ['bcp', 'sqlcmd', 'unzip', 'zip'], options: ['-P'] },
  { programs: ['openssl'], options: ['-pass', '-passin', '-passout'], value: /^pass:./ },
]
