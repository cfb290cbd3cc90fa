/** Entry point in Node.js: the transport is what the arguments say, `--stdio` or the IPC of an editor. */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { serve } from './server.ts';

serve(createConnection(ProposedFeatures.all));
