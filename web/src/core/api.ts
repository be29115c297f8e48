// What crosses between the page and the core. It stands in for the listing that the bindings
// generate, with the same names and rules, until that is imported here.

declare const of: unique symbol;

export interface Waiting {
  readonly signal?: AbortSignal;
}

export interface WaitingWithProgress extends Waiting {
  readonly progress?: ProgressListener;
}

export interface CoreError extends Error {
  readonly code: string;
  readonly reason: string;
  readonly fault: CoreFault;
}

export type Observer = (changes: Changes) => void;

export type ProgressListener = (progress: SyncProgress) => void;

export type AbsenceEdit =
  | { readonly type: "kind"; readonly value: AbsenceKind }
  | { readonly type: "from"; readonly value: CalendarDate }
  | { readonly type: "to"; readonly value: CalendarDate | null }
  | { readonly type: "days"; readonly value: Value }
  | { readonly type: "note"; readonly value: string };

export type AbsenceKind = "sickness" | "parental" | "compassionate" | "duty" | "other";

export type ActivityCompletionEdit =
  | { readonly type: "activity"; readonly value: string }
  | { readonly type: "at"; readonly value: Timestamp }
  | { readonly type: "packVersion"; readonly value: Whole | null }
  | { readonly type: "evidence"; readonly value: EvidenceSource | null }
  | { readonly type: "reason"; readonly value: string };

export type ActivityKind =
  | "read"
  | "watch"
  | "vr"
  | "attend"
  | "visit"
  | "discuss"
  | "teach"
  | "simulate"
  | "write";

export type AimDirection = "increase" | "decrease" | "maintain";

export type AimEdit =
  | { readonly type: "sentence"; readonly value: string }
  | { readonly type: "measure"; readonly value: ItemId | null }
  | { readonly type: "direction"; readonly value: AimDirection | null }
  | { readonly type: "from"; readonly value: string }
  | { readonly type: "to"; readonly value: string }
  | { readonly type: "unit"; readonly value: MeasureUnit | null }
  | { readonly type: "byDate"; readonly value: CalendarDate | null }
  | { readonly type: "population"; readonly value: string }
  | { readonly type: "place"; readonly value: string };

export type AnchorStanding =
  | { readonly type: "here" }
  | { readonly type: "at"; readonly range: TextRange }
  | { readonly type: "deletedText" }
  | { readonly type: "takenBack" }
  | { readonly type: "notHere" };

export type ArcpVerdict =
  | { readonly type: "agrees"; readonly renamed: readonly RenamedPerson[] }
  | {
      readonly type: "outdated";
      readonly changes: Count;
      readonly renamed: readonly RenamedPerson[];
    }
  | {
      readonly type: "otherPack";
      readonly madeWith: PackVersion | null;
      readonly changes: Count;
      readonly renamed: readonly RenamedPerson[];
    }
  | { readonly type: "unaltered"; readonly why: NotCompared }
  | { readonly type: "altered" };

export type BreakKind = "parental" | "sickness" | "outOfProgramme" | "other";

export type CareerBreakEdit =
  | { readonly type: "kind"; readonly value: BreakKind }
  | { readonly type: "from"; readonly value: CalendarDate }
  | { readonly type: "to"; readonly value: CalendarDate | null }
  | { readonly type: "note"; readonly value: string };

export type CertificateEdit =
  | { readonly type: "title"; readonly value: string }
  | { readonly type: "issuer"; readonly value: string }
  | { readonly type: "issued"; readonly value: CalendarDate | null }
  | { readonly type: "expires"; readonly value: CalendarDate | null }
  | { readonly type: "number"; readonly value: string };

export type ChangeIdeaEdit =
  | { readonly type: "text"; readonly value: string }
  | { readonly type: "drivers"; readonly value: ItemIds }
  | { readonly type: "rationale"; readonly value: string }
  | { readonly type: "state"; readonly value: IdeaState }
  | { readonly type: "pick"; readonly value: IdeaPick | null };

export type ChangedSince =
  | { readonly type: "unchanged" }
  | {
      readonly type: "changed";
      readonly gone: readonly string[];
      readonly new: readonly string[];
      readonly more: Count;
      readonly sentences: readonly string[];
    }
  | { readonly type: "deleted" }
  | { readonly type: "unknown" };

export type ChartAnnotationEdit =
  | { readonly type: "measure"; readonly value: ItemId | null }
  | { readonly type: "at"; readonly value: CalendarDate }
  | { readonly type: "text"; readonly value: string }
  | { readonly type: "cycle"; readonly value: ItemId | null };

export type ChartMeaning = "common" | "improvement" | "concern" | "neutral";

export type ChartPointState = "counted" | "excluded" | "gap" | "hidden" | "conflict" | "invalid";

export type CommentEdit =
  | { readonly type: "rewrite"; readonly id: ItemId; readonly body: string }
  | { readonly type: "resolve"; readonly id: ItemId; readonly at: Timestamp }
  | { readonly type: "takeBack"; readonly id: ItemId; readonly at: Timestamp }
  | { readonly type: "putBack"; readonly id: ItemId };

export type CycleDecision = "undecided" | "adapt" | "adopt" | "abandon";

export type CycleEdit =
  | { readonly type: "changeIdea"; readonly value: string }
  | { readonly type: "idea"; readonly value: ItemId | null }
  | { readonly type: "prediction"; readonly value: string }
  | { readonly type: "scale"; readonly value: CycleScale | null }
  | { readonly type: "plan"; readonly value: string }
  | { readonly type: "didAt"; readonly value: CalendarDate | null }
  | { readonly type: "done"; readonly value: string }
  | { readonly type: "data"; readonly value: string }
  | { readonly type: "studied"; readonly value: string }
  | { readonly type: "learned"; readonly value: string }
  | { readonly type: "decision"; readonly value: CycleDecision }
  | { readonly type: "previous"; readonly value: ItemId | null };

export type CycleScale = "onePatient" | "few" | "oneTeam" | "oneUnit" | "whole";

export type DeadlineEdit =
  | { readonly type: "name"; readonly value: string }
  | { readonly type: "at"; readonly value: CalendarDate }
  | { readonly type: "scope"; readonly value: string };

export type DebriefEdit =
  | { readonly type: "activity"; readonly value: string }
  | { readonly type: "at"; readonly value: Timestamp }
  | { readonly type: "confidenceBefore"; readonly value: Whole | null }
  | { readonly type: "confidenceAfter"; readonly value: Whole | null }
  | { readonly type: "evidence"; readonly value: EvidenceSource | null };

export type DocumentEnd = "deleted" | "revoked" | "toCome";

export type DocumentKind =
  | "reflection"
  | "personalRecord"
  | "sharedReflection"
  | "changeProject"
  | "comments"
  | "signOffRequest"
  | "signOff";

export type DraftField =
  | { readonly type: "answer"; readonly value: string }
  | { readonly type: "section"; readonly value: ProjectSection }
  | { readonly type: "item"; readonly value: ItemText };

export type DriverEdit =
  | { readonly type: "name"; readonly value: string }
  | { readonly type: "parent"; readonly value: ItemId | null }
  | { readonly type: "place"; readonly value: Whole | null };

export type Errand =
  | "enrolling"
  | "inviting"
  | "syncing"
  | "fetchingContent"
  | "fetchingFile"
  | "moving"
  | "renewingKey";

export type Evidence = "none" | "reflection" | "signoff";

export type EvidenceAgreement = "agreed" | "notAgreed";

export type EvidenceCover = "missing" | "thin" | "covered";

export type EvidenceLinkEdit =
  | { readonly type: "evidence"; readonly value: EvidenceSource }
  | { readonly type: "statement"; readonly value: EvidenceStatement }
  | { readonly type: "justification"; readonly value: string }
  | { readonly type: "agreement"; readonly value: EvidenceAgreement | null }
  | { readonly type: "agreedBy"; readonly value: PersonId | null }
  | { readonly type: "said"; readonly value: string }
  | { readonly type: "version"; readonly value: string };

export type EvidenceSource =
  | { readonly type: "document"; readonly value: DocumentId }
  | { readonly type: "item"; readonly value: ItemId };

export type EvidenceStatement =
  | { readonly type: "capability"; readonly value: string }
  | { readonly type: "outcome"; readonly value: string };

export type FileFault =
  | "leftOut"
  | "wordsOnly"
  | "noPath"
  | "missing"
  | "noFile"
  | "unreadable"
  | "tooLarge"
  | "changed"
  | "foreign"
  | "ofNothing"
  | "noRoom"
  | "refused"
  | "notReached";

export type FindingKind =
  | "nhsNumber"
  | "dateOfBirth"
  | "date"
  | "postcode"
  | "titleName"
  | "hospitalNumber"
  | "gmcNumber"
  | "email"
  | "phone"
  | "age"
  | "wardBed"
  | "ownPlace"
  | "combination"
  | "unseenFile";

export type FindingSeverity = "probableIdentifier" | "possible" | "combination";

export type GoalEdit =
  | { readonly type: "text"; readonly value: string }
  | { readonly type: "capabilities"; readonly value: Tags }
  | { readonly type: "success"; readonly value: string }
  | { readonly type: "actions"; readonly value: string }
  | { readonly type: "due"; readonly value: CalendarDate | null }
  | { readonly type: "status"; readonly value: GoalStatus };

export type GoalStatus = "open" | "achieved" | "carriedOver" | "dropped";

export type HitTarget =
  | { readonly type: "document"; readonly id: DocumentId; readonly kind: DocumentKind }
  | { readonly type: "page"; readonly pack: string; readonly page: string };

export type IdeaPick = "possible" | "implement" | "challenge" | "kickOut";

export type IdeaState = "toTest" | "testing" | "adopted" | "abandoned";

export type ImpactEffect = "better" | "unchanged" | "worse";

export type ImpactKind = "patients" | "environment" | "social" | "money";

export type Improvement = "up" | "down" | "neutral";

export type InboxKind =
  | "projectInvited"
  | "handoverOffered"
  | "handoverDeclined"
  | "signOffAsked"
  | "copyShared"
  | "commentUnanswered"
  | "suggestionOpen"
  | "actionOverdue"
  | "projectSilent"
  | "measureWithoutValue"
  | "commentAnswered"
  | "signOffAnswered"
  | "nudge"
  | "deadline";

export type InputField =
  | "server"
  | "invitation"
  | "recoveryKey"
  | "title"
  | "minutes"
  | "start"
  | "person"
  | "right"
  | "comment"
  | "textField"
  | "edit"
  | "recipe"
  | "page"
  | "export"
  | "value"
  | "key"
  | "version"
  | "id"
  | "date"
  | "moment"
  | "duration"
  | "signOff"
  | "attachment";

export type InvitationStanding = "waiting" | "accepted" | "declinedForGood";

export type JourneyEdit =
  | { readonly type: "title"; readonly value: string }
  | { readonly type: "learned"; readonly value: string };

export type JourneyStepEdit =
  | { readonly type: "setting"; readonly value: string }
  | { readonly type: "service"; readonly value: string }
  | { readonly type: "journey"; readonly value: ItemId }
  | { readonly type: "place"; readonly value: Whole | null }
  | { readonly type: "gap"; readonly value: Whole | null }
  | { readonly type: "roleMet"; readonly value: string }
  | { readonly type: "handedOver"; readonly value: string }
  | { readonly type: "wasted"; readonly value: string }
  | { readonly type: "learned"; readonly value: string };

export type KeptSignOffEdit =
  | { readonly type: "title"; readonly value: string }
  | { readonly type: "paper"; readonly value: string }
  | { readonly type: "of"; readonly value: EvidenceSource | null };

export type KeyFault = "notYet" | "missing" | "invalidated" | "notKept" | "wrong";

export type LearningExperienceEdit =
  | { readonly type: "host"; readonly value: string }
  | { readonly type: "kind"; readonly value: OrganisationKind | null }
  | { readonly type: "at"; readonly value: CalendarDate }
  | { readonly type: "minutes"; readonly value: Minutes | null }
  | { readonly type: "purpose"; readonly value: string }
  | { readonly type: "learning"; readonly value: string }
  | { readonly type: "placement"; readonly value: ItemId | null };

export type Leaves = "whenSeen" | "whenDone";

export type LeftOutOfExport = "wordsOnly" | "notHere" | "notFetched" | "damaged";

export type MeasureChart = "run" | "xmr" | "daysBetween";

export type MeasureEdit =
  | { readonly type: "name"; readonly value: string }
  | { readonly type: "kind"; readonly value: MeasureKind }
  | { readonly type: "definition"; readonly value: string }
  | { readonly type: "unit"; readonly value: MeasureUnit | null }
  | { readonly type: "numerator"; readonly value: string }
  | { readonly type: "denominator"; readonly value: string }
  | { readonly type: "inclusion"; readonly value: string }
  | { readonly type: "source"; readonly value: string }
  | { readonly type: "collector"; readonly value: string }
  | { readonly type: "frequency"; readonly value: string }
  | { readonly type: "improvement"; readonly value: Improvement | null }
  | { readonly type: "chart"; readonly value: MeasureChart }
  | { readonly type: "rules"; readonly value: RunRules };

export type MeasureKind = "outcome" | "process" | "balancing";

export type MeasureObservationEdit =
  | { readonly type: "measure"; readonly value: ItemId }
  | { readonly type: "at"; readonly value: CalendarDate }
  | { readonly type: "value"; readonly value: Value }
  | { readonly type: "group"; readonly value: string }
  | { readonly type: "source"; readonly value: string }
  | { readonly type: "excluded"; readonly value: string };

export type MeasurePhaseEdit =
  | { readonly type: "measure"; readonly value: ItemId }
  | { readonly type: "from"; readonly value: CalendarDate }
  | { readonly type: "label"; readonly value: string }
  | { readonly type: "reason"; readonly value: string }
  | { readonly type: "fixedAfter"; readonly value: Whole | null };

export type MeasureTargetEdit =
  | { readonly type: "measure"; readonly value: ItemId }
  | { readonly type: "from"; readonly value: CalendarDate }
  | { readonly type: "value"; readonly value: Value };

export type MeasureUnit = "count" | "percent" | "minutes" | "days" | "carbon" | "pounds" | "score";

export type MediaType = "jpeg" | "png" | "pdf";

export type ModuleCompletionEdit =
  | { readonly type: "module"; readonly value: string }
  | { readonly type: "at"; readonly value: Timestamp }
  | { readonly type: "packVersion"; readonly value: Whole | null }
  | { readonly type: "evidence"; readonly value: EvidenceSource | null }
  | { readonly type: "reason"; readonly value: string }
  | { readonly type: "activities"; readonly value: string }
  | { readonly type: "minutes"; readonly value: Minutes | null };

export type NotCompared = "ofSomebodyElse" | "notHere";

export type Noun =
  | "document"
  | "reflection"
  | "sharedReflection"
  | "project"
  | "comments"
  | "personalRecord"
  | "comment"
  | "nudge"
  | "inboxItem"
  | "suggestion"
  | "aim"
  | "driver"
  | "changeIdea"
  | "stakeholder"
  | "teamMember"
  | "measure"
  | "target"
  | "observation"
  | "tally"
  | "phase"
  | "annotation"
  | "cycle"
  | "action"
  | "impact"
  | "output"
  | "statusMove"
  | "learningSession"
  | "placement"
  | "supervisor"
  | "wteChange"
  | "careerBreak"
  | "absence"
  | "experience"
  | "patientJourney"
  | "journeyStep"
  | "pdpGoal"
  | "certificate"
  | "evidenceLink"
  | "evidenceDeadline"
  | "moduleCompletion"
  | "activityCompletion"
  | "debrief"
  | "keptSignOff"
  | "template"
  | "activity"
  | "module"
  | "page"
  | "resource"
  | "recipe"
  | "file"
  | "pack"
  | "person"
  | "member"
  | "invitation"
  | "signOffRequest"
  | "signOff"
  | "quarantined"
  | "attachment"
  | "database";

export type ObservedValue =
  | { readonly type: "number"; readonly thousandths: number }
  | { readonly type: "ratio"; readonly numerator: Count; readonly denominator: Count };

export type Obstacle =
  | { readonly type: "noRoute" }
  | { readonly type: "unknownName" }
  | { readonly type: "nobodyThere" }
  | { readonly type: "cutOff" }
  | { readonly type: "timedOut" }
  | { readonly type: "notSafe"; readonly fault: TlsFault }
  | { readonly type: "moved"; readonly to: string }
  | { readonly type: "stranger"; readonly status: Count; readonly retryIn: Duration | null }
  | { readonly type: "notEnhance"; readonly status: Count }
  | { readonly type: "unreadable" }
  | { readonly type: "notHttp" }
  | { readonly type: "busy"; readonly retryIn: Duration | null }
  | { readonly type: "noProgress" }
  | { readonly type: "anotherServer" };

export type OrganisationKind =
  | "nhsAcute"
  | "primaryCare"
  | "community"
  | "mentalHealth"
  | "localAuthority"
  | "voluntary"
  | "ics"
  | "other";

export type OutcomeSource = "handbook" | "ours";

export type OutputKind = "poster" | "presentation" | "paper" | "guideline" | "teaching" | "other";

export type PageVerdict =
  | { readonly type: "agrees"; readonly project: DocumentId }
  | { readonly type: "outdated"; readonly project: DocumentId; readonly changes: Count }
  | { readonly type: "altered"; readonly project: DocumentId };

export type PartMode = "online" | "faceToFace";

export type PlacementCourse = "rotation" | "longitudinal";

export type PlacementSupervisorEdit =
  | { readonly type: "placement"; readonly value: ItemId }
  | { readonly type: "name"; readonly value: string }
  | { readonly type: "person"; readonly value: PersonId | null }
  | { readonly type: "role"; readonly value: SupervisorRole }
  | { readonly type: "part"; readonly value: string };

export type PlanCheckKind =
  | "aimSpecific"
  | "aimMeasurable"
  | "aimAchievable"
  | "aimRelevant"
  | "aimTimeBound"
  | "outcomeMeasure"
  | "processMeasure"
  | "balancingMeasure"
  | "ideasUnderDrivers"
  | "baseline"
  | "predictions"
  | "smallFirst"
  | "linkedCycles"
  | "threeConsecutive";

export type PrivateAccess = "open" | "recoveryKeyNeeded";

export type ProgrammeTag =
  | { readonly type: "domain"; readonly value: string }
  | { readonly type: "theme"; readonly value: string }
  | { readonly type: "capability"; readonly value: string };

export type ProjectActionEdit =
  | { readonly type: "text"; readonly value: string }
  | { readonly type: "owner"; readonly value: PersonId | null }
  | { readonly type: "due"; readonly value: CalendarDate | null }
  | { readonly type: "doneAt"; readonly value: Timestamp | null };

export type ProjectEdit =
  | { readonly type: "title"; readonly title: string }
  | { readonly type: "topic"; readonly topic: string }
  | { readonly type: "setting"; readonly setting: string }
  | {
      readonly type: "move";
      readonly id: ItemId;
      readonly to: ProjectStatus;
      readonly at: Timestamp;
      readonly note: string;
    }
  | { readonly type: "progress"; readonly score: Progress | null }
  | { readonly type: "start"; readonly on: CalendarDate | null }
  | { readonly type: "end"; readonly on: CalendarDate | null }
  | { readonly type: "section"; readonly section: ProjectSection; readonly text: string }
  | { readonly type: "aim"; readonly edit: AimEdit }
  | { readonly type: "add"; readonly noun: Noun; readonly id: ItemId }
  | { readonly type: "takeBack"; readonly noun: Noun; readonly id: ItemId; readonly at: Timestamp }
  | { readonly type: "putBack"; readonly noun: Noun; readonly id: ItemId }
  | { readonly type: "driver"; readonly id: ItemId; readonly edit: DriverEdit }
  | { readonly type: "changeIdea"; readonly id: ItemId; readonly edit: ChangeIdeaEdit }
  | { readonly type: "stakeholder"; readonly id: ItemId; readonly edit: StakeholderEdit }
  | { readonly type: "teamMember"; readonly id: ItemId; readonly edit: TeamMemberEdit }
  | { readonly type: "output"; readonly id: ItemId; readonly edit: ProjectOutputEdit }
  | { readonly type: "measure"; readonly id: ItemId; readonly edit: MeasureEdit }
  | { readonly type: "target"; readonly id: ItemId; readonly edit: MeasureTargetEdit }
  | { readonly type: "observation"; readonly id: ItemId; readonly edit: MeasureObservationEdit }
  | { readonly type: "tally"; readonly id: ItemId; readonly edit: TallySheetEdit }
  | { readonly type: "phase"; readonly id: ItemId; readonly edit: MeasurePhaseEdit }
  | { readonly type: "annotation"; readonly id: ItemId; readonly edit: ChartAnnotationEdit }
  | { readonly type: "cycle"; readonly id: ItemId; readonly edit: CycleEdit }
  | { readonly type: "action"; readonly id: ItemId; readonly edit: ProjectActionEdit }
  | { readonly type: "impact"; readonly id: ItemId; readonly edit: ProjectImpactEdit }
  | { readonly type: "statusMove"; readonly id: ItemId; readonly edit: StatusMoveEdit }
  | { readonly type: "addTag"; readonly tag: ProgrammeTag }
  | { readonly type: "removeTag"; readonly tag: ProgrammeTag };

export type ProjectImpactEdit =
  | { readonly type: "kind"; readonly value: ImpactKind }
  | { readonly type: "effect"; readonly value: ImpactEffect | null }
  | { readonly type: "amount"; readonly value: Value | null }
  | { readonly type: "text"; readonly value: string }
  | { readonly type: "method"; readonly value: string }
  | { readonly type: "factor"; readonly value: string }
  | { readonly type: "factorSource"; readonly value: string }
  | { readonly type: "factorYear"; readonly value: Whole | null };

export type ProjectOutputEdit =
  | { readonly type: "kind"; readonly value: OutputKind }
  | { readonly type: "title"; readonly value: string }
  | { readonly type: "at"; readonly value: CalendarDate | null }
  | { readonly type: "link"; readonly value: string };

export type ProjectPart =
  | "aim"
  | "sections"
  | "drivers"
  | "ideas"
  | "measures"
  | "observations"
  | "cycles";

export type ProjectSection =
  | "problem"
  | "whyHere"
  | "team"
  | "plan"
  | "handover"
  | "governance"
  | "equity"
  | "coProducedWith"
  | "sustained"
  | "outcome";

export type ProjectStatus =
  | "idea"
  | "planning"
  | "testing"
  | "implementing"
  | "sustaining"
  | "handedOver"
  | "completed"
  | "stopped";

export type RecipeSource =
  | { readonly type: "pack"; readonly value: string }
  | { readonly type: "text"; readonly value: string };

export type RecordEdit =
  | { readonly type: "start"; readonly activity: string; readonly at: Timestamp }
  | { readonly type: "see"; readonly item: ItemId; readonly at: Timestamp }
  | { readonly type: "forget"; readonly item: ItemId }
  | { readonly type: "add"; readonly noun: Noun; readonly id: ItemId }
  | { readonly type: "takeBack"; readonly noun: Noun; readonly id: ItemId; readonly at: Timestamp }
  | { readonly type: "putBack"; readonly noun: Noun; readonly id: ItemId }
  | { readonly type: "placement"; readonly id: ItemId; readonly edit: TrainingPlacementEdit }
  | { readonly type: "supervisor"; readonly id: ItemId; readonly edit: PlacementSupervisorEdit }
  | { readonly type: "wteChange"; readonly id: ItemId; readonly edit: WteChangeEdit }
  | { readonly type: "careerBreak"; readonly id: ItemId; readonly edit: CareerBreakEdit }
  | { readonly type: "absence"; readonly id: ItemId; readonly edit: AbsenceEdit }
  | { readonly type: "learningSession"; readonly id: ItemId; readonly edit: SessionEdit }
  | { readonly type: "experience"; readonly id: ItemId; readonly edit: LearningExperienceEdit }
  | { readonly type: "patientJourney"; readonly id: ItemId; readonly edit: JourneyEdit }
  | { readonly type: "journeyStep"; readonly id: ItemId; readonly edit: JourneyStepEdit }
  | { readonly type: "pdpGoal"; readonly id: ItemId; readonly edit: GoalEdit }
  | { readonly type: "certificate"; readonly id: ItemId; readonly edit: CertificateEdit }
  | { readonly type: "evidenceLink"; readonly id: ItemId; readonly edit: EvidenceLinkEdit }
  | { readonly type: "evidenceDeadline"; readonly id: ItemId; readonly edit: DeadlineEdit }
  | { readonly type: "moduleCompletion"; readonly id: ItemId; readonly edit: ModuleCompletionEdit }
  | {
      readonly type: "activityCompletion";
      readonly id: ItemId;
      readonly edit: ActivityCompletionEdit;
    }
  | { readonly type: "debrief"; readonly id: ItemId; readonly edit: DebriefEdit }
  | { readonly type: "keptSignOff"; readonly id: ItemId; readonly edit: KeptSignOffEdit };

export type ReflectionEdit =
  | { readonly type: "title"; readonly title: string }
  | { readonly type: "answer"; readonly prompt: string; readonly text: string }
  | { readonly type: "addTag"; readonly tag: ProgrammeTag }
  | { readonly type: "removeTag"; readonly tag: ProgrammeTag };

export type RemovedFromFile =
  | "camera"
  | "notes"
  | "comments"
  | "preview"
  | "rest"
  | "properties"
  | "packedPropertiesLeft"
  | "pagesLeft";

export type ResourceKind =
  | "text"
  | "pdf"
  | "audio"
  | "video"
  | "video360"
  | "image"
  | "link"
  | "simulation"
  | "case";

export type Right = "read" | "comment" | "edit" | "own";

export type Role = "trainee" | "supervisor" | "fellow" | "partner" | "admin";

export type RunRules = "anhoej" | "taught";

export type SearchOrder = "best" | "newest";

export type SessionEdit =
  | { readonly type: "title"; readonly value: string }
  | { readonly type: "activity"; readonly value: string | null }
  | { readonly type: "module"; readonly value: string | null }
  | { readonly type: "start"; readonly value: Timestamp }
  | { readonly type: "minutes"; readonly value: Minutes }
  | { readonly type: "kind"; readonly value: SessionKind }
  | { readonly type: "subject"; readonly value: SessionSubject }
  | { readonly type: "online"; readonly value: Minutes | null }
  | { readonly type: "place"; readonly value: string }
  | { readonly type: "provider"; readonly value: string }
  | { readonly type: "themes"; readonly value: Tags }
  | { readonly type: "part"; readonly value: string };

export type SessionKind =
  | "core"
  | "nonCore"
  | "elearning"
  | "statutory"
  | "induction"
  | "lifeSupport"
  | "other";

export type SessionSubject = "general" | "specialty";

export type SignOffDecision = "signed" | "returned";

export type SignOffFault =
  | "anotherText"
  | "badSignature"
  | "notCertified"
  | "anotherPerson"
  | "ownWork"
  | "notTheWitness"
  | "tooEarly"
  | "revoked";

export type SignOffStanding = "asked" | "signed" | "returned";

export type SignOffSubject =
  | { readonly type: "reflection"; readonly id: DocumentId }
  | { readonly type: "sharedReflection"; readonly id: DocumentId }
  | { readonly type: "project"; readonly id: DocumentId }
  | { readonly type: "module"; readonly key: string }
  | { readonly type: "sessions"; readonly ids: readonly ItemId[] };

export type SignOffSubjectKind =
  | "reflection"
  | "sharedReflection"
  | "project"
  | "module"
  | "sessions";

export type Stage = "saved" | "sent" | "stored";

export type StakeholderEdit =
  | { readonly type: "role"; readonly value: string }
  | { readonly type: "organisation"; readonly value: string }
  | { readonly type: "power"; readonly value: Whole | null }
  | { readonly type: "interest"; readonly value: Whole | null }
  | { readonly type: "stance"; readonly value: StakeholderStance | null }
  | { readonly type: "approach"; readonly value: string };

export type StakeholderStance = "supports" | "undecided" | "opposes";

export type Standing = "invited" | "member" | "declined" | "left";

export type StatusMoveEdit =
  | { readonly type: "to"; readonly value: ProjectStatus }
  | { readonly type: "at"; readonly value: Timestamp | null }
  | { readonly type: "note"; readonly value: string };

export type StorageFault =
  | "full"
  | "readOnlyFolder"
  | "foreignFolder"
  | "inUse"
  | "damaged"
  | "newerSchema";

export type SuggestionState = "open" | "accepted" | "rejected" | "withdrawn";

export type Supervision = "present" | "future" | "past";

export type SupervisorRole =
  | "clinical"
  | "educational"
  | "named"
  | "fellow"
  | "partner"
  | "programmeDirector"
  | "administrator";

export type SyncProgress =
  | {
      readonly type: "exchanged";
      readonly pushed: Count;
      readonly pulled: Count;
      readonly more: boolean;
    }
  | { readonly type: "uploaded"; readonly bytes: Amount; readonly total: Amount }
  | { readonly type: "downloaded"; readonly bytes: Amount; readonly total: Amount }
  | { readonly type: "copied"; readonly bytes: Amount; readonly total: Amount };

export type TallySheetEdit =
  | { readonly type: "measure"; readonly value: ItemId }
  | { readonly type: "at"; readonly value: CalendarDate }
  | { readonly type: "group"; readonly value: string }
  | { readonly type: "ticks"; readonly value: CountOfDevice };

export type TeamMemberEdit =
  | { readonly type: "role"; readonly value: string }
  | { readonly type: "person"; readonly value: PersonId | null }
  | { readonly type: "part"; readonly value: string };

export type TellingFact = "sex" | "ageBand" | "date" | "place" | "condition" | "job";

export type TextField =
  | { readonly type: "answer"; readonly value: string }
  | { readonly type: "section"; readonly value: ProjectSection }
  | { readonly type: "aimSentence" }
  | { readonly type: "item"; readonly value: ItemText }
  | { readonly type: "comment"; readonly value: ItemId };

export type TextPlace =
  | { readonly type: "title" }
  | { readonly type: "answer"; readonly value: string }
  | { readonly type: "tagged"; readonly value: ProgrammeTag }
  | { readonly type: "setting" }
  | { readonly type: "section"; readonly value: ProjectSection }
  | { readonly type: "aimSentence" }
  | { readonly type: "signed" }
  | { readonly type: "message" }
  | { readonly type: "item"; readonly what: Noun; readonly id: ItemId };

export type TlsFault =
  | "plain"
  | "notTls"
  | "expired"
  | "notYetValid"
  | "wrongName"
  | "unknownIssuer"
  | "revoked"
  | "badCertificate"
  | "noAgreement";

export type Topic =
  | "documents"
  | "drafts"
  | "status"
  | "members"
  | "quarantine"
  | "people"
  | "packs"
  | "sync"
  | "account"
  | "company";

export type TrainingPlacementEdit =
  | { readonly type: "organisation"; readonly value: string }
  | { readonly type: "kind"; readonly value: OrganisationKind | null }
  | { readonly type: "ods"; readonly value: string }
  | { readonly type: "specialty"; readonly value: string }
  | { readonly type: "grade"; readonly value: string }
  | { readonly type: "school"; readonly value: string }
  | { readonly type: "start"; readonly value: CalendarDate }
  | { readonly type: "end"; readonly value: CalendarDate }
  | { readonly type: "wte"; readonly value: Value | null }
  | { readonly type: "split"; readonly value: Split | null }
  | { readonly type: "course"; readonly value: PlacementCourse };

export type TypingEvent =
  | { readonly type: "changed" }
  | { readonly type: "others"; readonly present: boolean }
  | { readonly type: "flush" }
  | { readonly type: "leave" }
  | { readonly type: "close" }
  | { readonly type: "suspend" }
  | { readonly type: "resume" };

export type WteChangeEdit =
  | { readonly type: "placement"; readonly value: ItemId }
  | { readonly type: "from"; readonly value: CalendarDate }
  | { readonly type: "wte"; readonly value: Value };

export type CoreFault =
  | {
      readonly type: "offline";
      readonly obstacle: Obstacle;
      readonly errand: Errand;
      readonly code: string;
      readonly reason: string;
    }
  | {
      readonly type: "signInNeeded";
      readonly neverEnrolled: boolean;
      readonly code: string;
      readonly reason: string;
    }
  | {
      readonly type: "keyUnavailable";
      readonly fault: KeyFault;
      readonly code: string;
      readonly reason: string;
    }
  | {
      readonly type: "storage";
      readonly fault: StorageFault;
      readonly code: string;
      readonly reason: string;
    }
  | { readonly type: "suspended"; readonly code: string; readonly reason: string }
  | { readonly type: "signedOut"; readonly code: string; readonly reason: string }
  | {
      readonly type: "unsent";
      readonly unsent: Unsent;
      readonly code: string;
      readonly reason: string;
    }
  | { readonly type: "recoveryKeyNeeded"; readonly code: string; readonly reason: string }
  | { readonly type: "notAllowed"; readonly code: string; readonly reason: string }
  | {
      readonly type: "notFound";
      readonly what: Noun;
      readonly id: string;
      readonly code: string;
      readonly reason: string;
    }
  | {
      readonly type: "gone";
      readonly what: Noun;
      readonly id: DocumentId;
      readonly end: DocumentEnd;
      readonly code: string;
      readonly reason: string;
    }
  | {
      readonly type: "invalidInput";
      readonly field: InputField;
      readonly code: string;
      readonly reason: string;
    }
  | {
      readonly type: "tooLarge";
      readonly limit: Amount;
      readonly code: string;
      readonly reason: string;
    }
  | { readonly type: "refused"; readonly code: string; readonly reason: string }
  | { readonly type: "cancelled"; readonly code: string; readonly reason: string }
  | { readonly type: "unexpected"; readonly code: string; readonly reason: string };

export interface ChangeSubscription {
  cancel(): Promise<void>;
}

export interface LearningCore {
  acceptInvitation(project: DocumentId): Promise<void>;
  acceptOwnership(project: DocumentId): Promise<void>;
  acceptSuggestion(project: DocumentId, place: CommentRef, anyway?: boolean): Promise<Version>;
  account(): Promise<Account | null>;
  addMember(project: DocumentId, person: PersonId, right: Right): Promise<void>;
  addMemberAcknowledged(
    project: DocumentId,
    person: PersonId,
    right: Right,
    acknowledged: Sha256,
  ): Promise<void>;
  addSession(session: NewSession): Promise<ItemId>;
  answerComment(about: DocumentId, to: CommentRef, body: string): Promise<ItemId>;
  answerDebrief(activity: string, answer: DebriefAnswer): Promise<ItemId>;
  arcpCsv(from: CalendarDate, to: CalendarDate): Promise<string>;
  arcpForm(from: CalendarDate, to: CalendarDate): Promise<readonly FormField[]>;
  arcpHtml(from: CalendarDate, to: CalendarDate): Promise<string>;
  arcpJson(from: CalendarDate, to: CalendarDate): Promise<string>;
  addPerson(person: PersonId, options?: Waiting): Promise<Person>;
  devices(options?: Waiting): Promise<readonly OwnDevice[]>;
  enrol(
    server: string,
    invitation: string,
    deviceName: string,
    options?: Waiting,
  ): Promise<Enrolment>;
  fetchAttachment(
    of: EvidenceSource,
    id: ItemId,
    options?: WaitingWithProgress,
  ): Promise<Uint8Array>;
  fetchMedia(resource: string, options?: WaitingWithProgress): Promise<string>;
  inviteDevice(options?: Waiting): Promise<string>;
  renameDevice(device: DeviceId, name: string, options?: Waiting): Promise<readonly OwnDevice[]>;
  renewSigningKey(options?: Waiting): Promise<void>;
  setServer(address: string, options?: Waiting): Promise<Account>;
  signOut(confirmation?: string | null, options?: Waiting): Promise<SignOutReport>;
  signOutDevice(device: DeviceId, options?: Waiting): Promise<readonly OwnDevice[]>;
  sync(budget: Budget, options?: WaitingWithProgress): Promise<SyncReport>;
  updatePack(key: string, options?: WaitingWithProgress): Promise<PackUpdate>;
  attach(of: EvidenceSource, name: string, bytes: Uint8Array): Promise<AttachedFile>;
  attachments(of: EvidenceSource): Promise<readonly AttachmentView[]>;
  autosave(id: DocumentId, field: DraftField, base: Version, text: string): Promise<void>;
  certificates(): Promise<readonly CertificateView[]>;
  changedSinceSignOff(request: DocumentId): Promise<ChangedSince>;
  chart(id: DocumentId, measure: ItemId, width: Count): Promise<ChartView>;
  chartsByGroup(id: DocumentId, measure: ItemId, width: Count): Promise<readonly GroupChart[]>;
  checkAttachment(name: string, bytes: Uint8Array): Promise<AttachmentCheck>;
  checkBeforeNudge(document: DocumentId, why: string): Promise<SharingCheck>;
  checkBeforeSharing(id: DocumentId): Promise<SharingCheck>;
  checkBeforeSharingWithFiles(id: DocumentId, files: readonly ItemId[]): Promise<SharingCheck>;
  checkBeforeSignOff(subject: SignOffSubject, message: string): Promise<SharingCheck>;
  checkJourneys(only?: ItemId | null): Promise<SharingCheck>;
  cohort(): Promise<readonly CohortTrainee[]>;
  cohortCsv(): Promise<string>;
  comment(project: DocumentId, body: string, anchor?: string): Promise<ItemId>;
  commentAt(
    about: DocumentId,
    part: string,
    body: string,
    range?: TextRange | null,
    version?: Version | null,
  ): Promise<ItemId>;
  commentVersions(place: CommentRef): Promise<readonly CommentVersion[]>;
  company(project: DocumentId): Promise<readonly PresentView[]>;
  completeActivity(key: string): Promise<void>;
  completeActivityWith(key: string, evidence: EvidenceSource | null, reason: string): Promise<void>;
  copies(id: DocumentId): Promise<readonly CopyView[]>;
  coverage(): Promise<Coverage>;
  createProject(title: string, topic?: string, setting?: string): Promise<DocumentId>;
  createProjectFrom(recipe: RecipeSource, title?: string, setting?: string): Promise<DocumentId>;
  createReflection(
    template: string,
    title?: string,
    promptedBy?: string | null,
  ): Promise<DocumentId>;
  deadlineWarnings(): Promise<readonly DeadlineWarning[]>;
  deadlines(): Promise<readonly DeadlineView[]>;
  declineInvitation(project: DocumentId, forGood: boolean): Promise<void>;
  declineOwnership(project: DocumentId): Promise<void>;
  delete(id: DocumentId): Promise<void>;
  deleteComment(about: DocumentId, id: ItemId): Promise<void>;
  deleteForEverybody(project: DocumentId): Promise<void>;
  deleteWithCopies(id: DocumentId): Promise<readonly CopyView[]>;
  deletionPreview(id: DocumentId): Promise<DeletionPreview>;
  dismiss(id: QuarantineId): Promise<void>;
  editComments(project: DocumentId, edits: readonly CommentEdit[]): Promise<void>;
  editProject(
    id: DocumentId,
    base: Version | null,
    edits: readonly ProjectEdit[],
  ): Promise<Version>;
  editRecord(edits: readonly RecordEdit[]): Promise<void>;
  editReflection(
    id: DocumentId,
    base: Version | null,
    edits: readonly ReflectionEdit[],
  ): Promise<Version>;
  enter(project: DocumentId, place: Place): Promise<void>;
  evidence(): Promise<readonly EvidenceView[]>;
  export(): Promise<string>;
  exportCsv(): Promise<string>;
  exportKeptSignOff(id: ItemId): Promise<string>;
  exportReflections(): Promise<string>;
  exportSignOff(id: DocumentId): Promise<string>;
  exportSizes(): Promise<ExportSizes>;
  fieldAuthors(id: DocumentId): Promise<ReadonlyMap<string, Person | null>>;
  heldBy(id: DocumentId): Promise<Obstacle | null>;
  history(id: DocumentId): Promise<readonly HistoryView[]>;
  importExport(json: string): Promise<ImportReport>;
  inbox(after: InboxPosition | null, limit: Count): Promise<Inbox>;
  inboxCounts(): Promise<InboxCounts>;
  invitations(): Promise<readonly InvitationView[]>;
  keepInSync(): Promise<KeepInSync>;
  keptSignOffs(): Promise<readonly KeptSignOffView[]>;
  learningLog(): Promise<LearningLog>;
  leave(): Promise<void>;
  leaveProject(project: DocumentId): Promise<void>;
  logOf(from: CalendarDate, to: CalendarDate): Promise<LearningLog>;
  markInboxSeen(item: ItemId): Promise<void>;
  markSeen(id: DocumentId): Promise<void>;
  media(resource: string): Promise<MediaView>;
  module(key: string): Promise<ModuleView>;
  modules(): Promise<readonly ModuleSummary[]>;
  newItemId(): Promise<ItemId>;
  nudge(project: DocumentId, anchor: string, why: string): Promise<ItemId>;
  nudgeAcknowledged(
    document: DocumentId,
    anchor: string,
    why: string,
    acknowledged: Sha256,
  ): Promise<ItemId>;
  observe(observer: Observer): Promise<ChangeSubscription>;
  offerOwnership(project: DocumentId, person: PersonId): Promise<void>;
  offerOwnershipKeeping(project: DocumentId, person: PersonId, keeps: Right): Promise<void>;
  openAttachment(of: EvidenceSource, id: ItemId): Promise<Uint8Array>;
  otherNamesOnPage(html: string): Promise<readonly OtherName[]>;
  packs(): Promise<readonly PackState[]>;
  page(key: string): Promise<PageView>;
  people(): Promise<readonly Person[]>;
  personalRecord(): Promise<PersonalRecord>;
  phaseSuggestion(id: DocumentId, measure: ItemId): Promise<PhaseSuggestion>;
  planChecks(id: DocumentId): Promise<readonly PlanCheck[]>;
  programme(): Promise<Programme | null>;
  programmeMap(): Promise<ProgrammeMap>;
  project(id: DocumentId): Promise<ProjectView>;
  projectAt(id: DocumentId, version: Version): Promise<ChangeProject>;
  projectPage(id: DocumentId): Promise<string>;
  projectPageAcknowledged(id: DocumentId, acknowledged: Sha256): Promise<string>;
  projects(after: ListPosition | null, limit: Count): Promise<DocumentPortion>;
  putAway(document: DocumentId): Promise<void>;
  putBackComment(about: DocumentId, id: ItemId): Promise<void>;
  quarantined(): Promise<readonly QuarantineSummary[]>;
  quarantinedItem(id: QuarantineId): Promise<QuarantineView>;
  readers(id: DocumentId): Promise<readonly Reader[]>;
  recipe(id: DocumentId): Promise<string>;
  recipes(): Promise<readonly RecipeSummary[]>;
  recoveryKey(): Promise<string | null>;
  reflection(id: DocumentId): Promise<ReflectionView>;
  reflections(after: ListPosition | null, limit: Count): Promise<DocumentPortion>;
  rejectSuggestion(project: DocumentId, place: CommentRef): Promise<Version>;
  removeAttachment(of: EvidenceSource, id: ItemId): Promise<void>;
  removeMember(project: DocumentId, person: PersonId): Promise<void>;
  removeSession(id: ItemId): Promise<void>;
  reopenComment(about: DocumentId, id: ItemId): Promise<void>;
  replay(id: QuarantineId): Promise<Version>;
  requestSignOff(
    subject: SignOffSubject,
    with_: PersonId | null,
    message: string,
  ): Promise<DocumentId>;
  requestSignOffAcknowledged(
    subject: SignOffSubject,
    with_: PersonId | null,
    message: string,
    acknowledged: Sha256,
  ): Promise<DocumentId>;
  resolveComment(about: DocumentId, id: ItemId): Promise<void>;
  resume(): Promise<void>;
  rewriteComment(about: DocumentId, id: ItemId, body: string): Promise<void>;
  sameAttachment(of: EvidenceSource, bytes: Uint8Array): Promise<AttachmentView | null>;
  sameCopy(reflection: DocumentId, with_: PersonId): Promise<CopyView | null>;
  search(query: string, offset: Count, limit: Count, order: SearchOrder): Promise<HitPortion>;
  setConditions(conditions: Conditions): Promise<void>;
  settle(id: DocumentId): Promise<Version>;
  shareReflection(id: DocumentId, with_: PersonId): Promise<DocumentId>;
  shareReflectionAcknowledged(
    id: DocumentId,
    with_: PersonId,
    acknowledged: Sha256,
  ): Promise<DocumentId>;
  shareReflectionWithFiles(
    id: DocumentId,
    with_: PersonId,
    files: readonly ItemId[],
    acknowledged: Sha256,
  ): Promise<DocumentId>;
  sharedByMe(): Promise<readonly DocumentSummary[]>;
  sharedReflection(id: DocumentId): Promise<SharedView>;
  sharedWithMe(): Promise<readonly DocumentSummary[]>;
  sign(request: DocumentId, answer: SignOffAnswer): Promise<DocumentId>;
  signOffRequest(id: DocumentId): Promise<SignOffRequestView>;
  signOffsAskedByMe(): Promise<SignOffPortion>;
  signOffsAskedOfMe(): Promise<SignOffPortion>;
  signOffsOf(document: DocumentId): Promise<readonly SignOffRequestView[]>;
  signOffsPage(mine: boolean, after: DocumentId | null, limit: Count): Promise<SignOffPortion>;
  signWitnessed(
    request: DocumentId,
    by: WitnessedSigner,
    answer: SignOffAnswer,
  ): Promise<DocumentId>;
  sittings(id: DocumentId, before: Version | null, limit: Count): Promise<SittingPortion>;
  startActivity(key: string): Promise<void>;
  status(id: DocumentId): Promise<DocumentStatus>;
  stepOut(): Promise<void>;
  suggest(
    project: DocumentId,
    part: string,
    range: TextRange,
    replacement: string,
    why?: string,
    version?: Version | null,
  ): Promise<ItemId>;
  suggestions(project: DocumentId): Promise<readonly SuggestionView[]>;
  supervisors(): Promise<readonly SupervisorView[]>;
  suspend(): Promise<void>;
  syncState(): Promise<SyncState>;
  takeBackCopies(id: DocumentId): Promise<readonly DocumentId[]>;
  takeBackSignOff(request: DocumentId, withAnswers: boolean): Promise<boolean>;
  takenBackComments(project: DocumentId): Promise<readonly CommentView[]>;
  templates(): Promise<readonly Template[]>;
  textAuthors(id: DocumentId, field: TextField): Promise<readonly TextPart[]>;
  threads(about: DocumentId): Promise<readonly ThreadView[]>;
  tick(project: DocumentId, tally: ItemId, numerator: number, denominator: number): Promise<Value>;
  trainingYear(day: CalendarDate): Promise<DaysInARow>;
  typing(
    id: DocumentId,
    field: DraftField,
    base: Version,
    pauses: TypingPauses,
  ): Promise<TypingHandle>;
  unsent(): Promise<Unsent>;
  unsettled(): Promise<readonly DocumentId[]>;
  useRecoveryKey(typed: string): Promise<void>;
  verifyArcp(html: string): Promise<ArcpVerdict>;
  verifyPage(html: string): Promise<PageVerdict>;
  waitingAnswers(about: DocumentId): Promise<WaitingAnswers>;
  warningsAbout(id: ItemId): Promise<readonly string[]>;
  welcomeSender(project: DocumentId): Promise<void>;
  withdrawOffer(project: DocumentId): Promise<void>;
  usualPauses(): Promise<TypingPauses>;
  verifySignOff(json: string): Promise<SignOffFault | null>;
}

export interface KeepInSync {
  stop(): Promise<void>;
}

export interface TypingHandle {
  flush(now: Duration): Promise<void>;
  on(event: TypingEvent): Promise<void>;
  refresh(): Promise<string | null>;
  settle(now: Duration): Promise<Version>;
  state(): Promise<TypingState>;
  typed(text: string, now: Duration): Promise<boolean>;
  work(now: Duration): Promise<void>;
}

export interface Absence {
  readonly kind: AbsenceKind;
  readonly from: CalendarDate;
  readonly to: CalendarDate | null;
  readonly days: Value;
  readonly note: string;
}

export interface AbsenceItem {
  readonly id: ItemId;
  readonly absence: Absence;
}

export interface Account {
  readonly person: Person;
  readonly device: DeviceId;
  readonly server: string;
  readonly privateAccess: PrivateAccess;
}

export interface ActionItem {
  readonly id: ItemId;
  readonly action: ProjectAction;
}

export interface ActivityCompletion {
  readonly activity: string;
  readonly at: Timestamp;
  readonly packVersion: Whole | null;
  readonly evidence: EvidenceSource | null;
  readonly reason: string;
}

export interface ActivityCompletionItem {
  readonly id: ItemId;
  readonly completion: ActivityCompletion;
}

export interface ActivityPart {
  readonly key: string;
  readonly title: string;
  readonly mode: PartMode;
  readonly kind: ActivityKind;
  readonly minutes: Minutes;
  readonly cap: Minutes | null;
}

export interface ActivityProgress {
  readonly startedAt: Timestamp | null;
  readonly completedAt: Timestamp | null;
  readonly packVersion: PackVersion | null;
}

export interface ActivityView {
  readonly activity: LearningActivity;
  readonly progress: ActivityProgress;
  readonly resources: readonly Resource[];
  readonly debriefs: readonly DebriefView[];
}

export interface Aim {
  readonly sentence: string;
  readonly measure: ItemId | null;
  readonly direction: AimDirection | null;
  readonly from: string;
  readonly to: string;
  readonly unit: MeasureUnit | null;
  readonly byDate: CalendarDate | null;
  readonly population: string;
  readonly place: string;
}

export interface AnnotationItem {
  readonly id: ItemId;
  readonly annotation: ChartAnnotation;
}

export interface AttachedFile {
  readonly id: ItemId;
  readonly kept: AttachmentCheck;
}

export interface AttachmentCheck {
  readonly name: string;
  readonly mediaType: MediaType;
  readonly bytesBefore: Amount;
  readonly bytes: Amount;
  readonly removed: readonly RemovedFromFile[];
  readonly removedInWords: readonly string[];
}

export interface AttachmentRefusal {
  readonly code: string;
  readonly reason: string;
}

export interface AttachmentView {
  readonly id: ItemId;
  readonly of: EvidenceSource;
  readonly name: string;
  readonly mediaType: MediaType;
  readonly bytes: Amount;
  readonly sealedBytes: Amount;
  readonly addedAt: Timestamp;
  readonly here: boolean;
  readonly stored: boolean;
  readonly refusal: AttachmentRefusal | null;
}

export interface Budget {
  readonly deadline: Duration | null;
  readonly metered: boolean;
  readonly maxBytes: Amount | null;
}

export interface CapabilityCover {
  readonly code: string;
  readonly parent: string | null;
  readonly text: string;
  readonly level: string | null;
  readonly cover: EvidenceCover;
  readonly statement: EvidenceStatement;
  readonly links: readonly ItemId[];
}

export interface CareerBreak {
  readonly kind: BreakKind;
  readonly from: CalendarDate;
  readonly to: CalendarDate | null;
  readonly note: string;
}

export interface CareerBreakItem {
  readonly id: ItemId;
  readonly careerBreak: CareerBreak;
}

export interface Certificate {
  readonly title: string;
  readonly issuer: string;
  readonly issued: CalendarDate | null;
  readonly expires: CalendarDate | null;
  readonly number: string;
}

export interface CertificateItem {
  readonly id: ItemId;
  readonly certificate: Certificate;
}

export interface CertificateView {
  readonly id: ItemId;
  readonly certificate: Certificate;
  readonly daysLeft: number | null;
}

export interface ChangeIdea {
  readonly text: string;
  readonly drivers: ItemIds;
  readonly rationale: string;
  readonly state: IdeaState;
  readonly pick: IdeaPick | null;
}

export interface ChangeIdeaItem {
  readonly id: ItemId;
  readonly idea: ChangeIdea;
}

export interface ChangeProject {
  readonly title: string;
  readonly topic: string;
  readonly setting: string;
  readonly status: ProjectStatus;
  readonly progress: Progress | null;
  readonly start: CalendarDate | null;
  readonly end: CalendarDate | null;
  readonly sections: Sections;
  readonly aim: Aim;
  readonly drivers: Drivers;
  readonly ideas: Ideas;
  readonly stakeholders: Stakeholders;
  readonly team: Team;
  readonly measures: Measures;
  readonly targets: Targets;
  readonly observations: Observations;
  readonly tallies: Tallies;
  readonly phases: Phases;
  readonly annotations: Annotations;
  readonly cycles: Cycles;
  readonly actions: Actions;
  readonly impacts: Impacts;
  readonly outputs: Outputs;
  readonly moves: StatusMoves;
  readonly tags: Tags;
  readonly takenBack: TakenBackItems;
  readonly disagreements: readonly Disagreement[];
  readonly decisions: Decisions;
  readonly createdAt: Timestamp;
}

export interface Changes {
  readonly topics: readonly TopicChange[];
}

export interface ChartAnnotation {
  readonly measure: ItemId | null;
  readonly at: CalendarDate;
  readonly text: string;
  readonly cycle: ItemId | null;
}

export interface ChartNote {
  readonly letter: string;
  readonly text: string;
  readonly point: Count;
}

export interface ChartPhase {
  readonly label: string;
  readonly first: Count;
  readonly last: Count;
  readonly centre: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

export interface ChartPoint {
  readonly period: CalendarDate;
  readonly label: string;
  readonly phase: Count;
  readonly state: ChartPointState;
  readonly value: number | null;
  readonly target: number | null;
  readonly meaning: ChartMeaning;
}

export interface ChartSignal {
  readonly points: readonly Count[];
  readonly meaning: ChartMeaning;
  readonly words: string;
}

export interface ChartView {
  readonly title: string;
  readonly points: readonly ChartPoint[];
  readonly phases: readonly ChartPhase[];
  readonly signals: readonly ChartSignal[];
  readonly notes: readonly ChartNote[];
  readonly notices: readonly string[];
  readonly summary: readonly string[];
  readonly svg: string;
  readonly table: string;
}

export interface CohortCopy {
  readonly id: DocumentId;
  readonly title: string;
  readonly sharedAt: Timestamp;
  readonly seenAt: Timestamp | null;
}

export interface CohortProject {
  readonly id: DocumentId;
  readonly title: string;
  readonly status: ProjectStatus;
  readonly progressHalves: Count | null;
  readonly lastChange: Timestamp;
  readonly silentDays: Count;
  readonly withoutValue: readonly string[];
  readonly openActions: Count;
  readonly overdueActions: Count;
}

export interface CohortTrainee {
  readonly person: PersonId;
  readonly name: string;
  readonly projects: readonly CohortProject[];
  readonly copies: readonly CohortCopy[];
}

export interface CommentRef {
  readonly document: DocumentId;
  readonly id: ItemId;
}

export interface CommentVersion {
  readonly body: string;
  readonly at: Timestamp;
}

export interface CommentView {
  readonly id: ItemId;
  readonly by: Person | null;
  readonly mine: boolean;
  readonly comment: ProjectComment;
}

export interface Conditions {
  readonly online: boolean;
  readonly metered: boolean;
  readonly foreground: boolean;
}

export interface CopyView {
  readonly document: DocumentId;
  readonly kind: DocumentKind;
  readonly title: string;
  readonly reader: Person | null;
  readonly standing: Standing;
  readonly sharedAt: Timestamp;
  readonly seenAt: Timestamp | null;
  readonly stage: Stage;
  readonly signOffs: Amount;
}

export interface Coverage {
  readonly domains: readonly DomainCover[];
  readonly otherOutcomes: readonly StatementCover[];
  readonly capabilities: readonly StatementCover[];
  readonly frameworks: readonly FrameworkCover[];
}

export interface CycleItem {
  readonly id: ItemId;
  readonly cycle: PdsaCycle;
}

export interface DaysInARow {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}

export interface DeadlineView {
  readonly id: ItemId;
  readonly deadline: EvidenceDeadline;
  readonly daysLeft: number;
}

export interface DeadlineWarning {
  readonly deadline: ItemId;
  readonly on: CalendarDate;
  readonly daysLeft: number;
}

export interface Debrief {
  readonly activity: string;
  readonly at: Timestamp;
  readonly confidenceBefore: Whole | null;
  readonly confidenceAfter: Whole | null;
  readonly evidence: EvidenceSource | null;
}

export interface DebriefAnswer {
  readonly before: Whole | null;
  readonly after: Whole | null;
  readonly reflection: DocumentId | null;
}

export interface DebriefGuide {
  readonly template: string;
  readonly confidence: string;
}

export interface DebriefItem {
  readonly id: ItemId;
  readonly debrief: Debrief;
}

export interface DebriefView {
  readonly id: ItemId;
  readonly debrief: Debrief;
}

export interface DeletionPreview {
  readonly document: DocumentId;
  readonly kind: DocumentKind;
  readonly title: string;
  readonly readers: readonly Person[];
  readonly copies: readonly CopyView[];
  readonly evidence: readonly ItemId[];
}

export interface DeviceCount {
  readonly device: DeviceId;
  readonly value: ObservedValue;
}

export interface Disagreement {
  readonly path: string;
  readonly values: readonly SetValue[];
}

export interface DisagreementView {
  readonly path: string;
  readonly values: readonly SetBy[];
}

export interface DocumentPortion {
  readonly items: readonly DocumentSummary[];
  readonly more: boolean;
}

export interface DocumentStatus {
  readonly stage: Stage;
  readonly seenBy: readonly ReadReceipt[];
  readonly quarantined: boolean;
  readonly held: boolean;
}

export interface DocumentSummary {
  readonly id: DocumentId;
  readonly kind: DocumentKind;
  readonly title: string;
  readonly preview: string;
  readonly status: string;
  readonly tags: Tags;
  readonly owner: Person | null;
  readonly stage: Stage;
  readonly quarantined: boolean;
  readonly unsettled: boolean;
  readonly createdAt: Timestamp;
  readonly updatedAt: Timestamp;
  readonly version: Version;
}

export interface Domain {
  readonly key: string;
  readonly title: string;
  readonly purpose: string;
}

export interface DomainCover {
  readonly key: string;
  readonly title: string;
  readonly cover: EvidenceCover;
  readonly outcomes: readonly StatementCover[];
}

export interface DraftView {
  readonly field: DraftField;
  readonly base: Version;
  readonly text: string;
  readonly savedAt: Timestamp;
}

export interface Driver {
  readonly name: string;
  readonly parent: ItemId | null;
  readonly place: Whole | null;
}

export interface DriverItem {
  readonly id: ItemId;
  readonly driver: Driver;
}

export interface EditView {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

export interface Enrolment {
  readonly account: Account;
  readonly recoveryKey: string | null;
  readonly wasEnrolled: boolean;
}

export interface EvidenceDeadline {
  readonly name: string;
  readonly at: CalendarDate;
  readonly scope: string;
}

export interface EvidenceDeadlineItem {
  readonly id: ItemId;
  readonly deadline: EvidenceDeadline;
}

export interface EvidenceLink {
  readonly evidence: EvidenceSource;
  readonly statement: EvidenceStatement;
  readonly justification: string;
  readonly agreement: EvidenceAgreement | null;
  readonly agreedBy: PersonId | null;
  readonly said: string;
  readonly version: string;
}

export interface EvidenceLinkItem {
  readonly id: ItemId;
  readonly link: EvidenceLink;
}

export interface EvidenceView {
  readonly id: ItemId;
  readonly link: EvidenceLink;
  readonly shown: string;
  readonly isGone: boolean;
  readonly agreement: string;
}

export interface ExperienceItem {
  readonly id: ItemId;
  readonly experience: LearningExperience;
}

export interface ExportSizes {
  readonly files: Count;
  readonly bytes: Amount;
  readonly filesHere: Count;
  readonly bytesHere: Amount;
}

export interface ExportWithFiles {
  readonly json: string;
  readonly reflections: string;
  readonly csv: string;
  readonly files: readonly ExportedFile[];
}

export interface ExportedFile {
  readonly id: ItemId;
  readonly of: EvidenceSource;
  readonly name: string;
  readonly mediaType: MediaType;
  readonly bytes: Amount;
  readonly addedAt: Timestamp;
  readonly path: string | null;
  readonly sha256: Sha256 | null;
  readonly leftOut: LeftOutOfExport | null;
  readonly leftOutInWords: string | null;
}

export interface FileNotRead {
  readonly name: string;
  readonly path: string | null;
  readonly fault: FileFault;
  readonly reason: string;
}

export interface Finding {
  readonly place: TextPlace;
  readonly kind: FindingKind;
  readonly severity: FindingSeverity;
  readonly start: Count;
  readonly end: Count;
  readonly text: string;
  readonly facts: readonly TellingFact[];
  readonly reason: string;
  readonly replacement: string | null;
}

export interface FindingCount {
  readonly kind: FindingKind;
  readonly count: Count;
}

export interface FormField {
  readonly field: string;
  readonly text: string;
}

export interface FrameworkCover {
  readonly key: string;
  readonly title: string;
  readonly version: string;
  readonly source: string;
  readonly capabilities: readonly CapabilityCover[];
}

export interface GroupChart {
  readonly group: string;
  readonly chart: ChartView;
}

export interface HandoverView {
  readonly to: Person;
  readonly from: Person;
  readonly byOrganisation: boolean;
  readonly keeps: Right;
  readonly declined: boolean;
}

export interface HistoryView {
  readonly version: Version;
  readonly by: Person | null;
  readonly device: DeviceId | null;
  readonly at: Timestamp;
}

export interface Hit {
  readonly target: HitTarget;
  readonly title: string;
  readonly snippet: readonly SnippetPiece[];
  readonly at: Timestamp;
}

export interface HitPortion {
  readonly items: readonly Hit[];
  readonly more: boolean;
}

export interface ImpactItem {
  readonly id: ItemId;
  readonly impact: ProjectImpact;
}

export interface ImportCheck {
  readonly reflections: Count;
  readonly projects: Count;
  readonly things: Count;
  readonly alreadyHere: Count;
  readonly files: Count;
  readonly bytes: Amount;
  readonly room: Amount;
  readonly filesAlreadyHere: Count;
  readonly filesNotRead: readonly FileNotRead[];
  readonly signOffs: Count;
  readonly signOffsLeftOut: readonly SignOffLeftOut[];
}

export interface ImportReport {
  readonly reflections: Count;
  readonly projects: Count;
  readonly things: Count;
  readonly alreadyHere: Count;
  readonly projectsOfOthers: Count;
  readonly sharedCopies: Count;
  readonly comments: Count;
  readonly left: Count;
  readonly stopped: ImportStop | null;
  readonly files: Count;
  readonly filesAlreadyHere: Count;
  readonly filesNotRead: readonly FileNotRead[];
  readonly signOffs: Count;
  readonly signOffsLeftOut: readonly SignOffLeftOut[];
}

export interface ImportStop {
  readonly code: string;
  readonly reason: string;
}

export interface Inbox {
  readonly items: readonly InboxView[];
  readonly more: boolean;
  readonly counts: InboxCounts;
}

export interface InboxCount {
  readonly kind: InboxKind;
  readonly count: Count;
}

export interface InboxCounts {
  readonly total: Count;
  readonly byKind: readonly InboxCount[];
}

export interface InboxPosition {
  readonly since: Timestamp;
  readonly item: ItemId;
}

export interface InboxView {
  readonly id: ItemId;
  readonly kind: InboxKind;
  readonly document: DocumentId;
  readonly documentKind: DocumentKind | null;
  readonly place: string;
  readonly title: string;
  readonly words: string;
  readonly people: readonly Person[];
  readonly since: Timestamp;
  readonly leaves: Leaves;
  readonly how: string;
  readonly position: InboxPosition;
}

export interface InvitationView {
  readonly project: DocumentId;
  readonly title: string;
  readonly inviter: Person | null;
  readonly right: Right;
  readonly bytes: Amount;
  readonly cameAt: Timestamp;
  readonly expiresAt: Timestamp;
  readonly standing: InvitationStanding;
}

export interface JourneyStep {
  readonly setting: string;
  readonly service: string;
  readonly journey: ItemId;
  readonly place: Whole | null;
  readonly gap: Whole | null;
  readonly roleMet: string;
  readonly handedOver: string;
  readonly wasted: string;
  readonly learned: string;
}

export interface JourneyStepItem {
  readonly id: ItemId;
  readonly step: JourneyStep;
}

export interface KeptSignOffView {
  readonly id: ItemId;
  readonly title: string;
  readonly text: string;
  readonly decision: SignOffDecision;
  readonly statement: string;
  readonly signer: string;
  readonly roleInWords: string;
  readonly roleAgrees: boolean;
  readonly witnessed: string | null;
  readonly at: Timestamp;
  readonly trainee: string;
  readonly fault: SignOffFault | null;
  readonly publisherKnown: boolean;
  readonly anotherAccount: boolean;
  readonly changed: ChangedSince;
}

export interface LearningActivity {
  readonly key: string;
  readonly title: string;
  readonly kind: ActivityKind;
  readonly minutes: Minutes;
  readonly required: boolean;
  readonly outcomes: readonly string[];
  readonly resources: readonly string[];
  readonly evidence: Evidence;
  readonly page: ProgrammePage;
  readonly parts: readonly ActivityPart[];
  readonly debrief: DebriefGuide | null;
}

export interface LearningExperience {
  readonly host: string;
  readonly kind: OrganisationKind | null;
  readonly at: CalendarDate;
  readonly minutes: Minutes | null;
  readonly purpose: string;
  readonly learning: string;
  readonly placement: ItemId | null;
}

export interface LearningLog {
  readonly sessions: readonly SessionView[];
  readonly count: LogCount;
  readonly rule: LogRule;
  readonly years: readonly LogYear[];
  readonly doubtful: readonly ItemId[];
}

export interface LearningSession {
  readonly title: string;
  readonly activity: string | null;
  readonly module: string | null;
  readonly start: Timestamp;
  readonly minutes: Minutes;
  readonly kind: SessionKind;
  readonly isSpecialty: boolean;
  readonly online: Minutes | null;
  readonly place: string;
  readonly provider: string;
  readonly themes: readonly ProgrammeTag[];
  readonly part: string;
}

export interface ListPosition {
  readonly updatedAt: Timestamp;
  readonly document: DocumentId;
}

export interface LogCount {
  readonly counted: Minutes;
  readonly core: Minutes;
  readonly elearning: Minutes;
  readonly excluded: Minutes;
  readonly targetMet: boolean;
  readonly coreMet: boolean;
  readonly left: Minutes | null;
  readonly coreLeft: Minutes | null;
}

export interface LogRule {
  readonly target: Minutes;
  readonly core: Minutes;
  readonly elearningCap: Minutes;
}

export interface LogYear {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly factor: string;
  readonly isFullTimeAssumed: boolean;
  readonly rule: LogRule;
  readonly count: LogCount;
  readonly by: CalendarDate;
  readonly absentDays: string;
  readonly absenceLimit: Count | null;
  readonly absenceAsksForReview: boolean;
}

export interface Measure {
  readonly name: string;
  readonly kind: MeasureKind;
  readonly definition: string;
  readonly unit: MeasureUnit | null;
  readonly numerator: string;
  readonly denominator: string;
  readonly inclusion: string;
  readonly source: string;
  readonly collector: string;
  readonly frequency: string;
  readonly improvement: Improvement | null;
  readonly chart: MeasureChart;
  readonly rules: RunRules;
}

export interface MeasureItem {
  readonly id: ItemId;
  readonly measure: Measure;
}

export interface MeasureObservation {
  readonly measure: ItemId;
  readonly at: CalendarDate;
  readonly value: Value;
  readonly group: string;
  readonly source: string;
  readonly excluded: string;
}

export interface MeasurePhase {
  readonly measure: ItemId;
  readonly from: CalendarDate;
  readonly label: string;
  readonly reason: string;
  readonly fixedAfter: Whole | null;
}

export interface MeasureTarget {
  readonly measure: ItemId;
  readonly from: CalendarDate;
  readonly value: Value;
}

export interface MediaView {
  readonly key: string;
  readonly title: string;
  readonly kind: ResourceKind;
  readonly bytes: Amount;
  readonly mediaType: string | null;
  readonly path: string | null;
  readonly url: string | null;
  readonly transcript: string | null;
  readonly pausePoints: readonly PausePoint[];
}

export interface Member {
  readonly person: Person;
  readonly right: Right;
  readonly standing: Standing;
  readonly expiresAt: Timestamp | null;
  readonly confirmed: boolean;
}

export interface ModuleCompletion {
  readonly module: string;
  readonly at: Timestamp;
  readonly packVersion: Whole | null;
  readonly evidence: EvidenceSource | null;
  readonly reason: string;
  readonly activities: string;
  readonly minutes: Minutes | null;
}

export interface ModuleCompletionItem {
  readonly id: ItemId;
  readonly completion: ModuleCompletion;
}

export interface ModuleRow {
  readonly key: string;
  readonly title: string;
  readonly minMinutes: Minutes;
  readonly completedAt: Timestamp | null;
  readonly years: readonly ModuleYear[];
  readonly outcomes: readonly StatementCover[];
}

export interface ModuleSummary {
  readonly key: string;
  readonly title: string;
  readonly domains: readonly string[];
  readonly themes: readonly string[];
  readonly suggestedStage: string;
  readonly minMinutes: Minutes;
  readonly minutesDone: Minutes;
  readonly activities: Count;
  readonly activitiesDone: Count;
  readonly complete: boolean;
  readonly completedAt: Timestamp | null;
}

export interface ModuleView {
  readonly summary: ModuleSummary;
  readonly page: PageView;
  readonly outcomes: readonly Outcome[];
  readonly activities: readonly ActivityView[];
}

export interface ModuleYear {
  readonly minutes: Minutes;
  readonly activitiesDone: Count;
  readonly completed: boolean;
}

export interface NewSession {
  readonly title: string;
  readonly activity: string | null;
  readonly module: string | null;
  readonly start: Timestamp;
  readonly minutes: Minutes;
  readonly kind: SessionKind;
}

export interface ObservationItem {
  readonly id: ItemId;
  readonly observation: MeasureObservation;
}

export interface OtherName {
  readonly onPage: string;
  readonly here: string | null;
}

export interface Outcome {
  readonly key: string;
  readonly domain: string;
  readonly text: string;
  readonly source: OutcomeSource;
}

export interface OutputItem {
  readonly id: ItemId;
  readonly output: ProjectOutput;
}

export interface OwnDevice {
  readonly id: DeviceId;
  readonly name: string;
  readonly joinedAt: Timestamp;
  readonly lastSeen: Timestamp;
  readonly isThis: boolean;
}

export interface PackState {
  readonly key: string;
  readonly installed: PackVersion | null;
  readonly available: PackVersion | null;
  readonly bytes: Amount | null;
  readonly bytesMissing: Amount | null;
}

export interface PackUpdate {
  readonly key: string;
  readonly before: PackVersion | null;
  readonly version: PackVersion;
  readonly bytes: Amount;
}

export interface PageView {
  readonly key: string;
  readonly title: string;
  readonly text: string;
  readonly isMissing: boolean;
}

export interface PatientJourney {
  readonly title: string;
  readonly learned: string;
}

export interface PatientJourneyItem {
  readonly id: ItemId;
  readonly journey: PatientJourney;
}

export interface PausePoint {
  readonly key: string;
  readonly at: Duration;
  readonly scene: string;
  readonly prompt: string;
}

export interface PdpGoal {
  readonly text: string;
  readonly capabilities: Tags;
  readonly success: string;
  readonly actions: string;
  readonly due: CalendarDate | null;
  readonly status: GoalStatus;
}

export interface PdpGoalItem {
  readonly id: ItemId;
  readonly goal: PdpGoal;
}

export interface PdsaCycle {
  readonly changeIdea: string;
  readonly idea: ItemId | null;
  readonly prediction: string;
  readonly scale: CycleScale | null;
  readonly plan: string;
  readonly didAt: CalendarDate | null;
  readonly done: string;
  readonly data: string;
  readonly studied: string;
  readonly learned: string;
  readonly decision: CycleDecision;
  readonly previous: ItemId | null;
}

export interface Person {
  readonly id: PersonId;
  readonly name: string;
  readonly roles: readonly PersonRole[];
  readonly devices: readonly DeviceId[];
}

export interface PersonRole {
  readonly role: Role;
  readonly organisation: string;
}

export interface PersonalRecord {
  readonly sessions: readonly SessionView[];
  readonly placements: readonly PlacementItem[];
  readonly supervisors: readonly SupervisorItem[];
  readonly wteChanges: readonly WteChangeItem[];
  readonly breaks: readonly CareerBreakItem[];
  readonly absences: readonly AbsenceItem[];
  readonly experiences: readonly ExperienceItem[];
  readonly journeys: readonly PatientJourneyItem[];
  readonly steps: readonly JourneyStepItem[];
  readonly goals: readonly PdpGoalItem[];
  readonly certificates: readonly CertificateItem[];
  readonly evidence: readonly EvidenceLinkItem[];
  readonly deadlines: readonly EvidenceDeadlineItem[];
  readonly modulesCompleted: readonly ModuleCompletionItem[];
  readonly activitiesCompleted: readonly ActivityCompletionItem[];
  readonly debriefs: readonly DebriefItem[];
  readonly takenBack: readonly TakenBackItem[];
  readonly disagreements: readonly Disagreement[];
}

export interface PhaseCondition {
  readonly sentence: string;
  readonly holds: boolean | null;
  readonly seen: string;
}

export interface PhaseItem {
  readonly id: ItemId;
  readonly phase: MeasurePhase;
}

export interface PhaseSuggestion {
  readonly at: CalendarDate | null;
  readonly conditions: readonly PhaseCondition[];
  readonly question: string;
}

export interface PlacementItem {
  readonly id: ItemId;
  readonly placement: TrainingPlacement;
}

export interface PlacementPart {
  readonly setting: string;
  readonly share: ObservedValue;
}

export interface PlacementSupervisor {
  readonly placement: ItemId;
  readonly name: string;
  readonly person: PersonId | null;
  readonly role: SupervisorRole;
  readonly part: string;
}

export interface PlanCheck {
  readonly check: PlanCheckKind;
  readonly met: boolean;
  readonly sentence: string;
  readonly part: ProjectPart;
}

export interface PresentView {
  readonly person: Person;
  readonly place: Place;
}

export interface Programme {
  readonly key: string;
  readonly title: string;
  readonly years: Count;
  readonly sourceUrl: string;
  readonly domains: readonly Domain[];
  readonly themes: readonly Theme[];
  readonly modules: readonly ProgrammeModule[];
  readonly resources: readonly Resource[];
  readonly handbook: readonly ProgrammePage[];
  readonly templates: readonly Template[];
}

export interface ProgrammeMap {
  readonly years: readonly DaysInARow[];
  readonly modules: readonly ModuleRow[];
}

export interface ProgrammeModule {
  readonly key: string;
  readonly title: string;
  readonly domains: readonly string[];
  readonly themes: readonly string[];
  readonly minMinutes: Minutes;
  readonly suggestedStage: string;
  readonly page: ProgrammePage;
  readonly outcomes: readonly Outcome[];
  readonly activities: readonly LearningActivity[];
}

export interface ProgrammePage {
  readonly key: string;
  readonly title: string;
  readonly file: Sha256;
}

export interface ProjectAction {
  readonly text: string;
  readonly owner: PersonId | null;
  readonly due: CalendarDate | null;
  readonly doneAt: Timestamp | null;
}

export interface ProjectComment {
  readonly body: string;
  readonly anchor: Place;
  readonly span: TextSpan | null;
  readonly answers: CommentRef | null;
  readonly at: Timestamp;
  readonly editedAt: Timestamp | null;
  readonly resolvedAt: Timestamp | null;
}

export interface ProjectImpact {
  readonly kind: ImpactKind;
  readonly effect: ImpactEffect | null;
  readonly amount: Value | null;
  readonly text: string;
  readonly method: string;
  readonly factor: string;
  readonly factorSource: string;
  readonly factorYear: Whole | null;
}

export interface ProjectOutput {
  readonly kind: OutputKind;
  readonly title: string;
  readonly at: CalendarDate | null;
  readonly link: string;
}

export interface ProjectView {
  readonly id: DocumentId;
  readonly project: ChangeProject;
  readonly drafts: readonly DraftView[];
  readonly hiddenNumbers: readonly ItemId[];
  readonly version: Version;
  readonly myRight: Right;
  readonly members: readonly Member[];
  readonly offeredTo: Person | null;
  readonly handover: HandoverView | null;
  readonly comments: readonly CommentView[];
  readonly status: DocumentStatus;
  readonly disagreements: readonly DisagreementView[];
}

export interface Prompt {
  readonly key: string;
  readonly label: string;
  readonly help: string;
  readonly maxWords: Count | null;
}

export interface QuarantineSummary {
  readonly id: QuarantineId;
  readonly document: DocumentId;
  readonly kind: DocumentKind;
  readonly title: string;
  readonly code: string;
  readonly explanation: string;
  readonly at: Timestamp;
  readonly resolvedAt: Timestamp | null;
}

export interface QuarantineView {
  readonly summary: QuarantineSummary;
  readonly edits: readonly EditView[];
  readonly base: Version;
  readonly canReplay: boolean;
}

export interface ReadReceipt {
  readonly person: Person;
  readonly at: Timestamp;
  readonly current: boolean;
}

export interface Reader {
  readonly person: Person;
  readonly right: Right;
  readonly via: DocumentId;
  readonly seen: Timestamp | null;
}

export interface RecipeSummary {
  readonly key: string;
  readonly title: string;
  readonly topic: string;
  readonly summary: string;
}

export interface Reflection {
  readonly title: string;
  readonly template: string;
  readonly templateVersion: TemplateVersion;
  readonly answers: Answers;
  readonly tags: Tags;
  readonly promptedBy: string | null;
  readonly createdAt: Timestamp;
  readonly copies: readonly SharedCopy[];
}

export interface ReflectionView {
  readonly id: DocumentId;
  readonly reflection: Reflection;
  readonly template: Template | null;
  readonly drafts: readonly DraftView[];
  readonly version: Version;
  readonly status: DocumentStatus;
  readonly readers: readonly Reader[];
}

export interface RemarkView {
  readonly place: CommentRef;
  readonly by: Person | null;
  readonly mine: boolean;
  readonly body: string;
  readonly at: Timestamp;
  readonly editedAt: Timestamp | null;
  readonly deleted: boolean;
}

export interface RenamedPerson {
  readonly onPage: string;
  readonly here: string | null;
}

export interface Resource {
  readonly key: string;
  readonly title: string;
  readonly kind: ResourceKind;
  readonly licence: string;
  readonly minutes: Minutes;
  readonly file: Sha256 | null;
  readonly url: string | null;
  readonly transcript: Sha256 | null;
  readonly pausePoints: readonly PausePoint[];
}

export interface SessionView {
  readonly id: ItemId;
  readonly session: LearningSession;
}

export interface SetBy {
  readonly text: string;
  readonly by: Person | null;
}

export interface SetValue {
  readonly text: string;
  readonly by: DeviceId | null;
}

export interface SharedCopy {
  readonly document: DocumentId;
  readonly with: PersonId;
  readonly at: Timestamp;
}

export interface SharedReflection {
  readonly title: string;
  readonly template: string;
  readonly templateVersion: TemplateVersion;
  readonly answers: Answers;
  readonly tags: Tags;
  readonly sharedAt: Timestamp;
}

export interface SharedView {
  readonly id: DocumentId;
  readonly copy: SharedReflection;
  readonly template: Template | null;
  readonly owner: Person | null;
  readonly version: Version;
  readonly status: DocumentStatus;
}

export interface SharingCheck {
  readonly document: DocumentId | null;
  readonly findings: readonly Finding[];
  readonly more: Count;
  readonly probable: readonly FindingCount[];
  readonly acknowledgement: Sha256;
}

export interface SignOffAnswer {
  readonly decision: SignOffDecision;
  readonly role: SupervisorRole;
  readonly statement: string;
}

export interface SignOffLeftOut {
  readonly title: string;
  readonly reason: string;
}

export interface SignOffPortion {
  readonly items: readonly SignOffRequestView[];
  readonly more: boolean;
}

export interface SignOffRequestView {
  readonly id: DocumentId;
  readonly kind: SignOffSubjectKind;
  readonly document: DocumentId | null;
  readonly title: string;
  readonly text: string;
  readonly message: string;
  readonly at: Timestamp;
  readonly trainee: Person | null;
  readonly mine: boolean;
  readonly asked: Person | null;
  readonly standing: SignOffStanding;
  readonly answers: readonly SignOffView[];
  readonly version: Version;
  readonly status: DocumentStatus;
}

export interface SignOffView {
  readonly id: DocumentId;
  readonly decision: SignOffDecision;
  readonly role: SupervisorRole;
  readonly statement: string;
  readonly signer: string;
  readonly person: PersonId | null;
  readonly witnessed: string | null;
  readonly at: Timestamp;
  readonly fault: SignOffFault | null;
  readonly superseded: boolean;
  readonly byWhoWasAsked: boolean;
  readonly roleInWords: string;
  readonly roleAgrees: boolean;
  readonly status: DocumentStatus;
}

export interface SignOutReport {
  readonly serverTold: boolean;
}

export interface SittingPortion {
  readonly items: readonly SittingView[];
  readonly more: boolean;
}

export interface SittingView {
  readonly version: Version;
  readonly by: Person | null;
  readonly device: DeviceId | null;
  readonly from: Timestamp;
  readonly to: Timestamp;
  readonly sentences: readonly string[];
}

export interface SnippetPiece {
  readonly text: string;
  readonly marked: boolean;
}

export interface Stakeholder {
  readonly role: string;
  readonly organisation: string;
  readonly power: Whole | null;
  readonly interest: Whole | null;
  readonly stance: StakeholderStance | null;
  readonly approach: string;
}

export interface StakeholderItem {
  readonly id: ItemId;
  readonly stakeholder: Stakeholder;
}

export interface StatementCover {
  readonly statement: EvidenceStatement;
  readonly cover: EvidenceCover;
  readonly links: readonly ItemId[];
}

export interface StatusMove {
  readonly to: ProjectStatus;
  readonly at: Timestamp | null;
  readonly note: string;
}

export interface StatusMoveItem {
  readonly id: ItemId;
  readonly step: StatusMove;
}

export interface Suggestion {
  readonly anchor: Place;
  readonly span: TextSpan;
  readonly original: string;
  readonly replacement: string;
  readonly why: string;
  readonly at: Timestamp;
  readonly withdrawnAt: Timestamp | null;
}

export interface SuggestionDecision {
  readonly id: ItemId;
  readonly accepted: boolean;
  readonly document: DocumentId | null;
  readonly by: PersonId | null;
  readonly at: Timestamp;
}

export interface SuggestionView {
  readonly place: CommentRef;
  readonly by: Person | null;
  readonly mine: boolean;
  readonly suggestion: Suggestion;
  readonly state: SuggestionState;
  readonly decidedBy: Person | null;
  readonly decidedAt: Timestamp | null;
  readonly standing: AnchorStanding;
  readonly readsNow: string | null;
}

export interface SupervisorItem {
  readonly id: ItemId;
  readonly supervisor: PlacementSupervisor;
}

export interface SupervisorView {
  readonly id: ItemId;
  readonly person: Person | null;
  readonly name: string;
  readonly role: SupervisorRole;
  readonly part: string;
  readonly placement: ItemId;
  readonly organisation: string;
  readonly start: CalendarDate;
  readonly end: CalendarDate;
  readonly supervision: Supervision;
  readonly note: string | null;
}

export interface SyncReport {
  readonly roundTrips: Count;
  readonly bytesUp: Amount;
  readonly bytesDown: Amount;
  readonly pushed: Count;
  readonly duplicates: Count;
  readonly pulled: Count;
  readonly brought: Count;
  readonly notBrought: Count;
  readonly quarantined: Count;
  readonly held: Count;
  readonly waiting: Count;
  readonly uploaded: Count;
  readonly uploadsWaiting: Count;
  readonly more: boolean;
  readonly nextAllowedIn: Duration;
}

export interface SyncState {
  readonly lastSuccess: Timestamp | null;
  readonly lastError: CoreFault | null;
  readonly failedAt: Timestamp | null;
  readonly online: boolean;
  readonly syncing: boolean;
  readonly nextAttempt: Timestamp | null;
  readonly waitingEntries: Count;
  readonly waitingDocuments: Count;
  readonly heldDocuments: Count;
  readonly attachments: Count;
  readonly attachmentsStored: Count;
  readonly attachmentsRefused: Count;
}

export interface TakenBack {
  readonly noun: Noun;
  readonly label: string;
  readonly at: Timestamp;
}

export interface TakenBackItem {
  readonly id: ItemId;
  readonly thing: TakenBack;
}

export interface TallyItem {
  readonly id: ItemId;
  readonly tally: TallySheet;
}

export interface TallySheet {
  readonly measure: ItemId;
  readonly at: CalendarDate;
  readonly group: string;
  readonly ticks: DeviceCounts;
}

export interface TargetItem {
  readonly id: ItemId;
  readonly target: MeasureTarget;
}

export interface TeamMember {
  readonly role: string;
  readonly person: PersonId | null;
  readonly part: string;
}

export interface TeamMemberItem {
  readonly id: ItemId;
  readonly member: TeamMember;
}

export interface Template {
  readonly key: string;
  readonly version: TemplateVersion;
  readonly title: string;
  readonly purpose: string;
  readonly prompts: readonly Prompt[];
}

export interface TextOfItem {
  readonly noun: Noun;
  readonly id: ItemId;
  readonly field: string;
}

export interface TextPart {
  readonly by: Person | null;
  readonly text: string;
}

export interface TextRange {
  readonly start: Count;
  readonly end: Count;
}

export interface TextSpan {
  readonly start: Mark;
  readonly end: Mark;
  readonly quote: string;
}

export interface Theme {
  readonly key: string;
  readonly title: string;
  readonly purpose: string;
}

export interface ThreadView {
  readonly place: CommentRef;
  readonly first: RemarkView | null;
  readonly answers: readonly RemarkView[];
  readonly anchor: Place;
  readonly quote: string | null;
  readonly standing: AnchorStanding;
  readonly resolvedBy: Person | null;
  readonly resolvedAt: Timestamp | null;
  readonly waits: boolean;
}

export interface TopicChange {
  readonly topic: Topic;
  readonly documents: readonly DocumentId[];
}

export interface TrainingPlacement {
  readonly organisation: string;
  readonly kind: OrganisationKind | null;
  readonly ods: string;
  readonly specialty: string;
  readonly grade: string;
  readonly school: string;
  readonly start: CalendarDate;
  readonly end: CalendarDate;
  readonly wte: Value | null;
  readonly split: Split | null;
  readonly course: PlacementCourse;
}

export interface TypingPauses {
  readonly alone: Duration;
  readonly together: Duration;
}

export interface TypingState {
  readonly failure: CoreFault | null;
  readonly due: Duration | null;
  readonly newer: boolean;
  readonly rests: boolean;
  readonly closed: boolean;
}

export interface Unsent {
  readonly documents: Count;
  readonly drafts: Count;
  readonly files: Count;
  readonly refused: Count;
  readonly confirmation: string | null;
}

export interface WaitingAnswers {
  readonly threads: Count;
  readonly suggestions: Count;
}

export interface WitnessedSigner {
  readonly name: string;
  readonly person: PersonId | null;
  readonly knownBy: string;
}

export interface WteChange {
  readonly placement: ItemId;
  readonly from: CalendarDate;
  readonly wte: Value;
}

export interface WteChangeItem {
  readonly id: ItemId;
  readonly change: WteChange;
}

export type Actions = readonly ActionItem[];

export type Amount = number;

export type Annotations = readonly AnnotationItem[];

export type Answers = ReadonlyMap<string, string>;

export type CalendarDate = string;

export type Count = number;

export type CountOfDevice = DeviceCount;

export type Cycles = readonly CycleItem[];

export type Decisions = readonly SuggestionDecision[];

export type DeviceCounts = ReadonlyMap<DeviceId, ObservedValue>;

export type DeviceId = string & { readonly [of]: "DeviceId" };

export type DocumentId = string & { readonly [of]: "DocumentId" };

export type Drivers = readonly DriverItem[];

export type Duration = number;

export type Ideas = readonly ChangeIdeaItem[];

export type Impacts = readonly ImpactItem[];

export type ItemId = string & { readonly [of]: "ItemId" };

export type ItemIds = readonly ItemId[];

export type ItemText = TextOfItem;

export type Mark = string;

export type Measures = readonly MeasureItem[];

export type Minutes = number;

export type Observations = readonly ObservationItem[];

export type Outputs = readonly OutputItem[];

export type PackVersion = number & { readonly [of]: "PackVersion" };

export type PersonId = string & { readonly [of]: "PersonId" };

export type Phases = readonly PhaseItem[];

export type Place = string;

export type Progress = Count;

export type QuarantineId = number & { readonly [of]: "QuarantineId" };

export type Sections = ReadonlyMap<ProjectSection, string>;

export type Sha256 = string & { readonly [of]: "Sha256" };

export type Split = readonly PlacementPart[];

export type Stakeholders = readonly StakeholderItem[];

export type StatusMoves = readonly StatusMoveItem[];

export type Tags = readonly ProgrammeTag[];

export type TakenBackItems = readonly TakenBackItem[];

export type Tallies = readonly TallyItem[];

export type Targets = readonly TargetItem[];

export type Team = readonly TeamMemberItem[];

export type TemplateVersion = number & { readonly [of]: "TemplateVersion" };

export type Timestamp = Date;

export type Value = ObservedValue;

export type Version = string & { readonly [of]: "Version" };

export type Whole = Count;
