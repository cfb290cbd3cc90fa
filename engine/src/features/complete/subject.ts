/**
 * Subjects of tokens, part by part: what is written already is kept, what the workspace knows is filled in, and the
 * rest of the provider's grammar is left to fill in or to choose.
 */
import { issuerParts, type OidcProvider } from '../../catalog/catalog.ts';
import { perRun } from '../../policy/oidc.ts';
import { filled, partNames, partsSoFar } from '../../policy/template.ts';
import { choice, placeholder } from '../../tree/change.ts';
import { takenApart } from '../subject-text.ts';
import { partsKnown } from './subject-parts.ts';
import { shown, type Suggestion } from './suggestion.ts';
import type { Surroundings } from './surroundings.ts';

/** What is asked: whose subjects, what of one is written before the caret, and whether `*` stands for anything. */
export interface SubjectQuestion {
  readonly issuer: string;
  readonly provider: OidcProvider;
  readonly typed: string;
  readonly wildcards: boolean;
}

type Parts = Readonly<Record<string, string>>;

/** The subjects of the workspace, whole ones first, then the forms of the provider. */
export function* subjects(question: SubjectQuestion, around: Surroundings): Iterable<Suggestion> {
  const templates = templatesFor(question);
  const known = partsKnown(question, around);
  const here = templates.flatMap((template) =>
    known.flatMap((parts) => fill(template, parts, question) ?? []),
  );
  const whole = here.filter(({ stops }) => stops === 0);
  const begun = here.filter(({ stops }) => stops > 0);
  const forms = templates.flatMap((template) => fill(template, {}, question) ?? []);
  const seen = new Set<string>();
  const note = question.provider.name;
  for (const [list, detail] of [
    [whole, `${note}, this workspace`],
    [begun, `${note}, this workspace`],
    [forms, note],
  ] as const)
    for (const { value } of list) {
      const label = shown(value);
      if (seen.has(label) || label === question.typed) continue;
      seen.add(label);
      yield {
        label,
        entry: { value },
        detail,
        doc: takenApart(label, question.provider) ?? question.provider.doc,
      };
    }
}

/** The forms that what is written can become. One with a wildcard of its own needs an operator that reads it. */
function templatesFor({ provider, wildcards, typed }: SubjectQuestion): readonly string[] {
  const readable = provider.subjectTemplates.filter((template) => wildcards || !template.includes('*'));
  const fitting = readable.filter((template) => partsSoFar(typed, template));
  return fitting.length > 0 ? fitting : readable;
}

interface Filled {
  readonly value: string;
  readonly stops: number;
}

/** A form with what is written and what is known; nothing where the one contradicts the other. */
function fill(template: string, known: Parts, question: SubjectQuestion): Filled | undefined {
  const { issuer, typed, wildcards } = question;
  const names = partNames(template);
  const soFar = partsSoFar(typed, template) ?? {};
  if (!agree(known, soFar) || (Object.keys(known).length > 0 && !names.some((name) => name in known)))
    return undefined;
  const given: Parts = { ...(wildcards ? perRun : {}), ...issuerParts(issuer), ...soFar, ...known };
  const missing = names.filter((name) => given[name] === undefined);
  const open = missing.map((name) => [name, openPart(name, question)] as const);
  return { value: filled(template, { ...given, ...Object.fromEntries(open) }), stops: missing.length };
}

/** Only the part that is being written may be a beginning of what is known. */
function agree(known: Parts, soFar: Parts): boolean {
  const entries = Object.entries(soFar);
  return entries.every(([name, text], index) => {
    const value = known[name] ?? text;
    return value === text || (index === entries.length - 1 && value.startsWith(text));
  });
}

/** A part that is left open: with the values it can have, if there are only some. */
function openPart(name: string, { provider, wildcards }: SubjectQuestion): string {
  const part = provider.subjectParts?.find((each) => each.name === name);
  const values = part?.values?.filter((value) => wildcards || !value.includes('*')) ?? [];
  if (values.length > 1) return choice(values);
  return part?.braced === true ? `{${placeholder(name)}}` : placeholder(name);
}
