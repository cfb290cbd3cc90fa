/** The policy of a template, with its places to fill in marked and the values that are known in their place. */
import { stopNamed, type Template, type TemplateStop } from '../../catalog/templates.ts';
import { withStops } from '../../policy/template.ts';
import { placeholder } from '../../tree/change.ts';
import type { JsonValue } from '../../tree/walk.ts';

/** What is known of the places of a template, by their names. */
export type Values = Readonly<Record<string, string>>;

/** A place of a template. */
export interface NamedStop extends TemplateStop {
  readonly name: string;
}

/** The places of a template in the order in which they are filled in. */
export function stopsOf({ statements }: Template): readonly NamedStop[] {
  const names = new Set<string>();
  mapTexts(statements, (text) =>
    withStops(text, (name) => {
      names.add(name);
      return '';
    }),
  );
  return [...names].flatMap((name) => {
    const stop = stopNamed(name);
    return stop ? [{ name, ...stop }] : [];
  });
}

/** The statements of a template. A place whose value is not known shows its default and is marked. */
export function statementsOf({ statements }: Template, values: Values = {}): readonly JsonValue[] {
  const valueOf = (name: string): string => values[name] ?? placeholder(stopNamed(name)?.default ?? '');
  return statements.map((statement) => mapTexts(statement, (text) => withStops(text, valueOf)));
}

/** The whole policy of a template. */
export const policyOf = (template: Template, values?: Values): JsonValue => ({
  Version: '2012-10-17',
  Statement: statementsOf(template, values),
});

/** A value with all its texts changed, names of members too. */
function mapTexts(value: JsonValue, change: (text: string) => string): JsonValue {
  if (typeof value === 'string') return change(value);
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map((item) => mapTexts(item, change));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [change(key), mapTexts(item, change)]),
  );
}

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);
