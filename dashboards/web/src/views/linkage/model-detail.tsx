import type { ComponentChildren } from "preact";
import { type Asked, dayText, type LinkageModelDetail, linkage } from "../../data/linkage.ts";
import { hrefOf } from "../../route.ts";
import { Icon } from "../icons.tsx";
import { Shown } from "../notices.tsx";
import { usePage } from "../page.ts";
import { useLoaded } from "../use-loaded.ts";
import { FindingPill } from "./finding-pill.tsx";
import { countedAs } from "./model-list.tsx";
import { TeamDevice } from "./team-device.tsx";
import { useLinkageWords } from "./use-linkage.ts";

export function ModelDetail({ id, asked }: { id: string; asked: Asked }) {
  const { api } = usePage();
  const { l } = useLinkageWords();
  const [model, retry] = useLoaded(
    (signal) => linkage.model(api, id, asked, signal),
    [api, id, asked.plan, asked.period],
  );
  return (
    <>
      <a class="button" href={hrefOf({ page: "linkage", view: "models", id: null, ...asked })}>
        <Icon name="left" />
        {l.backToModels}
      </a>
      <Shown of={model} blocks={4} retry={retry} draw={(data) => <Model model={data} />} />
    </>
  );
}

function Model({ model }: { model: LinkageModelDetail }) {
  const { l, pick } = useLinkageWords();
  return (
    <>
      <section class="panel">
        <h2>{model.name}</h2>
        <p class="soft">{[model.product, ...model.communes].join(" · ")}</p>
        <p>
          <FindingPill finding={countedAs(model)} texts={l.modelFinding} />
        </p>
        <p>{pick(model.because)}</p>
        <p class="soft">
          {l.span(dayText(model.period.from), dayText(model.period.to))}. {l.rule(model.rule)}
        </p>
      </section>
      <Conditions model={model} />
      <Team model={model} />
      <Record model={model} />
    </>
  );
}

function Conditions({ model: { checks, lacks, excused } }: { model: LinkageModelDetail }) {
  const { l, pick } = useLinkageWords();
  const names = [...new Set(excused.map(({ name }) => name))].join(", ");
  if (checks.length + lacks.length + excused.length === 0) return null;
  return (
    <section class="panel">
      <h2>{l.conditions}</h2>
      <ul class="conditions">
        {checks.map(({ name, met, because }) => (
          <li key={name} class={met ? "good" : "warning"}>
            <Icon name={met ? "good" : "warning"} />
            <span>
              {pick(because)} <span class="hidden-text">({met ? l.met : l.notMet})</span>
            </span>
          </li>
        ))}
        {lacks.map((lack) => (
          <li key={lack.en} class="warning">
            <Icon name="warning" />
            <span>{pick(lack)}</span>
          </li>
        ))}
      </ul>
      {excused.length > 0 && <p class="soft">{l.excused(excused.length, names)}</p>}
    </section>
  );
}

function Team({ model: { team } }: { model: LinkageModelDetail }) {
  const { l } = useLinkageWords();
  return (
    <section class="panel">
      <h2>{l.team}</h2>
      {team.length === 0 && <p class="soft">{l.noTeam}</p>}
      {team.map((device) => (
        <TeamDevice key={device.device} device={device} />
      ))}
    </section>
  );
}

function Record({ model }: { model: LinkageModelDetail }) {
  const { l, number } = useLinkageWords();
  const { form, lead, cooperatives, zones, contract, proofs, attestations } = model;
  const zoneText = ({ name, areaHa, commune }: (typeof zones)[number]) =>
    [name, `${number(areaHa, 0.1)}\u00a0ha`, commune].filter((part) => part !== null).join(", ");
  const proofText = ({ kind, reference }: (typeof proofs)[number]) =>
    `${l.proofKind[kind] ?? kind}: ${reference}`;
  return (
    <section class="panel">
      <h2>{l.facts}</h2>
      <dl class="record">
        <Fact name={l.formLabel}>{l.form(form)}</Fact>
        <Fact name={l.lead}>{lead}</Fact>
        <Fact name={l.cooperatives}>{cooperatives.join(", ") || l.none}</Fact>
        <Fact name={l.zones}>{zones.map(zoneText).join("; ") || l.none}</Fact>
        <Fact name={l.contract}>
          {contract === null
            ? l.none
            : l.contractText(contract.no, dayText(contract.from), dayText(contract.to))}
        </Fact>
        <Fact name={l.proofs}>{proofs.map(proofText).join("; ") || l.none}</Fact>
        {attestations.length > 0 && (
          <Fact name={l.attestations}>{attestations.map(proofText).join("; ")}</Fact>
        )}
      </dl>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
