/** What was found in statements before, so that only what has changed is judged again. */
import { mayDeny } from '../policy/grants.ts';
import type { Policy, Statement } from '../policy/policy.ts';
import type { Opinion } from '../rules/opinion.ts';
import { slice } from '../text/span.ts';
import type { ObjectNode } from '../tree/tree.ts';
import type { Document, Region } from './document.ts';

/** What is known of the statements of one policy. */
interface KnownStatements {
  /** By the statement: a node that is still in the tree has the same content. */
  readonly opinions: ReadonlyMap<ObjectNode, Opinion>;
  /** The texts of statements that nothing was found in. */
  readonly blameless: ReadonlySet<string>;
  /** Such texts of the version before: what is typed and taken back needs no new judgement. */
  readonly lately: ReadonlySet<string>;
}

/** By all that an Allow statement is judged by, besides itself and the settings. */
export type Known = Map<string, KnownStatements>;

/** The statements of a policy that need not be judged again, with what there is to say about each. */
export function recall(
  policy: Policy,
  region: Region,
  document: Document,
  known: Known | undefined,
): ReadonlyMap<Statement, Opinion> {
  const found = new Map<Statement, Opinion>();
  const same = known && isItsText(region) ? known.get(surroundingsOf(policy, region, document)) : undefined;
  if (same === undefined) return found;
  for (const statement of policy.statements.filter(isReusable)) {
    const text = textOf(statement, document);
    const opinion = same.opinions.get(statement.node);
    if (opinion) found.set(statement, opinion);
    else if (same.blameless.has(text) || same.lately.has(text))
      found.set(statement, { start: statement.node.span.start, reports: [] });
  }
  return found;
}

/** Notes in `next` what the next version can recall. */
export function remember(
  opinions: ReadonlyMap<Statement, Opinion>,
  policy: Policy,
  region: Region,
  document: Document,
  known: Known | undefined,
  next: Known,
): void {
  if (!isItsText(region)) return;
  const surroundings = surroundingsOf(policy, region, document);
  const settled = [...opinions].filter(([statement]) => isReusable(statement));
  const free = settled.filter(([, { reports }]) => reports.length === 0);
  const blameless = new Set(free.map(([statement]) => textOf(statement, document)));
  const before = known?.get(surroundings)?.blameless ?? [];
  const beside = next.get(surroundings); // the same in another place of the document
  next.set(surroundings, {
    opinions: new Map([
      ...(beside?.opinions ?? []),
      ...settled.map(([{ node }, opinion]) => [node, opinion] as const),
    ]),
    blameless: beside ? new Set([...beside.blameless, ...blameless]) : blameless,
    lately: new Set([...before].filter((text) => !blameless.has(text))),
  });
}

/** Whether equal texts are equal policies: in JSON nothing refers to another place. */
const isItsText = ({ syntax, problems }: Region): boolean => syntax.id === 'json' && problems === undefined;

const isReusable = ({ effect, node }: Statement): boolean => effect === 'Allow' && node.complete;

const textOf = ({ node }: Statement, { source }: Document): string => slice(source.text, node.span);

function surroundingsOf(
  { statements, version }: Policy,
  { role }: Region,
  { source: { languageId, text } }: Document,
): string {
  const denies = statements.filter(mayDeny).map(({ node }) => node);
  const nodes = version ? [version, ...denies] : denies;
  return JSON.stringify([languageId, role, ...nodes.map(({ span }) => slice(text, span))]);
}
