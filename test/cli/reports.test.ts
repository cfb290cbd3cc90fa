/** The reports for other programs: SARIF as its schema has it, and annotations of GitHub Actions. Needs `npm run build`. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import oasis from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import { Ajv } from 'ajv';
import { afterAll, describe, expect, it } from 'vitest';
import { applyEdits } from '#engine';
import { fromBuild } from '../package/built.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'trust-policy-reports-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Draft 4, of which it needs nothing that later ones have otherwise but its own address. */
const schema: Record<string, unknown> = { ...oasis };
delete schema['$schema'];
delete schema['id'];
const isSarif = new Ajv({
  strict: false,
  allErrors: true,
  validateFormats: false,
  unicodeRegExp: false,
}).compile(schema);

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}
interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly locations: readonly [
    {
      readonly physicalLocation: {
        readonly artifactLocation: { readonly uri: string };
        readonly region: Region;
      };
    },
  ];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly fixes?: readonly {
    readonly artifactChanges: readonly [
      {
        readonly replacements: readonly {
          readonly deletedRegion: Region;
          readonly insertedContent: { readonly text: string };
        }[];
      },
    ];
  }[];
}
interface Log {
  readonly runs: readonly [
    {
      readonly tool: {
        readonly driver: { readonly rules: readonly { readonly id: string; readonly helpUri: string }[] };
      };
      readonly results: readonly Result[];
    },
  ];
}

function report(format: string, name: string, text: string): string {
  writeFileSync(path.join(folder, name), text);
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [fromBuild('dist/cli.cjs'), 'check', '--format', format, name],
    { cwd: folder, encoding: 'utf8' },
  );
  expect(stderr).toBe('');
  return stdout;
}

const sarifOf = (name: string, text: string): Log['runs'][0] => {
  const log: unknown = JSON.parse(report('sarif', name, text));
  expect(isSarif(log), JSON.stringify(isSarif.errors)).toBe(true);
  return (log as Log).runs[0];
};

const template = `Resources:
  Deployer:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Sid: Open
            Effect: Allow
            Principal:
              AWS: '*'
            Action: sts:AssumeRole
          - Effect: Allow
            Principal:
              Service: lamda.amazonaws.com
            Action: sts:AssumeRole
`;

const fingerprints = (run: Log['runs'][0]): readonly string[] =>
  run.results.map(({ partialFingerprints }) => Object.values(partialFingerprints).join());

describe('SARIF', () => {
  it('is valid, with rules, places and pages', () => {
    const { tool, results } = sarifOf('a template.yaml', template);
    expect(results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
      ['public-principal', 'error'],
      ['unknown-service-principal', 'error'],
    ]);
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    for (const { id, helpUri } of tool.driver.rules) expect(helpUri).toContain(`${id}.md`);
    expect(results[0]?.locations[0].physicalLocation).toMatchObject({
      artifactLocation: { uri: 'a%20template.yaml', uriBaseId: '%SRCROOT%' },
      region: { startLine: 11, startColumn: 20, endLine: 11, endColumn: 23 },
    });
  });

  it('is valid where nothing is found', () => {
    expect(sarifOf('empty.yaml', 'Resources: {}\n').results).toEqual([]);
  });

  it('knows a finding again when lines move, and tells those that are alike apart', () => {
    const before = fingerprints(sarifOf('template.yaml', template));
    expect(before).toEqual(['public-principal/Deployer/Open', 'unknown-service-principal/Deployer/#1']);
    expect(fingerprints(sarifOf('template.yaml', `# A comment.\n\n${template}`))).toEqual(before);
    const twice = template.replace(
      'Service: lamda.amazonaws.com',
      'Service: [lamda.amazonaws.com, sqss.amazonaws.com]',
    );
    expect(new Set(fingerprints(sarifOf('template.yaml', twice))).size).toBe(3);
  });

  it('carries fixes that do what they say', () => {
    const { results } = sarifOf('template.yaml', template);
    const [change] = results[1]?.fixes?.[0]?.artifactChanges ?? [];
    const lines = template.split('\n');
    const offset = (line: number, column: number): number =>
      lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0) + column - 1;
    const edits = (change?.replacements ?? []).map(({ deletedRegion: at, insertedContent }) => ({
      span: { start: offset(at.startLine, at.startColumn), end: offset(at.endLine, at.endColumn) },
      text: insertedContent.text,
    }));
    expect(applyEdits(template, edits)).toBe(template.replace('lamda', 'lambda'));
  });
});

it('annotations of GitHub Actions have their signs escaped', () => {
  const out = report('github', 'roles, all.yaml', template.replace('Open', "'50%:'"));
  const lines = out.trimEnd().split('\n');
  expect(lines).toHaveLength(3);
  expect(lines.find((line) => line.includes('public-principal'))).toMatch(
    /^::error file=roles%2C all\.yaml,line=11,endLine=11,col=20,endColumn=23,title=public-principal::\S/,
  );
  expect(lines.every((line) => /^::(?:error|warning|notice) /.test(line))).toBe(true);
});

it('another format is misuse', () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    [fromBuild('dist/cli.cjs'), 'check', '--format', 'xml', '.'],
    { cwd: folder, encoding: 'utf8' },
  );
  expect([status, stderr]).toEqual([2, expect.stringContaining('text, json, sarif or github')]);
});
