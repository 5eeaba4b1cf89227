/**
 * The publication gate: what the contract promises about the suite's own code, looked for in what
 * was built (bytecode, SQL, OpenAPI documents, pages), in a database made by the migrations, and in
 * the engine at work. A class a line of the production checklist's section "No Fate Contract
 * Enforcement".
 */
package dev.nofate.cli.publication;
