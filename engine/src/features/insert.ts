/** Named insertions at a statement of a document: which of them make sense there, and what each comes to. */
import type { Insertion, Outcome, Target } from '../insertions/insertion.ts';
import { insertions } from '../insertions/insertions.ts';
import type { Policy, Statement } from '../policy/policy.ts';
import { readPolicy } from '../policy/read.ts';
import type { Settings } from '../settings.ts';
import { touches } from '../text/span.ts';
import type { TextEdit } from '../text/edit.ts';
import { copyOf } from '../tree/copy.ts';
import { losesComment } from './comments.ts';
import { type Document, type Region, regionAt } from './document.ts';
import { editsFor } from './fix.ts';
import { hostVariable } from './host-variable.ts';
import { isMovable } from './movable.ts';

/** A statement and the policy that it is of. */
export interface Site {
  readonly region: Region;
  readonly policy: Policy;
  readonly statement: Statement;
}

/** What an insertion comes to: edits, or a sentence that says why there are none. */
export type Inserted =
  | { readonly kind: 'edits'; readonly edits: readonly TextEdit[] }
  | Exclude<Outcome, { readonly kind: 'changes' }>;

/** The statement of a document at an offset; nothing outside of statements. */
export function siteAt(document: Document, offset: number): Site | undefined {
  const region = regionAt(document, offset);
  const policy = region && readPolicy(region.node);
  const statement = policy?.statements.findLast(({ node }) => touches(node.span, offset));
  return region && policy && statement && { region, policy, statement };
}

/** The statements of all policies of a document, in the order of the text. */
export const sitesIn = ({ regions }: Document): readonly Site[] =>
  regions.flatMap((region) => {
    const policy = readPolicy(region.node);
    return policy.statements.map((statement) => ({ region, policy, statement }));
  });

/**
 * Carries out an insertion at a statement.
 * @param value what to ask for, in the form of the insertion
 * @param newRandom makes one unguessable value
 */
export function insertAt(
  insertion: Insertion,
  site: Site,
  document: Document,
  settings: Settings,
  newRandom: () => string,
  value?: string,
): Inserted {
  if (site.statement.effect !== 'Allow')
    return { kind: 'unfit', why: 'This is for statements whose effect is known to be Allow.' };
  const outcome = insertion.make(targetOf(site, document, settings, value));
  if (outcome.kind !== 'changes') return outcome;
  if (losesComment(outcome.changes, site.region, document))
    return { kind: 'unfit', why: 'A comment stands in the part that has to be written anew. Move it first.' };
  const edits = editsFor({ ...insertion, ...outcome, safe: false }, site.region, document, newRandom);
  return edits
    ? { kind: 'edits', edits }
    : {
        kind: 'unfit',
        why: 'This cannot be written here: the text is broken, or an expression stands in the way.',
      };
}

function targetOf(
  { region, policy, statement }: Site,
  document: Document,
  settings: Settings,
  value: string | undefined,
): Target {
  const variable = hostVariable(['external', 'id'], region, document);
  return {
    policy,
    statement,
    settings,
    copy: (node) => copyOf(node, document.source.text, isMovable(region)),
    ...(variable && { variable }),
    ...(value !== undefined && { value }),
  };
}

/** An insertion that can be made at a place. */
export interface Offered {
  readonly id: string;
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/**
 * The insertions that make sense at an offset, with what each comes to.
 * @param wanted which are asked for, by id
 */
export function insertionsAt(
  document: Document,
  offset: number,
  settings: Settings,
  newRandom: () => string,
  wanted: (id: string) => boolean = () => true,
): readonly Offered[] {
  const site = siteAt(document, offset);
  if (site?.statement.effect !== 'Allow') return [];
  return insertions.flatMap((insertion) => {
    const { id, titleAt } = insertion;
    if (!wanted(id)) return [];
    const inserted = insertAt(insertion, site, document, settings, newRandom);
    if (inserted.kind !== 'edits') return [];
    const title = titleAt?.(targetOf(site, document, settings, undefined)) ?? insertion.title;
    return [{ id, title, edits: inserted.edits }];
  });
}
