/** A document read: which host, which tree, and where the policies are. Judging it is another step, which may wait. */
import { jsonHost } from '../hosts/json.ts';
import type { DocumentName, Embedded, Host } from '../hosts/host.ts';
import type { RoleIdentity } from '../policy/policy.ts';
import type { Written } from '../rules/rule.ts';
import { json } from '../syntax/json.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { type Span, touches } from '../text/span.ts';
import type { Node, Problem, Tree } from '../tree/tree.ts';
import { memberOf } from '../tree/walk.ts';
import { isProjectFile } from './project.ts';

/** A text to look at. */
export interface Source extends DocumentName {
  readonly text: string;
  /** Counts the states of an open document; carried through, never looked at. */
  readonly version?: number;
}

/** A policy as it is when a choice in it falls one way. */
export interface View {
  /** What was chosen: only this is looked at by way of the view. */
  readonly sides: readonly Span[];
  readonly region: Region;
}

/** One policy in a document. */
export interface Region {
  readonly node: Node;
  /** What choices in it may come to; in `node` they are not known. Views have none. */
  readonly views?: readonly View[];
  /** In a view: what the choices depend on, as it is written. */
  readonly dependsOn?: readonly string[];
  readonly label?: string;
  readonly syntax: Syntax;
  /** The role that the policy is of, as far as the document names it. */
  readonly role?: RoleIdentity;
  /** Where the policy is JSON text inside a string: what is wrong with that text. */
  readonly problems?: readonly Problem[];
}

export interface Document {
  readonly source: Source;
  /** The id of the host that knew the document; nothing where it holds no policy. */
  readonly host?: string;
  /** What it is written in; nothing where it holds no policy. */
  readonly syntax?: Syntax;
  readonly language: Written['language'];
  readonly tree: Tree;
  readonly regions: readonly Region[];
  /** Permission policies of callers who assume roles, where the document declares them: they are judged and no more. */
  readonly callers: readonly Region[];
  /** The document is the policy, so its syntax problems are the policy's. */
  readonly whole: boolean;
  /** The document is a project file; it holds no policy. */
  readonly project?: Region;
}

const nothing: Tree = { problems: [], comments: [] };

/** Whether a host reads documents of this language or name. */
export const speaks = ({ languages, extensions = [] }: Host, { languageId, uri }: Source): boolean =>
  languages.includes(languageId) || extensions.some((ending) => uri.toLowerCase().endsWith(ending));

/**
 * Reads a source with the first host that speaks its language and finds a policy in it. Never throws.
 * @param before another version of the document, which is used up: what both have in common need not be read again
 */
export function readDocument(hosts: readonly Host[], source: Source, before?: Document): Document {
  if (isProjectFile(source.uri)) return readProjectFile(source);
  for (const host of hosts) {
    if (!speaks(host, source) || !host.mayContain(source.text, source)) continue;
    const syntax = host.syntaxOf(source.languageId, source.text);
    const known = before?.host === host.id ? { text: before.source.text, tree: before.tree } : undefined;
    const tree = (known && syntax.reread?.(known, source.text)) ?? syntax.parse(source.text);
    const { policies, whole } = host.find(tree, source.text, source);
    if (policies.length === 0 && !whole) continue;
    const regionOf = (policy: Embedded): Region => asRegion(policy, syntax);
    const regions = policies.filter(({ kind }) => kind === undefined).map(regionOf);
    const callers = policies.filter(({ kind }) => kind === 'caller').map(regionOf);
    return {
      source,
      host: host.id,
      syntax,
      language: languageOf(syntax, source),
      tree,
      whole,
      regions: policies.length > 0 ? regions : [unreadable(source.text, syntax)],
      callers,
    };
  }
  return { source, language: 'json', tree: nothing, regions: [], callers: [], whole: false };
}

/**
 * The policies of a source that is said to hold some. What no host takes for one is taken at its word if it is JSON and
 * has statements, even statements that AWS would not know what to do with in a trust policy.
 */
export function readPolicies(hosts: readonly Host[], source: Source): readonly Region[] {
  const { regions } = readDocument(hosts, source);
  if (regions.length > 0 || !jsonHost.languages.includes(source.languageId)) return regions;
  const syntax = jsonHost.syntaxOf(source.languageId, source.text);
  const { root } = syntax.parse(source.text);
  return root && memberOf(root, 'Statement') ? [{ node: root, syntax }] : [];
}

function asRegion(policy: Embedded, syntax: Syntax): Region {
  const { root, label, role, syntax: own, problems, alternatives = [] } = policy;
  const region: Region = {
    node: root,
    syntax: own ?? syntax,
    ...(problems && { problems }),
    ...(role && { role }),
    ...(label !== undefined && { label }),
  };
  if (alternatives.length === 0) return region;
  const views = alternatives.map((each) => ({
    sides: each.sides,
    region: {
      ...region,
      node: each.root,
      syntax: each.syntax ?? region.syntax,
      dependsOn: each.conditions,
    },
  }));
  return { ...region, views };
}

/** The policy around an offset; nothing outside of all. */
export const regionAt = (document: Document, offset: number): Region | undefined =>
  viewAt(
    document.regions.findLast(({ node }) => touches(node.span, offset)),
    document.source.text,
    offset,
  );

/** A policy as it is where the choices that an offset is in fall that way. */
export function viewAt(region: Region | undefined, text: string, offset: number): Region | undefined {
  if (region?.views === undefined) return region;
  const isBlock = region.syntax.id === 'yaml';
  const isIn = (side: Span): boolean =>
    touches(side, offset) || (isBlock && side.end < offset && text.slice(side.end, offset).trim() === '');
  // Sides of sides come later.
  return region.views.findLast(({ sides }) => sides.some(isIn))?.region ?? region;
}

const languageOf = ({ id }: Syntax, { languageId }: Source): Written['language'] =>
  id === 'yaml' || id === 'hcl' ? id : languageId === 'jsonc' ? 'jsonc' : 'json';

function readProjectFile(source: Source): Document {
  const tree = json.parse(source.text);
  const region = tree.root ? { node: tree.root, syntax: json } : unreadable(source.text, json);
  return { source, language: 'json', tree, regions: [], callers: [], whole: false, project: region };
}

/** A policy that is too broken to have a tree: nothing is known of it but that it is there. */
function unreadable(text: string, syntax: Syntax): Region {
  return {
    syntax,
    node: { kind: 'opaque', span: { start: 0, end: text.length }, complete: false, text },
  };
}
