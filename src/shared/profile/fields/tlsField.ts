// The field `tls`: certificates and versions.

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references and snippets as profiles and editors have them

import { type Endpoint, type Tls, tlsVersions } from '../../endpoint/endpoint.ts'
import { sessionMethods } from '../../endpoint/methods.ts'
import type { Report } from '../../endpoint/problem.ts'
import { type FieldOption, fileOption, flagOption, textOption } from '../shapes/fieldOption.ts'
import type { FieldReader } from '../shapes/fieldReader.ts'
import { choiceShape, fileShape, flagShape, textShape } from '../shapes/fieldShapes.ts'
import { type FieldText, propertyField } from '../shapes/profileField.ts'
import { describedSchemas, objectSchema } from '../shapes/schemaShapes.ts'
import type { MapText } from '../shapes/textRole.ts'
import { changedFrom } from './changedFrom.ts'

/** One part of the field, in the form of a field. */
interface TlsPart<V> extends Omit<FieldText, 'name'> {
  readonly neutral: V
  read(read: FieldReader): V
  mapText?(value: V, map: MapText): V
  readonly option: FieldOption
}

const fingerprintWords =
  'Write the SHA-256 fingerprint of the certificate: 64 hexadecimal digits, colons between pairs or none.'

const parts: { readonly [K in keyof Tls]: TlsPart<Tls[K]> } = {
  allowUntrusted: {
    meaning:
      '`true` accepts a certificate of the URL’s host that is not trusted, for this profile only. Anyone between you and the server can then read along; a badge in the timeline says so. Other hosts, where it redirects to or `requests` lead, need one that is trusted.',
    ...flagShape('allowUntrusted', false),
    option: flagOption(
      'allow-untrusted',
      'accept a TLS certificate that is not trusted',
      ['tls', 'allowUntrusted'],
      true,
      ['tls'],
    ),
  },
  fingerprint: {
    meaning:
      'The SHA-256 fingerprint of the one certificate of the URL’s host that is accepted though it is not trusted, whatever its name and its dates are. Any other must be trusted.',
    ...textShape(
      'fingerprint',
      {
        pattern: '^(?:[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){31}|[0-9A-Fa-f]{64}|.*\\$\\{[^{}]+\\}.*)$',
        patternErrorMessage: fingerprintWords,
      },
      { path: 'tls.fingerprint' },
    ),
    option: textOption(
      'fingerprint',
      'sha256',
      'accept this certificate though it is not trusted',
      ['tls', 'fingerprint'],
    ),
  },
  ca: {
    meaning: 'A PEM file of certificates to trust beside the system’s.',
    ...fileShape('ca', 'tls.ca'),
    option: fileOption('ca', 'trust the certificates in this PEM file, too', ['tls', 'ca']),
  },
  cert: {
    meaning: 'A PEM file of the client’s certificate; it may hold the key as well.',
    ...fileShape('cert', 'tls.cert'),
    option: fileOption('cert', 'the client’s certificate, PEM', ['tls', 'cert']),
  },
  key: {
    meaning: 'A PEM file of the certificate’s key, unless the certificate’s file holds it.',
    ...fileShape('key', 'tls.key'),
    option: fileOption('key', 'its key, PEM', ['tls', 'key']),
  },
  pfx: {
    meaning: 'A PKCS #12 file (`.pfx`, `.p12`) of both, instead.',
    ...fileShape('pfx', 'tls.pfx'),
    option: fileOption('pfx', 'both in one PKCS #12 file', ['tls', 'pfx']),
  },
  passphrase: {
    meaning: 'Of the key or the PKCS #12 file. Keep it out of the file: `${secret:name}`.',
    ...textShape(
      'passphrase',
      {},
      { path: 'tls.passphrase', role: { kind: 'credential', as: 'tls-passphrase' } },
    ),
    option: textOption('passphrase', 'text', 'of the key or the PKCS #12 file', [
      'tls',
      'passphrase',
    ]),
  },
  serverName: {
    meaning: 'The name to ask for and to check, instead of the URL’s host.',
    ...textShape('serverName', { minLength: 1 }, { path: 'tls.serverName' }),
    option: textOption(
      'server-name',
      'name',
      'ask for and check this name instead of the URL’s host',
      ['tls', 'serverName'],
    ),
  },
  minVersion: {
    meaning:
      'The lowest version to accept: `TLSv1`, `TLSv1.1`, `TLSv1.2` or `TLSv1.3`. Default: Node’s, `TLSv1.2`.',
    ...choiceShape('minVersion', tlsVersions, null),
    option: minVersionOption(),
  },
}

const partNames = Object.keys(parts) as readonly (keyof Tls)[]

/** The field with each part made of its row. */
function eachPart(make: (part: TlsPart<unknown>, name: keyof Tls) => unknown): Tls {
  const entries = partNames.map((name) => [name, make(parts[name] as TlsPart<unknown>, name)])
  return Object.fromEntries(entries) as Tls
}

export const neutralTls: Tls = eachPart(({ neutral }) => neutral)

const partTexts = partNames.map((name): FieldText => ({ name, ...parts[name] }))

export const tlsField = propertyField('tls', {
  name: 'tls',
  methods: sessionMethods,
  meaning: 'Certificates and versions, for `https` and `wss`.',
  section: 'TLS',
  parts: partTexts,
  schema: objectSchema(describedSchemas(partTexts), {
    dependencies: { key: ['cert'] },
    not: { required: ['pfx'], anyOf: [{ required: ['cert'] }, { required: ['key'] }] },
  }),
  neutral: neutralTls,
  read(read) {
    const tls = read.object('tls', '{ "allowUntrusted": true }')
    if (!tls) return neutralTls
    tls.reportUnknown(partNames, '"tls"')
    return eachPart((part) => part.read(tls))
  },
  format: (tls) => changedFrom(neutralTls, tls),
  mapText: (tls, map) => eachPart((part, name) => part.mapText?.(tls[name], map) ?? tls[name]),
  check: ({ tls }, { open, report }) => {
    checkTls(tls, report)
    checkFingerprint(tls, open, report)
  },
  options: partNames.map((name) => parts[name].option),
  isMerged: true,
})

function checkTls(tls: Endpoint['tls'], report: Report): void {
  if (tls.key !== null && tls.cert === null) {
    report('tls.cert', 'Add the "cert" that belongs to the key.')
  }
  if (tls.pfx !== null && (tls.cert !== null || tls.key !== null)) {
    report('tls.pfx', 'Remove "pfx", or "cert" and "key": there is one client certificate.')
  }
  if (tls.serverName === '') report('tls.serverName', 'Name the server, or remove the field.')
}

function checkFingerprint(
  { fingerprint, allowUntrusted }: Tls,
  open: (text: string) => boolean,
  report: Report,
): void {
  if (fingerprint === null) return
  if (allowUntrusted) {
    report(
      'tls.fingerprint',
      'Remove "allowUntrusted", which accepts any certificate, or "fingerprint".',
    )
  }
  if (!open(fingerprint) && !isFingerprint(fingerprint)) {
    report('tls.fingerprint', fingerprintWords)
  }
}

function isFingerprint(text: string): boolean {
  return /^[\dA-Fa-f]{2}(?::[\dA-Fa-f]{2}){31}$|^[\dA-Fa-f]{64}$/.test(text)
}

/** Takes `1.2` as well as `TLSv1.2`. */
function minVersionOption(): FieldOption {
  const option = textOption('min-tls', 'version', '1.0, 1.1, 1.2 or 1.3', ['tls', 'minVersion'])
  return {
    ...option,
    put: (entry, written) =>
      option.put(
        entry,
        written.replace(/^(?:TLSv)?1(?:\.0)?$/i, 'TLSv1').replace(/^1\./, 'TLSv1.'),
      ),
  }
}
