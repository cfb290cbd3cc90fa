/** Multi-factor authentication, for people: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html */
import { replaceValue } from '../policy/amend.ts';
import { isSeconds } from '../policy/value-form.ts';
import { placeholder } from '../tree/change.ts';
import { addStatement, copiedElements } from './add-statement.ts';
import { isDeniedWithout, strangers, testedIn } from './fitting.ts';
import { changing, type Insertion, present, unfit } from './insertion.ts';
import { block, demand } from './require.ts';

const PRESENT = 'aws:MultiFactorAuthPresent';
const AGE = 'aws:MultiFactorAuthAge';
/** An hour: long enough for a session at the console, too short to be stolen at leisure. */
const HOUR = '3600';

const requireMfa: Insertion = {
  id: 'require-mfa',
  title: 'Require MFA',
  summary: 'Lets callers in only with credentials that were obtained with multi-factor authentication.',
  make: (target) => demand(target, ['aws'], [block('Bool', PRESENT, 'true')]),
};

const requireMfaAge: Insertion = {
  id: 'require-mfa-age',
  title: 'Require MFA within a number of seconds',
  summary: 'Lets callers in only if they used multi-factor authentication not longer ago than this.',
  form: { name: 'SECONDS', accepts: isSeconds, says: 'a whole number of seconds' },
  make: (target) => {
    const { value, statement } = target;
    const older = value === undefined ? undefined : testedIn(statement, AGE);
    const [only, ...others] = older?.effective === true ? older.test.values : [];
    if (value !== undefined && only && others.length === 0 && isSeconds(only.text))
      return Number(only.text) > Number(value)
        ? changing(replaceValue(only.node, value))
        : present(`The statement asks for ${AGE} already, and for no longer time.`);
    return demand(target, ['aws'], [block('NumericLessThan', AGE, value ?? placeholder(HOUR))]);
  },
};

/** Programs have no MFA: a Deny would lock out roles that the statement is for. */
const people: ReadonlySet<string> = new Set(['account', 'anyone', 'user', 'unknown']);

const denyWithoutMfa: Insertion = {
  id: 'deny-without-mfa',
  title: 'Deny without MFA',
  summary:
    'Adds a statement that denies the role to the same callers without multi-factor authentication, whatever else lets them in.',
  make: (target) => {
    const { policy, statement } = target;
    const why = strangers(statement, ['aws']);
    if (why !== undefined) return unfit(why);
    if (isDeniedWithout(policy, statement, PRESENT))
      return present('A Deny keeps out callers without MFA already.');
    const machine = statement.principals.find(({ kind }) => !people.has(kind));
    if (machine) return unfit(`Programs do not use MFA, and the statement lets in ${machine.text}.`);
    const copies = copiedElements(target);
    return copies === undefined
      ? unfit('The principals or actions of the statement cannot be written a second time.')
      : addStatement(target, 'DenyWithoutMfa', {
          Effect: 'Deny',
          ...copies,
          // With Bool alone, requests without the key would pass: long-term access keys send none.
          Condition: { BoolIfExists: { [PRESENT]: 'false' } },
        });
  },
};

export const mfaInsertions: readonly Insertion[] = [requireMfa, requireMfaAge, denyWithoutMfa];
