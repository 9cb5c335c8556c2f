export { listed, type ReadYaml, readYaml, writtenIn, type YamlProblem } from "./read-yaml.ts";
