/** The project file says something that cannot be taken: a name that is not known, a value of the wrong form, no reason. */
import { replaceValue } from '../../policy/amend.ts';
import { settingLists } from '../../setting-lists.gen.ts';
import { isLevel, severities } from '../../settings.ts';
import type { Member, Node, ObjectNode } from '../../tree/tree.ts';
import { keyText, memberOf, textOf } from '../../tree/walk.ts';
import { ruleIds } from '../ids.gen.ts';
import { defineRule, type Facts, fix, type Report } from '../rule.ts';
import { nearestName } from '../statements.ts';

export const rule = defineRule({
  id: 'invalid-project-file',
  category: 'quality',
  severity: 'error',
  subject: 'project',
  *check({ node }, facts) {
    yield* syntaxReports(facts);
    if (node.kind === 'object') yield* eachMember(node, fileFields, 'setting');
    else if (node.complete) yield wrong(node, 'The project file is an object, such as { "ignore": [] }');
  },
});

/** A file that cannot be read says nothing; comments and commas at the end of a list do no harm here. */
function* syntaxReports({ written: { problems, reportedByHost } }: Facts): Generator<Report> {
  const broken = reportedByHost ? undefined : problems.find(({ kind }) => kind === 'syntax');
  if (broken) yield wrong(broken.span, `This is not JSON: ${broken.message}`);
}

type Check = (value: Node, member: Member) => Iterable<Report>;

const fileFields: Readonly<Record<string, Check>> = {
  $schema: (value) => expectText(value, 'The address of the schema is a text'),
  rules: checkLevels,
  ...Object.fromEntries(
    settingLists.map((list): [string, Check] => [list.name, (value) => checkList(value, list)]),
  ),
  ignore: checkEntries,
};

const entryFields: Readonly<Record<string, Check>> = {
  rule: checkRuleId,
  file: (value) => expectText(value, 'A file is given by its path or a pattern, such as "roles/*.json"'),
  policy: (value) => expectText(value, 'A policy is given by the name of its role'),
  sid: (value) => expectText(value, 'A statement is given by its Sid'),
  reason: (value) => expectText(value, 'Say in a few words why this is right as it is'),
};

function* eachMember(
  { members }: ObjectNode,
  fields: Readonly<Record<string, Check>>,
  word: string,
): Generator<Report> {
  for (const member of members) {
    const { key, value } = member;
    const check = fields[keyText(key)];
    if (check && value) yield* check(value, member);
    else if (check === undefined) yield unknownName(member, Object.keys(fields), word);
  }
}

function* checkLevels(value: Node): Generator<Report> {
  if (value.kind !== 'object') {
    yield wrong(value, 'Severities are an object of rules, such as { "missing-version": "off" }');
    return;
  }
  for (const member of value.members) {
    if (!isRuleId(keyText(member.key))) yield unknownName(member, ruleIds, 'rule');
    if (member.value && !isLevel(textOf(member.value)))
      yield wrong(member.value, `A severity is one of ${severities.join(', ')} and off`);
  }
}

function* checkList(value: Node, { pattern, hint }: (typeof settingLists)[number]): Generator<Report> {
  if (value.kind !== 'array') {
    yield wrong(value, 'This is a list of texts, in square brackets');
    return;
  }
  const form = new RegExp(pattern, 'u');
  const texts = value.items.map(textOf);
  for (const [index, item] of value.items.entries()) {
    const text = texts[index];
    if (text === undefined || !form.test(text)) yield wrong(item, hint.slice(0, -1));
    else if (texts.indexOf(text) < index)
      yield {
        ...wrong(item, 'This value stands in the list already'),
        related: value.items
          .slice(texts.indexOf(text), index)
          .slice(0, 1)
          .map((first) => ({ at: first, message: 'It stands here first.' })),
      };
  }
}

function* checkEntries(value: Node): Generator<Report> {
  if (value.kind !== 'array') {
    yield wrong(value, 'What is ignored is a list of entries, each with a rule and a reason');
    return;
  }
  for (const item of value.items) {
    if (item.kind !== 'object') {
      yield wrong(item, 'An entry is an object with a rule and a reason');
      continue;
    }
    yield* eachMember(item, entryFields, 'name');
    for (const name of ['rule', 'reason'])
      if (item.complete && memberOf(item, name) === undefined)
        yield wrong(item.members[0]?.key ?? item, `This entry has no "${name}"`);
  }
}

function* checkRuleId(value: Node): Generator<Report> {
  const text = textOf(value);
  if (text !== undefined && isRuleId(text)) return;
  const meant = text === undefined ? undefined : nearestName(text, ruleIds);
  yield {
    ...wrong(value, `There is no such rule${meant === undefined ? '' : `; did you mean "${meant}"?`}`),
    fixes: meant === undefined ? [] : fix(`Change to ${meant}`, replaceValue(value, meant)),
  };
}

function* expectText(value: Node, hint: string): Generator<Report> {
  if ((textOf(value) ?? '').trim() === '') yield wrong(value, hint);
}

function unknownName(member: Member, known: readonly string[], word: string): Report {
  const meant = nearestName(keyText(member.key), known);
  const free = meant !== undefined && memberOf(member.parent, meant) === undefined;
  return {
    ...wrong(
      member.key,
      `There is no such ${word}${meant === undefined ? '' : `; did you mean "${meant}"?`}`,
    ),
    fixes: free ? fix(`Change to ${meant}`, [{ kind: 'rename', member, key: meant }]) : [],
  };
}

const wrong = (at: Report['at'], what: string): Report => ({
  at,
  message: `${what}${what.endsWith('?') ? '' : '.'} It has no effect as it is.`,
});

const isRuleId = (text: string): boolean => ruleIds.some((id) => id === text);
