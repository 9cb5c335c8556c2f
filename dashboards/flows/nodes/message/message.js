// Node-RED looks for a .js file with an .html of the same name beside it; what it loads is TypeScript.
export { message as default } from "./message.ts";
