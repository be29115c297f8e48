import type { ChangeProject, ProjectSection } from "../../core/api";
import { memo } from "./memo";
import { Part } from "./part";
import { PlanText } from "./text";
import { sectionText, snake } from "./things";
import * as words from "./words";

const sections = Object.keys(words.section) as ProjectSection[];

/** The texts of the plan that people write together. */
export const Background = memo(function Background(props: { sections: ChangeProject["sections"] }) {
  return (
    <Part name="background">
      {sections.map((section) => (
        <PlanText
          key={section}
          label={words.section[section]}
          place={snake(section)}
          field={sectionText(section)}
          text={props.sections.get(section) ?? ""}
          rows={3}
        />
      ))}
    </Part>
  );
});
