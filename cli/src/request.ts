/** Requests of the command line: JSON that somebody wrote. */
import { type AssumeRequest, readRequest } from '#engine';
import { problemOf } from './files.ts';
import { Misuse } from './usage.ts';

/** What a text in JSON says; `name` is what it is called. @throws Misuse */
export function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Misuse(`${name} is no JSON: ${problemOf(error)}`);
  }
}

/** A request that can be put to a policy. @throws Misuse */
export function requestFrom(value: unknown, roleAccount: string): AssumeRequest {
  const request = readRequest(value, roleAccount);
  if ('problem' in request) throw new Misuse(request.problem);
  return request;
}
