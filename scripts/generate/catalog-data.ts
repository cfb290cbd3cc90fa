/** Derives the generated data files of the catalogue from the inputs pinned in scripts/catalog/sources. */
import { accountsFile } from '../catalog/accounts.ts';
import { servicePrincipalsFile } from '../catalog/service-principals.ts';
import type { Step } from './step.ts';

/** The step that writes `accounts.json` and `service-principals.json`. */
export const catalogData: Step = {
  name: 'catalogue data',
  async outputs() {
    return new Map([await accountsFile(), await servicePrincipalsFile()]);
  },
};
