import { useAccount } from "../app/who";
import type { PersonId } from "../core/api";
import { useCore } from "../core/use_core";
import { Select } from "../parts/field";

interface PersonChoiceProps {
  label: string;
  value: PersonId | "";
  onChange(person: PersonId | "", name: string): void;
  /** What it is called that none of them is chosen. */
  none?: string;
  id?: string;
  error?: string | undefined;
}

/** One of the people that this browser has heard of; who supervises this person comes first. */
export function PersonChoice(props: PersonChoiceProps) {
  const account = useAccount();
  const asked = useCore(
    async (core) => ({ people: await core.people(), supervisors: await core.supervisors() }),
    ["people", "documents"],
  );
  const { people = [], supervisors = [] } = asked.value ?? {};
  const first = new Set(supervisors.map(({ person }) => person?.id));
  const others = people.filter(({ id }) => id !== account.person.id);
  const sorted = [...others].sort((a, b) => Number(first.has(b.id)) - Number(first.has(a.id)));
  const choices = sorted.map(({ id, name, roles }) => {
    const role = roles[0]?.role;
    return { value: id as PersonId | "", text: role ? `${name} (${role})` : name };
  });
  const choose = (value: PersonId | "") => {
    props.onChange(value, people.find(({ id }) => id === value)?.name ?? "");
  };
  return (
    <Select
      label={props.label}
      value={props.value}
      error={props.error}
      choices={[{ value: "", text: props.none ?? "Choose" }, ...choices]}
      onChange={choose}
      {...(props.id === undefined ? {} : { id: props.id })}
    />
  );
}
