// Node-RED looks for a .js file with an .html of the same name beside it; what it loads is TypeScript.
export { alertIn as default } from "./alert-in.ts";
