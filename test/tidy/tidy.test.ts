/** House rules that no linter knows: where what may stand, what files are called, and that documents agree with code. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '' && existsSync(path));
const sources = tracked.filter(
  (path) => path.endsWith('.ts') && !path.endsWith('.d.json.ts') && !path.endsWith('.gen.ts'),
);
const engine = sources.filter((path) => path.startsWith('engine/src/') && !path.endsWith('.test.ts'));
const read = (path: string): string => readFileSync(path, 'utf8');

const nodesIn = (path: string): readonly ts.Node[] => {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, read(path), ts.ScriptTarget.ES2023));
  return found;
};

describe('the engine', () => {
  it('has enough files for these checks to mean something', () => {
    expect(engine.length).toBeGreaterThan(30);
  });

  it('reads text by regular expression only where texts are AWS’s, never a document', () => {
    const allowed = /^engine\/src\/(?:policy|catalog|rules)\/|text\/glob|hcl-lexer\.ts$/;
    const offenders = engine
      .filter((path) => !allowed.test(path))
      .filter((path) => nodesIn(path).some((node) => node.kind === ts.SyntaxKind.RegularExpressionLiteral));
    expect(offenders).toEqual([]);
  });

  it('makes text edits in syntax/ only', () => {
    const allowed = /^engine\/src\/(?:syntax|text)\/|features\/fix\.ts$/;
    const makes = (node: ts.Node): boolean =>
      ts.isObjectLiteralExpression(node) &&
      ['span', 'text'].every((name) =>
        node.properties.some(
          (property) => property.name && ts.isIdentifier(property.name) && property.name.text === name,
        ),
      ) &&
      !node.properties.some(
        (property) => property.name && ts.isIdentifier(property.name) && property.name.text === 'kind',
      );
    const offenders = engine
      .filter((path) => !allowed.test(path))
      .filter((path) => nodesIn(path).some(makes));
    expect(offenders).toEqual([]);
  });

  it('never reads the message of a finding', () => {
    const adapters = /^(?:server\/src\/convert|cli\/src\/(?:text|json|sarif))\.ts$/;
    const code = sources.filter(
      (path) => /^(?:engine|server|cli|client)\/src\//.test(path) && !path.endsWith('.test.ts'),
    );
    const offenders = code.filter(
      (path) => !adapters.test(path) && /\b(?:finding|verdict)\.message\b/.test(read(path)),
    );
    expect(offenders).toEqual([]);
  });
});

describe('files', () => {
  it('are called after what they are about', () => {
    const vague = new Set([
      'utils',
      'util',
      'helpers',
      'helper',
      'common',
      'shared',
      'manager',
      'service',
      'misc',
    ]);
    const offenders = tracked.filter((path) =>
      path.split('/').some((part) => vague.has(part.split('.')[0] ?? '')),
    );
    expect(offenders).toEqual([]);
  });

  it('are kebab-case', () => {
    const offenders = sources.filter((path) => !/^[a-z0-9]+(?:[-.][a-z0-9]+)*\.ts$/.test(basename(path)));
    expect(offenders).toEqual([]);
  });

  it('open with what they are', () => {
    const offenders = sources.filter((path) => !read(path).startsWith('/**') && !read(path).startsWith('#!'));
    expect(offenders).toEqual([]);
  });

  it('name no path of somebody’s machine', () => {
    const texts = tracked.filter(
      (path) => /\.(?:ts|mjs|js|json|md)$/.test(path) && path !== 'package-lock.json',
    );
    const local = /(?:^|[\s"'`(])\/(?:home|root|work|farm|Users)\/[a-z]/;
    expect(texts.filter((path) => local.test(read(path)))).toEqual([]);
  });
});

describe('documents', () => {
  const pages = tracked.filter((path) => path.endsWith('.md'));
  it.each(pages)('%s links only to files that exist', (path) => {
    const links = [...read(path).matchAll(/\]\((?!https?:|#|mailto:|command:)([^)#\s]+)/g)].map(
      (match) => match[1] ?? '',
    );
    expect(links.filter((link) => !existsSync(`${dirname(path)}/${link}`))).toEqual([]);
  });

  it('say nothing of work left to do', () => {
    const offenders = tracked
      .filter((path) => /\.(?:ts|mjs|js)$/.test(path) && !path.startsWith('test/tidy/'))
      .filter((path) => /\b(?:TODO|FIXME|XXX|HACK)\b/.test(read(path)));
    expect(offenders).toEqual([]);
  });
});
