// Audits a running endpoint against GraphQL over HTTP: `node http.mjs http://127.0.0.1:8000/graphql/`.
// Every MUST, SHOULD and MAY of the npm package graphql-http has to pass.
import { serverAudits } from "graphql-http";

const url = process.argv[2];
if (!url) throw new Error("the endpoint's address is missing");

let failed = 0;
const audits = serverAudits({ url });
for (const { id, name, fn } of audits) {
  const { status, reason } = await fn();
  if (status === "ok") continue;
  failed += 1;
  console.error(`${status} ${id} ${name}: ${reason}`);
}
console.log(`GraphQL over HTTP: ${audits.length - failed} of ${audits.length} audits pass.`);
process.exit(failed ? 1 : 0);
