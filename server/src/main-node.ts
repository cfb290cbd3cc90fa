/** Entry point in Node.js: the transport is what the arguments say, `--stdio` or the IPC of an editor. */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { messageFrames } from './frames.ts';
import { serve } from './server.ts';

serve(
  process.argv.includes('--stdio')
    ? createConnection(ProposedFeatures.all, process.stdin.pipe(messageFrames()), process.stdout)
    : createConnection(ProposedFeatures.all),
);
