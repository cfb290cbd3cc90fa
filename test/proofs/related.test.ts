/**
 * What a finding says of another place, it points to: what is trusted or allowed and is named in its message, and whatever the
 * rules below compare with. The editor and the reports for programs carry it. Needs `npm run build`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding } from '#engine';
import { covers } from '../../engine/src/text/span.ts';
import { readPolicy } from '../../engine/src/policy/read.ts';
import { diagnosticOf } from '../../server/src/convert.ts';
import { look, type Looked } from '../harness/look.ts';
import { readMarks } from '../harness/marks.ts';
import { readPages } from '../harness/pages.ts';
import { fromBuild } from '../package/built.ts';

/** Rules whose judgement always rests on two places. */
const comparing = [
  ...[
    'account-principal-hides-specific',
    'allow-deny-conflict',
    'condition-key-not-for-action',
    'conflicting-elements',
  ],
  ...['deny-negated-missing-key', 'duplicate-action', 'duplicate-condition-key-case', 'duplicate-json-key'],
  ...[
    'duplicate-principal',
    'duplicate-sid',
    'external-id-same-account',
    'key-never-present',
    'mergeable-statements',
  ],
  ...[
    'mfa-deny-blocks-nonhuman',
    'mfa-never-present',
    'mixed-partition',
    'mixed-principal-types-with-condition',
  ],
  ...['multiple-federated-providers', 'network-key-on-service-principal', 'oidc-key-issuer-mismatch'],
  ...['redundant-assumed-role-principal', 'redundant-condition-value', 'redundant-statement'],
  ...['saml-aud-partition-mismatch', 'service-principal-partition-mismatch', 'session-tags-unrestricted'],
  ...['source-arn-account-mismatch', 'source-arn-service-mismatch', 'source-arn-unsupported-granularity'],
  ...['source-wildcard', 'variable-needs-2012-version'],
];

const examples: readonly (Looked & { readonly id: string; readonly text: string })[] = readPages().flatMap(
  ({ id, fails }) =>
    fails.map(({ fence }) => {
      const { text } = readMarks(fence.text);
      return { id, text, ...look({ ...fence, text }) };
    }),
);
const told = ({ id, findings }: (typeof examples)[number]): readonly Finding[] =>
  findings.filter(({ rule }) => rule === id);

it('rules that compare point to both places, on every page', () => {
  const silent = examples
    .filter(({ id }) => comparing.includes(id))
    .flatMap((example) => told(example))
    .filter(({ related }) => related.length === 0)
    .map(({ rule, message }) => `${rule}: ${message}`);
  expect(silent).toEqual([]);
  expect(comparing.filter((rule) => !examples.some(({ id }) => id === rule))).toEqual([]);
});

/** Whether a message names a text by itself, and not within a longer name. */
const names = (message: string, text: string): boolean => {
  const at = message.indexOf(text);
  return at >= 0 && !/[\w:/-]/.test(message.charAt(at + text.length));
};

it('a principal that a message names is pointed to', () => {
  const unseen = examples.flatMap(({ id, findings, document }) =>
    document.regions.flatMap(({ node }) =>
      readPolicy(node)
        .statements.flatMap(({ principals }) => principals)
        .filter(({ text }) => text.length > 3)
        .flatMap((principal) =>
          findings
            .filter(({ rule, message }) => rule === id && names(message, principal.text))
            .filter(({ span, related }) => {
              const places = [span, ...related.map((other) => other.span)];
              return !places.some(
                (place) => covers(place, principal.node.span) || covers(principal.node.span, place),
              );
            })
            .map(({ rule, message }) => `${rule}: ${message}`),
        ),
    ),
  );
  expect(unseen).toEqual([]);
});

it('no finding points to itself, or to what is not there', () => {
  for (const { findings, text } of examples)
    for (const { rule, span, related } of findings)
      for (const other of related) {
        expect(other.span, rule).not.toEqual(span);
        expect(text.slice(other.span.start, other.span.end).length, rule).toBeGreaterThan(0);
      }
});

const relatedIn = (list: readonly { readonly related?: readonly unknown[] }[]): readonly number[] =>
  list.map(({ related = [] }) => related.length);

it('the editor carries what is pointed to', () => {
  for (const { findings, text } of examples) {
    const source = TextDocument.create('file:///trust-policy.json', 'json', 1, text);
    const shown = findings.map((finding) => diagnosticOf(source, finding).relatedInformation?.length ?? 0);
    expect(shown).toEqual(relatedIn(findings));
  }
});

const folder = mkdtempSync(path.join(tmpdir(), 'trust-policy-related-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const report = (format: string): unknown =>
  JSON.parse(
    spawnSync(process.execPath, [fromBuild('dist/cli.cjs'), 'check', '--format', format, '.'], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1e8,
    }).stdout,
  );

it('the reports for programs carry what is pointed to', () => {
  const plain = examples.filter(
    ({ document, findings }) =>
      document.source.languageId === 'json' && findings.some(({ related }) => related.length > 0),
  );
  const expected = plain.map(({ text }, index) => {
    const file = `${String(index).padStart(3, '0')}-trust-policy.json`;
    writeFileSync(path.join(folder, file), text);
    return [file, relatedIn(look({ text, language: 'json', file }).findings)] as const;
  });
  const { findings } = report('json') as {
    readonly findings: readonly { readonly file: string; readonly related?: readonly unknown[] }[];
  };
  const { runs } = report('sarif') as { readonly runs: readonly { readonly results: readonly Result[] }[] };
  const results = runs[0]?.results ?? [];
  for (const [file, counts] of expected) {
    expect(relatedIn(findings.filter((each) => each.file === file)), file).toEqual(counts);
    const own = results.filter(({ locations }) => JSON.stringify(locations).includes(file));
    expect(relatedIn(own.map(({ relatedLocations = [] }) => ({ related: relatedLocations }))), file).toEqual(
      counts,
    );
  }
  expect(expected.length).toBeGreaterThan(40);
});

interface Result {
  readonly locations: unknown;
  readonly relatedLocations?: readonly unknown[];
}
