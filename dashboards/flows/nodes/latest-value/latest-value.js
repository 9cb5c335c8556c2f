// Node-RED looks for a .js file with an .html of the same name beside it; what it loads is TypeScript.
export { latestValue as default } from "./latest-value.ts";
