/** A service is trusted in all Regions by its one name; names with a Region are for other purposes. */
import { globalServiceHost } from '../../catalog/catalog.ts';
import { replaceValue } from '../../policy/amend.ts';
import { defineRule, fix } from '../rule.ts';

export const rule = defineRule({
  id: 'regional-service-principal',
  category: 'principal',
  severity: 'information',
  when: ['principal service'],
  *check({ statements }) {
    for (const principal of statements.flatMap(({ principals }) => principals)) {
      const host = principal.kind === 'service' ? globalServiceHost(principal.host) : undefined;
      if (host === undefined) continue;
      yield {
        at: principal.node,
        message: `This names the service in one Region. For roles AWS recommends the name without it, ${host}, which holds in every Region.`,
        fixes: fix(`Change to ${host}`, replaceValue(principal.node, host)),
      };
    }
  },
});
