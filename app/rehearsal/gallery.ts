import { plotSvg } from "../../firmware-sim/index.ts";
import { runScenario } from "./run-scenario.ts";
import { scenarioCalled, scenarioNames } from "./scenario-files.ts";

/** One file of the gallery. */
export interface GalleryFile {
  readonly name: string;
  readonly text: string;
}

const head = `# Thư viện kịch bản · Gallery

Mỗi hình là một lần chạy của \`canhdong sim scenario TÊN\` với hạt giống đã ghi trong tệp kịch bản: sự thật, số đo nhận được, cảnh báo.
Each picture is a run of \`canhdong sim scenario NAME\` with the seed of its file: truth, readings, alerts. The scenarios are in
[firmware-sim/scenarios/files](../../firmware-sim/scenarios/files); how to write one: [simulated farms](../simulated-farms.md).
\`canhdong sim gallery docs/gallery\` draws them anew; a test says when that is due.
`;

/** Runs every scenario with its own seed: a picture each, and the page that shows them. */
export async function galleryFiles(): Promise<GalleryFile[]> {
  const pictures: GalleryFile[] = [];
  const sections: string[] = [];
  for (const name of scenarioNames()) {
    const { scenario, rules } = scenarioCalled(name);
    const { plot } = await runScenario(scenario, rules, scenario.seed);
    pictures.push({ name: `${name}.svg`, text: plotSvg(plot) });
    const { title, story } = scenario;
    sections.push(
      `\n## ${title.vi} · ${title.en}\n\n${story.vi}\n\n_${story.en}_\n\n![${title.vi}](${name}.svg)\n\n\`canhdong sim scenario ${name} --seed ${scenario.seed}\`\n`,
    );
  }
  return [...pictures, { name: "README.md", text: `${head}${sections.join("")}` }];
}
