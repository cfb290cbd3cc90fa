/** Policies for tests of what is read of them: as plain data, or as Terraform where something in them is an expression. */
import type { Policy, Principal, Statement } from '../../engine/src/policy/policy.ts';
import { readPolicy } from '../../engine/src/policy/read.ts';
import type { Node } from '../../engine/src/tree/tree.ts';
import { json } from '../../engine/src/syntax/json.ts';
import { look } from './look.ts';

/** The policy that is written as an object of Terraform, or as data. */
export function policyIn(written: string | object): Policy {
  const node = typeof written === 'string' ? nodeIn(written) : json.parse(JSON.stringify(written)).root;
  if (node === undefined) throw new Error('There is no policy.');
  return readPolicy(node);
}

function nodeIn(written: string): Node | undefined {
  const text = `resource "aws_iam_role" "r" {\n  assume_role_policy = jsonencode(${written})\n}\n`;
  return look({ text, language: 'terraform', file: 'main.tf' }).document.regions[0]?.node;
}

/** The first of some statements, read in the order given. */
export function statementIn(...written: readonly (string | object)[]): Statement {
  const texts = written.map((each) => (typeof each === 'string' ? each : JSON.stringify(each)));
  const [first] = policyIn(`{ Statement = [${texts.join(', ')}] }`).statements;
  if (first === undefined) throw new Error('There is no statement.');
  return first;
}

/** A principal of a type. */
export function principalIn(type: string, text: string): Principal {
  const [principal] = statementIn({ Principal: { [type]: text } }).principals;
  if (principal === undefined) throw new Error('There is no principal.');
  return principal;
}
