/** The report in SARIF 2.1.0, for code scanning. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  editsFor,
  type Finding,
  pageUrl,
  ruleInfo,
  type RuleId,
  rules,
  type Severity,
  type Span,
  statementOf,
} from '#engine';
import type { Checked } from './check.ts';
import { type Place, placesIn } from './positions.ts';
import { rulePages } from './rules.ts';
import { version } from './version.ts';

const levels: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

/** One run with the rules that have spoken and what they said. */
export function sarifReport(checked: readonly Checked[]): string {
  const ids = [...new Set(checked.flatMap(({ findings }) => findings.map(({ rule }) => rule)))].sort();
  const run = {
    tool: {
      driver: {
        name: 'trust-policy',
        informationUri: 'https://github.com/iam-trust-policy/iam-trust-policy',
        semanticVersion: version(),
        rules: descriptorsOf(ids),
      },
    },
    columnKind: 'utf16CodeUnits',
    results: checked.flatMap((each) => resultsOf(each, ids)),
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function descriptorsOf(ids: readonly RuleId[]): readonly object[] {
  const pages = rulePages();
  return ids.map((id) => descriptorOf(id, pages.get(id) ?? ''));
}

function descriptorOf(id: RuleId, page: string): object {
  const rule = rules.find((each) => each.id === id);
  const { summary } = ruleInfo(id);
  return {
    id,
    shortDescription: { text: summary },
    helpUri: pageUrl(id),
    help: { text: summary, markdown: page },
    ...(rule && {
      defaultConfiguration: { level: levels[rule.severity] },
      properties: { category: rule.category },
    }),
  };
}

function resultsOf(checked: Checked, ids: readonly RuleId[]): readonly object[] {
  const { file, text, findings } = checked;
  const placeOf = placesIn(text);
  const artifactLocation = locationOf(file);
  const at = (span: Span): object => ({ physicalLocation: { artifactLocation, region: placeOf(span) } });
  const fingerprints = fingerprintsOf(findings);
  return findings.map((finding, index) => {
    const { rule, severity, message, span, related, region } = finding;
    const named = region.label === undefined ? {} : { logicalLocations: [{ name: region.label }] };
    const fixes = fixesOf(finding, checked, artifactLocation, placeOf);
    return {
      ruleId: rule,
      ruleIndex: ids.indexOf(rule),
      level: levels[severity],
      message: { text: message },
      locations: [{ ...at(span), ...named }],
      ...(related.length > 0 && {
        relatedLocations: related.map((other) => ({ ...at(other.span), message: { text: other.message } })),
      }),
      partialFingerprints: { 'trustPolicy/v1': fingerprints[index] },
      ...(fixes.length > 0 && { fixes }),
    };
  });
}

/** A file below the working folder by its path, any other by its address. */
function locationOf(file: string): object {
  const relative = path.relative('.', file);
  if (relative === '' || relative.startsWith('..') || path.isAbsolute(relative))
    return { uri: pathToFileURL(file).href };
  const uri = relative.split(path.sep).map(encodeURIComponent).join('/');
  return { uri, uriBaseId: '%SRCROOT%' };
}

/** What a finding is known by when lines move: its rule, policy and statement, and its number among those that are alike. */
function fingerprintsOf(findings: readonly Finding[]): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const statement = statementOf(finding);
    const place = statement?.sid ?? (statement ? `#${String(statement.index)}` : 'policy');
    const name = [finding.rule, finding.region.label ?? '', place].join('/');
    const number = (seen.get(name) ?? 0) + 1;
    seen.set(name, number);
    return number === 1 ? name : `${name}/${String(number)}`;
  });
}

function fixesOf(
  { fixes, region }: Finding,
  { document }: Checked,
  artifactLocation: object,
  placeOf: (span: Span) => Place,
): readonly object[] {
  return fixes.flatMap((fix) => {
    const edits = editsFor(fix, region, document, randomUUID);
    if (edits === undefined) return [];
    const replacements = edits.map(({ span, text }) => ({
      deletedRegion: placeOf(span),
      insertedContent: { text },
    }));
    return [{ description: { text: fix.title }, artifactChanges: [{ artifactLocation, replacements }] }];
  });
}
