/** The extension is active, in the extension host that this run is about. */
import { assert } from 'chai';
import { extension, openFile } from './gestures.ts';

/** Written into the bundle; running in the other extension host would prove nothing. */
declare const EXPECTED_HOST: 'node' | 'worker';
declare const importScripts: unknown;

describe('activation', () => {
  it(`runs in the ${EXPECTED_HOST} extension host`, () => {
    // It exists in web workers only.
    assert.equal(typeof importScripts === 'function' ? 'worker' : 'node', EXPECTED_HOST);
  });

  it('happens when a JSON file is opened, and the server answers', async () => {
    await openFile('good-role.json');
    const activated: { readonly ready: Promise<void> } = await extension().activate();
    await activated.ready;
    assert.isTrue(extension().isActive);
  });
});
