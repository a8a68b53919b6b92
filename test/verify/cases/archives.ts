// Sets that are read from an archive or a manifest: what another program would read as other files is refused before anything is
// compared.

import {
  END,
  paxEntry,
  type TarEntry,
  tarArchive,
  tarEntry,
} from '../../digest/archive/tar-archive.ts'
import { encodeManifest } from '../../../src/digest/index.ts'
import { artifactsOf, RELEASE_FILES } from '../release.ts'
import { accepted, type Case, refused } from './case.ts'

const FILES: readonly TarEntry[] = Object.entries(RELEASE_FILES).map(([name, content]) => ({
  name,
  content,
}))
const APP = RELEASE_FILES['app.js'] ?? ''
const SET = Buffer.from(tarArchive(...FILES))
const MANIFEST = encodeManifest(artifactsOf(RELEASE_FILES))

const ofArchive = (bytes: Uint8Array | string, name = 'set.tar') => ({
  files: { [name]: bytes },
  about: ['--set', name],
})

/** An archive of the release's files and something else. */
const archive = (
  name: string,
  says: string,
  attack: string,
  code: string,
  bytes: Uint8Array | readonly TarEntry[],
) =>
  refused(`archive-${name}`, {
    says,
    attacks: [attack],
    unread: true,
    codes: [`digest/${code}`],
    twin: 'archive',
    ...ofArchive(bytes instanceof Uint8Array ? bytes : tarArchive(...FILES, ...bytes)),
  })

const ARCHIVES: readonly Case[] = [
  accepted('archive', {
    says: 'The set is what a tar archive holds.',
    ...ofArchive(SET),
  }),
  ...(
    [
      ['climbing', '../app.js', 'path-unsafe'],
      ['absolute', '/etc/app.js', 'path-unsafe'],
      ['backslash', 'lib\\..\\app.js', 'path-unsafe'],
      ['drive', 'C:app.js', 'path-windows'],
      ['control-character', 'app\u0007.js', 'path-unsafe'],
    ] as const
  ).map(([name, entry, code]) =>
    archive(name, 'The name of an entry leads out of the folder, on some machine.', 'A-107', code, [
      { name: entry, content: APP },
    ]),
  ),
  archive(
    'hard-link',
    'An entry is another name of a file, which need not lie in the archive.',
    'A-108',
    'archive-entry',
    [{ name: 'start.js', type: '1', linkName: '../app.js' }],
  ),
  archive(
    'written-through-a-link',
    'A link leads out of the folder, and the next entry lies behind it.',
    'A-108',
    'path-collision',
    [
      { name: 'out', type: '2', linkName: '/etc' },
      { name: 'out/app.js', content: APP },
    ],
  ),
  refused('archive-link', {
    says: 'A symbolic link lies beside the files, which no signature covers; it is not followed.',
    attacks: ['A-108'],
    codes: ['verify/link-extra'],
    twin: 'archive',
    ...ofArchive(tarArchive(...FILES, { name: 'start.js', type: '2', linkName: 'app.js' })),
  }),
  archive(
    'pax-size',
    'An extended header gives another size than the header: readers differ in where the next file begins.',
    'A-109',
    'archive-pax',
    [paxEntry([['size', '0']]), { name: 'start.js', content: APP }],
  ),
  archive(
    'gnu-long-name',
    'A name in the form of GNU, which other readers take for a file.',
    'A-109',
    'archive-entry',
    [
      { name: '././@LongLink', type: 'L', content: 'start.js\0' },
      { name: 'other.js', content: APP },
    ],
  ),
  archive(
    'joined',
    'Behind the end there is a second archive, which some readers read.',
    'A-109',
    'archive-end',
    Buffer.concat([SET, tarArchive({ name: 'start.js', content: APP })]),
  ),
  archive(
    'cut',
    'The two zero blocks at the end are missing: nobody knows whether that is all.',
    'A-124',
    'archive-end',
    SET.subarray(0, -END.length),
  ),
  archive('name-twice', 'Two entries have one name.', 'A-110', 'archive-duplicate', [
    { name: 'app.js', content: 'console.log(3)\n' },
  ]),
  archive(
    'name-in-another-case',
    'Two names become one on some disks.',
    'A-110',
    'path-collision',
    [{ name: 'APP.js', content: APP }],
  ),
  archive('device-name', 'Windows opens a device under that name.', 'A-110', 'path-windows', [
    { name: 'con.js', content: APP },
  ]),
  archive(
    'promises-too-much',
    'A header promises more bytes than anything that is read here, and none follow.',
    'A-98',
    'archive-limit',
    Buffer.concat([...FILES.map(tarEntry), tarEntry({ name: 'big', size: '77777777777\0' })]),
  ),
  refused('archive-zip', {
    says: 'A zip archive has two lists of its files, and readers differ in which one they take. It is not opened: it is one file, and none of the release.',
    attacks: ['A-111'],
    codes: ['digest/artifact-extra', 'digest/artifact-missing', 'verify/set-digest'],
    twin: 'archive',
    ...ofArchive('PK\u0005\u0006'.padEnd(22, '\0'), 'set.zip'),
  }),
]

const line = (name: string) => `${artifactsOf(RELEASE_FILES)[0]?.sha256}  ${name}\n`
const manifest = (name: string, says: string, attack: string, code: string, last: string) =>
  refused(`manifest-${name}`, {
    says,
    attacks: [attack],
    unread: true,
    codes: [`digest/${code}`],
    twin: 'release-manifest',
    files: { SHA256SUMS: `${Buffer.from(MANIFEST).toString()}${last}` },
    about: ['--set', 'SHA256SUMS'],
  })

const MANIFESTS: readonly Case[] = [
  manifest(
    'climbing',
    'A name that was taken from the evidence would be a path out of the folder.',
    'A-112',
    'path-unsafe',
    line('../../etc/app.js'),
  ),
  manifest(
    'newline-in-a-name',
    'A name with a line break, in the form in which sha256sum escapes it, would make a line of its own.',
    'A-118',
    'manifest-line',
    `\\${line('app.js\\n0000')}`,
  ),
  manifest('cut', 'The last line is cut.', 'A-124', 'manifest-line', line('z').slice(0, 40)),
]

export const ARCHIVE_CASES: readonly Case[] = [...ARCHIVES, ...MANIFESTS]
