// what opens something is found among the words of a command, in every form in which people write it there, and is never shown.

import { describe, expect, it } from 'vitest'
import { isSecretName, judgeCommandSequence } from '../../../../src/record/observation/index.ts'
import { codes } from '../../../trust/keys.ts'

const judge = (...words: readonly string[]) =>
  judgeCommandSequence({ commands: [{ name: 'step', arguments: words }], onFailure: 'stop' })

const encode = (text: string, alphabet: 'base64' | 'base64url' = 'base64') =>
  Buffer.from(text).toString(alphabet)

const TOKEN = `ghp_${'a1'.repeat(18)}`

describe('the words of a command', () => {
  it.each([
    [['curl', '-H', 'Authorization: Bearer hunter2', 'https://api.example']],
    [['curl', '-HAuthorization: Basic aHVudGVyMg==']],
    [['curl', '--header=PRIVATE-TOKEN: hunter2']],
    [['curl', '-H', 'X-Api-Key:hunter2']],
    [['curl', '-b', 'x', '-H', 'Cookie: session=hunter2']],
    [['curl', '-u', 'me:hunter2', 'https://api.example']],
    [['/usr/bin/curl', '--user=me:hunter2']],
    [['curl', '--proxy-user', 'me:hunter2']],
    [['curl', 'https://me:hunter2@api.example/']],
    [['curl', 'https://api.example/?token=hunter2']],
    [['git', '-c', 'http.extraheader=Authorization: Basic hunter2', 'fetch']],
    [['env', 'NPM_TOKEN=hunter2', 'npm', 'publish']],
    [['npm', 'config', 'set', '//registry.example/:_authToken=hunter2']],
    [['docker', 'build', '--build-arg', 'NPM_TOKEN=hunter2', '.']],
    [['docker', 'login', '-u', 'me', '-p', 'hunter2']],
    [['sudo', 'podman', 'login', '-phunter2']],
    [['sshpass', '-p', 'hunter2', 'ssh', 'host']],
    [['mysql', '-u', 'me', '-phunter2']],
    [['redis-cli', '-a', 'hunter2']],
    [['openssl', 'rsa', '-passin', 'pass:hunter2']],
    [['smbclient', '//host/share', '-U', 'me%hunter2']],
    [['zip', '-Phunter2', 'a.zip', 'a']],
    [['psql', 'PGPASSWORD=hunter2']],
    [['tool', '--clientSecret', 'hunter2']],
    [['java', '-Dspring.datasource.password=hunter2']],
    [['sh', '-c', 'export TOKEN=hunter2; npm publish']],
    [['sh', '-c', 'npm publish --token hunter2']],
    [['sh', '-c', 'curl -u me:hunter2 https://api.example']],
    [['sh', '-c', "curl -H 'Authorization: Bearer hunter2' https://api.example"]],
  ])('are refused with one problem: %j', (words) => {
    const found = judge(...words)
    expect(codes(found)).toEqual(['record/command-secret'])
    expect(JSON.stringify(found)).not.toMatch(/hunter2|aHVudGVyMg/)
  })

  it('are refused where a known token or key is behind base64', () => {
    for (const text of [
      `{"auth":"${TOKEN}"}`,
      '-----BEGIN PRIVATE KEY-----\nMIGH',
      'machine api.example https://me:hunter2@api.example/',
    ]) {
      for (const word of [encode(text), `--config=${encode(text, 'base64url')}`]) {
        expect(codes(judge('tool', word))).toEqual(['record/command-secret'])
      }
    }
  })

  it.each([
    [['curl', '-H', 'Accept: application/json', 'https://api.example']],
    [['curl', '-H', 'Authorization;', 'https://api.example']],
    [['curl', '--user', 'me', 'https://api.example']],
    [['curl', '--user-agent=me:hunter2', 'https://api.example']],
    [['sh', '-c', 'curl -H "Authorization: Bearer $TOKEN" https://api.example']],
    [['sh', '-c', 'TOKEN=$(cat token) npm publish --token "$TOKEN"']],
    [['git', 'commit', '-m', 'auth: let a token expire']],
    [['git', 'clone', 'git@host.example:web.git']],
    [['mkdir', '-p', 'out/reports']],
    [['ssh', '-p', '2222', 'host']],
    [['docker', 'run', '-p', '8080:80', '-u', '1000:1000', 'image']],
    [['docker', 'build', '--secret', 'id=npm,src=.npmrc', '.']],
    [['docker', 'login', '--password-stdin']],
    [['psql', '--no-password', 'web']],
    [['mysql', '-p', 'web']],
    [['openssl', 'rsa', '-passin', 'env:KEY_PASSPHRASE']],
    [['tool', '--token=@token.txt', '--auth', 'basic']],
    [['npm', 'ci', '--integrity', `sha512-${encode('x'.repeat(64))}`]],
    [['cosign', 'verify', `sha256:${'ab'.repeat(32)}`]],
    [['npx', 'vitest', 'run', '--reporter=junit', '--outputFile=junit.xml']],
  ])(
    'are taken where they only say where something is, or are about something else: %j',
    (words) => {
      expect(codes(judge(...words))).toBe('accepted')
    },
  )

  it.each([
    [['tool', 'hunter2']],
    [['tool', '-x', 'hunter2']],
    [['tool', encode('me:hunter2 and more of it')]],
  ])('are taken where nothing tells a secret from another word, as the page says: %j', (words) => {
    expect(codes(judge(...words))).toBe('accepted')
  })
})

describe('isSecretName()', () => {
  it('knows a name by its end, however its words are set apart', () => {
    const secret = ['authToken', 'PGPASSWORD', 'client_secret', 'x-api-key', 'MYSQL_PWD', 'apiKey']
    expect(secret.filter((name) => !isSecretName(name))).toEqual([])
    const others = ['PWD', 'OLDPWD', 'key', 'keyId', 'no-password', 'compass', 'author', 'monkey']
    expect(others.filter(isSecretName)).toEqual([])
  })
})
