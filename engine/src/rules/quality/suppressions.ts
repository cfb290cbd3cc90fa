/**
 * Comments and entries of the project file that ignore findings, judged once all findings are known: they need a rule, a reason, and
 * something to ignore.
 */
import { nearestName } from '../statements.ts';
import { ruleIds } from '../ids.gen.ts';
import { defineRule, type Fix } from '../rule.ts';
import { replacing, type TextEdit } from '../../text/edit.ts';

const withEdits = (title: string, edits: readonly TextEdit[], safe = false): readonly Fix[] =>
  edits.length === 0 ? [] : [{ title, changes: [], edits, safe }];

const isRuleId = (id: string): boolean => ruleIds.some((known) => known === id);

export const rules = [
  defineRule({
    id: 'unused-suppression',
    category: 'quality',
    severity: 'warning',
    subject: 'comments',
    tag: 'unnecessary',
    *check(_, { suppressions = [], settings }) {
      for (const { form, names } of suppressions.filter(({ reasoned }) => reasoned)) {
        for (const { id, span, used, removal } of names) {
          if (used || !isRuleId(id) || settings.rules[id] === 'off') continue;
          yield {
            at: span,
            message: `This ${form} ignores ${id}, which finds nothing ${form === 'entry' ? 'there' : 'here'}. Take it out, so that it does not hide what comes later.`,
            fixes: withEdits(`Remove ${id} from what is ignored`, removal, form === 'comment'),
          };
        }
      }
    },
  }),
  defineRule({
    id: 'suppression-without-reason',
    category: 'quality',
    severity: 'warning',
    subject: 'comments',
    *check(_, { suppressions = [] }) {
      for (const { form, span, reasoned, removal, names } of suppressions) {
        if (reasoned || names.length === 0) continue;
        yield {
          at: span,
          message: `This ${form} gives no reason, so nothing is ignored: those who read it later cannot tell whether it still holds. Write why${form === 'entry' ? '' : ' behind a colon'}.`,
          fixes: withEdits(`Remove the ${form}`, removal),
        };
      }
    },
  }),
  defineRule({
    id: 'suppression-unknown-rule',
    category: 'quality',
    severity: 'warning',
    subject: 'comments',
    *check(_, { suppressions = [] }) {
      for (const { span, names, removal } of suppressions) {
        if (names.length === 0)
          yield {
            at: span,
            message: 'This comment names no rule, so nothing is ignored. Name the rule that it is about.',
            fixes: withEdits('Remove the comment', removal),
          };
        for (const { id, span: at, removal: without } of names.filter((name) => !isRuleId(name.id))) {
          const meant = nearestName(id, ruleIds);
          yield {
            at,
            message: `There is no rule "${id}", so nothing is ignored. ${meant === undefined ? 'Name a rule that there is.' : `Did you mean "${meant}"?`}`,
            fixes: [
              ...(meant === undefined ? [] : withEdits(`Change to ${meant}`, [replacing(at, meant)])),
              ...withEdits(`Remove ${id} from what is ignored`, without),
            ],
          };
        }
      }
    },
  }),
];
