// Node-RED reads its settings with require(), from a file that must be CommonJS in a package of ES modules.
const { withSecretsFromFiles } = require("./environment.ts");
const { optionsFrom } = require("./options.ts");
const { settingsFrom } = require("./settings.ts");

const env = withSecretsFromFiles(process.env);
// Flows may read the environment (`env.get`): what a flow needs stays there, what is ours does not.
Object.assign(process.env, env);
delete process.env.CANHDONG_SERVICE_SECRET;
delete process.env.FLOWS_CREDENTIAL_SECRET;

module.exports = settingsFrom(optionsFrom(env), Date.now);
