/** What users are told about the command line, and the error for calls that cannot be taken. */

/** A call that cannot be taken: wrong words, or files that cannot be read. Exit code 2. */
export class Misuse extends Error {}

export const usage = `Usage: trust-policy COMMAND

Commands
  check [options] FILES…|-    report what is wrong with the trust policies in files,
                              folders and patterns such as "roles/**/*.json";
                              "-" reads standard input
  template --list             list the templates of policies
  template NAME [options]     print a template as a small document
  explain [options] FILES…|-  say who can assume the roles in files, statement by statement
  simulate [options]          say whether a trust policy lets a request through, and why
  insert NAME [options] FILE|- write a condition or a statement into a policy and print
                              the text; "insert --list" lists the names
  why --policy FILE           rank what the denial on standard input may come from: a message of
                              AWS or a CloudTrail event
  diff [options] OLD NEW      say whether the new file's policies let in more, less or others
  test FILES…                 run the trust tests in files, folders and patterns: *.trust-tests.yaml
  rules [--format text|json]  list the rules
  explain-rule ID             print the page of a rule
  data [--format text|json]   say what is known of IAM, from which sources, and how old it is

Options of check
  --format FORMAT             text, json, sarif (code scanning) or github (annotations);
                              default: text
  --fix                       apply the fixes that can neither widen trust nor break access
  --stdin-filename NAME       what standard input is called; its ending tells the language
                              (default: trust-policy.json)
  --trusted-account ID        an account of your own; may be repeated
  --trusted-organization ID   an organization of your own; may be repeated
  --severity RULE=LEVEL       error, warning, information, hint or off; may be repeated

Options of template
  --format text|json          of the list; default: text
  --host HOST                 json (default), cloudformation-yaml, cloudformation-json,
                              terraform-jsonencode or terraform-policy-document
  --set NAME=VALUE            fill in a place of the template; may be repeated

Options of explain
  --format text|md|json       default: text
  --stdin-filename NAME       as of check

Options of simulate
  --policy FILE|-             the trust policy, or a file in which a role has it
  --role NAME                 the role that is meant where the file has several
  --role-account ID           the account of the role
  --request FILE|-            the request as JSON: action, principal and context
  --batch FILE|-              in place of these, a JSON object with policy, roleAccount and
                              request in each line; prints a line of JSON for each
  --format text|json          default: text
  --expect allowed|denied     exit with 1 unless this is the decision

Options of insert
  --statement INDEX|SID       which statement, the first being 0 (default: the only one
                              that it makes sense for)
  --policy INDEX|NAME         which policy of a file that holds several
  --value VALUE               what to ask for, in place of one to fill in
  --write                     change the file in place of printing its text
  --stdin-filename NAME       as of check
  --list [--format text|json] list what can be inserted

Options of why
  --policy FILE               the trust policy, or a file in which a role has it
  --role NAME                 as of simulate
  --format text|json          default: text

Options of diff
  --fail-on wider             exit with 1 unless the new policies surely let in no more
  --role-account ID           the account of the role; matters only to conditions on it
  --format text|json          default: text

Options of test
  --format text|junit|json    default: text

  --help, --version

Exit code: 0 no error or warning, 1 some, 2 the call or a file could not be taken;
of simulate: 0 the request was decided, 1 not as expected, 2 it could not be taken;
of test: 0 all passed, 1 some failed, 2 a file could not be understood;
of diff: 0, 1 if --fail-on says so, 2 a file could not be taken.`;
