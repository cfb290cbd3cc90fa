/** IAM knows 27 condition operators, each with an optional set prefix and `IfExists`; anything else it refuses. */
import { conditionKeyNamed, operatorNamed, operators, type ValueType } from '../../catalog/catalog.ts';
import { replaceValue } from '../../policy/amend.ts';
import { splitOperator } from '../../policy/condition.ts';
import { distance } from '../../text/distance.ts';
import type { Change } from '../../tree/change.ts';
import type { Member } from '../../tree/tree.ts';
import { memberOf, plainValue, valueOf } from '../../tree/walk.ts';
import { defineRule, type Fix, fix, type Report } from '../rule.ts';

/** What people call operators elsewhere. */
const aliases: Readonly<Record<string, string>> = {
  boolean: 'Bool',
  stringcontains: 'StringLike',
  stringstartswith: 'StringLike',
  stringendswith: 'StringLike',
  stringmatches: 'StringLike',
  ipaddressequals: 'IpAddress',
};

/** The operator for values of a type, as AWS uses it in examples. */
const operatorFor = {
  arn: 'ArnLike',
  binary: 'BinaryEquals',
  bool: 'Bool',
  date: 'DateLessThan',
  ip: 'IpAddress',
  numeric: 'NumericLessThan',
  string: 'StringEquals',
} as const satisfies Record<ValueType, string>;

export const rule = defineRule({
  id: 'invalid-condition-operator',
  category: 'condition',
  severity: 'error',
  supersedes: ['data-type-mismatch'],
  *check({ statements }) {
    for (const { node } of statements) {
      const condition = valueOf(node, 'Condition');
      if (condition?.kind !== 'object') continue;
      for (const member of condition.members) {
        const written = member.key.value;
        if (written === undefined || operatorNamed(splitOperator(written).name)) continue;
        const key = conditionKeyNamed(written);
        yield { at: member.key, ...(key ? misplaced(member, written, key.type) : misnamed(member, written)) };
      }
    }
  },
});

type Judgement = Pick<Report, 'message' | 'severity' | 'fixes' | 'about'>;

function misplaced(member: Member, written: string, type: ValueType): Judgement {
  const operator = operatorFor[type];
  return {
    // The value is no map of keys, but that is not what is wrong with it.
    ...(member.value && { about: member.value }),
    message: `IAM refuses this: ${written} is a condition key and stands where an operator is due. Put it into a block of ${operator}.`,
    fixes: wrap(member, operator),
  };
}

function misnamed(member: Member, written: string): Judgement {
  const meant = nearest(written);
  const fixes = rename(member, meant);
  // Whether IAM takes operators in other capitals is not documented.
  if (meant?.toLowerCase() === written.toLowerCase())
    return {
      severity: 'warning',
      message: `AWS spells this operator ${meant}, and IAM may refuse others.`,
      fixes,
    };
  const help = meant === undefined ? 'Take one from the list.' : `Did you mean ${meant}?`;
  return { message: `IAM refuses this: "${written}" is no condition operator. ${help}`, fixes };
}

/** The operator that a wrong text most probably means, with its prefix and suffix. */
function nearest(written: string): string | undefined {
  const text = written.toLowerCase();
  const forms = operators().flatMap(({ id, quantifiers, ifExists }) =>
    (quantifiers ? ['', 'ForAllValues:', 'ForAnyValue:'] : ['']).flatMap((prefix) =>
      (ifExists ? ['', 'IfExists'] : ['']).map((suffix) => prefix + id + suffix),
    ),
  );
  const ranked = forms
    .map((form) => ({ form, far: distance(text, form.toLowerCase(), 2) }))
    .filter(({ far }) => far <= 2)
    .sort((a, b) => a.far - b.far);
  return aliases[text] ?? ranked[0]?.form;
}

const rename = (member: Member, meant: string | undefined): readonly Fix[] =>
  meant === undefined || memberOf(member.parent, meant) || member.value?.kind !== 'object'
    ? []
    : fix(`Use ${meant}`, [{ kind: 'rename', member, key: meant }]);

/** Puts a key and value that stand among the operators into the block of one. */
function wrap(member: Member, operator: string): readonly Fix[] {
  const value = member.value && plainValue(member.value);
  const key = member.key.value;
  if (value === undefined || key === undefined || !member.value) return [];
  const block = memberOf(member.parent, operator);
  if (block === undefined) {
    const rename: Change = { kind: 'rename', member, key: operator };
    return fix(`Put it into ${operator}`, [rename, ...replaceValue(member.value, { [key]: value })]);
  }
  if (block.value?.kind !== 'object' || memberOf(block.value, key)) return [];
  const changes: readonly Change[] = [
    { kind: 'remove', node: member },
    { kind: 'set', object: block.value, key, value },
  ];
  return fix(`Put it into ${operator}`, changes);
}
