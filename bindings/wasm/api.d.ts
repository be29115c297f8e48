// Everything that a page can call of the core and be given by it, with the names that Kotlin and
// Swift have for it. Written by bindings/bindgen: ENHANCE_BLESS=1 cargo test -p enhance-bindgen
//
// The core lives in a worker, so every call is answered with a promise. One that fails is rejected
// with a `CoreError`. A word of a list is a text. Where some in the list have more to say, each is
// an object with its word as `type`. Whole numbers are exact up to `Number.MAX_SAFE_INTEGER`.

export {};

/** Tells types apart whose values are written alike. No value has this property. */
declare const of: unique symbol;

/** How a call that waits for the network is ended before its time. */
export interface Waiting {
  /** Ends the call at its next step: nothing that it was doing is cut in half. */
  readonly signal?: AbortSignal;
}

/** How a call that takes long is followed. */
export interface WaitingWithProgress extends Waiting {
  /** Hears how far it has come. */
  readonly progress?: ProgressListener;
}

/** What went wrong: each call that fails is rejected with one, and with nothing else. */
export interface CoreError extends Error {
  /** Says what went wrong to programs, and never changes its meaning. */
  readonly code: string;
  /** Says what went wrong to the person, and what they can do. */
  readonly reason: string;
  /** What went wrong, with all that is known of it. */
  readonly fault: CoreFault;
}

/**
 * Everything a page does with one person's account in this browser.
 *
 * What is local takes milliseconds and is durable when its promise is fulfilled. What needs the
 * network can be ended by a signal.
 */
export interface LearningCore {
  /** Whose device this is; none before enrolment. */
  account(): Promise<Account | null>;

  /**
   * Asks the server for somebody who is not among the people known here, by the id of their
   * account, which they see on their own device. They are among them from then on.
   */
  addPerson(person: PersonId, options?: Waiting): Promise<Person>;

  /** Makes this device one of a person's, with the invitation they were given. */
  enrol(
    server: string,
    invitation: string,
    deviceName: string,
    options?: Waiting,
  ): Promise<Enrolment>;

  /** Makes an invitation for another device of the same person. */
  inviteDevice(options?: Waiting): Promise<string>;

  /** Tells `observer` of every change until the subscription is cancelled or let go of. */
  observe(observer: Observer): Promise<ChangeSubscription>;

  /** Everybody on the programme this device has heard of. */
  people(): Promise<readonly Person[]>;

  /** The recovery key, on the device that made it: for a person who asks to see it once more. */
  recoveryKey(): Promise<string | null>;

  /** Opens the folder again after `suspend`. */
  resume(): Promise<void>;

  /** Says that the server is at another address now; it is believed if the same server is there. */
  setServer(address: string, options?: Waiting): Promise<Account>;

  /**
   * Lets go of the folder before the operating system freezes the app: what is under way on the
   * network ends, the database is closed and its lock given back. Everything else is answered with
   * `Suspended` from now on.
   */
  suspend(): Promise<void>;

  /** Opens the private documents of this person with the recovery key of their first device. */
  useRecoveryKey(typed: string): Promise<void>;

  /**
   * Makes a suggestion's words part of the plan. Where the text was changed since it is refused,
   * unless `anyway` says that what is there now is meant.
   */
  acceptSuggestion(project: DocumentId, place: CommentRef, anyway?: boolean): Promise<Version>;

  /**
   * Says that this person has seen what was found in the words of a check. It holds for them alone,
   * until others are acknowledged.
   */
  acknowledge(words: Sha256): Promise<void>;

  /** Answers a comment, of whomever it is. */
  answerComment(about: DocumentId, to: CommentRef, body: string): Promise<ItemId>;

  /**
   * Looks through words that this person is about to say about a document: of a comment or an
   * answer its text, of a suggestion the new words and why, of a sign-off the statement.
   */
  checkBeforeSaying(about: DocumentId, words: readonly string[]): Promise<SharingCheck>;

  /** Says something about a part of a document, or a stretch of its text. */
  commentAt(
    about: DocumentId,
    part: string,
    body: string,
    range?: TextRange | null,
    version?: Version | null,
  ): Promise<ItemId>;

  /** What a comment said before and says now, oldest first. */
  commentVersions(place: CommentRef): Promise<readonly CommentVersion[]>;

  /** Deletes a comment or a suggestion of this person for everybody. It can be put back. */
  deleteComment(about: DocumentId, id: ItemId): Promise<void>;

  /** Puts back a comment or a suggestion that this person deleted. */
  putBackComment(about: DocumentId, id: ItemId): Promise<void>;

  /** Rejects a suggestion. It is kept, with who rejected it. */
  rejectSuggestion(project: DocumentId, place: CommentRef): Promise<Version>;

  /** Opens a thread again, of whomever it is. */
  reopenComment(about: DocumentId, id: ItemId): Promise<void>;

  /** Settles a thread, of whomever it is. */
  resolveComment(about: DocumentId, id: ItemId): Promise<void>;

  /** Says a comment of this person in other words. What it said before is kept. */
  rewriteComment(about: DocumentId, id: ItemId, body: string): Promise<void>;

  /**
   * Says what a stretch of a plan's text should read instead; why may be empty. One who may comment
   * may suggest.
   */
  suggest(
    project: DocumentId,
    part: string,
    range: TextRange,
    replacement: string,
    why?: string,
    version?: Version | null,
  ): Promise<ItemId>;

  /** Every suggestion for a plan, oldest first, with what became of it. */
  suggestions(project: DocumentId): Promise<readonly SuggestionView[]>;

  /**
   * Everything said about a plan or a shared copy in threads, with where what they are about stands
   * now.
   */
  threads(about: DocumentId): Promise<readonly ThreadView[]>;

  /** How much of a document waits for this person, from rows alone. */
  waitingAnswers(about: DocumentId): Promise<WaitingAnswers>;

  /** The page for an annual review as CSV. */
  arcpCsv(from: CalendarDate, to: CalendarDate): Promise<string>;

  /** The same as texts to paste into the form of a portfolio. */
  arcpForm(from: CalendarDate, to: CalendarDate): Promise<readonly FormField[]>;

  /** The page for an annual review as one page of HTML, fit for printing on A4. */
  arcpHtml(from: CalendarDate, to: CalendarDate): Promise<string>;

  /** The page for an annual review as JSON, with days as 2026-08-05. */
  arcpJson(from: CalendarDate, to: CalendarDate): Promise<string>;

  /** The personal record as CSV. */
  exportCsv(): Promise<string>;

  /** The reflections as one page of HTML. */
  exportReflections(): Promise<string>;

  /**
   * Reads an export back, also that of another account. What is here already stays as it is; a file
   * that is damaged changes nothing.
   */
  importExport(json: string): Promise<ImportReport>;

  /** Whether such a page still agrees with the record it was made of. */
  verifyArcp(html: string): Promise<ArcpVerdict>;

  /**
   * Attaches a photograph (JPEG, PNG) or a PDF to a reflection or to a thing in the record, and
   * says what was kept. Place and camera are taken out; it is sealed and durable here when this
   * returns, and goes to the server after the words.
   */
  attach(of: EvidenceSource, name: string, bytes: Uint8Array): Promise<AttachedFile>;

  /**
   * The files of a reflection or of a thing in the record: how large each is, whether it is on this
   * device and whether the server has it.
   */
  attachments(of: EvidenceSource): Promise<readonly AttachmentView[]>;

  /**
   * What would be kept of a file and what is taken out of it, before anything is written: its size,
   * its type, place and camera, and what in its name may tell who somebody is.
   */
  checkAttachment(name: string, bytes: Uint8Array): Promise<AttachmentCheck>;

  /**
   * What is in a file, which is fetched if it is not on this device. Goes on where an earlier
   * attempt stopped.
   */
  fetchAttachment(
    of: EvidenceSource,
    id: ItemId,
    options?: WaitingWithProgress,
  ): Promise<Uint8Array>;

  /** What is in a file that is on this device. */
  openAttachment(of: EvidenceSource, id: ItemId): Promise<Uint8Array>;

  /**
   * Takes a file away for ever: here at once, on the server and on other devices of this person
   * when they hear of it.
   */
  removeAttachment(of: EvidenceSource, id: ItemId): Promise<void>;

  /**
   * The attached file that has the same in it as this one would, if there is one on this device: to
   * be asked before the same is attached again.
   */
  sameAttachment(of: EvidenceSource, bytes: Uint8Array): Promise<AttachmentView | null>;

  /** The devices of this person that are not signed out, in the order in which they joined. */
  devices(options?: Waiting): Promise<readonly OwnDevice[]>;

  /**
   * Lets go of the folder for good, and ends what watches and what is under way on the network.
   * Everything asked of this core afterwards, by whoever still holds it, is answered with
   * `Suspended` of the code `closed`.
   */
  leave(): Promise<void>;

  /** Gives a device of this person another name, and says which devices there are then. */
  renameDevice(device: DeviceId, name: string, options?: Waiting): Promise<readonly OwnDevice[]>;

  /**
   * Signs this device out: tells the server, as far as it can be reached, and wipes everything
   * here. What is on this device alone has to be confirmed with the word that `unsent` gives;
   * otherwise nothing is done. Everything asked of this core afterwards is answered with
   * `SignedOut`. The key in the key store and the background work are the host's to take away.
   */
  signOut(confirmation?: string | null, options?: Waiting): Promise<SignOutReport>;

  /**
   * Ends another device of this person, and says which devices there are then. What is on the
   * device stays on it.
   */
  signOutDevice(device: DeviceId, options?: Waiting): Promise<readonly OwnDevice[]>;

  /** What is on this device alone and would be lost with it. */
  unsent(): Promise<Unsent>;

  /** Keeps what a person is typing. Durable when this returns, and not yet in any history. */
  autosave(id: DocumentId, field: DraftField, base: Version, text: string): Promise<void>;

  /** Deletes a document for ever: its key is destroyed, and nothing but its id is kept. */
  delete(id: DocumentId): Promise<void>;

  /** Notes that the person has dealt with refused work. It stays in exports. */
  dismiss(id: QuarantineId): Promise<void>;

  /** Everything this person can read on this device, as one JSON text. */
  export(): Promise<string>;

  /** What is in the way of a document of which something is too large for it, if it is held. */
  heldBy(id: DocumentId): Promise<Obstacle | null>;

  /** Lets the owner of a document know that this person has seen it as it is now. */
  markSeen(id: DocumentId): Promise<void>;

  /** Refused work that the person has not dealt with, last first. */
  quarantined(): Promise<readonly QuarantineSummary[]>;

  /** Refused work to be read, whether or not it was dealt with. */
  quarantinedItem(id: QuarantineId): Promise<QuarantineView>;

  /** Who can see a document: everybody with a right to it or to a copy of it, its owner first. */
  readers(id: DocumentId): Promise<readonly Reader[]>;

  /** Does refused work once more, as a fresh edit of the document as it is now. */
  replay(id: QuarantineId): Promise<Version>;

  /** Finds words in any text a person types; the last one may be unfinished. */
  search(query: string, offset: Count, limit: Count, order: SearchOrder): Promise<HitPortion>;

  /**
   * Makes what was typed part of the document: one change, merged by character with what arrived
   * since.
   */
  settle(id: DocumentId): Promise<Version>;

  /** How far a document has come: saved here, sent, stored by the server, seen by others. */
  status(id: DocumentId): Promise<DocumentStatus>;

  /** Documents in which something was typed and is not settled. */
  unsettled(): Promise<readonly DocumentId[]>;

  /** How many photographs and PDFs there are to take along, before anything is written. */
  exportSizes(): Promise<ExportSizes>;

  /** Looks through the words of a nudge for what may tell who somebody is. */
  checkBeforeNudge(document: DocumentId, why: string): Promise<SharingCheck>;

  /** The trainees whose plans this person is a member of, or who shared copies with them. */
  cohort(): Promise<readonly CohortTrainee[]>;

  /** The cohort as CSV: a line for each plan. */
  cohortCsv(): Promise<string>;

  /** What waits for this person now, the newest first, and how much there is of each kind. */
  inbox(after: InboxPosition | null, limit: Count): Promise<Inbox>;

  /**
   * How much waits now, by kind: the number of a badge. To be asked again when an observer hears of
   * documents, receipts or people, and as time goes by.
   */
  inboxCounts(): Promise<InboxCounts>;

  /**
   * Says that this person has seen something that waits. What has to be done is refused, with what
   * makes it leave.
   */
  markInboxSeen(item: ItemId): Promise<void>;

  /**
   * Lets the owner of a plan know that this person, a supervisor or a fellow, waits for something
   * in it: once, and not again for a week. `anchor` is a section's name or an item's id; empty for
   * the whole plan.
   */
  nudge(project: DocumentId, anchor: string, why: string): Promise<ItemId>;

  /** Nudges in words in which probable identifiers were found and acknowledged. */
  nudgeAcknowledged(
    document: DocumentId,
    anchor: string,
    why: string,
    acknowledged: Sha256,
  ): Promise<ItemId>;

  /**
   * What this person nudged about a plan or a request within the week, and whether it has still to
   * go out. Where there is nothing they may nudge.
   */
  ownNudge(document: DocumentId): Promise<OwnNudge | null>;

  /** Who supervises this person as their placements say: whom to share with and to ask first. */
  supervisors(): Promise<readonly SupervisorView[]>;

  /**
   * Accepts an invitation to a plan, also without a connection. The plan comes with the next
   * exchange, and its owner sees this person as invited until then.
   */
  acceptInvitation(project: DocumentId): Promise<void>;

  /** Who else has a plan open in which this person is, and where in it, by their names. */
  company(project: DocumentId): Promise<readonly PresentView[]>;

  /**
   * The copies of one of this person's documents that others can read, newest first: shared
   * reflections and requests for a sign-off, each with its reader, and when they saw it. One is
   * taken back with `delete`.
   */
  copies(id: DocumentId): Promise<readonly CopyView[]>;

  /**
   * Declines an invitation to a plan. `for_good` also asks the server to take nothing more for this
   * person from who sent it, until `welcome_sender`.
   */
  declineInvitation(project: DocumentId, forGood: boolean): Promise<void>;

  /**
   * Deletes a document for ever and takes its copies back. Returns those that remain, since
   * somebody has signed them.
   */
  deleteWithCopies(id: DocumentId): Promise<readonly CopyView[]>;

  /** What deleting a document of this person would do: who loses it, and which copies remain. */
  deletionPreview(id: DocumentId): Promise<DeletionPreview>;

  /**
   * Says that this person has a plan open and where in it they are, so that the others who have it
   * open see it. Places are named as comments name them. Told while syncing goes by itself and the
   * app is on the screen, and kept nowhere. With company what is written is sent sooner.
   */
  enter(project: DocumentId, place: Place): Promise<void>;

  /**
   * Invitations to plans: those that wait, those accepted whose plan is not here yet, and those
   * declined for good, newest first. What waits is in the inbox as well.
   */
  invitations(): Promise<readonly InvitationView[]>;

  /**
   * Puts away a copy or a request for a sign-off that somebody shared with this person. It goes
   * from this person's devices with their next syncs, and its owner sees that it was put away.
   */
  putAway(document: DocumentId): Promise<void>;

  /**
   * The copy that a person has of a reflection already, if it says what the reflection says now: to
   * be asked before they are given the same again.
   */
  sameCopy(reflection: DocumentId, with_: PersonId): Promise<CopyView | null>;

  /** Says that this person has no plan open any more. */
  stepOut(): Promise<void>;

  /**
   * Takes all copies of a document back, but for what was signed, which is evidence. Returns those
   * that were taken back; they go from their readers' devices with their next syncs.
   */
  takeBackCopies(id: DocumentId): Promise<readonly DocumentId[]>;

  /** Lets somebody send to this person again whose invitation to a plan was declined for good. */
  welcomeSender(project: DocumentId): Promise<void>;

  /** Syncs by itself from now on, until what is returned is stopped or let go of. */
  keepInSync(): Promise<KeepInSync>;

  /** Tells the core what the phone is like at the moment; `keep_in_sync` heeds it. */
  setConditions(conditions: Conditions): Promise<void>;

  /** Exchanges with the server until nothing waits on either side, or the budget is spent. */
  sync(budget: Budget, options?: WaitingWithProgress): Promise<SyncReport>;

  /** How this device stands with the server. */
  syncState(): Promise<SyncState>;

  /**
   * Notes what somebody says of an activity that is talked over: how sure they were before it and
   * after it, from 0 to 10, and the reflection in which they answered its prompts.
   */
  answerDebrief(activity: string, answer: DebriefAnswer): Promise<ItemId>;

  /** The certificates, those that run out first first. */
  certificates(): Promise<readonly CertificateView[]>;

  /**
   * Looks through the journeys of patients in the record, or through one of them or one step, for
   * what may tell who it was. They are saved whatever is found.
   */
  checkJourneys(only?: ItemId | null): Promise<SharingCheck>;

  /** Notes that an activity was completed, with what shows it or why nothing does. */
  completeActivityWith(
    key: string,
    evidence: EvidenceSource | null,
    reason: string,
  ): Promise<void>;

  /** What the evidence covers, by domain, outcome and capability. */
  coverage(): Promise<Coverage>;

  /** The warnings of deadlines from today on: the days on which a host is to say them. */
  deadlineWarnings(): Promise<readonly DeadlineWarning[]>;

  /** The deadlines, soonest first. */
  deadlines(): Promise<readonly DeadlineView[]>;

  /**
   * Edits the personal record: what makes sense in it is written, all of it or none. Fresh ids come
   * from `newItemId`.
   */
  editRecord(edits: readonly RecordEdit[]): Promise<void>;

  /** Everything that is given as evidence, oldest first, with what supervisors say of it. */
  evidence(): Promise<readonly EvidenceView[]>;

  /**
   * The learning log of the days from one to another: what was done, what is asked, what is left.
   */
  logOf(from: CalendarDate, to: CalendarDate): Promise<LearningLog>;

  /** Everything in the personal record. */
  personalRecord(): Promise<PersonalRecord>;

  /** The programme by module and training year. */
  programmeMap(): Promise<ProgrammeMap>;

  /** The training year in which a day falls. */
  trainingYear(day: CalendarDate): Promise<DaysInARow>;

  /**
   * What may be a slip about one thing in the record, a sentence each: noted twice, over already,
   * or only the trainee's word. It is said, and stops nobody.
   */
  warningsAbout(id: ItemId): Promise<readonly string[]>;

  /** Notes time spent learning. */
  addSession(session: NewSession): Promise<ItemId>;

  /** Notes that an activity was completed. The first time stands. */
  completeActivity(key: string): Promise<void>;

  /** Fetches the file of something an activity uses, and says where it is then. */
  fetchMedia(resource: string, options?: WaitingWithProgress): Promise<string>;

  /**
   * The learning log of the training year of today: the sessions, newest first, and what they
   * amount to.
   */
  learningLog(): Promise<LearningLog>;

  /** Something an activity uses: how large it is, and where, if it is here. */
  media(resource: string): Promise<MediaView>;

  /**
   * The file of something an activity uses, for a host that has no files: none if it is not here,
   * or has more than 32 MiB.
   */
  mediaBytes(resource: string): Promise<Uint8Array | null>;

  /** A module with its page, its outcomes and its activities. */
  module(key: string): Promise<ModuleView>;

  /** The modules with this person's progress, in the programme's order. */
  modules(): Promise<readonly ModuleSummary[]>;

  /** The content packs that are here or that the server offers, by key. */
  packs(): Promise<readonly PackState[]>;

  /** A page of the handbook, a module or an activity. */
  page(key: string): Promise<PageView>;

  /** The programme; none before a content pack is here. */
  programme(): Promise<Programme | null>;

  /** Takes a session out of the learning log again. */
  removeSession(id: ItemId): Promise<void>;

  /** Notes that an activity was begun. The first time stands. */
  startActivity(key: string): Promise<void>;

  /** The ways to reflect, in the programme's order. */
  templates(): Promise<readonly Template[]>;

  /**
   * Fetches the newest version of a content pack and puts it to use. Goes on where an earlier
   * attempt stopped; the version in use stays until the new one is here, whole and checked.
   */
  updatePack(key: string, options?: WaitingWithProgress): Promise<PackUpdate>;

  /** Accepts a project that its owner offers to this person, who owns it then. */
  acceptOwnership(project: DocumentId): Promise<void>;

  /**
   * Invites a person to a project with a right, or gives a member another one than they have. Who
   * is invited takes part once they accept.
   */
  addMember(project: DocumentId, person: PersonId, right: Right): Promise<void>;

  /**
   * Invites a person to a project in which probable identifiers were found and acknowledged.
   * `acknowledged` comes with `check_before_sharing` of the plan.
   */
  addMemberAcknowledged(
    project: DocumentId,
    person: PersonId,
    right: Right,
    acknowledged: Sha256,
  ): Promise<void>;

  /**
   * The chart of a measure of a project, computed. Its picture is `width` pixels wide, from 240 to
   * 4,000; text in it is 12 pixels high at whatever width.
   */
  chart(id: DocumentId, measure: ItemId, width: Count): Promise<ChartView>;

  /**
   * The charts of the groups by which a measure is looked at. Numbers that could tell of single
   * people are hidden.
   */
  chartsByGroup(id: DocumentId, measure: ItemId, width: Count): Promise<readonly GroupChart[]>;

  /**
   * Says something about a plan or a shared copy. `anchor` is a section's name or an item's id;
   * empty for the whole plan.
   */
  comment(project: DocumentId, body: string, anchor?: string): Promise<ItemId>;

  /** Begins a change project. `topic` is the key of its domain; it and `setting` may be empty. */
  createProject(title: string, topic?: string, setting?: string): Promise<DocumentId>;

  /**
   * Begins a project from a recipe. Without a title it has the recipe's; `setting` may be empty.
   */
  createProjectFrom(recipe: RecipeSource, title?: string, setting?: string): Promise<DocumentId>;

  /**
   * Declines a project that its owner offers to this person. Its owner keeps it and sees that it
   * was declined.
   */
  declineOwnership(project: DocumentId): Promise<void>;

  /** Deletes a project for ever, also from everybody who can read it. */
  deleteForEverybody(project: DocumentId): Promise<void>;

  /** Changes this person's own comments on a document, or settles anybody's. */
  editComments(project: DocumentId, edits: readonly CommentEdit[]): Promise<void>;

  /** Edits a project. `base` is the version the screen showed; none means as it stands. */
  editProject(
    id: DocumentId,
    base: Version | null,
    edits: readonly ProjectEdit[],
  ): Promise<Version>;

  /** Who wrote each field last, by its path such as `aim/direction`. */
  fieldAuthors(id: DocumentId): Promise<ReadonlyMap<string, Person | null>>;

  /**
   * What in a project that others read may tell who somebody is. They read on as it is written, so
   * that it is said at once and keeps nobody from writing; nothing where nobody else reads it,
   * which costs next to nothing to ask.
   */
  findingsOf(project: DocumentId): Promise<readonly Finding[]>;

  /** Every change of a project, oldest first. */
  history(id: DocumentId): Promise<readonly HistoryView[]>;

  /** Leaves another person's project. Nobody else loses anything. */
  leaveProject(project: DocumentId): Promise<void>;

  /** A fresh id, for an item that is about to be added to a project. */
  newItemId(): Promise<ItemId>;

  /**
   * Offers a project to a member. Nothing changes until they accept it; until then another offer,
   * or any other right given to them, takes this one back.
   */
  offerOwnership(project: DocumentId, person: PersonId): Promise<void>;

  /**
   * The same, with what its owner may do once it is somebody else's: read it, comment on it or edit
   * it.
   */
  offerOwnershipKeeping(project: DocumentId, person: PersonId, keeps: Right): Promise<void>;

  /**
   * Whom such a page calls by other names than this device knows them by: they were renamed since,
   * or somebody altered their names.
   */
  otherNamesOnPage(html: string): Promise<readonly OtherName[]>;

  /**
   * Whether a new phase should be marked in the chart of a measure: four conditions and a question,
   * for a person to answer. Nothing is marked.
   */
  phaseSuggestion(id: DocumentId, measure: ItemId): Promise<PhaseSuggestion>;

  /** What a project still lacks to be a good one, and what would satisfy it. */
  planChecks(id: DocumentId): Promise<readonly PlanCheck[]>;

  /** A project as its screen shows it, with its members and comments. */
  project(id: DocumentId): Promise<ProjectView>;

  /** A project as it was at an earlier version. */
  projectAt(id: DocumentId, version: Version): Promise<ChangeProject>;

  /**
   * A project as one page of HTML for a panel: self-contained, fit for printing on A4, and the same
   * bytes whenever and wherever it is made of the same version. The plan is looked through first,
   * as a reflection is before it is shared: see `checkBeforeSharing`.
   */
  projectPage(id: DocumentId): Promise<string>;

  /** The page of a project in which probable identifiers were found and acknowledged. */
  projectPageAcknowledged(id: DocumentId, acknowledged: Sha256): Promise<string>;

  /**
   * The projects this person takes part in, changed last first. At most `limit`, of those after a
   * place.
   */
  projects(after: ListPosition | null, limit: Count): Promise<DocumentPortion>;

  /**
   * A project as a recipe for others: its structure and texts without data, names or accounts, as a
   * text that can be kept in a file. Somebody has to read it for names first.
   */
  recipe(id: DocumentId): Promise<string>;

  /** The recipes of the installed content pack. */
  recipes(): Promise<readonly RecipeSummary[]>;

  /** Takes every right to a project away from a person, or an invitation to it back. */
  removeMember(project: DocumentId, person: PersonId): Promise<void>;

  /**
   * What was done to a project, newest first, by person and sitting, in words. At most `limit`
   * sittings, of those before the one that ended with a version.
   */
  sittings(id: DocumentId, before: Version | null, limit: Count): Promise<SittingPortion>;

  /** What this person said about a document and took back, oldest first: it can be put back. */
  takenBackComments(project: DocumentId): Promise<readonly CommentView[]>;

  /** Who wrote which part of a text. The parts together are the text. */
  textAuthors(id: DocumentId, field: TextField): Promise<readonly TextPart[]>;

  /**
   * Ticks on a tally sheet of a project: so many more of so many more, on top of what this device
   * has counted. Negative numbers take its own ticks back. Answers what it has counted now.
   */
  tick(project: DocumentId, tally: ItemId, numerator: number, denominator: number): Promise<Value>;

  /**
   * Whether such a page still agrees with its plan, which must be here. It is compared by the names
   * that it carries: what a person is called is no part of a plan.
   */
  verifyPage(html: string): Promise<PageVerdict>;

  /** Takes the offer of a project back that nobody has answered. */
  withdrawOffer(project: DocumentId): Promise<void>;

  /** Looks through a reflection or a project for what may tell who somebody is. */
  checkBeforeSharing(id: DocumentId): Promise<SharingCheck>;

  /**
   * Looks through a reflection that is to be shared with some of its files. Nobody looks through a
   * picture, so that each file is counted among what is asked about; their names are looked through
   * with the texts.
   */
  checkBeforeSharingWithFiles(id: DocumentId, files: readonly ItemId[]): Promise<SharingCheck>;

  /**
   * Begins a reflection from a template, in the version that is in use now. The title may be empty;
   * `prompted_by` is the activity or the pause point that asked for it.
   */
  createReflection(
    template: string,
    title?: string,
    promptedBy?: string | null,
  ): Promise<DocumentId>;

  /** Edits a reflection. `base` is the version the screen showed; none means as it stands. */
  editReflection(
    id: DocumentId,
    base: Version | null,
    edits: readonly ReflectionEdit[],
  ): Promise<Version>;

  /** A reflection as its screen shows it, with what was typed and is not settled. */
  reflection(id: DocumentId): Promise<ReflectionView>;

  /** This person's reflections, changed last first. At most `limit`, of those after a place. */
  reflections(after: ListPosition | null, limit: Count): Promise<DocumentPortion>;

  /**
   * Shares a reflection with a person: what was typed is settled, and they get a copy of the text
   * as it stands. With probable identifiers in it nothing is shared, and the error has the code
   * `unacknowledged`.
   */
  shareReflection(id: DocumentId, with_: PersonId): Promise<DocumentId>;

  /**
   * Shares a reflection in which probable identifiers were found and acknowledged. `acknowledged`
   * comes with the check, and says nothing of the text after an edit.
   */
  shareReflectionAcknowledged(
    id: DocumentId,
    with_: PersonId,
    acknowledged: Sha256,
  ): Promise<DocumentId>;

  /**
   * Shares a reflection with some of its files, which must be on this device. Its reader lists and
   * fetches them under the id of the copy; they are destroyed with it. `acknowledged` comes with
   * the check of the same files.
   */
  shareReflectionWithFiles(
    id: DocumentId,
    with_: PersonId,
    files: readonly ItemId[],
    acknowledged: Sha256,
  ): Promise<DocumentId>;

  /** Copies that this person has shared, newest first; also those whose reflection is deleted. */
  sharedByMe(): Promise<readonly DocumentSummary[]>;

  /** A copy of a reflection, shared with this person or by them. */
  sharedReflection(id: DocumentId): Promise<SharedView>;

  /** Reflections that others have shared with this person, newest first. */
  sharedWithMe(): Promise<readonly DocumentSummary[]>;

  /** What became of what a request is about since it was asked. */
  changedSinceSignOff(request: DocumentId): Promise<ChangedSince>;

  /**
   * Looks through what would be signed, and what is said to who is asked, for what may tell who
   * somebody is.
   */
  checkBeforeSignOff(subject: SignOffSubject, message: string): Promise<SharingCheck>;

  /** The file of a sign-off that was read back, by which anybody can check it. It is JSON. */
  exportKeptSignOff(id: ItemId): Promise<string>;

  /** A sign-off as a file that is checked with nothing else. It is JSON. */
  exportSignOff(id: DocumentId): Promise<string>;

  /** Sign-offs that were read back from an export, those that were signed last first. */
  keptSignOffs(): Promise<readonly KeptSignOffView[]>;

  /** Makes this device a new key to sign with, which needs the server once. */
  renewSigningKey(options?: Waiting): Promise<void>;

  /**
   * Asks a person to sign something as it stands: they get its text, and nothing of its history.
   * Without a person it is to be signed on this phone.
   */
  requestSignOff(
    subject: SignOffSubject,
    with_: PersonId | null,
    message: string,
  ): Promise<DocumentId>;

  /** Asks for a sign-off of something in which probable identifiers were found and acknowledged. */
  requestSignOffAcknowledged(
    subject: SignOffSubject,
    with_: PersonId | null,
    message: string,
    acknowledged: Sha256,
  ): Promise<DocumentId>;

  /** Signs or returns what this person was asked to, with the key of this device. */
  sign(request: DocumentId, answer: SignOffAnswer): Promise<DocumentId>;

  /** A request for a sign-off with its answers. */
  signOffRequest(id: DocumentId): Promise<SignOffRequestView>;

  /** What this person asked others to sign, newest first: the first page of it. */
  signOffsAskedByMe(): Promise<SignOffPortion>;

  /** What others asked this person to sign, newest first: the first page of it. */
  signOffsAskedOfMe(): Promise<SignOffPortion>;

  /** The requests about a document that this person can read, newest first. */
  signOffsOf(document: DocumentId): Promise<readonly SignOffRequestView[]>;

  /**
   * A page of what this person asked others to sign (`mine`), or others this person, newest first:
   * at most `limit` of what comes after a request, or from the beginning.
   */
  signOffsPage(mine: boolean, after: DocumentId | null, limit: Count): Promise<SignOffPortion>;

  /** Notes what somebody decided who signs there and then on this phone, which is the trainee's. */
  signWitnessed(
    request: DocumentId,
    by: WitnessedSigner,
    answer: SignOffAnswer,
  ): Promise<DocumentId>;

  /**
   * Takes back what this person asked to have signed, also where what it is about is deleted. What
   * was answered goes with it only `with_answers`, since it is evidence. False if somebody took it
   * back before.
   */
  takeBackSignOff(request: DocumentId, withAnswers: boolean): Promise<boolean>;

  /**
   * Looks through what a ticket would show for what may tell who somebody is, with what is said to
   * its holder.
   */
  checkBeforeTicket(document: DocumentId, purpose: string): Promise<SharingCheck>;

  /** Ends a ticket: what it shows is destroyed on the server, and its link opens nothing more. */
  endTicket(ticket: ItemId, options?: Waiting): Promise<TicketView>;

  /**
   * Makes a ticket: a link by which somebody without an account reads a reflection, a copy or a
   * plan of this person as it stands now, without history, and may say something about it. The
   * server can read nothing of it. With probable identifiers in it `acknowledged` comes with
   * `check_before_ticket`.
   */
  makeTicket(
    ticket: NewTicket,
    acknowledged?: Sha256 | null,
    options?: Waiting,
  ): Promise<TicketView>;

  /**
   * Asks the server what became of this person's tickets, those of their other devices included.
   * While a ticket made or heard of here can be used, each sync does so as well.
   */
  refreshTickets(options?: Waiting): Promise<readonly TicketView[]>;

  /**
   * The tickets of this person, the newest first, as this device has heard of them: who opened
   * them, and what they said.
   */
  tickets(): Promise<readonly TicketView[]>;

  /** The tickets that show the text of a document, the newest first. */
  ticketsOf(document: DocumentId): Promise<readonly TicketView[]>;

  /**
   * Begins to take in what a person types into a field. `base` is the version whose text the field
   * shows, or on which the draft that it shows was typed.
   */
  typing(
    id: DocumentId,
    field: DraftField,
    base: Version,
    pauses: TypingPauses,
  ): Promise<TypingHandle>;
  /**
   * Checks a file with a sign-off as [`verify_sign_off`] does, and says as what it was signed and
   * whether a placement names the signer so.
   */
  checkSignOff(json: string): Promise<SignOffCheck>;

  /**
   * Checks a file with a sign-off, with no account and no network: why it does not count; none if
   * it does, as far as the organisation's key in it tells.
   */
  verifySignOff(json: string): Promise<SignOffFault | null>;

  /**
   * Opens the ticket of a link, without an account. `name` is what its holder is called, for who
   * made it. Each visit uses the ticket up by one; opened again in the `visit` of before it uses
   * nothing up. `authorities` are as for the opening of a core.
   */
  openTicket(
    link: string,
    name: string,
    visit?: ItemId | null,
    authorities?: readonly Uint8Array[] | null,
    options?: Waiting,
  ): Promise<TicketHandle>;

  /** The pauses of a field that names none of its own. */
  usualPauses(): Promise<TypingPauses>;
}

/**
 * A ticket that its holder has open. It needs no account, and nothing of it stays on the device.
 */
export interface TicketHandle {
  /**
   * Says something about what it shows, to who made the ticket and nobody else. The same words
   * again are said once. Returns when they came.
   */
  comment(text: string, options?: Waiting): Promise<Timestamp>;

  /**
   * Says that its holder stands behind what it shows, and why. That is no sign-off: nobody has
   * checked who they are, and nothing is signed.
   */
  endorse(text: string, options?: Waiting): Promise<Timestamp>;

  /** What it shows, and what its holder may do. */
  opened(): Promise<OpenedTicket>;
}

/** Keeps an observer registered until it is cancelled or let go of. */
export interface ChangeSubscription {
  /** The observer hears nothing from now on. */
  cancel(): Promise<void>;
}

/** Syncs by itself until it is stopped or let go of. */
export interface KeepInSync {
  /** Ends it. What is under way ends at its next step. */
  stop(): Promise<void>;
}

/**
 * What `Typing` of the Kotlin and Swift libraries drives; see there how it is used.
 *
 * Moments are counted from any fixed start, by a clock that never goes back.
 */
export interface TypingHandle {
  /** Makes what was typed by now durable, and does what else is due. */
  flush(now: Duration): Promise<void>;

  /** Takes in what happened; returns at once. */
  on(event: TypingEvent): Promise<void>;

  /**
   * The newer text that waits, if one does; returns at once. What is typed from now on is typed on
   * it, so the field must show it before the next key.
   */
  refresh(): Promise<string | null>;

  /**
   * Makes what was typed by now part of the document and returns the version that the field shows
   * with it.
   */
  settle(now: Duration): Promise<Version>;

  /** How it stands; returns at once. */
  state(): Promise<TypingState>;

  /**
   * Takes in what the field says now, the whole text; returns at once. False once the field was
   * closed: then the text is not taken and nothing changes.
   */
  typed(text: string, now: Duration): Promise<boolean>;

  /** Does what is due. Blocks, as everything below does that is not said to return at once. */
  work(now: Duration): Promise<void>;
}

/** Hears that something changed. */
export type Observer = (changes: Changes) => void;

/** Hears how far long work has come. */
export type ProgressListener = (progress: SyncProgress) => void;

/** Days that were rostered and not worked. */
export interface Absence {
  /** Why, in a word. */
  readonly kind: AbsenceKind;
  /** The first day of it. */
  readonly from: CalendarDate;
  /** The last day of it. None: it was that day. */
  readonly to: CalendarDate | null;
  /** How many rostered days were not worked; half days count. */
  readonly days: Value;
  /** What else there is to say. */
  readonly note: string;
}

/** What one field of this is to say. */
export type AbsenceEdit =
  /** Why, in a word. */
  | { readonly type: "kind"; readonly value: AbsenceKind }
  /** The first day of it. */
  | { readonly type: "from"; readonly value: CalendarDate }
  /** The last day of it. None: it was that day. */
  | { readonly type: "to"; readonly value: CalendarDate | null }
  /** How many rostered days were not worked; half days count. */
  | { readonly type: "days"; readonly value: Value }
  /** What else there is to say. */
  | { readonly type: "note"; readonly value: string };

/** Days that were not worked. */
export interface AbsenceItem {
  readonly id: ItemId;
  readonly absence: Absence;
}

/** Why days that were rostered were not worked. */
export type AbsenceKind =
  | "sickness"
  | "parental"
  | "compassionate"
  /** Jury service, and what else the law asks for. */
  | "duty"
  | "other";

/** Whose device this is. */
export interface Account {
  readonly person: Person;
  readonly device: DeviceId;
  /** The server they are enrolled at. */
  readonly server: string;
  /** Whether private documents can be read and written. */
  readonly privateAccess: PrivateAccess;
}

/** Something to be done in a plan. */
export interface ActionItem {
  readonly id: ItemId;
  readonly action: ProjectAction;
}

export type Actions = readonly ActionItem[];

/** That an activity was completed: a fact, whatever becomes of the activity. */
export interface ActivityCompletion {
  /** The activity, by key. */
  readonly activity: string;
  /** Device clock when it was completed. */
  readonly at: Timestamp;
  /** The version of the pack in which it was completed. */
  readonly packVersion: Whole | null;
  /** What shows it, if there is something. */
  readonly evidence: EvidenceSource | null;
  /** Why there is nothing to show, if there is not. */
  readonly reason: string;
}

/** What one field of this is to say. */
export type ActivityCompletionEdit =
  /** The activity, by key. */
  | { readonly type: "activity"; readonly value: string }
  /** Device clock when it was completed. */
  | { readonly type: "at"; readonly value: Timestamp }
  /** The version of the pack in which it was completed. */
  | { readonly type: "packVersion"; readonly value: Whole | null }
  /** What shows it, if there is something. */
  | { readonly type: "evidence"; readonly value: EvidenceSource | null }
  /** Why there is nothing to show, if there is not. */
  | { readonly type: "reason"; readonly value: string };

/** That an activity was completed. */
export interface ActivityCompletionItem {
  readonly id: ItemId;
  readonly completion: ActivityCompletion;
}

/** What one does in an activity. */
export type ActivityKind =
  | "read"
  | "watch"
  /** Look around in a 360-degree film. */
  | "vr"
  | "attend"
  /** Visit a place or a service. */
  | "visit"
  | "discuss"
  | "teach"
  /** Take part in a simulation. */
  | "simulate"
  | "write";

/** A part of an activity: read beforehand in the app, say, and then talked over in a room. */
export interface ActivityPart {
  /** Its key, unique in the activity. */
  readonly key: string;
  readonly title: string;
  readonly mode: PartMode;
  readonly kind: ActivityKind;
  /** How long it takes. */
  readonly minutes: Minutes;
  /** How many minutes of it count at most in a training year. None: all that are noted. */
  readonly cap: Minutes | null;
}

/**
 * How far one activity has come. A fact once written; a new version of a module never undoes it.
 */
export interface ActivityProgress {
  /** Device clock when it was first started. */
  readonly startedAt: Timestamp | null;
  /** Device clock when it was completed. */
  readonly completedAt: Timestamp | null;
  /** The version of the pack in which it was completed. */
  readonly packVersion: PackVersion | null;
}

/** An activity with what it uses, and how far it has come. */
export interface ActivityView {
  readonly activity: LearningActivity;
  /** How far it has come. */
  readonly progress: ActivityProgress;
  readonly resources: readonly Resource[];
  /** How it was talked over, the first time first. */
  readonly debriefs: readonly DebriefView[];
}

/** What a project wants to achieve: how much of what, for whom, by when. */
export interface Aim {
  /** The aim in one sentence, if somebody wrote one. */
  readonly sentence: string;
  /** The measure that tells whether it is reached. */
  readonly measure: ItemId | null;
  /** Where the measure is meant to go. */
  readonly direction: AimDirection | null;
  /** The value at the start, as people write it. */
  readonly from: string;
  /** The value wanted, as people write it. */
  readonly to: string;
  /** What the two are. */
  readonly unit: MeasureUnit | null;
  /** The last day of it. */
  readonly byDate: CalendarDate | null;
  /** The people it is for: "inpatients over 75". */
  readonly population: string;
  /** The ward, practice or area it is for. */
  readonly place: string;
}

/** Where a value is meant to go. */
export type AimDirection =
  | "increase"
  | "decrease"
  /** Nowhere: it must stay. */
  | "maintain";

/** What one field of this is to say. */
export type AimEdit =
  /** The aim in one sentence, if somebody wrote one. */
  | { readonly type: "sentence"; readonly value: string }
  /** The measure that tells whether it is reached. */
  | { readonly type: "measure"; readonly value: ItemId | null }
  /** Where the measure is meant to go. */
  | { readonly type: "direction"; readonly value: AimDirection | null }
  /** The value at the start, as people write it. */
  | { readonly type: "from"; readonly value: string }
  /** The value wanted, as people write it. */
  | { readonly type: "to"; readonly value: string }
  /** What the two are. */
  | { readonly type: "unit"; readonly value: MeasureUnit | null }
  /** The last day of it. */
  | { readonly type: "byDate"; readonly value: CalendarDate | null }
  /** The people it is for: "inpatients over 75". */
  | { readonly type: "population"; readonly value: string }
  /** The ward, practice or area it is for. */
  | { readonly type: "place"; readonly value: string };

export type Amount = number;

/** Where what a comment is about stands now. */
export type AnchorStanding =
  /** It is there, as a whole. */
  | { readonly type: "here" }
  /** It is this stretch of a text. */
  | { readonly type: "at"; readonly range: TextRange }
  /** Nothing of the text is left; the quote says what it was. */
  | { readonly type: "deletedText" }
  /** It is of something in the plan that was taken back. */
  | { readonly type: "takenBack" }
  /** It is of something that is not on this device. */
  | { readonly type: "notHere" };

/** Something that happened and may show in a chart of a plan. */
export interface AnnotationItem {
  readonly id: ItemId;
  readonly annotation: ChartAnnotation;
}

export type Annotations = readonly AnnotationItem[];

export type Answers = ReadonlyMap<string, string>;

/** Whether a page for an annual review still agrees with what it was made of. */
export type ArcpVerdict =
  /** It says what the record says now. */
  | { readonly type: "agrees"; readonly renamed: readonly OtherName[] }
  /** It says what the record said, which has changed since. */
  | {
      readonly type: "outdated";
      /** How many changes came since, to all that it was made of. */
      readonly changes: Count;
      readonly renamed: readonly OtherName[];
    }
  /**
   * It says what the record said, by the version of the programme's content that it keeps itself:
   * another one is in use here now.
   */
  | {
      readonly type: "otherPack";
      /** The version by which it was made; none if there was none. */
      readonly madeWith: PackVersion | null;
      /** How many changes came since, to all that it was made of. */
      readonly changes: Count;
      readonly renamed: readonly OtherName[];
    }
  /** Its digest is right, so that nothing was altered by mistake; more cannot be said here. */
  | { readonly type: "unaltered"; readonly why: NotCompared }
  /** Somebody altered the page after it was made, or made it by other means. */
  | { readonly type: "altered" };

/** A file that was attached, and what was kept of it. */
export interface AttachedFile {
  readonly id: ItemId;
  readonly kept: AttachmentCheck;
}

/** What would be kept of a file. */
export interface AttachmentCheck {
  /** What it is called, as far as every system can have such a name. */
  readonly name: string;
  readonly mediaType: MediaType;
  /** Bytes of the file that was chosen. */
  readonly bytesBefore: Amount;
  /** Bytes of what is kept. */
  readonly bytes: Amount;
  /** What is taken out of it, and what cannot be. */
  readonly removed: readonly RemovedFromFile[];
  /** The same in words for the person, one sentence for each. */
  readonly removedInWords: readonly string[];
  /** What in its name may tell who somebody is. It is asked about before the file is shared. */
  readonly found: readonly Finding[];
}

/** Why the server does not take a file. It stays here and is offered again later. */
export interface AttachmentRefusal {
  /** The code of the refusal: `quota_exceeded` if there is no room. */
  readonly code: string;
  /** What a person reads. */
  readonly reason: string;
}

/** A file that belongs to a reflection or to a thing in the record, and where it is. */
export interface AttachmentView {
  readonly id: ItemId;
  /** What it belongs to. */
  readonly of: EvidenceSource;
  readonly name: string;
  readonly mediaType: MediaType;
  /** Bytes of the file, opened. */
  readonly bytes: Amount;
  /** Bytes that it takes on the way, to be said before it is fetched. */
  readonly sealedBytes: Amount;
  /** Device clock when it was attached. */
  readonly addedAt: Timestamp;
  /** Whether it is on this device. If not, it can be fetched. */
  readonly here: boolean;
  /** Whether the server is known to have it. */
  readonly stored: boolean;
  /** Why the server does not take it, if it refused it when it was last offered. */
  readonly refusal: AttachmentRefusal | null;
}

/** Why somebody is out of training for a time. */
export type BreakKind =
  | "parental"
  | "sickness"
  /** Out of programme, for experience, research or a pause. */
  | "outOfProgramme"
  | "other";

/** What the host allows one sync. */
export interface Budget {
  /**
   * How long it may take; an operating system gives half a minute in the background. Without one a
   * person asks, and what was held since it is too large for the network is tried once more.
   */
  readonly deadline: Duration | null;
  /** Somebody pays for every byte: answers are asked for in smaller pages. */
  readonly metered: boolean;
  /** Bytes it may send and receive. The page under way is finished, so it may be a little more. */
  readonly maxBytes: Amount | null;
}

/** A day, as `2026-02-28`. */
export type CalendarDate = string;

/** A capability of a framework, and how well there is evidence for it. */
export interface CapabilityCover {
  readonly code: string;
  /** The code of what it belongs to. */
  readonly parent: string | null;
  readonly text: string;
  /** What its level is called, if it has one. */
  readonly level: string | null;
  /** How well it is covered; what others belong to, as a whole. */
  readonly cover: EvidenceCover;
  /** What a link to it names. */
  readonly statement: EvidenceStatement;
  /** The links that give evidence for it, oldest first. */
  readonly links: readonly ItemId[];
  /** Whether it is signed by witnessed sign-offs alone, and by none with a signer's own key. */
  readonly isWitnessed: boolean;
}

/** Time out of training. Its days count as nothing. */
export interface CareerBreak {
  /** Why, in a word. */
  readonly kind: BreakKind;
  /** The first day of it. */
  readonly from: CalendarDate;
  /** The last day of it. None: nobody knows yet. */
  readonly to: CalendarDate | null;
  /** What else there is to say. */
  readonly note: string;
}

/** What one field of this is to say. */
export type CareerBreakEdit =
  /** Why, in a word. */
  | { readonly type: "kind"; readonly value: BreakKind }
  /** The first day of it. */
  | { readonly type: "from"; readonly value: CalendarDate }
  /** The last day of it. None: nobody knows yet. */
  | { readonly type: "to"; readonly value: CalendarDate | null }
  /** What else there is to say. */
  | { readonly type: "note"; readonly value: string };

/** Time out of training. */
export interface CareerBreakItem {
  readonly id: ItemId;
  readonly careerBreak: CareerBreak;
}

/** A certificate, with the day it runs out. */
export interface Certificate {
  /** What it is for: "Advanced life support". */
  readonly title: string;
  /** The person or body that gave it. */
  readonly issuer: string;
  /** When it was given. */
  readonly issued: CalendarDate | null;
  /** The last day it is good for. None: it does not run out. */
  readonly expires: CalendarDate | null;
  /** Its number, if it has one. */
  readonly number: string;
}

/** What one field of this is to say. */
export type CertificateEdit =
  /** What it is for: "Advanced life support". */
  | { readonly type: "title"; readonly value: string }
  /** The person or body that gave it. */
  | { readonly type: "issuer"; readonly value: string }
  /** When it was given. */
  | { readonly type: "issued"; readonly value: CalendarDate | null }
  /** The last day it is good for. None: it does not run out. */
  | { readonly type: "expires"; readonly value: CalendarDate | null }
  /** Its number, if it has one. */
  | { readonly type: "number"; readonly value: string };

/** A certificate with the day on which it expires. */
export interface CertificateItem {
  readonly id: ItemId;
  readonly certificate: Certificate;
}

/** A certificate as its screen shows it. */
export interface CertificateView {
  readonly id: ItemId;
  readonly certificate: Certificate;
  /** How many days it is good for; less than none once it has run out, none if it does not. */
  readonly daysLeft: number | null;
}

/** A change that may be tested: "to test ...". */
export interface ChangeIdea {
  /** What is to be tested. */
  readonly text: string;
  /** The drivers it moves; at least one of them a secondary one. */
  readonly drivers: ItemIds;
  /** Why it should work. */
  readonly rationale: string;
  /** How far it has come. */
  readonly state: IdeaState;
  /** What to do with it, by effort and gain. */
  readonly pick: IdeaPick | null;
}

/** What one field of this is to say. */
export type ChangeIdeaEdit =
  /** What is to be tested. */
  | { readonly type: "text"; readonly value: string }
  /** The drivers it moves; at least one of them a secondary one. */
  | { readonly type: "drivers"; readonly value: ItemIds }
  /** Why it should work. */
  | { readonly type: "rationale"; readonly value: string }
  /** How far it has come. */
  | { readonly type: "state"; readonly value: IdeaState }
  /** What to do with it, by effort and gain. */
  | { readonly type: "pick"; readonly value: IdeaPick | null };

/** A change that may be tested in a plan. */
export interface ChangeIdeaItem {
  readonly id: ItemId;
  readonly idea: ChangeIdea;
}

/** A plan as it stands. */
export interface ChangeProject {
  readonly title: string;
  /** The key of the domain it belongs to. May be empty. */
  readonly topic: string;
  /** Where it takes place: a ward, a practice, a community. */
  readonly setting: string;
  /** How far it has come. */
  readonly status: ProjectStatus;
  /** How far the team sees itself. */
  readonly progress: Progress | null;
  readonly start: CalendarDate | null;
  readonly end: CalendarDate | null;
  readonly sections: Sections;
  /** What it wants to achieve. */
  readonly aim: Aim;
  /** What moves the aim. */
  readonly drivers: Drivers;
  readonly ideas: Ideas;
  readonly stakeholders: Stakeholders;
  readonly team: Team;
  /** How it will be known that a change is an improvement. */
  readonly measures: Measures;
  readonly targets: Targets;
  /** Single values of the measures. */
  readonly observations: Observations;
  readonly tallies: Tallies;
  readonly phases: Phases;
  readonly annotations: Annotations;
  /** Tests of change. Their number on screen is their place in this order. */
  readonly cycles: Cycles;
  /** What has to be done, by whom and until when. */
  readonly actions: Actions;
  /** The sum of value. */
  readonly impacts: Impacts;
  readonly outputs: Outputs;
  /** The status log, oldest first. */
  readonly moves: StatusMoves;
  /** Domains, themes and capabilities it gives evidence for. */
  readonly tags: Tags;
  /** What was taken back, and can be put back. */
  readonly takenBack: TakenBackItems;
  /** What two people set differently at once and nobody has settled yet. */
  readonly disagreements: readonly Disagreement[];
  /** What was decided about suggestions. */
  readonly decisions: Decisions;
  /** Device clock when it was created. */
  readonly createdAt: Timestamp;
}

/** Whether something still says what was signed. */
export type ChangedSince =
  | { readonly type: "unchanged" }
  | {
      readonly type: "changed";
      /** Lines of the signed text that are gone. */
      readonly gone: readonly string[];
      /** Lines that were not in it. */
      readonly new: readonly string[];
      /** Lines of either kind that are not listed. */
      readonly more: Count;
      /** Of a plan, what was done to it since, in sentences. */
      readonly sentences: readonly string[];
    }
  /** What was signed is gone: deleted, taken out of the log, or not completed any more. */
  | { readonly type: "deleted" }
  /** What was signed is not on this device, which may not even be allowed to read it. */
  | { readonly type: "unknown" };

/** What changed: enough to know which screens to read again. */
export interface Changes {
  /** Each topic that changed. */
  readonly topics: readonly TopicChange[];
}

/** Something that happened and may show in a chart. */
export interface ChartAnnotation {
  /** The measure whose chart it stands in; none for all of them. */
  readonly measure: ItemId | null;
  /** The day on which it happened. */
  readonly at: CalendarDate;
  /** What happened, in a few words. */
  readonly text: string;
  /** The cycle it belongs to. */
  readonly cycle: ItemId | null;
}

/** What one field of this is to say. */
export type ChartAnnotationEdit =
  /** The measure whose chart it stands in; none for all of them. */
  | { readonly type: "measure"; readonly value: ItemId | null }
  /** The day on which it happened. */
  | { readonly type: "at"; readonly value: CalendarDate }
  /** What happened, in a few words. */
  | { readonly type: "text"; readonly value: string }
  /** The cycle it belongs to. */
  | { readonly type: "cycle"; readonly value: ItemId | null };

/** What a signal means for those concerned. */
export type ChartMeaning =
  /** Nothing but chance: not a signal. */
  | "common"
  | "improvement"
  /** A change for the worse. */
  | "concern"
  /** A change that is neither better nor worse. */
  | "neutral";

/** Something that happened, at its place in a chart. */
export interface ChartNote {
  /** What it is called in the picture: `A`. */
  readonly letter: string;
  readonly text: string;
  /** The number of the point it stands at. */
  readonly point: Count;
}

/** A part of a chart with its own lines. */
export interface ChartPhase {
  /** What a person called it; empty for a first phase that nobody marked. */
  readonly label: string;
  /** The number of its first point, counted from 1. */
  readonly first: Count;
  /** The number of its last point. */
  readonly last: Count;
  /** Median or mean; none without a point that counts. */
  readonly centre: number | null;
  /** The lower limit, on a chart that has one and where a value can be as low. */
  readonly lower: number | null;
  /** The upper limit, likewise. */
  readonly upper: number | null;
}

/**
 * One period, and what is said of it. Numbers are for drawing: what is compared was compared
 * without any rounding.
 */
export interface ChartPoint {
  /** The first day of the period. */
  readonly period: CalendarDate;
  /** What the period is called: `May 2026`. */
  readonly label: string;
  /** The number of its phase, counted from 1. */
  readonly phase: Count;
  readonly state: ChartPointState;
  /** What it is worth, if it counts. */
  readonly value: number | null;
  /** The target in force. */
  readonly target: number | null;
  readonly meaning: ChartMeaning;
}

/** Whether a period has a value that counts, and if not, why. */
export type ChartPointState =
  /** It has one value, which counts. */
  | "counted"
  /** Somebody excluded what there was. */
  | "excluded"
  | "gap"
  /** Its number is small and could tell of single people. */
  | "hidden"
  /** Several values are recorded, which somebody has to choose from. None counts until then. */
  | "conflict"
  /** What is recorded is no value. */
  | "invalid";

/** Something that chance alone rarely does. */
export interface ChartSignal {
  /** The numbers of the points it marks; none for a rule about the whole phase. */
  readonly points: readonly Count[];
  readonly meaning: ChartMeaning;
  /** What is seen: "9 points in a row above the middle line (22 to 30)". */
  readonly words: string;
}

/** A chart of a measure: as numbers to be drawn, as a picture, and in words. */
export interface ChartView {
  readonly title: string;
  /** In the order of time. Gaps are points too, without a value. */
  readonly points: readonly ChartPoint[];
  /** Parts with lines of their own; at least one if there is a point. */
  readonly phases: readonly ChartPhase[];
  /** What is more than chance. */
  readonly signals: readonly ChartSignal[];
  /** What happened, each at its place. */
  readonly notes: readonly ChartNote[];
  /** What a reader must know before believing the chart. */
  readonly notices: readonly string[];
  /** The chart in sentences, for a person who does not see it. */
  readonly summary: readonly string[];
  /** The picture, a document of SVG. */
  readonly svg: string;
  /** The numbers as a table of HTML, to stand beside the picture. */
  readonly table: string;
}

/** A copy at a glance. */
export interface CohortCopy {
  readonly id: DocumentId;
  readonly title: string;
  readonly sharedAt: Timestamp;
  /** When this person said that they saw it. */
  readonly seenAt: Timestamp | null;
}

/** A plan at a glance. */
export interface CohortProject {
  readonly id: DocumentId;
  readonly title: string;
  readonly status: ProjectStatus;
  /** How far the team sees itself, in halves from 1 to 10. */
  readonly progressHalves: Count | null;
  /** When somebody wrote in it, or said something about it, last. */
  readonly lastChange: Timestamp;
  /** Whole days since then. */
  readonly silentDays: Count;
  /** Measures that have no value in the period of today. */
  readonly withoutValue: readonly string[];
  readonly openActions: Count;
  readonly overdueActions: Count;
}

/** One trainee, by what they shared with this person. */
export interface CohortTrainee {
  readonly person: PersonId;
  /** What they are called; empty if the device has not heard of them. */
  readonly name: string;
  /** Their plans of which this person is a member, the one that is silent longest first. */
  readonly projects: readonly CohortProject[];
  /** Copies they shared with this person, the newest first. */
  readonly copies: readonly CohortCopy[];
}

/** An edit of one's own comments. */
export type CommentEdit =
  | {
      readonly type: "rewrite";
      readonly id: ItemId;
      /** The whole new text. */
      readonly body: string;
    }
  | { readonly type: "resolve"; readonly id: ItemId; readonly at: Timestamp }
  /** Takes a comment back. It is kept, and can be put back. */
  | {
      readonly type: "takeBack";
      readonly id: ItemId;
      /** The device's clock when it was done. */
      readonly at: Timestamp;
    }
  /** Puts back what was taken back. */
  | { readonly type: "putBack"; readonly id: ItemId };

/** Where a comment or a suggestion is. */
export interface CommentRef {
  /** The document of its author's comments. */
  readonly document: DocumentId;
  readonly id: ItemId;
}

/** What a comment said at some time. */
export interface CommentVersion {
  readonly body: string;
  /** Since when, by its author's clock. */
  readonly at: Timestamp;
}

/** A comment as a plan's screen shows it. */
export interface CommentView {
  readonly id: ItemId;
  /** Who wrote it, if this device has heard of them. */
  readonly by: Person | null;
  /** Whether this person wrote it, and may change it. */
  readonly mine: boolean;
  /** What it says, and about what. */
  readonly comment: ProjectComment;
}

/** What the host knows about the phone. */
export interface Conditions {
  /** There is a network, as far as the operating system can tell. */
  readonly online: boolean;
  /** Somebody pays for every byte. */
  readonly metered: boolean;
  /** The app is on the screen. */
  readonly foreground: boolean;
}

/** A copy of one of this person's documents that somebody can read. */
export interface CopyView {
  /** The copy, which is a document of its own. */
  readonly document: DocumentId;
  /** A shared reflection, or a request for a sign-off. */
  readonly kind: DocumentKind;
  readonly title: string;
  /** Who can read it, if this device has heard of them. */
  readonly reader: Person | null;
  /** Whether they still have it, or put it away. */
  readonly standing: Standing;
  /** Device clock when it was shared. */
  readonly sharedAt: Timestamp;
  /** When they said that they saw it, by their clock. */
  readonly seenAt: Timestamp | null;
  /** Whether the server has it: before that nobody can read it. */
  readonly stage: Stage;
  /** How many sign-offs answer it, or a request about it: without it they show nothing. */
  readonly signOffs: Amount;
}

/**
 * Why the core did not do what it was asked.
 *
 * Each has a `code` that never changes its meaning (`core/client/ERRORS.md` lists all) and a
 * `reason` in plain words for the person. Nothing has changed when one of these is returned, but as
 * `TooLarge` and `Cancelled` say; what is durable stays so.
 */
export type CoreFault =
  /** There is no network, or what answered is not the server. Everything is kept. */
  | {
      readonly type: "offline";
      /** What was in the way. */
      readonly obstacle: Obstacle;
      /** What the device was about. */
      readonly errand: Errand;
      readonly code: string;
      readonly reason: string;
    }
  /** This device has to be enrolled before it can do this. */
  | {
      readonly type: "signInNeeded";
      /** Whether it never was. Otherwise the server does not know it any more. */
      readonly neverEnrolled: boolean;
      readonly code: string;
      readonly reason: string;
    }
  /** There is no key that opens the database. */
  | {
      readonly type: "keyUnavailable";
      readonly fault: KeyFault;
      readonly code: string;
      readonly reason: string;
    }
  /** What is stored on this device cannot be read or added to. */
  | {
      readonly type: "storage";
      readonly fault: StorageFault;
      readonly code: string;
      readonly reason: string;
    }
  /** The core is suspended, or closed. */
  | { readonly type: "suspended"; readonly code: string; readonly reason: string }
  /** This device was signed out and everything on it wiped; screens that are left end with it. */
  | { readonly type: "signedOut"; readonly code: string; readonly reason: string }
  /** What is on this device alone would be lost with it, and that was not confirmed. */
  | {
      readonly type: "unsent";
      readonly unsent: Unsent;
      readonly code: string;
      readonly reason: string;
    }
  /** Private documents need the recovery key of the person's first device. */
  | { readonly type: "recoveryKeyNeeded"; readonly code: string; readonly reason: string }
  /**
   * This person may not do that, or nobody may; or not yet, as of a plan with the code
   * `still_read`, which its owner deletes for everybody, and of a reflection with the code
   * `unacknowledged`, in which something may tell who somebody is.
   */
  | { readonly type: "notAllowed"; readonly code: string; readonly reason: string }
  /**
   * It is not on this device, and nothing says that it ever was. With the code `not_fetched` it is
   * a page or a pack whose file was lost or damaged: the next sync or update fetches it again.
   */
  | {
      readonly type: "notFound";
      readonly what: Noun;
      /** Its id or key, as it was asked for. */
      readonly id: string;
      readonly code: string;
      readonly reason: string;
    }
  /** The document was on this device, and is no more. */
  | {
      readonly type: "gone";
      readonly what: Noun;
      readonly id: DocumentId;
      readonly end: DocumentEnd;
      readonly code: string;
      readonly reason: string;
    }
  /** What was handed in cannot be taken. */
  | {
      readonly type: "invalidInput";
      readonly field: InputField;
      readonly code: string;
      readonly reason: string;
    }
  /**
   * Something is larger than its limit. A text that was typed is kept as a draft, and what was
   * typed into other fields is settled.
   */
  | {
      readonly type: "tooLarge";
      /** Bytes, characters or changes, as the reason says. */
      readonly limit: Amount;
      /** Of a text that people type into, which it is. */
      readonly field: DraftField | null;
      /** Of such a text, how many characters are too many. */
      readonly over: Amount | null;
      readonly code: string;
      readonly reason: string;
    }
  /**
   * The server answered, and said no, and the reason is in its words; or a file says that it was
   * signed, and is not as it was then.
   */
  | { readonly type: "refused"; readonly code: string; readonly reason: string }
  /** It was cancelled. What was done by then stays done. */
  | { readonly type: "cancelled"; readonly code: string; readonly reason: string }
  /** A fault of the core. Nothing was lost; trying again may help. */
  | { readonly type: "unexpected"; readonly code: string; readonly reason: string };

export type Count = number;

export type CountOfDevice = DeviceCount;

/** What the evidence of a person covers, and what it does not. */
export interface Coverage {
  /** The domains of the programme with their outcomes, in its order. */
  readonly domains: readonly DomainCover[];
  /** Outcomes that the programme in use does not have. */
  readonly otherOutcomes: readonly StatementCover[];
  /** Capabilities there is evidence for that no framework in use has. */
  readonly capabilities: readonly StatementCover[];
  /** The frameworks of the programme with all their capabilities. */
  readonly frameworks: readonly FrameworkCover[];
}

/** What follows from a cycle. */
export type CycleDecision =
  | "undecided"
  /** Change it and test again. */
  | "adapt"
  | "adopt"
  | "abandon";

/** What one field of this is to say. */
export type CycleEdit =
  /** The change that is tested, in words of its own. */
  | { readonly type: "changeIdea"; readonly value: string }
  /** The idea of the plan that is tested. */
  | { readonly type: "idea"; readonly value: ItemId | null }
  /** What the team expects to see. Written before anything is done. */
  | { readonly type: "prediction"; readonly value: string }
  /** On how much it is tested. */
  | { readonly type: "scale"; readonly value: CycleScale | null }
  /** Who does what, where and when. */
  | { readonly type: "plan"; readonly value: string }
  /** When it was done. */
  | { readonly type: "didAt"; readonly value: CalendarDate | null }
  /** What was really done, beside what was planned. */
  | { readonly type: "done"; readonly value: string }
  /** What was seen: figures, and what people said. */
  | { readonly type: "data"; readonly value: string }
  /** What it means, beside what was predicted. */
  | { readonly type: "studied"; readonly value: string }
  /** What the team knows now that it did not. */
  | { readonly type: "learned"; readonly value: string }
  /** What follows. Only after it was studied. */
  | { readonly type: "decision"; readonly value: CycleDecision }
  /** The cycle it goes on from. */
  | { readonly type: "previous"; readonly value: ItemId | null };

/** A cycle of a plan. Its number on screen is its place in the list. */
export interface CycleItem {
  readonly id: ItemId;
  readonly cycle: PdsaCycle;
}

/** On how much a change is tested. */
export type CycleScale =
  | "onePatient"
  | "few"
  | "oneTeam"
  | "oneUnit"
  | "whole";

export type Cycles = readonly CycleItem[];

/** A year of training, or other days in a row. */
export interface DaysInARow {
  readonly from: CalendarDate;
  /** The last of them. */
  readonly to: CalendarDate;
}

/** What one field of this is to say. */
export type DeadlineEdit =
  /** What closes on that day. */
  | { readonly type: "name"; readonly value: string }
  /** The last day on which evidence is taken. */
  | { readonly type: "at"; readonly value: CalendarDate }
  /** What has to be there by then. */
  | { readonly type: "scope"; readonly value: string };

/** A deadline as its screen shows it. */
export interface DeadlineView {
  readonly id: ItemId;
  readonly deadline: EvidenceDeadline;
  /** How many days are left; less than none once it is over. */
  readonly daysLeft: number;
}

/** A warning of a deadline, to be given on a day. */
export interface DeadlineWarning {
  /** The deadline, by its id. */
  readonly deadline: ItemId;
  /** The day on which to warn. */
  readonly on: CalendarDate;
  /** How many days are left then. */
  readonly daysLeft: number;
}

/** How an activity was talked over: how sure one was before it and after it, and what one wrote. */
export interface Debrief {
  /** The activity, by key. */
  readonly activity: string;
  /** Device clock when it was begun. */
  readonly at: Timestamp;
  /** How sure one was before, from 0 to 10. None: one did not say. */
  readonly confidenceBefore: Whole | null;
  /** How sure one was after it, from 0 to 10. None: one did not say. */
  readonly confidenceAfter: Whole | null;
  /** The reflection in which its prompts are answered. */
  readonly evidence: EvidenceSource | null;
}

/** What somebody says of an activity that is talked over. What they leave out stays as it is. */
export interface DebriefAnswer {
  /** How sure they were before, from 0 to 10. */
  readonly before: Whole | null;
  /** How sure they were after it, from 0 to 10. */
  readonly after: Whole | null;
  /** The reflection in which they answered its prompts. */
  readonly reflection: DocumentId | null;
}

/** What one field of this is to say. */
export type DebriefEdit =
  /** The activity, by key. */
  | { readonly type: "activity"; readonly value: string }
  /** Device clock when it was begun. */
  | { readonly type: "at"; readonly value: Timestamp }
  /** How sure one was before, from 0 to 10. None: one did not say. */
  | { readonly type: "confidenceBefore"; readonly value: Whole | null }
  /** How sure one was after it, from 0 to 10. None: one did not say. */
  | { readonly type: "confidenceAfter"; readonly value: Whole | null }
  /** The reflection in which its prompts are answered. */
  | { readonly type: "evidence"; readonly value: EvidenceSource | null };

/**
 * How an activity is talked over: what is asked, and what one says how sure one is of, from 0 to
 * 10, before it and after it.
 */
export interface DebriefGuide {
  /** The template whose prompts are asked, by key. */
  readonly template: string;
  /** Completes "how sure are you that you can". */
  readonly confidence: string;
}

/** How an activity was talked over. */
export interface DebriefItem {
  readonly id: ItemId;
  readonly debrief: Debrief;
}

/** A debrief as its screen shows it. */
export interface DebriefView {
  readonly id: ItemId;
  readonly debrief: Debrief;
}

export type Decisions = readonly SuggestionDecision[];

/** What deleting a document does and does not do. */
export interface DeletionPreview {
  readonly document: DocumentId;
  readonly kind: DocumentKind;
  readonly title: string;
  /** Who reads the document itself and loses it. */
  readonly readers: readonly Person[];
  /** Copies that remain, unless they are taken back. What was signed always remains. */
  readonly copies: readonly CopyView[];
  /**
   * What in the personal record it shows, and will show no more: evidence, completions, debriefs.
   */
  readonly evidence: readonly ItemId[];
}

/** What one device counted, in all. */
export interface DeviceCount {
  readonly device: DeviceId;
  readonly value: ObservedValue;
}

export type DeviceCounts = ReadonlyMap<DeviceId, ObservedValue>;

export type DeviceId = string & { readonly [of]: "DeviceId" };

/** A field that two people set differently at once. Whoever sets it again settles it. */
export interface Disagreement {
  /** Where it is: `status`, `aim/to`, `measures/{id}/unit`. */
  readonly path: string;
  /** The values, the one that shows meanwhile last. */
  readonly values: readonly SetValue[];
}

/** A field that two people set differently at once, and who set what. */
export interface DisagreementView {
  /** Where it is: `status`, `aim/to`, `measures/{id}/unit`. */
  readonly path: string;
  /** The values, the one that shows meanwhile last. */
  readonly values: readonly SetBy[];
}

/** How a document left this device. */
export type DocumentEnd =
  /** Its owner deleted it for ever. */
  | "deleted"
  /** Its owner took the right to read it away. */
  | "revoked"
  /**
   * It was not here yet: this person accepted the invitation to it, and it comes with the next
   * sync.
   */
  | "toCome";

export type DocumentId = string & { readonly [of]: "DocumentId" };

/** The kinds of document and, by that, who can read them. */
export type DocumentKind =
  /** A reflection of one author, drafts included. Sealed. */
  | "reflection"
  /** Progress and learning sessions of one trainee. Sealed. */
  | "personalRecord"
  /** A reflection as it stood when it was shared, without its history. Plain, never changed. */
  | "sharedReflection"
  /** A change-project plan that several people write. Plain. */
  | "changeProject"
  /** What one person says about a plan. Plain; readable by those who can read the plan. */
  | "comments"
  /** What a trainee asks to have signed, as it stood then. Plain, never changed. */
  | "signOffRequest"
  /** That somebody signed or returned it. Plain, never changed; for who can read the request. */
  | "signOff";

/** A part of a list of documents. */
export interface DocumentPortion {
  readonly items: readonly DocumentSummary[];
  /** Whether the list goes on after them. */
  readonly more: boolean;
}

/** How far a document has come. */
export interface DocumentStatus {
  /** How far the newest of it has come. */
  readonly stage: Stage;
  /** Who has seen it; of a reflection, who has seen a copy. */
  readonly seenBy: readonly ReadReceipt[];
  /** Whether the server refused something of it that the person has not dealt with. */
  readonly quarantined: boolean;
  /**
   * Whether something of it is too large for the way to the server by itself. It is tried again
   * later; `held_by` says what is in its way.
   */
  readonly held: boolean;
}

/** A document as a list shows it. */
export interface DocumentSummary {
  readonly id: DocumentId;
  readonly kind: DocumentKind;
  /** Its title; the beginning of its text if it was given none. */
  readonly title: string;
  readonly preview: string;
  /** A plan's status; empty for everything else. */
  readonly status: string;
  /** What it is about. */
  readonly tags: Tags;
  /** Whose it is, if this device has heard of them. */
  readonly owner: Person | null;
  /** How far the newest of it has come. */
  readonly stage: Stage;
  /** Whether the server refused something of it that the person has not dealt with. */
  readonly quarantined: boolean;
  /** Whether something was typed into it and is not settled. */
  readonly unsettled: boolean;
  /** Device clock when it was created. */
  readonly createdAt: Timestamp;
  /** When it was changed last. */
  readonly updatedAt: Timestamp;
  /** The version all this is of. */
  readonly version: Version;
}

/** One of the subject areas. */
export interface Domain {
  /** Its key: `pcp`, `cmm`, `sys`, `pop`, `sje`, `env` in Enhance. */
  readonly key: string;
  readonly title: string;
  /** What it is for, in a sentence. */
  readonly purpose: string;
}

/** A domain of the programme, and how well there is evidence for its outcomes. */
export interface DomainCover {
  readonly key: string;
  readonly title: string;
  /** How well it is covered as a whole. */
  readonly cover: EvidenceCover;
  readonly outcomes: readonly StatementCover[];
}

/** A text field that is saved while a person types. */
export type DraftField =
  /** A reflection's answer to the prompt with this key. */
  | { readonly type: "answer"; readonly value: string }
  | { readonly type: "section"; readonly value: ProjectSection }
  /** A text of a thing in a plan: a cycle, a driver. */
  | { readonly type: "item"; readonly value: ItemText };

/** What was typed into a field and is not settled yet. */
export interface DraftView {
  readonly field: DraftField;
  /** The version the person saw when they typed. */
  readonly base: Version;
  /** The whole text of the field. */
  readonly text: string;
  readonly savedAt: Timestamp;
}

/** Something that moves the aim or another driver. */
export interface Driver {
  /** What has to change, for instance "Staff see in time who needs help". */
  readonly name: string;
  /** The primary driver it moves. None: it moves the aim, and is a primary driver itself. */
  readonly parent: ItemId | null;
  /** Its place among those beside it, from 1. */
  readonly place: Whole | null;
}

/** What one field of this is to say. */
export type DriverEdit =
  /** What has to change, for instance "Staff see in time who needs help". */
  | { readonly type: "name"; readonly value: string }
  /** The primary driver it moves. None: it moves the aim, and is a primary driver itself. */
  | { readonly type: "parent"; readonly value: ItemId | null }
  /** Its place among those beside it, from 1. */
  | { readonly type: "place"; readonly value: Whole | null };

/** What moves the aim of a plan. */
export interface DriverItem {
  readonly id: ItemId;
  readonly driver: Driver;
}

export type Drivers = readonly DriverItem[];

/** A length of time in milliseconds. */
export type Duration = number;

/** What refused work did to one field. */
export interface EditView {
  /** Where it is, for example `sections/problem`. */
  readonly path: string;
  /** What it said before; empty if nothing. */
  readonly before: string;
  /** What it said after; empty if nothing. */
  readonly after: string;
}

/** The device is enrolled. */
export interface Enrolment {
  /** Whose device it is now. */
  readonly account: Account;
  /**
   * On the first device of a person: the key to write down. It opens the private documents on every
   * other device, and nobody else has it.
   */
  readonly recoveryKey: string | null;
  /** Whether the server, when it was asked, knew this device already, so that nothing changed. */
  readonly wasEnrolled: boolean;
}

/** What the device was about when it met an obstacle. */
export type Errand =
  /** Joining with an invitation. */
  | "enrolling"
  /** Making an invitation for another device. */
  | "inviting"
  | "syncing"
  /** Fetching a content pack, or a file of one. */
  | "fetchingContent"
  /** Fetching the file of an attachment. */
  | "fetchingFile"
  /** Asking at another address whether the server is there. */
  | "moving"
  /** Having a new key certified. */
  | "renewingKey"
  | "makingTicket"
  | "endingTicket"
  /** Reading and answering with a ticket, without an account. */
  | "holdingTicket";

/** What shows that an activity was done. */
export type Evidence =
  /** Nothing; saying so is enough. */
  | "none"
  | "reflection"
  /** A sign-off by a supervisor. */
  | "signoff";

/** What a supervisor says of what is given as evidence, by the word of the trainee. */
export type EvidenceAgreement =
  | "agreed"
  | "notAgreed";

/** How well there is evidence for something. */
export type EvidenceCover =
  /** There is no evidence for it. */
  | "missing"
  /** There is one piece, and no supervisor signed it. */
  | "thin"
  /** There are several, or one that a supervisor signed as it stands. */
  | "covered";

/** A day on which a portfolio closes. One is warned of it beforehand. */
export interface EvidenceDeadline {
  /** What closes on that day. */
  readonly name: string;
  /** The last day on which evidence is taken. */
  readonly at: CalendarDate;
  /** What has to be there by then. */
  readonly scope: string;
}

/** A day on which a portfolio closes. */
export interface EvidenceDeadlineItem {
  readonly id: ItemId;
  readonly deadline: EvidenceDeadline;
}

/**
 * Something in the record that gives as evidence what did not come along. It came all the same, and
 * shows nothing by that evidence.
 */
export interface EvidenceLeftOut {
  /** What gives it as evidence, in a line. */
  readonly title: string;
  /** What a person reads. */
  readonly reason: string;
}

/** Evidence for a capability or an outcome, and why it is. */
export interface EvidenceLink {
  /** What is given as evidence. */
  readonly evidence: EvidenceSource;
  /** What it is evidence for. */
  readonly statement: EvidenceStatement;
  /** Why it shows that. */
  readonly justification: string;
  /** What a supervisor says to it, by the word of the trainee: only a sign-off says it for them. */
  readonly agreement: EvidenceAgreement | null;
  /** The supervisor who is said to have said so. */
  readonly agreedBy: PersonId | null;
  /** The words of the statement as they were when the link was made. The core writes them. */
  readonly said: string;
  /** The version of the framework they are from, or of the pack. The core writes it. */
  readonly version: string;
}

/** What one field of this is to say. */
export type EvidenceLinkEdit =
  /** What is given as evidence. */
  | { readonly type: "evidence"; readonly value: EvidenceSource }
  /** What it is evidence for. */
  | { readonly type: "statement"; readonly value: EvidenceStatement }
  /** Why it shows that. */
  | { readonly type: "justification"; readonly value: string }
  /** What a supervisor says to it, by the word of the trainee. */
  | { readonly type: "agreement"; readonly value: EvidenceAgreement | null }
  /** The supervisor who is said to have said so. */
  | { readonly type: "agreedBy"; readonly value: PersonId | null }
  /** The words of the statement as they were when the link was made. */
  | { readonly type: "said"; readonly value: string }
  /** The version of the framework they are from, or of the pack. */
  | { readonly type: "version"; readonly value: string };

/** Evidence, and for what it is. */
export interface EvidenceLinkItem {
  readonly id: ItemId;
  readonly link: EvidenceLink;
}

/** What is given as evidence. */
export type EvidenceSource =
  /** A reflection, a project or a copy that was shared. */
  | { readonly type: "document"; readonly value: DocumentId }
  /** Something in the same personal record: a session, an experience, a certificate. */
  | { readonly type: "item"; readonly value: ItemId };

/** What evidence is given for. */
export type EvidenceStatement =
  /** A capability of a framework, by its key. */
  | { readonly type: "capability"; readonly value: string }
  /** An outcome of the programme, by its key. */
  | { readonly type: "outcome"; readonly value: string };

/** Something that is given as evidence, as its screen shows it. */
export interface EvidenceView {
  readonly id: ItemId;
  readonly link: EvidenceLink;
  /** What is given, by its kind and title. */
  readonly shown: string;
  /** Whether it was deleted or taken back, or is not here, so that it shows nothing. */
  readonly isGone: boolean;
  /** What a supervisor says of it by a sign-off, or the trainee's word of it. May be empty. */
  readonly agreement: string;
}

/** A short visit to another service, arranged by oneself. */
export interface ExperienceItem {
  readonly id: ItemId;
  readonly experience: LearningExperience;
}

/** How many photographs and PDFs there are to take along and how large they are. */
export interface ExportSizes {
  readonly files: Count;
  readonly bytes: Amount;
  /** Of these, what is on this device. */
  readonly filesHere: Count;
  readonly bytesHere: Amount;
}

/** An export whose files are in a folder. */
export interface ExportWithFiles {
  /** Everything as one JSON text, to be written beside the folder. */
  readonly json: string;
  /** The reflections as one page of HTML that shows the files, to be written beside the folder. */
  readonly reflections: string;
  /** The personal record as CSV. */
  readonly csv: string;
  readonly files: readonly ExportedFile[];
}

/** A file that belongs to something in an export. */
export interface ExportedFile {
  readonly id: ItemId;
  /** The reflection or the thing in the record that it belongs to. */
  readonly of: EvidenceSource;
  /** What the person called it. */
  readonly name: string;
  readonly mediaType: MediaType;
  readonly bytes: Amount;
  /** Device clock when it was attached. */
  readonly addedAt: Timestamp;
  /** The path from the folder in which the export is; none if it did not go along. */
  readonly path: string | null;
  /** Of what is in the file, if it went along. */
  readonly sha256: Sha256 | null;
  /** Why it did not go along, if it did not. */
  readonly leftOut: LeftOutOfExport | null;
  /** The same in words for the person. */
  readonly leftOutInWords: string | null;
}

/** Why a file of an export was not read back. */
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

/** A file of an export that was not read back. Everything else was. */
export interface FileNotRead {
  /** What the person called it. */
  readonly name: string;
  /** Its path in the export, if it has one. */
  readonly path: string | null;
  readonly fault: FileFault;
  /** What a person reads. */
  readonly reason: string;
}

/** Something in a text that may tell who somebody is. */
export interface Finding {
  /** The text it is in. */
  readonly place: TextPlace;
  readonly kind: FindingKind;
  readonly severity: FindingSeverity;
  /** Where it begins in that text, in UTF-16 code units. */
  readonly start: Count;
  /** Where it ends, in UTF-16 code units. */
  readonly end: Count;
  /** What is written there; of a combination, its facts. */
  readonly text: string;
  /** The facts of a combination, in the order in which they are told. */
  readonly facts: readonly TellingFact[];
  /** Why it was found, in a sentence for the writer. */
  readonly reason: string;
  /** What could stand there instead, if there is anything neutral to say. */
  readonly replacement: string | null;
}

/** How many there are of a kind. */
export interface FindingCount {
  readonly kind: FindingKind;
  /** One or more, never zero. */
  readonly count: Count;
}

/** What may tell who somebody is. */
export type FindingKind =
  /** A number of the NHS, or of its sisters in Scotland and the two parts of Ireland. */
  | "nhsNumber"
  | "dateOfBirth"
  /** An exact date beside a word for a patient. */
  | "date"
  /** A postcode, or its outward half where somebody lives. */
  | "postcode"
  /** A title with a surname. */
  | "titleName"
  /** A number by which a hospital knows a patient. */
  | "hospitalNumber"
  | "nationalInsurance"
  /** A doctor's number at the General Medical Council. */
  | "gmcNumber"
  | "email"
  | "phone"
  /** An exact age, in digits or words. */
  | "age"
  /** A ward, bed, bay or room with its number. */
  | "wardBed"
  /** The name of a place where the writer works. */
  | "ownPlace"
  /** Three or more facts that may single somebody out together. */
  | "combination"
  /** A photograph or a PDF, which nobody looks through. */
  | "unseenFile";

/** How much what was found says of who somebody is. */
export type FindingSeverity =
  /** It tells of one person by itself, and is asked about before anything is shared. */
  | "probableIdentifier"
  /** It may tell of somebody. */
  | "possible"
  /** Nothing by itself, but much together. */
  | "combination";

/** A field of a portfolio's form, and the text to paste into it. */
export interface FormField {
  /** What the field is about. */
  readonly field: string;
  /** Plain text, a line for each thing. */
  readonly text: string;
}

/** A framework, and how well there is evidence for its capabilities. */
export interface FrameworkCover {
  readonly key: string;
  readonly title: string;
  /** The version that its publisher gives it. */
  readonly version: string;
  /** Where it was found, and how sure that is. */
  readonly source: string;
  /** In its order, a parent before its children. */
  readonly capabilities: readonly CapabilityCover[];
}

/** What one field of this is to say. */
export type GoalEdit =
  /** What one wants to be able to do. */
  | { readonly type: "text"; readonly value: string }
  /** The capabilities it belongs to. */
  | { readonly type: "capabilities"; readonly value: Tags }
  /** By what one will know. */
  | { readonly type: "success"; readonly value: string }
  /** What there is to do for it. */
  | { readonly type: "actions"; readonly value: string }
  /** The last day for it. */
  | { readonly type: "due"; readonly value: CalendarDate | null }
  /** How far it has come. */
  | { readonly type: "status"; readonly value: GoalStatus };

/** How far a goal has come. */
export type GoalStatus =
  | "open"
  | "achieved"
  /** It goes on in the next year. */
  | "carriedOver"
  /** It was given up; what it says is kept. */
  | "dropped";

/** The chart of a group by which a measure is looked at. */
export interface GroupChart {
  readonly group: string;
  readonly chart: ChartView;
}

/** A plan that is offered to somebody. */
export interface HandoverView {
  /** Whom it is offered to; theirs once they accept. */
  readonly to: Person;
  /** Who owns it until then. */
  readonly from: Person;
  /** Whether the organisation offers it, because its owner has left. */
  readonly byOrganisation: boolean;
  /** What who owns it now may do with it once it is somebody else's. */
  readonly keeps: Right;
  /** Whether it was declined, and its owner has it still. */
  readonly declined: boolean;
}

/** One change in the history of a plan. */
export interface HistoryView {
  /** The plan with this change and all before it. */
  readonly version: Version;
  /** Who made it, if this device has heard of them. */
  readonly by: Person | null;
  /** The device it was made on. */
  readonly device: DeviceId | null;
  /** When, by that device's clock. */
  readonly at: Timestamp;
}

/** Something that was found. */
export interface Hit {
  readonly target: HitTarget;
  readonly title: string;
  /** The part of it where the words are, in pieces: their texts together are the part. */
  readonly snippet: readonly SnippetPiece[];
  /** When it was changed last. */
  readonly at: Timestamp;
}

/** A part of what was found. */
export interface HitPortion {
  readonly items: readonly Hit[];
  /** Whether more was found. */
  readonly more: boolean;
}

/** What a search leads to: a document, or a page of the programme. */
export type HitTarget =
  | { readonly type: "document"; readonly id: DocumentId; readonly kind: DocumentKind }
  /** A page of a content pack. */
  | { readonly type: "page"; readonly pack: string; readonly page: string };

/** What to do with an idea, by its effort and its gain. */
export type IdeaPick =
  /** Little effort, little gain. */
  | "possible"
  /** Little effort, much gain. */
  | "implement"
  /** Much effort, much gain. */
  | "challenge"
  /** Much effort, little gain. */
  | "kickOut";

/** How far a change idea has come. */
export type IdeaState =
  /** It waits to be tested. */
  | "toTest"
  | "testing"
  | "adopted"
  | "abandoned";

export type Ideas = readonly ChangeIdeaItem[];

/** Which way an effect goes. */
export type ImpactEffect =
  | "better"
  | "unchanged"
  | "worse";

/** A part of the sum of value of a plan. */
export interface ImpactItem {
  readonly id: ItemId;
  readonly impact: ProjectImpact;
}

/** On what an improvement has an effect: the sum of value of sustainable quality improvement. */
export type ImpactKind =
  /** What it does for patients and populations. */
  | "patients"
  /** In kilograms of carbon dioxide and what warms as much. */
  | "environment"
  /** What it does for staff, carers and communities. */
  | "social"
  /** Money that is saved or spent, in pence. */
  | "money";

export type Impacts = readonly ImpactItem[];

/** What reading an export back would bring, before anything is written. */
export interface ImportCheck {
  readonly reflections: Count;
  /** Projects of which the person was the owner. */
  readonly projects: Count;
  /** Things in the personal record. */
  readonly things: Count;
  /** Documents that are here already, or were deleted here. */
  readonly alreadyHere: Count;
  /** How many photographs and PDFs. */
  readonly files: Count;
  /** Bytes of these files. */
  readonly bytes: Amount;
  /** Bytes that fit into this person's space on the server, as far as this device knows. */
  readonly room: Amount;
  /** Files that are here already, or were taken away here. */
  readonly filesAlreadyHere: Count;
  /** Files that would not be read back, each with the reason. */
  readonly filesNotRead: readonly FileNotRead[];
  /** Sign-offs that would be kept. */
  readonly signOffs: Count;
  /** Sign-offs and requests for one that would not be kept, each with the reason. */
  readonly signOffsLeftOut: readonly SignOffLeftOut[];
  /** What is given as evidence of something that would not come along, each with the reason. */
  readonly evidenceLeftOut: readonly EvidenceLeftOut[];
  /** The titles of documents that are here already and say something else in the file than here. */
  readonly different: readonly string[];
  /** Things that would come as they are and that nobody could note now, each with the reason. */
  readonly asTheyWere: readonly string[];
  /** Comments on projects, which stay in the file. */
  readonly comments: Count;
  /** Suggestions for the texts of projects, which stay there too. */
  readonly suggestions: Count;
}

/** What became of an export that was read back. */
export interface ImportReport {
  readonly reflections: Count;
  /** Projects of which the person was the owner. */
  readonly projects: Count;
  /** Things in the personal record. */
  readonly things: Count;
  /** Documents that were here already, or were deleted here. */
  readonly alreadyHere: Count;
  /** Projects of others: their owner has to invite this account. */
  readonly projectsOfOthers: Count;
  /** Copies of reflections that were shared: each is between two people and is shared anew. */
  readonly sharedCopies: Count;
  /** Comments on projects: what others said is theirs. */
  readonly comments: Count;
  /** Documents, things and files that are still to be read; none unless it stopped. */
  readonly left: Count;
  /** Why it stopped before the end. What was read is saved; reading the same file again goes on. */
  readonly stopped: ImportStop | null;
  /** How many photographs and PDFs. */
  readonly files: Count;
  /** Files that were here already, or were taken away here. */
  readonly filesAlreadyHere: Count;
  /** Files that were not read back, each with the reason. Everything else was read. */
  readonly filesNotRead: readonly FileNotRead[];
  /** Sign-offs that were kept, each with all by which anybody can check it. */
  readonly signOffs: Count;
  /** Sign-offs and requests for one that were not kept, each with the reason. */
  readonly signOffsLeftOut: readonly SignOffLeftOut[];
  /** What is given as evidence of something that did not come along, each with the reason. */
  readonly evidenceLeftOut: readonly EvidenceLeftOut[];
  /**
   * What those documents are called that are here already and say something else in the file. They
   * stay as they are.
   */
  readonly different: readonly string[];
  /**
   * Things that came as they were and that nobody could note now, each with the reason: time out of
   * its range, or what is said to have been and lies ahead. They are kept, and such a session
   * counts for nothing.
   */
  readonly asTheyWere: readonly string[];
  /** Suggestions for the texts of projects, whatever became of them: they are in the file alone. */
  readonly suggestions: Count;
}

/** Why an import stopped before its end. */
export interface ImportStop {
  /** The code of the error. */
  readonly code: string;
  /** What a person reads. */
  readonly reason: string;
}

/** Which way of a measure's values is the better one. */
export type Improvement =
  | "up"
  | "down"
  /** Neither; it is watched. */
  | "neutral";

/** A page of the inbox, and how much waits in all. */
export interface Inbox {
  /** The newest of them first. */
  readonly items: readonly InboxView[];
  /** Whether there is more after them. */
  readonly more: boolean;
  readonly counts: InboxCounts;
}

/** How much waits of one kind. */
export interface InboxCount {
  readonly kind: InboxKind;
  readonly count: Count;
}

/** How much waits, for badges. */
export interface InboxCounts {
  readonly total: Count;
  /** Kinds of which nothing waits are not in it. */
  readonly byKind: readonly InboxCount[];
}

/** What kind of thing waits. */
export type InboxKind =
  /** Somebody invites this person to take part in a plan. */
  | "projectInvited"
  /** Somebody offers this person a plan, to own it. */
  | "handoverOffered"
  /** Somebody does not want the plan that this person offered them. */
  | "handoverDeclined"
  /** Somebody asks this person to sign something. */
  | "signOffAsked"
  /** Somebody has shared a copy with this person. */
  | "copyShared"
  /** Somebody said something in a plan and nobody has answered or settled it. */
  | "commentUnanswered"
  /** Somebody would change the text of a plan, and nobody has decided. */
  | "suggestionOpen"
  /** Something in a plan was to be done by now. */
  | "actionOverdue"
  /** Nothing was written in a plan for a month. */
  | "projectSilent"
  /** A measure has no value for a whole period. */
  | "measureWithoutValue"
  /** Somebody answered what this person had said. */
  | "commentAnswered"
  /** Somebody signed what this person asked for, or returned it. */
  | "signOffAnswered"
  /** Somebody says that this person answered on their device what they had asked. */
  | "signOffWitnessed"
  /** What somebody signed for this person counts no more, or not for what it says now. */
  | "signOffEnded"
  /** Somebody waits for something in this person's plan. */
  | "nudge"
  /** The holder of a ticket said something about what it shows. */
  | "ticketAnswered"
  /** Evidence has to be there soon. */
  | "deadline";

/** A place in the inbox: where the next page goes on, whatever becomes of the item there. */
export interface InboxPosition {
  /** Since when it waited. */
  readonly since: Timestamp;
  readonly item: ItemId;
}

/** One thing that waits. */
export interface InboxView {
  /** The same on every device of a person. */
  readonly id: ItemId;
  readonly kind: InboxKind;
  /** What to open: the plan, the copy, the request, the personal record. */
  readonly document: DocumentId;
  /** Of what kind that is, by which an app knows what to open; none where it is gone. */
  readonly documentKind: DocumentKind | null;
  /** Where in it: a section's name or an item's id. Empty for the whole. */
  readonly place: string;
  /** What the document is called. */
  readonly title: string;
  /**
   * What it is about, in the first words of who wrote them; where several say different things,
   * each with their name. May be empty.
   */
  readonly words: string;
  /** Who waits or answered, as far as this device has heard of them. */
  readonly people: readonly Person[];
  /** Since when it waits. */
  readonly since: Timestamp;
  /** Whether seeing it is enough. */
  readonly leaves: Leaves;
  /** What makes it leave, in a sentence. */
  readonly how: string;
  /** Where the next page goes on after it. */
  readonly position: InboxPosition;
}

/** What a value was handed in for. */
export type InputField =
  /** The address of a server. */
  | "server"
  | "invitation"
  | "recoveryKey"
  | "title"
  | "minutes"
  | "start"
  | "person"
  | "right"
  | "comment"
  /** The name of a text that is typed into. */
  | "textField"
  | "edit"
  /** What shows that something was completed. */
  | "evidence"
  | "recipe"
  /** A page of a plan, or for an annual review. */
  | "page"
  /** A file that was exported. */
  | "export"
  | "value"
  /** The key of a prompt or an item in a document. */
  | "key"
  | "version"
  | "id"
  | "date"
  | "moment"
  | "duration"
  /** What somebody says or hands in with a sign-off. */
  | "signOff"
  /** A file that is to be attached. */
  | "attachment"
  /** A ticket that is to be made, or the link of one. */
  | "ticket";

/** What became of an invitation. */
export type InvitationStanding =
  /** It waits for an answer. */
  | "waiting"
  /** The plan comes with the next exchange. */
  | "accepted"
  /** It was declined, and who sent it can send nothing more until this is taken back. */
  | "declinedForGood";

/** An invitation to take part in a plan, with what there is to decide by. */
export interface InvitationView {
  readonly project: DocumentId;
  /** What the plan is called, as who invites says; cut where it is long. May be empty. */
  readonly title: string;
  /** Who invites, if this device has heard of them. */
  readonly inviter: Person | null;
  /** What this person may do once they accept. */
  readonly right: Right;
  /** How many bytes come with it, about, as who invites says. */
  readonly bytes: Amount;
  /** When it came to the server. */
  readonly cameAt: Timestamp;
  /** Until when it can be accepted. */
  readonly expiresAt: Timestamp;
  readonly standing: InvitationStanding;
}

export type ItemId = string & { readonly [of]: "ItemId" };

export type ItemIds = readonly ItemId[];

export type ItemText = TextOfItem;

/** What one field of this is to say. */
export type JourneyEdit =
  /** What it is about: "from a fall to home again". */
  | { readonly type: "title"; readonly value: string }
  /** What the whole of it taught. */
  | { readonly type: "learned"; readonly value: string };

/** One step of a patient's journey. Only its place in the order and a gap in days say when. */
export interface JourneyStep {
  /** Where: "at home", "emergency department". */
  readonly setting: string;
  /** The service that was there. */
  readonly service: string;
  /** The journey it is a step of. */
  readonly journey: ItemId;
  /** Its place among the steps, from 1. */
  readonly place: Whole | null;
  /** Days since the step before, roughly. */
  readonly gap: Whole | null;
  /** The role of whom one met: "district nurse". */
  readonly roleMet: string;
  /** What was handed over, and what was not. */
  readonly handedOver: string;
  /** What was wasted: time, journeys, things. */
  readonly wasted: string;
  /** What one learned from it. */
  readonly learned: string;
}

/** What one field of this is to say. */
export type JourneyStepEdit =
  /** Where: "at home", "emergency department". */
  | { readonly type: "setting"; readonly value: string }
  /** The service that was there. */
  | { readonly type: "service"; readonly value: string }
  /** The journey it is a step of. */
  | { readonly type: "journey"; readonly value: ItemId }
  /** Its place among the steps, from 1. */
  | { readonly type: "place"; readonly value: Whole | null }
  /** Days since the step before, roughly. */
  | { readonly type: "gap"; readonly value: Whole | null }
  /** The role of whom one met: "district nurse". */
  | { readonly type: "roleMet"; readonly value: string }
  /** What was handed over, and what was not. */
  | { readonly type: "handedOver"; readonly value: string }
  /** What was wasted: time, journeys, things. */
  | { readonly type: "wasted"; readonly value: string }
  /** What one learned from it. */
  | { readonly type: "learned"; readonly value: string };

/** One step of a journey. */
export interface JourneyStepItem {
  readonly id: ItemId;
  readonly step: JourneyStep;
}

/** What one field of this is to say. */
export type KeptSignOffEdit =
  /** What was signed, in a line. */
  | { readonly type: "title"; readonly value: string }
  /** The file of it, by which anybody can check it. */
  | { readonly type: "paper"; readonly value: string }
  /** The document that it is of, as it was read back. */
  | { readonly type: "of"; readonly value: EvidenceSource | null };

/** A sign-off that was read back from an export, or is kept of a request that was taken back. */
export interface KeptSignOffView {
  readonly id: ItemId;
  /** What was signed, in a line. */
  readonly title: string;
  /** All of what was signed. */
  readonly text: string;
  readonly decision: SignOffDecision;
  readonly statement: string;
  /** The signer's name as it was shown when it was signed. */
  readonly signer: string;
  /** As what they signed, as people read it: a claim is never said as a fact. */
  readonly roleInWords: string;
  /** Whether a placement of that day, or the server, says the same as they do. */
  readonly roleAgrees: boolean;
  /** How the trainee knew them who witnessed it; none if the signer signed with their own key. */
  readonly witnessed: string | null;
  /** The signer's device clock. */
  readonly at: Timestamp;
  /** Whose evidence it was, by the name they had then. */
  readonly trainee: string;
  /** Why it does not count; none if it does. */
  readonly fault: SignOffFault | null;
  /** Whether the organisation that certified it is that of this account. */
  readonly publisherKnown: boolean;
  /** Whether it was made under another account than this one. */
  readonly anotherAccount: boolean;
  /** Whether what was signed still says the same here. */
  readonly changed: ChangedSince;
  /**
   * Whether another answer that was read back stands in its place: a newer one of the same signer,
   * or for one that was witnessed, one that somebody signed with a key of their own.
   */
  readonly superseded: boolean;
  /** How it stands, in a line: what was decided, and all that its reader has to know of that. */
  readonly inWords: string;
}

/** Why there is no key that opens the database. */
export type KeyFault =
  /** The phone was not unlocked since it was started; open again after that. */
  | "notYet"
  /** There is a database here and no key for it. See `setAside`. */
  | "missing"
  /** The phone has made the key unusable. See `setAside`. */
  | "invalidated"
  /** The key store did not keep a new key, so no database was made. */
  | "notKept"
  /** The key of the key store is not that of the database. */
  | "wrong";

/** Something a learner can do. */
export interface LearningActivity {
  /** Its key, unique in the programme. */
  readonly key: string;
  readonly title: string;
  readonly kind: ActivityKind;
  /** How long it takes. */
  readonly minutes: Minutes;
  /** Whether the module can be completed without it. */
  readonly required: boolean;
  /** The outcomes it serves, by key. */
  readonly outcomes: readonly string[];
  /** What it uses, by key. */
  readonly resources: readonly string[];
  /** What shows that it was done. */
  readonly evidence: Evidence;
  /** The page to read. Its text may be empty. */
  readonly page: ProgrammePage;
  /** What it consists of, where some of it is online and some is not. */
  readonly parts: readonly ActivityPart[];
  /** How it is talked over afterwards, if it is. */
  readonly debrief: DebriefGuide | null;
}

/** A short visit that somebody arranged for themselves. */
export interface LearningExperience {
  /** Who was visited: "community pharmacy", "food bank". */
  readonly host: string;
  /** What kind of body the host is. */
  readonly kind: OrganisationKind | null;
  /** The day of it. */
  readonly at: CalendarDate;
  /** How long it took. */
  readonly minutes: Minutes | null;
  /** What it was for. */
  readonly purpose: string;
  /** What one learned from it. */
  readonly learning: string;
  /** The placement it belongs to. */
  readonly placement: ItemId | null;
}

/** What one field of this is to say. */
export type LearningExperienceEdit =
  /** Who was visited: "community pharmacy", "food bank". */
  | { readonly type: "host"; readonly value: string }
  /** What kind of body the host is. */
  | { readonly type: "kind"; readonly value: OrganisationKind | null }
  /** The day of it. */
  | { readonly type: "at"; readonly value: CalendarDate }
  /** How long it took. */
  | { readonly type: "minutes"; readonly value: Minutes | null }
  /** What it was for. */
  | { readonly type: "purpose"; readonly value: string }
  /** What one learned from it. */
  | { readonly type: "learning"; readonly value: string }
  /** The placement it belongs to. */
  | { readonly type: "placement"; readonly value: ItemId | null };

/** The learning log: the sessions and what they amount to. */
export interface LearningLog {
  /** Every session of the period, newest first. */
  readonly sessions: readonly SessionView[];
  /** What they amount to. */
  readonly count: LogCount;
  /** What is asked for. */
  readonly rule: LogRule;
  /** The same, training year by training year. */
  readonly years: readonly LogYear[];
  /** Sessions, absences and breaks that may be noted twice, or that went on while another did. */
  readonly doubtful: readonly ItemId[];
}

/** A stretch of time somebody spent learning. */
export interface LearningSession {
  readonly title: string;
  /** The activity it was spent on, by key. */
  readonly activity: string | null;
  /** The module it counts towards, by key. */
  readonly module: string | null;
  /** When it began, by the device's clock. */
  readonly start: Timestamp;
  /** How long it took; never zero. */
  readonly minutes: Minutes;
  /** How the learning log counts it. */
  readonly kind: SessionKind;
  /** Whether it is for one specialty; of this less counts. */
  readonly isSpecialty: boolean;
  /** How much of it was online, which counts as e-learning. */
  readonly online: Minutes | null;
  /** The place where it was held. */
  readonly place: string;
  /** The person or body that gave it. */
  readonly provider: string;
  /** The themes it is about. */
  readonly themes: readonly ProgrammeTag[];
  /** The part of the activity that it was, by key. Empty for one without parts. */
  readonly part: string;
  /** How far the clocks were ahead of UTC where it was noted, as `+01:00`, if that is known. */
  readonly offset: UtcOffset | null;
}

/** How something leaves the inbox. */
export type Leaves =
  /** Once it was seen. */
  | "whenSeen"
  /** Once it was done; that it was seen changes nothing. */
  | "whenDone";

/** Why a file did not go along with an export. */
export type LeftOutOfExport =
  | "wordsOnly"
  | "notHere"
  | "notFetched"
  | "damaged";

/** A place in a list: where the next page goes on, whatever becomes of the document there. */
export interface ListPosition {
  /** When the document had been changed last. */
  readonly updatedAt: Timestamp;
  readonly document: DocumentId;
}

/**
 * What a learning log amounts to. Minutes are whole here; what is reached is decided by exact ones.
 */
export interface LogCount {
  readonly counted: Minutes;
  /** Minutes of core teaching. */
  readonly core: Minutes;
  /** Minutes of e-learning before the cap. */
  readonly elearning: Minutes;
  /** Minutes that do not count. */
  readonly excluded: Minutes;
  /**
   * Whether the target is reached; none where nothing is asked, so that nothing is met or unmet.
   */
  readonly targetMet: boolean | null;
  /** Whether the core target is reached; none likewise. */
  readonly coreMet: boolean | null;
  /** Minutes that are still to be done. */
  readonly left: Minutes | null;
  /** Minutes of core teaching that are still to be done. */
  readonly coreLeft: Minutes | null;
  /** Minutes of other teaching, before anything limits them. */
  readonly nonCore: Minutes | null;
  /** Minutes of teaching and e-learning beyond what the limits let in. */
  readonly aboveLimits: Minutes | null;
}

/** What a period of training asks of a learning log. */
export interface LogRule {
  /** Minutes to reach; none if nothing is asked. */
  readonly target: Minutes;
  /** Of these, minutes of core teaching. */
  readonly core: Minutes;
  /** Minutes of e-learning that count at most. */
  readonly elearningCap: Minutes;
}

/** A training year in a log, or a part of one. */
export interface LogYear {
  /** The first day that is counted. */
  readonly from: CalendarDate;
  /** The last day that is counted. */
  readonly to: CalendarDate;
  /** The part of a full-time year that is worked on these days, to four places. */
  readonly factor: string;
  /** Whether full time was taken for granted, since no placement says how much was worked. */
  readonly isFullTimeAssumed: boolean;
  readonly rule: LogRule;
  readonly count: LogCount;
  /** The day by which what is left has to be done. */
  readonly by: CalendarDate;
  /** Rostered days, among these, that were not worked. Days to come are not among them. */
  readonly absentDays: string;
  /** More than this in a training year ask for a review of the end of training. */
  readonly absenceLimit: Count | null;
  /** Whether the days of the training year are more. */
  readonly absenceAsksForReview: boolean;
  /**
   * How much of a full-time year these days are, for people: "60 % of a full-time year (219 of 365
   * days)".
   */
  readonly factorInWords: string;
  /** The days absent against what asks for a review, for people; empty if there are none. */
  readonly absenceInWords: string;
  /**
   * What has to be known of how it was counted, a sentence each: a grade that is not noted or that
   * the rule does not name, and sessions that are set aside.
   */
  readonly notes: readonly string[];
  /**
   * Why so much is asked for, a sentence each: what makes it less than a full-time year, with its
   * days, and figures of the rule that change within it.
   */
  readonly reasons: readonly string[];
}

/** A character of a text, by a name that it keeps. */
export type Mark = string;

/** A measure and its operational definition. */
export interface Measure {
  /** What it is called. */
  readonly name: string;
  /** Whether it tells of people, of the work, or of harm elsewhere. */
  readonly kind: MeasureKind;
  /** The definition in a sentence. */
  readonly definition: string;
  /** The unit of its values. */
  readonly unit: MeasureUnit | null;
  /** What is counted: "patients weighed within a day". */
  readonly numerator: string;
  /** Of how many it is: "patients admitted". */
  readonly denominator: string;
  /** Who or what is in, and who is left out. */
  readonly inclusion: string;
  /** Where the figures come from. */
  readonly source: string;
  /** Who collects them, by role. */
  readonly collector: string;
  /** How often it is collected, in words: "every Monday". */
  readonly frequency: string;
  /** Which way is better. */
  readonly improvement: Improvement | null;
  /** How it is drawn. */
  readonly chart: MeasureChart;
  /** By which rules its run chart is read. */
  readonly rules: RunRules;
}

/** How a measure is drawn. */
export type MeasureChart =
  /** Around the median, as a run chart. */
  | "run"
  /** With the limits that the values themselves set. */
  | "xmr"
  /** Of something rare: the days from one to the next. */
  | "daysBetween";

/** What one field of this is to say. */
export type MeasureEdit =
  /** What it is called. */
  | { readonly type: "name"; readonly value: string }
  /** Whether it tells of people, of the work, or of harm elsewhere. */
  | { readonly type: "kind"; readonly value: MeasureKind }
  /** The definition in a sentence. */
  | { readonly type: "definition"; readonly value: string }
  /** The unit of its values. */
  | { readonly type: "unit"; readonly value: MeasureUnit | null }
  /** What is counted: "patients weighed within a day". */
  | { readonly type: "numerator"; readonly value: string }
  /** Of how many it is: "patients admitted". */
  | { readonly type: "denominator"; readonly value: string }
  /** Who or what is in, and who is left out. */
  | { readonly type: "inclusion"; readonly value: string }
  /** Where the figures come from. */
  | { readonly type: "source"; readonly value: string }
  /** Who collects them, by role. */
  | { readonly type: "collector"; readonly value: string }
  /** How often it is collected, in words: "every Monday". */
  | { readonly type: "frequency"; readonly value: string }
  /** Which way is better. */
  | { readonly type: "improvement"; readonly value: Improvement | null }
  /** How it is drawn. */
  | { readonly type: "chart"; readonly value: MeasureChart }
  /** By which rules its run chart is read. */
  | { readonly type: "rules"; readonly value: RunRules };

/** A measure of a plan. */
export interface MeasureItem {
  readonly id: ItemId;
  readonly measure: Measure;
}

/** What a measure tells. */
export type MeasureKind =
  /** Whether things got better for people. */
  | "outcome"
  /** Whether what was planned is being done. */
  | "process"
  /** Whether something else got worse. */
  | "balancing";

/** One value of a measure. Two of one period are both kept until somebody chooses one. */
export interface MeasureObservation {
  /** The measure it is of. */
  readonly measure: ItemId;
  /** The day, or the first day of the period. */
  readonly at: CalendarDate;
  /** The value as it was counted or measured. */
  readonly value: Value;
  /** The group it is of, where a measure is looked at by group. */
  readonly group: string;
  /** Where the figure comes from, if not from where the measure says. */
  readonly source: string;
  /** Why it is not counted; empty if it is. */
  readonly excluded: string;
}

/** What one field of this is to say. */
export type MeasureObservationEdit =
  /** The measure it is of. */
  | { readonly type: "measure"; readonly value: ItemId }
  /** The day, or the first day of the period. */
  | { readonly type: "at"; readonly value: CalendarDate }
  /** The value as it was counted or measured. */
  | { readonly type: "value"; readonly value: Value }
  /** The group it is of, where a measure is looked at by group. */
  | { readonly type: "group"; readonly value: string }
  /** Where the figure comes from, if not from where the measure says. */
  | { readonly type: "source"; readonly value: string }
  /** Why it is not counted; empty if it is. */
  | { readonly type: "excluded"; readonly value: string };

/** A stretch of a measure's values with a centre of its own. Only a person makes one. */
export interface MeasurePhase {
  /** The measure it is of. */
  readonly measure: ItemId;
  /** The first day of it. */
  readonly from: CalendarDate;
  /** What it is called: "baseline", "after the lamps". */
  readonly label: string;
  /** Why a phase begins here. */
  readonly reason: string;
  /** Of how many first points the limits are made, and then kept. None: of all. */
  readonly fixedAfter: Whole | null;
}

/** What one field of this is to say. */
export type MeasurePhaseEdit =
  /** The measure it is of. */
  | { readonly type: "measure"; readonly value: ItemId }
  /** The first day of it. */
  | { readonly type: "from"; readonly value: CalendarDate }
  /** What it is called: "baseline", "after the lamps". */
  | { readonly type: "label"; readonly value: string }
  /** Why a phase begins here. */
  | { readonly type: "reason"; readonly value: string }
  /** Of how many first points the limits are made, and then kept. None: of all. */
  | { readonly type: "fixedAfter"; readonly value: Whole | null };

/** Where a measure is meant to be from a day on. */
export interface MeasureTarget {
  /** The measure it is of. */
  readonly measure: ItemId;
  /** The first day on which it is wanted. */
  readonly from: CalendarDate;
  /** The value that is wanted. */
  readonly value: Value;
}

/** What one field of this is to say. */
export type MeasureTargetEdit =
  /** The measure it is of. */
  | { readonly type: "measure"; readonly value: ItemId }
  /** The first day on which it is wanted. */
  | { readonly type: "from"; readonly value: CalendarDate }
  /** The value that is wanted. */
  | { readonly type: "value"; readonly value: Value };

/** What the values of a measure are. */
export type MeasureUnit =
  | "count"
  /** Of a hundred; best kept as shares. */
  | "percent"
  | "minutes"
  | "days"
  /** Kilograms of carbon dioxide and what warms as much. */
  | "carbon"
  | "pounds"
  | "score";

export type Measures = readonly MeasureItem[];

/** What can be attached. */
export type MediaType =
  | "jpeg"
  | "png"
  | "pdf";

/** Something an activity uses, and whether it is here. */
export interface MediaView {
  readonly key: string;
  readonly title: string;
  readonly kind: ResourceKind;
  /** Nothing for an address on the web. */
  readonly bytes: Amount;
  /** The media type of its file. */
  readonly mediaType: string | null;
  /** Its file, once it is here. */
  readonly path: string | null;
  /** Where it is on the web, if it is. */
  readonly url: string | null;
  /** Its captions or transcript. */
  readonly transcript: string | null;
  /** Places where one stops and thinks. */
  readonly pausePoints: readonly PausePoint[];
}

/** A person and what they may do with a plan. */
export interface Member {
  readonly person: Person;
  /** What they may do; of who is invited, once they accept; of who is gone, what they had. */
  readonly right: Right;
  /** Whether they take part, are invited, or did not want to or do not any more. */
  readonly standing: Standing;
  /** Of who is invited: until when they can accept, about. */
  readonly expiresAt: Timestamp | null;
  /** Whether the server knows it already. */
  readonly confirmed: boolean;
}

/** A length of time in whole minutes. */
export type Minutes = number;

/** That a module was completed: a fact, whatever becomes of the module. */
export interface ModuleCompletion {
  /** The module, by key. */
  readonly module: string;
  /** Device clock when it was completed. */
  readonly at: Timestamp;
  /** The version of the pack in which it was completed. */
  readonly packVersion: Whole | null;
  /** What shows it, if there is something. */
  readonly evidence: EvidenceSource | null;
  /** Why there is nothing to show, if there is not. */
  readonly reason: string;
  /** The activities that were complete then: their keys, with spaces between them. */
  readonly activities: string;
  /** Minutes of learning that were noted for it then. */
  readonly minutes: Minutes | null;
}

/** What one field of this is to say. */
export type ModuleCompletionEdit =
  /** The module, by key. */
  | { readonly type: "module"; readonly value: string }
  /** Device clock when it was completed. */
  | { readonly type: "at"; readonly value: Timestamp }
  /** The version of the pack in which it was completed. */
  | { readonly type: "packVersion"; readonly value: Whole | null }
  /** What shows it, if there is something. */
  | { readonly type: "evidence"; readonly value: EvidenceSource | null }
  /** Why there is nothing to show, if there is not. */
  | { readonly type: "reason"; readonly value: string }
  /** The activities that were complete then: their keys, with spaces between them. */
  | { readonly type: "activities"; readonly value: string }
  /** Minutes of learning that were noted for it then. */
  | { readonly type: "minutes"; readonly value: Minutes | null };

/** That a module was completed. */
export interface ModuleCompletionItem {
  readonly id: ItemId;
  readonly completion: ModuleCompletion;
}

/** One module in the map of the programme. */
export interface ModuleRow {
  readonly key: string;
  readonly title: string;
  /** Minutes to spend on it at least. */
  readonly minMinutes: Minutes;
  /** Device clock when it was completed. */
  readonly completedAt: Timestamp | null;
  /** What was done for it in each of the years of the map. */
  readonly years: readonly ModuleYear[];
  /** How well there is evidence for each of its outcomes. */
  readonly outcomes: readonly StatementCover[];
}

/** A module as the list of modules shows it. */
export interface ModuleSummary {
  readonly key: string;
  readonly title: string;
  /** The domains it covers, by key. */
  readonly domains: readonly string[];
  /** The themes it touches, by key. */
  readonly themes: readonly string[];
  /** When it is meant to be done. */
  readonly suggestedStage: string;
  /** Minutes to spend on it at least. */
  readonly minMinutes: Minutes;
  /** Minutes of learning sessions that count towards it. */
  readonly minutesDone: Minutes;
  readonly activities: Count;
  readonly activitiesDone: Count;
  /** Whether it is complete: enough minutes, and every required activity, now or once. */
  readonly complete: boolean;
  /** Device clock when it was completed. Nothing that comes later makes that undone. */
  readonly completedAt: Timestamp | null;
}

/** A module as its screen shows it. */
export interface ModuleView {
  /** What the list shows. */
  readonly summary: ModuleSummary;
  /** The page that introduces it. */
  readonly page: PageView;
  /** What one will be able to do. */
  readonly outcomes: readonly Outcome[];
  /** What there is to do. */
  readonly activities: readonly ActivityView[];
}

/** What was done for a module in a training year. */
export interface ModuleYear {
  readonly minutes: Minutes;
  /** Activities that were completed in it. */
  readonly activitiesDone: Count;
  /** Whether the module was completed in it. */
  readonly completed: boolean;
}

/** Time spent learning that is to be noted. */
export interface NewSession {
  readonly title: string;
  /** The activity it was spent on, by key. */
  readonly activity: string | null;
  /** The module it counts towards, by key. If an activity is named, its module is known. */
  readonly module: string | null;
  readonly start: Timestamp;
  /** How long it took. */
  readonly minutes: Minutes;
  /** How the learning log counts it. */
  readonly kind: SessionKind;
}

/** A ticket that is to be made. */
export interface NewTicket {
  /** A reflection, a copy of one, or a plan of this person. */
  readonly document: DocumentId;
  /** What its holder is asked for. */
  readonly purpose: string;
  readonly right: TicketRight;
  /** Days for which it is good. */
  readonly days: Count;
  /** How often it can be opened. */
  readonly uses: Count;
}

/** Why a page cannot be compared with what it was made of. */
export type NotCompared =
  /** It is the record of somebody else, which nobody but its owner can read. */
  | "ofSomebodyElse"
  /** Something of it is not on this device, or not yet in that version. */
  | "notHere"
  /** Another version of the app made it, whose words may be others. */
  | "otherVersion";

/** What an error is about. */
export type Noun =
  /** A document whose kind is not known, because it is not here. */
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
  /** The file of a resource, in the pack. */
  | "file"
  | "pack"
  | "person"
  | "member"
  /** To take part in a plan. */
  | "invitation"
  /** A link by which somebody without an account reads one text. */
  | "ticket"
  | "signOffRequest"
  | "signOff"
  /** Work the server refused. */
  | "quarantined"
  | "attachment"
  /** The database of an account's folder. */
  | "database";

/** One value of a measure of a plan. */
export interface ObservationItem {
  readonly id: ItemId;
  readonly observation: MeasureObservation;
}

export type Observations = readonly ObservationItem[];

/** A value without rounding. */
export type ObservedValue =
  /** A number in thousandths of the measure's unit, so that no binary fraction creeps in. */
  | { readonly type: "number"; readonly thousandths: number }
  /** A share, kept as it was counted. `0 <= numerator <= denominator` and `denominator > 0`. */
  | {
      readonly type: "ratio";
      /** How many of them. */
      readonly numerator: Count;
      /** How many there were. */
      readonly denominator: Count;
    };

/** Why no answer came that is certainly the server's. */
export type Obstacle =
  /** No network leads there. */
  | { readonly type: "noRoute" }
  /** The name in the address is not known: there is no network, or it is mistyped. */
  | { readonly type: "unknownName" }
  /** The machine is there, and nothing listens at the address. */
  | { readonly type: "nobodyThere" }
  /** The connection broke before the whole answer was here. */
  | { readonly type: "cutOff" }
  /** No answer came in time. */
  | { readonly type: "timedOut" }
  /** No connection that others cannot read. */
  | { readonly type: "notSafe"; readonly fault: TlsFault }
  /** The answer points elsewhere: a network's sign-in page, or the server has moved. */
  | {
      readonly type: "moved";
      /** Where to, without what follows a question mark; empty if that cannot be read. */
      readonly to: string;
    }
  /** The network asks for a sign-in: show its page in a browser. */
  | {
      readonly type: "networkSignIn";
      /** The status of HTTP. */
      readonly status: Count;
      /** How long they ask to wait, if they say so; at most an hour. */
      readonly retryIn: Duration | null;
    }
  /** A proxy on the way asks for a name and a password. */
  | { readonly type: "proxySignIn" }
  /** Somebody on the way forbids it: a filter of the network, or its sign-in page. */
  | {
      readonly type: "forbidden";
      /** The status of HTTP. */
      readonly status: Count;
      /** How long they ask to wait, if they say so; at most an hour. */
      readonly retryIn: Duration | null;
    }
  /** Somebody else on the way answered, such as a gateway. */
  | {
      readonly type: "stranger";
      /** The status of HTTP. */
      readonly status: Count;
      /** How long they ask to wait, if they say so; at most an hour. */
      readonly retryIn: Duration | null;
    }
  /** A web page or another service is at the address, or a network shows its sign-in page. */
  | {
      readonly type: "notEnhance";
      /** The status of HTTP. */
      readonly status: Count;
    }
  /** It claims to be the server's answer and is not the one to this question. */
  | { readonly type: "unreadable" }
  /** What answers is not HTTP. */
  | { readonly type: "notHttp" }
  /** The server itself has no time at the moment. */
  | {
      readonly type: "busy";
      /** How long it asks to wait, if it says so; at most an hour. */
      readonly retryIn: Duration | null;
    }
  /** The disk of the server is full, and whoever runs it has to make room. */
  | {
      readonly type: "serverFull";
      /** How long it asks to wait, if it says so; at most an hour. */
      readonly retryIn: Duration | null;
    }
  /** The server answers, and its answers lead nowhere. */
  | { readonly type: "noProgress" }
  /** It is an Enhance server, and not the one this device is enrolled at. */
  | { readonly type: "anotherServer" }
  /**
   * It does not know this device, and its clock is half a year or more from that of this device.
   */
  | { readonly type: "clocksDiffer" };

/** A ticket as its holder has it before them. */
export interface OpenedTicket {
  readonly snapshot: TicketSnapshot;
  /** What its holder may do. */
  readonly right: TicketRight;
  /** Until when, by the server's clock. */
  readonly expiresAt: Timestamp;
  /** How often it can be opened after this. */
  readonly usesLeft: Count;
  /**
   * By which the holder is known while they have it open: opened again with it, it is not used up
   * any further.
   */
  readonly visit: ItemId;
}

/** What kind of body a place of work belongs to. */
export type OrganisationKind =
  /** A hospital for acute care. */
  | "nhsAcute"
  | "primaryCare"
  | "community"
  | "mentalHealth"
  | "localAuthority"
  /** A charity or a group of volunteers. */
  | "voluntary"
  /** An integrated care system or board. */
  | "ics"
  | "other";

/** Somebody whom a page calls by another name than this device knows. */
export interface OtherName {
  readonly onPage: string;
  /** None of whom this device has not heard. */
  readonly here: string | null;
}

/** A sentence that completes "you will be able to". */
export interface Outcome {
  readonly key: string;
  /** The domain it belongs to. */
  readonly domain: string;
  readonly text: string;
  /** Whose sentence it is: the handbook's, or this project's own where that is not known. */
  readonly source: OutcomeSource;
}

/** Whose sentence an outcome is. */
export type OutcomeSource =
  /** It says what the programme's handbook says, in our words. */
  | "handbook"
  /** The handbook's sentence is not known; this one is ours. */
  | "ours";

/** Something that came out of a plan. */
export interface OutputItem {
  readonly id: ItemId;
  readonly output: ProjectOutput;
}

/** What came out of a project for others to see. */
export type OutputKind =
  | "poster"
  | "presentation"
  | "paper"
  | "guideline"
  | "teaching"
  | "other";

export type Outputs = readonly OutputItem[];

/** A device of the person whose device this is. */
export interface OwnDevice {
  readonly id: DeviceId;
  readonly name: string;
  /** When it was enrolled, by the server's clock. */
  readonly joinedAt: Timestamp;
  /** When it last asked the server for something, to a few minutes. */
  readonly lastSeen: Timestamp;
  /** Whether it is the one on which this is asked. */
  readonly isThis: boolean;
}

/** A nudge of this person that stands in the way of another. */
export interface OwnNudge {
  readonly id: ItemId;
  /** What of the plan it is about: a section's name or an item's id. Empty for the whole. */
  readonly anchor: string;
  /** What they wait for, in their words. */
  readonly why: string;
  /** Device clock when it was written. */
  readonly at: Timestamp;
  /** Whether it has still to go out, with the next sync. */
  readonly waits: boolean;
}

/** A content pack as far as this device knows it. */
export interface PackState {
  readonly key: string;
  /** The version in use. */
  readonly installed: PackVersion | null;
  /** The newest version the server offers. */
  readonly available: PackVersion | null;
  /**
   * Bytes of the newest version this device has the manifest of, without what is fetched on
   * request.
   */
  readonly bytes: Amount | null;
  /** Those of them that are not here yet. */
  readonly bytesMissing: Amount | null;
}

/** What became of an update of a pack. */
export interface PackUpdate {
  readonly key: string;
  /** The version that was in use before. */
  readonly before: PackVersion | null;
  /** The version in use now. */
  readonly version: PackVersion;
  /** Bytes that were fetched. */
  readonly bytes: Amount;
}

export type PackVersion = number & { readonly [of]: "PackVersion" };

/** Whether a page still agrees with its plan. */
export type PageVerdict =
  /** It says what the plan says now. */
  | { readonly type: "agrees"; readonly project: DocumentId }
  /** It says what the plan said, which has changed since. */
  | {
      readonly type: "outdated";
      readonly project: DocumentId;
      /** How many changes the plan has had since. */
      readonly changes: Count;
    }
  /** Somebody altered the page after it was made, or made it by other means. */
  | { readonly type: "altered"; readonly project: DocumentId }
  /**
   * Its digest is right, and another version of the app made it, whose words may be others: it
   * cannot be compared.
   */
  | {
      readonly type: "otherVersion";
      readonly project: DocumentId;
      /** The version that made it. */
      readonly madeBy: string;
    };

/** A page to read. */
export interface PageView {
  readonly key: string;
  readonly title: string;
  /** Its text, in Markdown. */
  readonly text: string;
  /**
   * Whether its file is not here as its publisher signed it. There is no text then, and the next
   * sync or update of the pack fetches it.
   */
  readonly isMissing: boolean;
}

/** Where a part of an activity is done. */
export type PartMode =
  /** In the app, or anywhere else on a screen. It counts as e-learning. */
  | "online"
  /** In a room, with others. */
  | "faceToFace";

/** The way of a patient through services, told without anything that says who it was. */
export interface PatientJourney {
  /** What it is about: "from a fall to home again". */
  readonly title: string;
  /** What the whole of it taught. */
  readonly learned: string;
}

/** The way of a patient through services. */
export interface PatientJourneyItem {
  readonly id: ItemId;
  readonly journey: PatientJourney;
}

/** A place in a film where one stops and thinks. */
export interface PausePoint {
  /** Its key, unique in the programme. */
  readonly key: string;
  /** How far it is from the beginning. */
  readonly at: Duration;
  /** The scene it belongs to. */
  readonly scene: string;
  /** What to think about. */
  readonly prompt: string;
}

/** A goal of personal development. */
export interface PdpGoal {
  /** What one wants to be able to do. */
  readonly text: string;
  /** The capabilities it belongs to. */
  readonly capabilities: Tags;
  /** By what one will know. */
  readonly success: string;
  /** What there is to do for it. */
  readonly actions: string;
  /** The last day for it. */
  readonly due: CalendarDate | null;
  /** How far it has come. */
  readonly status: GoalStatus;
}

/** A goal of personal development. */
export interface PdpGoalItem {
  readonly id: ItemId;
  readonly goal: PdpGoal;
}

/** One plan-do-study-act cycle: a change, tested on a small scale. */
export interface PdsaCycle {
  /** The change that is tested, in words of its own. */
  readonly changeIdea: string;
  /** The idea of the plan that is tested. */
  readonly idea: ItemId | null;
  /** What the team expects to see. Written before anything is done. */
  readonly prediction: string;
  /** On how much it is tested. */
  readonly scale: CycleScale | null;
  /** Who does what, where and when. */
  readonly plan: string;
  /** When it was done. */
  readonly didAt: CalendarDate | null;
  /** What was really done, beside what was planned. */
  readonly done: string;
  /** What was seen: figures, and what people said. */
  readonly data: string;
  /** What it means, beside what was predicted. */
  readonly studied: string;
  /** What the team knows now that it did not. */
  readonly learned: string;
  /** What follows. Only after it was studied. */
  readonly decision: CycleDecision;
  /** The cycle it goes on from. */
  readonly previous: ItemId | null;
}

/** A person as everybody on the programme may know them. */
export interface Person {
  /** Who it is, for ever. */
  readonly id: PersonId;
  /** The name to show. */
  readonly name: string;
  /** What they are on the programme, the role they had first first. */
  readonly roles: readonly PersonRole[];
  /** Their devices: the authors that changes name. */
  readonly devices: readonly DeviceId[];
}

export type PersonId = string & { readonly [of]: "PersonId" };

/** What a person is on the programme, within one organisation. */
export interface PersonRole {
  readonly role: Role;
  /** The trust, practice or body, as people call it; empty for the programme as a whole. */
  readonly organisation: string;
}

/** Everything in a personal record. Readable by its owner alone. */
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
  /** What was taken back, and can be put back. */
  readonly takenBack: readonly TakenBackItem[];
  /** What two devices set differently at once and nobody has settled yet. */
  readonly disagreements: readonly Disagreement[];
}

/** One of the four, with what the chart can say of it. */
export interface PhaseCondition {
  readonly sentence: string;
  /** Whether it holds; none where only a person can tell. */
  readonly holds: boolean | null;
  /** What the chart shows of it. */
  readonly seen: string;
}

/** A phase of a measure of a plan. */
export interface PhaseItem {
  readonly id: ItemId;
  readonly phase: MeasurePhase;
}

/** The answer to "should a new phase begin?". */
export interface PhaseSuggestion {
  /** Where it would begin: the first point of a shift that lasts to the end. None without one. */
  readonly at: CalendarDate | null;
  /** The four conditions, all of which a person should be able to say yes to. */
  readonly conditions: readonly PhaseCondition[];
  /** What to ask; or why there is nothing to ask. */
  readonly question: string;
}

export type Phases = readonly PhaseItem[];

/** A part of a document: `problem`, `measures/{id}/unit`. Empty for the whole. */
export type Place = string;

/** How a placement runs. */
export type PlacementCourse =
  /** One block after another. */
  | "rotation"
  /** Alongside others, for longer than each of them. */
  | "longitudinal";

/** A post in training. */
export interface PlacementItem {
  readonly id: ItemId;
  readonly placement: TrainingPlacement;
}

/** One part of a placement. */
export interface PlacementPart {
  /** Where it is spent, in a few words. */
  readonly setting: string;
  /** How much of the whole. All parts together are one. */
  readonly share: ObservedValue;
}

/** Somebody who supervises a trainee in a placement, with an account or without. */
export interface PlacementSupervisor {
  /** The placement it is for. */
  readonly placement: ItemId;
  /** What they are called, if they have no account. */
  readonly name: string;
  /** Who it is, if they have an account. */
  readonly person: PersonId | null;
  /** What they are to the trainee. */
  readonly role: SupervisorRole;
  /** The part of the placement, if it is one part only. */
  readonly part: string;
}

/** What one field of this is to say. */
export type PlacementSupervisorEdit =
  /** The placement it is for. */
  | { readonly type: "placement"; readonly value: ItemId }
  /** What they are called, if they have no account. */
  | { readonly type: "name"; readonly value: string }
  /** Who it is, if they have an account. */
  | { readonly type: "person"; readonly value: PersonId | null }
  /** What they are to the trainee. */
  | { readonly type: "role"; readonly value: SupervisorRole }
  /** The part of the placement, if it is one part only. */
  | { readonly type: "part"; readonly value: string };

/** What a check of a plan says. */
export interface PlanCheck {
  readonly check: PlanCheckKind;
  /** Whether the plan has it. */
  readonly met: boolean;
  /** What would satisfy it. */
  readonly sentence: string;
  /** Where to go for that. */
  readonly part: ProjectPart;
}

/** One thing that is checked of a plan. */
export type PlanCheckKind =
  /** The aim goes from one value to another. */
  | "aimSpecific"
  /** A measure tells whether it is reached. */
  | "aimMeasurable"
  /** There is an idea how. */
  | "aimAchievable"
  /** It says why it matters here. */
  | "aimRelevant"
  /** It has a date. */
  | "aimTimeBound"
  | "outcomeMeasure"
  | "processMeasure"
  | "balancingMeasure"
  /** Every idea is under a secondary driver. */
  | "ideasUnderDrivers"
  /** Figures from before anything was tested. */
  | "baseline"
  /** Every cycle says what is expected before it is done. */
  | "predictions"
  /** A small test comes before a large one. */
  | "smallFirst"
  /** A cycle goes on from another one. */
  | "linkedCycles"
  /** Three points in a row without a missing period. */
  | "threeConsecutive";

/** Somebody who has a plan open at the moment. */
export interface PresentView {
  readonly person: Person;
  /** The section or the thing in the plan where they are, as comments name places. */
  readonly place: Place;
}

/** Whether private documents can be read and written on this device. */
export type PrivateAccess =
  | "open"
  /** The recovery key of the person's first device has to be typed first. */
  | "recoveryKeyNeeded";

/** A programme in one version. */
export interface Programme {
  /** Its key, the same in every version: `enhance`. */
  readonly key: string;
  readonly title: string;
  /** How many years it takes. */
  readonly years: Count;
  /** Where its facts come from. */
  readonly sourceUrl: string;
  /** The subject areas, in their order. */
  readonly domains: readonly Domain[];
  readonly themes: readonly Theme[];
  /** The units of learning, in the order to show them. */
  readonly modules: readonly ProgrammeModule[];
  readonly resources: readonly Resource[];
  /** The handbook's pages, in their order. */
  readonly handbook: readonly ProgrammePage[];
  readonly templates: readonly Template[];
}

/** The programme as one person goes through it, by module and training year. */
export interface ProgrammeMap {
  /** The training years in which there is something, and this one. */
  readonly years: readonly DaysInARow[];
  /** The modules, in the programme's order. */
  readonly modules: readonly ModuleRow[];
}

/** A unit of learning. */
export interface ProgrammeModule {
  readonly key: string;
  readonly title: string;
  /** The domains it covers; at least one. */
  readonly domains: readonly string[];
  /** The themes it touches. */
  readonly themes: readonly string[];
  /** Minutes to spend on it at least. */
  readonly minMinutes: Minutes;
  /** When it is meant to be done, as people say it: `F1`, `F2`, `ST1`. */
  readonly suggestedStage: string;
  /** The page that introduces it. */
  readonly page: ProgrammePage;
  /** What one will be able to do. */
  readonly outcomes: readonly Outcome[];
  /** What there is to do. */
  readonly activities: readonly LearningActivity[];
}

/** A text to read, with the file it is in. */
export interface ProgrammePage {
  /** Its key, unique in the programme. */
  readonly key: string;
  readonly title: string;
  /** The Markdown file in the pack. */
  readonly file: Sha256;
}

/** What a document is about: a domain, a theme or a capability of the programme, by its key. */
export type ProgrammeTag =
  /** One of the six domains. */
  | { readonly type: "domain"; readonly value: string }
  /** One of the four cross-cutting themes. */
  | { readonly type: "theme"; readonly value: string }
  /** A statement of a capability framework. */
  | { readonly type: "capability"; readonly value: string };

export type Progress = Count;

/** Something to be done. */
export interface ProjectAction {
  /** What has to be done. */
  readonly text: string;
  /** Who sees to it, if it is somebody yet. */
  readonly owner: PersonId | null;
  /** The last day for it, if there is one. */
  readonly due: CalendarDate | null;
  /** Device clock when it was done. */
  readonly doneAt: Timestamp | null;
}

/** What one field of this is to say. */
export type ProjectActionEdit =
  /** What has to be done. */
  | { readonly type: "text"; readonly value: string }
  /** Who sees to it, if it is somebody yet. */
  | { readonly type: "owner"; readonly value: PersonId | null }
  /** The last day for it, if there is one. */
  | { readonly type: "due"; readonly value: CalendarDate | null }
  /** Device clock when it was done. */
  | { readonly type: "doneAt"; readonly value: Timestamp | null };

/** A comment as its author wrote it. */
export interface ProjectComment {
  readonly body: string;
  /** The part it is about: `problem`, `aim/by_date`, `measures/{id}`. Empty for the whole. */
  readonly anchor: Place;
  /** The stretch of the text there that it is about, if it is not about all of it. */
  readonly span: TextSpan | null;
  /** The comment that it answers. */
  readonly answers: CommentRef | null;
  /** Device clock when it was written. */
  readonly at: Timestamp;
  /** Device clock when it was last said in other words. */
  readonly editedAt: Timestamp | null;
  /** Device clock when its author settled it. */
  readonly resolvedAt: Timestamp | null;
}

/** An edit of a plan. Texts come with the whole new text; they are merged by character. */
export type ProjectEdit =
  /** Gives it a title. */
  | { readonly type: "title"; readonly title: string }
  /** Says which domain it belongs to. */
  | { readonly type: "topic"; readonly topic: string }
  /** Says where it takes place. */
  | { readonly type: "setting"; readonly setting: string }
  /** Moves it on, or back, and notes that in the status log. */
  | {
      readonly type: "move";
      /** The id of the move in the log. */
      readonly id: ItemId;
      readonly to: ProjectStatus;
      /** The device's clock when it was done. */
      readonly at: Timestamp;
      /** Why, or what came of it. A plan that is completed needs one. */
      readonly note: string;
    }
  /** Says how far the team sees itself. */
  | { readonly type: "progress"; readonly score: Progress | null }
  /** Says when it began. */
  | { readonly type: "start"; readonly on: CalendarDate | null }
  /** Says when it ended, or is to end. */
  | { readonly type: "end"; readonly on: CalendarDate | null }
  /** Writes in a section. */
  | {
      readonly type: "section";
      readonly section: ProjectSection;
      /** The whole new text. */
      readonly text: string;
    }
  | { readonly type: "aim"; readonly edit: AimEdit }
  /** Adds an empty thing of this kind to the plan; what it says follows. */
  | { readonly type: "add"; readonly noun: Noun; readonly id: ItemId }
  /** Takes a thing back. It is kept with all it says, and can be put back. */
  | {
      readonly type: "takeBack";
      readonly noun: Noun;
      readonly id: ItemId;
      /** The device's clock when it was done. */
      readonly at: Timestamp;
    }
  /** Puts back what was taken back. */
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
  | {
      readonly type: "addTag";
      /** What it gives evidence for. */
      readonly tag: ProgrammeTag;
    }
  /** Takes a tag away. */
  | {
      readonly type: "removeTag";
      /** What it no longer gives evidence for. */
      readonly tag: ProgrammeTag;
    };

/** One part of the sum of value of sustainable quality improvement. */
export interface ProjectImpact {
  /** On what it has an effect. */
  readonly kind: ImpactKind;
  /** Which way it goes. */
  readonly effect: ImpactEffect | null;
  /** How much in a year: kilograms of carbon dioxide equivalent, or pence. */
  readonly amount: Value | null;
  /** What was seen, in words. */
  readonly text: string;
  /** How the amount was found. */
  readonly method: string;
  /** The factor it was multiplied with, as people write it. */
  readonly factor: string;
  /** Where the factor is from. */
  readonly factorSource: string;
  /** The year the factor is of. */
  readonly factorYear: Whole | null;
}

/** What one field of this is to say. */
export type ProjectImpactEdit =
  /** On what it has an effect. */
  | { readonly type: "kind"; readonly value: ImpactKind }
  /** Which way it goes. */
  | { readonly type: "effect"; readonly value: ImpactEffect | null }
  /** How much in a year: kilograms of carbon dioxide equivalent, or pence. */
  | { readonly type: "amount"; readonly value: Value | null }
  /** What was seen, in words. */
  | { readonly type: "text"; readonly value: string }
  /** How the amount was found. */
  | { readonly type: "method"; readonly value: string }
  /** The factor it was multiplied with, as people write it. */
  | { readonly type: "factor"; readonly value: string }
  /** Where the factor is from. */
  | { readonly type: "factorSource"; readonly value: string }
  /** The year the factor is of. */
  | { readonly type: "factorYear"; readonly value: Whole | null };

/** What came out of a project for others to see. */
export interface ProjectOutput {
  /** Whether it is a poster, a talk, a paper. */
  readonly kind: OutputKind;
  /** What it is called. */
  readonly title: string;
  /** When it was shown. */
  readonly at: CalendarDate | null;
  /** Where it can be found. */
  readonly link: string;
}

/** What one field of this is to say. */
export type ProjectOutputEdit =
  /** Whether it is a poster, a talk, a paper. */
  | { readonly type: "kind"; readonly value: OutputKind }
  /** What it is called. */
  | { readonly type: "title"; readonly value: string }
  /** When it was shown. */
  | { readonly type: "at"; readonly value: CalendarDate | null }
  /** Where it can be found. */
  | { readonly type: "link"; readonly value: string };

/** The part of a plan in which something is written. */
export type ProjectPart =
  | "aim"
  | "sections"
  | "drivers"
  | "ideas"
  | "measures"
  | "observations"
  | "cycles";

/** The co-edited texts of a plan. */
export type ProjectSection =
  /** What is wrong, for whom. */
  | "problem"
  /** Why it matters here, with local data. */
  | "whyHere"
  | "team"
  /** What will be done. */
  | "plan"
  /** What the next person needs to carry on. */
  | "handover"
  /** Audit or improvement and not research, approvals, and that no patient can be told. */
  | "governance"
  /** Who may be left out, and who gains least. */
  | "equity"
  /** Patients, carers and partners it is made with. */
  | "coProducedWith"
  /** What goes on without the project, and who sees to it. */
  | "sustained"
  /** What came of it; a completed plan has one. */
  | "outcome";

/** How far a project has come. */
export type ProjectStatus =
  /** A thought that nothing has come of yet. */
  | "idea"
  /** It is being planned. */
  | "planning"
  /** Changes are being tested. */
  | "testing"
  /** A change that worked is being taken up. */
  | "implementing"
  /** It goes on without the project. */
  | "sustaining"
  /** Others have taken it over. */
  | "handedOver"
  | "completed"
  /** It was given up; everything is kept. */
  | "stopped";

/** A plan as its screen shows it. */
export interface ProjectView {
  readonly id: DocumentId;
  /** What it says, with what was typed here and is not settled. */
  readonly project: ChangeProject;
  /** What was typed here and is not settled. */
  readonly drafts: readonly DraftView[];
  /**
   * The observations and tally sheets of groups so small that their numbers could tell of single
   * people, and those that would give them away. Their numbers are shown to nobody.
   */
  readonly hiddenNumbers: readonly ItemId[];
  /** The version this is of; to be handed back with edits. */
  readonly version: Version;
  /** What this person may do with it. */
  readonly myRight: Right;
  /** Who takes part, its owner first. */
  readonly members: readonly Member[];
  /** Whom its owner offers it to, who has not accepted it. */
  readonly offeredTo: Person | null;
  /** That it is offered to somebody, or was declined last, and what its owner keeps. */
  readonly handover: HandoverView | null;
  /** What people said about it, oldest first. */
  readonly comments: readonly CommentView[];
  /** How far it has come. */
  readonly status: DocumentStatus;
  /** What two people set differently at once and nobody has settled yet, by their names. */
  readonly disagreements: readonly DisagreementView[];
}

/** One question of a template. */
export interface Prompt {
  /** Its key, unique in the template. */
  readonly key: string;
  readonly label: string;
  /** Help in answering. May be empty. */
  readonly help: string;
  /** Words at most, if it says so. */
  readonly maxWords: Count | null;
}

export type QuarantineId = number & { readonly [of]: "QuarantineId" };

/** Refused work as a list shows it. */
export interface QuarantineSummary {
  readonly id: QuarantineId;
  /** The document it was meant for. */
  readonly document: DocumentId;
  readonly kind: DocumentKind;
  /** Its title at the time. */
  readonly title: string;
  /** The code of the refusal. */
  readonly code: string;
  /** What the server said, which may be in the words of its operators. */
  readonly explanation: string;
  /** Device clock when it was refused. */
  readonly at: Timestamp;
  /** Device clock when the person dealt with it. */
  readonly resolvedAt: Timestamp | null;
  /** What the code means, in sentences for the person whose work it is. */
  readonly words: string;
}

/** Refused work to be read. */
export interface QuarantineView {
  /** What the list shows. */
  readonly summary: QuarantineSummary;
  readonly edits: readonly EditView[];
  /** The version it was done on. */
  readonly base: Version;
  /** Whether `replay` can do it once more as things stand. */
  readonly canReplay: boolean;
  /**
   * Files that were attached in it and never sent: kept until the person has dealt with it, and
   * opened as what is attached.
   */
  readonly attachments: readonly AttachmentView[];
}

/** That somebody has seen a document. */
export interface ReadReceipt {
  readonly person: Person;
  /** When, by their clock. */
  readonly at: Timestamp;
  /** Whether it still says what they saw. */
  readonly current: boolean;
}

/** Somebody who can read a document. */
export interface Reader {
  readonly person: Person;
  /** What they may do. */
  readonly right: Right;
  /** The document they read: the document itself, or a copy of it. */
  readonly via: DocumentId;
  /** When they saw it, by their clock. */
  readonly seen: Timestamp | null;
}

/** Where a recipe comes from. */
export type RecipeSource =
  /** The recipe with this key in the installed pack. */
  | { readonly type: "pack"; readonly value: string }
  /** A recipe somebody made of a plan, as a text. */
  | { readonly type: "text"; readonly value: string };

/** A recipe as a list shows it. */
export interface RecipeSummary {
  readonly key: string;
  readonly title: string;
  /** The key of the domain it belongs to. May be empty. */
  readonly topic: string;
  /** What it is good for. */
  readonly summary: string;
}

/** An edit of the personal record. */
export type RecordEdit =
  /** Notes that an activity was begun. The first time stands. */
  | { readonly type: "start"; readonly activity: string; readonly at: Timestamp }
  /** Notes that something in the inbox was seen. */
  | { readonly type: "see"; readonly item: ItemId; readonly at: Timestamp }
  /** Forgets that something in the inbox was seen: it is long gone from there. */
  | { readonly type: "forget"; readonly item: ItemId }
  /** Adds an empty thing of this kind; what it says follows. */
  | { readonly type: "add"; readonly noun: Noun; readonly id: ItemId }
  /** Takes a thing back. It is kept with all it says, and can be put back. */
  | {
      readonly type: "takeBack";
      readonly noun: Noun;
      readonly id: ItemId;
      /** The device's clock when it was done. */
      readonly at: Timestamp;
    }
  /** Puts back what was taken back. */
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

/** A reflection as it stands. */
export interface Reflection {
  /** A line to find it by. May be empty. */
  readonly title: string;
  /** The key of the template it was started from. */
  readonly template: string;
  /** The version of that template; a newer one never changes an entry that stands. */
  readonly templateVersion: TemplateVersion;
  /** What was written under each prompt, by the prompt's key. */
  readonly answers: Answers;
  /** What it is about. */
  readonly tags: Tags;
  /** The activity of a module, or the pause point, that asked for it. */
  readonly promptedBy: string | null;
  /** Device clock when it was started. */
  readonly createdAt: Timestamp;
  /** Copies that were shared. */
  readonly copies: readonly SharedCopy[];
}

/** An edit of a reflection. Texts come with the whole new text; they are merged by character. */
export type ReflectionEdit =
  /** Gives it a title. */
  | { readonly type: "title"; readonly title: string }
  /** Writes under a prompt. */
  | {
      readonly type: "answer";
      readonly prompt: string;
      /** The whole new text. */
      readonly text: string;
    }
  | {
      readonly type: "addTag";
      /** What the reflection is about. */
      readonly tag: ProgrammeTag;
    }
  /** Takes a tag away. */
  | {
      readonly type: "removeTag";
      /** What the reflection is no longer about. */
      readonly tag: ProgrammeTag;
    };

/** A reflection as its screen shows it. */
export interface ReflectionView {
  readonly id: DocumentId;
  /** What it says, with what was typed and is not settled. */
  readonly reflection: Reflection;
  /**
   * The template it was begun from, in that version: the prompts in their order. They stay with the
   * reflection, whatever version of the programme is in use; none where it was begun before any
   * programme was here.
   */
  readonly template: Template | null;
  /** What was typed and is not settled. */
  readonly drafts: readonly DraftView[];
  /** The version this is of; to be handed back with edits. */
  readonly version: Version;
  /** How far it has come. */
  readonly status: DocumentStatus;
  /** Who can see it or a copy of it. */
  readonly readers: readonly Reader[];
}

/** A comment in a thread. */
export interface RemarkView {
  readonly place: CommentRef;
  /** Who wrote it, if this device has heard of them. */
  readonly by: Person | null;
  /** Whether this person wrote it, and may change it. */
  readonly mine: boolean;
  /** What it says; empty if its author deleted it. */
  readonly body: string;
  /** Device clock when it was written. */
  readonly at: Timestamp;
  /** Device clock when it was last said in other words. */
  readonly editedAt: Timestamp | null;
  /** Whether its author deleted it. */
  readonly deleted: boolean;
}

/** What was taken out of a file, or could not be: the last is to be told to the person. */
export type RemovedFromFile =
  | "camera"
  | "notes"
  | "comments"
  | "preview"
  | "rest"
  | "properties"
  | "files"
  | "signatures"
  | "pagesLeft";

/** Something an activity uses. */
export interface Resource {
  readonly key: string;
  readonly title: string;
  readonly kind: ResourceKind;
  /** Under what licence it may be used. */
  readonly licence: string;
  /** How long it takes, where that can be said. */
  readonly minutes: Minutes;
  /** Its file in the pack, fetched on request. A link has none. */
  readonly file: Sha256 | null;
  /** Where it is on the web, if it is. */
  readonly url: string | null;
  /** The file with its captions or transcript. Everything that sounds has one. */
  readonly transcript: Sha256 | null;
  /** Places in a film where one stops and thinks. */
  readonly pausePoints: readonly PausePoint[];
}

/** What a resource is. */
export type ResourceKind =
  | "text"
  | "pdf"
  | "audio"
  | "video"
  | "video360"
  | "image"
  /** An address on the web. */
  | "link"
  | "simulation"
  | "case";

/** What a person may do with a document shared with them. Each right includes those before it. */
export type Right =
  | "read"
  /** Read it and comment on it. */
  | "comment"
  /** Read it, comment on it and change it. */
  | "edit"
  /** All that, and say who else may. The author of a document has it, and nobody else. */
  | "own";

/** What a person is on the programme. */
export type Role =
  /** A doctor (or other professional) in training. */
  | "trainee"
  /** A clinical or educational supervisor. */
  | "supervisor"
  /** An educational fellow of the programme. */
  | "fellow"
  /** A patient or community partner in a change project. */
  | "partner"
  /** An administrator of the programme. Reads nobody's documents by role. */
  | "admin";

/** By which rules the signals of a run chart are found. */
export type RunRules =
  /** Longest run and crossings, with limits that follow the number of points. */
  | "anhoej"
  /** Six on one side, five in a row, too few or too many runs. */
  | "taught";

/** Which hits of a search come first. */
export type SearchOrder =
  /** Those that the words say most about. */
  | "best"
  /** Those that were written last. Takes no longer for a word that is everywhere. */
  | "newest";

export type Sections = ReadonlyMap<ProjectSection, string>;

/** What one field of this is to say. */
export type SessionEdit =
  /** What it was, in a line. */
  | { readonly type: "title"; readonly value: string }
  /** The activity it was spent on, by key. */
  | { readonly type: "activity"; readonly value: string | null }
  /** The module it counts towards, by key. */
  | { readonly type: "module"; readonly value: string | null }
  /** When it began, by the device's clock. */
  | { readonly type: "start"; readonly value: Timestamp }
  /** How long it took; never zero. */
  | { readonly type: "minutes"; readonly value: Minutes }
  /** How the learning log counts it. */
  | { readonly type: "kind"; readonly value: SessionKind }
  /** Whether it is for every doctor or for one specialty. */
  | { readonly type: "subject"; readonly value: SessionSubject }
  /** How much of it was online; these minutes count as e-learning, whatever its kind is. */
  | { readonly type: "online"; readonly value: Minutes | null }
  /** The place where it was held. */
  | { readonly type: "place"; readonly value: string }
  /** The person or body that gave it. */
  | { readonly type: "provider"; readonly value: string }
  /** The themes it is about. */
  | { readonly type: "themes"; readonly value: Tags }
  /** The part of the activity that it was, by key. It says how the minutes count. */
  | { readonly type: "part"; readonly value: string }
  /** How far the clocks were ahead of UTC where it was noted, as `+01:00`. */
  | { readonly type: "offset"; readonly value: UtcOffset | null };

/** How the learning log counts a session. */
export type SessionKind =
  | "core"
  /** Other teaching and learning that counts. */
  | "nonCore"
  /** E-learning, counted up to a cap. */
  | "elearning"
  /** Statutory and mandatory training; does not count. */
  | "statutory"
  /** Induction; does not count. */
  | "induction"
  /** Life-support courses; do not count. */
  | "lifeSupport"
  /** Anything else; does not count. */
  | "other";

/** For whom a session is. */
export type SessionSubject =
  /** What every doctor needs, whatever they become. */
  | "general"
  /** What one specialty needs; of this less counts. */
  | "specialty";

/** A session as the learning log shows it. */
export interface SessionView {
  readonly id: ItemId;
  readonly session: LearningSession;
  /** What two devices set differently at once in it and nobody has settled yet. */
  readonly disagreements: readonly Disagreement[];
}

/** A value that somebody set. */
export interface SetBy {
  /** As people write it. */
  readonly text: string;
  /** Who set it, if this device has heard of them. */
  readonly by: Person | null;
}

/** A value that somebody set. */
export interface SetValue {
  /** As people write it. */
  readonly text: string;
  /** The device it was set on. */
  readonly by: DeviceId | null;
}

export type Sha256 = string & { readonly [of]: "Sha256" };

/** That a copy was shared: with whom, and when by the author's clock. */
export interface SharedCopy {
  /** The document the copy is. */
  readonly document: DocumentId;
  /** Who can read the copy. */
  readonly with: PersonId;
  /** Device clock when it was made. */
  readonly at: Timestamp;
}

/** A reflection as it stood when it was shared. It has no history and never changes. */
export interface SharedReflection {
  readonly title: string;
  /** The key of its template. */
  readonly template: string;
  /** The version of its template. */
  readonly templateVersion: TemplateVersion;
  /** What was written under each prompt. */
  readonly answers: Answers;
  /** What it is about. */
  readonly tags: Tags;
  /** Device clock when the copy was made. */
  readonly sharedAt: Timestamp;
}

/** A copy of a reflection as its screen shows it. */
export interface SharedView {
  readonly id: DocumentId;
  readonly copy: SharedReflection;
  /** The template it was written in, in that version; its prompts came with the copy. */
  readonly template: Template | null;
  readonly owner: Person | null;
  /** The version this is of. */
  readonly version: Version;
  /** How far it has come. */
  readonly status: DocumentStatus;
}

/** What was found in a document that may tell who somebody is. */
export interface SharingCheck {
  /** What was looked through; none for what is in the personal record. */
  readonly document: DocumentId | null;
  /** In the order of the document; a combination comes last. */
  readonly findings: readonly Finding[];
  /** How many more there are, of which only the number is told. */
  readonly more: Count;
  /** How many of all are probable identifiers, of each kind. Sharing asks about these. */
  readonly probable: readonly FindingCount[];
  /**
   * Handed in with the next sharing, this says that the person has seen what was found. It holds
   * for these texts and these findings alone.
   */
  readonly acknowledgement: Sha256;
}

/** What somebody decides about what they were asked to sign, and what they say. */
export interface SignOffAnswer {
  readonly decision: SignOffDecision;
  /** As what they sign. */
  readonly role: SupervisorRole;
  /** What they say. It must not be empty where it is returned. */
  readonly statement: string;
}

/** What a file with a sign-off is worth, and as what it was signed. */
export interface SignOffCheck {
  /** Why it does not count; none if it does, as far as the organisation's key in it tells. */
  readonly fault: SignOffFault | null;
  /** All of what was signed. */
  readonly text: string;
  readonly decision: SignOffDecision;
  readonly statement: string;
  /** The signer's name as it was shown when it was signed. */
  readonly signer: string;
  /** As what they say that they signed. */
  readonly role: SupervisorRole;
  /**
   * The same as people read it, with what placements say by the word of the trainee, which nobody
   * signed: a claim is never said as a fact.
   */
  readonly roleInWords: string;
  /**
   * The organisation where a placement of that day names them, by the word of the trainee. Empty
   * where none does.
   */
  readonly organisation: string;
  /** Whether a placement of that day names them as what they say, by the word of the trainee. */
  readonly isNamed: boolean;
  /** What the server knew them as, or whoever witnessed it. */
  readonly certifiedAs: Role;
  /** How the trainee knew them who witnessed it; none if the signer signed with their own key. */
  readonly witnessed: string | null;
  /** The signer's device clock. */
  readonly at: Timestamp;
  /** Whose evidence it is, by the name they had then. */
  readonly trainee: string;
  /** The key of the organisation's server, to be compared with the one that is known. */
  readonly publisherKey: string;
}

/** What the signer decided. */
export type SignOffDecision =
  | "signed"
  /** Not yet: the statement says why. */
  | "returned";

/** Why a sign-off does not count. */
export type SignOffFault =
  /** It was signed over another text than this one. */
  | "anotherText"
  /** It was altered after it was signed. */
  | "badSignature"
  /** The key it is signed with is not certified by this organisation's server. */
  | "notCertified"
  /** The key it is signed with is not of the person it names. */
  | "anotherPerson"
  /** Nobody signs off their own work. */
  | "ownWork"
  /** Only the trainee's own phone can say that somebody signed on it. */
  | "notTheWitness"
  /** It says it was signed before the key was given out. */
  | "tooEarly"
  /** The device it was signed on was reported lost before that. */
  | "revoked";

/** A sign-off, or a request for one, that was not kept. Everything else was. */
export interface SignOffLeftOut {
  /** What was to be signed, in a line. */
  readonly title: string;
  /** What a person reads. */
  readonly reason: string;
}

/** A part of a list of requests for sign-offs. */
export interface SignOffPortion {
  readonly items: readonly SignOffRequestView[];
  /** Whether the list goes on after them. */
  readonly more: boolean;
}

/** A request for a sign-off, with its answers. */
export interface SignOffRequestView {
  readonly id: DocumentId;
  readonly kind: SignOffSubjectKind;
  /** The document that is to be signed; none for what is in the personal record. */
  readonly document: DocumentId | null;
  /** A line to find it by. */
  readonly title: string;
  /** All of what is to be signed. */
  readonly text: string;
  /** What the trainee says to who is asked. May be empty, and is not signed. */
  readonly message: string;
  /** Device clock when it was asked. */
  readonly at: Timestamp;
  /** Who asks, if this device has heard of them. */
  readonly trainee: Person | null;
  /** Whether that is this person. */
  readonly mine: boolean;
  /** Who is asked, if this device has heard of them. */
  readonly asked: Person | null;
  readonly standing: SignOffStanding;
  /** The oldest comes first. */
  readonly answers: readonly SignOffView[];
  /** The version of the request, which never changes. */
  readonly version: Version;
  /** How far the request has come on its way. */
  readonly status: DocumentStatus;
  /**
   * What has to be known before it is signed, such as that a module is not complete. May be empty.
   */
  readonly note: string;
}

/** How far a request has come. */
export type SignOffStanding =
  /** Nobody has answered it in a way that counts. */
  | "asked"
  | "signed"
  | "returned";

/** What is to be signed off. */
export type SignOffSubject =
  /** A reflection as it stands, what was typed included. */
  | { readonly type: "reflection"; readonly id: DocumentId }
  /** A copy of a reflection that this person shared. */
  | { readonly type: "sharedReflection"; readonly id: DocumentId }
  /** A plan as it stands, what was typed included. */
  | { readonly type: "project"; readonly id: DocumentId }
  /** A module, by its key. */
  | { readonly type: "module"; readonly key: string }
  /** Learning sessions, by their ids. */
  | { readonly type: "sessions"; readonly ids: readonly ItemId[] };

/** What can be signed off. */
export type SignOffSubjectKind =
  | "reflection"
  /** A copy of a reflection that was shared before. */
  | "sharedReflection"
  /** A plan in a version. */
  | "project"
  /** That a module is complete. */
  | "module"
  | "sessions";

/** A sign-off, and whether it counts. */
export interface SignOffView {
  readonly id: DocumentId;
  readonly decision: SignOffDecision;
  readonly role: SupervisorRole;
  readonly statement: string;
  /** The signer's name as it was shown when it was signed. */
  readonly signer: string;
  /** The signer, if they are on the programme. */
  readonly person: PersonId | null;
  /**
   * How the trainee knew them who witnessed it on their own phone; none if the signer signed with
   * the key of their own device.
   */
  readonly witnessed: string | null;
  /** The signer's device clock. */
  readonly at: Timestamp;
  /** Why it does not count; none if it does. */
  readonly fault: SignOffFault | null;
  /**
   * Whether another answer stands in its place: a newer one of the same signer, or for one that was
   * witnessed, one that somebody signed with a key of their own.
   */
  readonly superseded: boolean;
  /** What the same signer answered before, which this takes the place of. Both stay readable. */
  readonly supersedes: DocumentId | null;
  /** Whether this person was who was asked. */
  readonly byWhoWasAsked: boolean;
  /**
   * As what they signed, as people read it: what they say of themselves is never said as a fact
   * unless a placement or the server says the same.
   */
  readonly roleInWords: string;
  /** Whether a placement of that day, or the server, says the same as they do. */
  readonly roleAgrees: boolean;
  /** How far it has come on its way. */
  readonly status: DocumentStatus;
  /**
   * When the device it was signed on was reported lost, whether it was signed before that, and what
   * that means. Empty if it never was.
   */
  readonly lost: string;
}

/** What signing a device out came to. */
export interface SignOutReport {
  /**
   * Whether the server knows. If it could not be told, the device should be signed out from another
   * one of the person.
   */
  readonly serverTold: boolean;
}

/** A part of the story of a project. */
export interface SittingPortion {
  readonly items: readonly SittingView[];
  /** Whether there were sittings before them. */
  readonly more: boolean;
}

/** What one person did in one sitting. */
export interface SittingView {
  /** The plan with this sitting and all before it. */
  readonly version: Version;
  /** Who it was, if this device has heard of them. */
  readonly by: Person | null;
  /** The device it was on. */
  readonly device: DeviceId | null;
  /** When its first change was made, by that device's clock. */
  readonly from: Timestamp;
  /** When its last one was. */
  readonly to: Timestamp;
  /** What was done, without the one who did it: "added 3 observations to Falls a week". */
  readonly sentences: readonly string[];
}

/** A piece of a snippet. */
export interface SnippetPiece {
  readonly text: string;
  /** Whether it is one of the words that were looked for. */
  readonly marked: boolean;
}

export type Split = readonly PlacementPart[];

/** How far the newest of a document has come. */
export type Stage =
  /** It is on this device. */
  | "saved"
  /** It was sent, and the server has not confirmed it. */
  | "sent"
  /** The server has it. */
  | "stored";

/** Somebody the project touches, by role rather than by name. */
export interface Stakeholder {
  /** The role: "ward clerk", "night sister". */
  readonly role: string;
  /** The ward, practice or body they belong to. */
  readonly organisation: string;
  /** How much they can do for or against it, from 1 to 5. */
  readonly power: Whole | null;
  /** How much it matters to them, from 1 to 5. */
  readonly interest: Whole | null;
  /** How they see it. */
  readonly stance: StakeholderStance | null;
  /** How to win them. */
  readonly approach: string;
}

/** What one field of this is to say. */
export type StakeholderEdit =
  /** The role: "ward clerk", "night sister". */
  | { readonly type: "role"; readonly value: string }
  /** The ward, practice or body they belong to. */
  | { readonly type: "organisation"; readonly value: string }
  /** How much they can do for or against it, from 1 to 5. */
  | { readonly type: "power"; readonly value: Whole | null }
  /** How much it matters to them, from 1 to 5. */
  | { readonly type: "interest"; readonly value: Whole | null }
  /** How they see it. */
  | { readonly type: "stance"; readonly value: StakeholderStance | null }
  /** How to win them. */
  | { readonly type: "approach"; readonly value: string };

/** Somebody a plan touches. */
export interface StakeholderItem {
  readonly id: ItemId;
  readonly stakeholder: Stakeholder;
}

/** How a stakeholder sees the project. */
export type StakeholderStance =
  | "supports"
  | "undecided"
  | "opposes";

export type Stakeholders = readonly StakeholderItem[];

/** How a person stands to a document that was shared with them. */
export type Standing =
  /** They were asked to take part and have not answered: they read nothing yet. */
  | "invited"
  /** They take part. Who was shown a copy has it from the beginning. */
  | "member"
  /** They did not want to take part. */
  | "declined"
  /** They took part, and left or put it away. */
  | "left";

/** How well there is evidence for one statement. */
export interface StatementCover {
  readonly statement: EvidenceStatement;
  readonly cover: EvidenceCover;
  /** The links that give it, oldest first. */
  readonly links: readonly ItemId[];
  /** Whether it is signed by witnessed sign-offs alone, and by none with a signer's own key. */
  readonly isWitnessed: boolean;
}

/** One move in the status log. */
export interface StatusMove {
  /** How far it has come with this move. */
  readonly to: ProjectStatus;
  /** Device clock when it was noted. */
  readonly at: Timestamp | null;
  /** Why, or what came of it. */
  readonly note: string;
}

/** What one field of this is to say. */
export type StatusMoveEdit =
  /** How far it has come with this move. */
  | { readonly type: "to"; readonly value: ProjectStatus }
  /** Device clock when it was noted. */
  | { readonly type: "at"; readonly value: Timestamp | null }
  /** Why, or what came of it. */
  | { readonly type: "note"; readonly value: string };

/** A move in the status log of a plan. */
export interface StatusMoveItem {
  readonly id: ItemId;
  readonly step: StatusMove;
}

export type StatusMoves = readonly StatusMoveItem[];

/** Why what is stored on this device cannot be read or added to. */
export type StorageFault =
  /** Nothing was written; what was there can be read. */
  | "full"
  /** The folder, or the disk it is on, takes no writing. */
  | "readOnlyFolder"
  /** The folder is another user's, or a file is in its place, or there is no permission. */
  | "foreignFolder"
  /**
   * The database is gone, and what belongs to it is here. Nothing was made anew. Put the file back
   * from a backup; or see `setAside`, after which one can enrol again.
   */
  | "databaseMissing"
  /** Another core, or another process, has this folder open. */
  | "inUse"
  /**
   * Something that was stored or fetched is damaged. Of a database: see `salvage`, and `setAside`
   * where it finds nothing.
   */
  | "damaged"
  /** A newer version of the app wrote this. It is left as it is; update the app. */
  | "newerSchema";

/** Other words for a stretch of a plan's text. */
export interface Suggestion {
  /** Where the text is. */
  readonly anchor: Place;
  /** The stretch of it that would be replaced. */
  readonly span: TextSpan;
  /** All that it said when this was suggested. */
  readonly original: string;
  /** What it would say. Empty: it would be taken out. */
  readonly replacement: string;
  /** Why. May be empty. */
  readonly why: string;
  /** Device clock when it was suggested. */
  readonly at: Timestamp;
  /** Device clock when its author took it back. */
  readonly withdrawnAt: Timestamp | null;
}

/** What was decided about a suggestion, as the plan says it. */
export interface SuggestionDecision {
  /** The suggestion that it is about. */
  readonly id: ItemId;
  /** Whether it was accepted; if not it was rejected. */
  readonly accepted: boolean;
  /** The suggester's document of comments. */
  readonly document: DocumentId | null;
  /** Who decided, if that is known here. */
  readonly by: PersonId | null;
  /** Device clock when it was decided. */
  readonly at: Timestamp;
}

/** How far a suggestion has come. */
export type SuggestionState =
  /** Nobody has decided about it yet. */
  | "open"
  | "accepted"
  | "rejected"
  /** Its author took it back before anybody decided. */
  | "withdrawn";

/** A suggestion as a plan's screen shows it. */
export interface SuggestionView {
  readonly place: CommentRef;
  /** Who made it, if this device has heard of them. */
  readonly by: Person | null;
  /** Whether this person made it, and may take it back. */
  readonly mine: boolean;
  readonly suggestion: Suggestion;
  readonly state: SuggestionState;
  /** Who accepted or rejected it, if this device has heard of them. */
  readonly decidedBy: Person | null;
  /** Device clock when it was accepted or rejected. */
  readonly decidedAt: Timestamp | null;
  /** Where the stretch of text stands now. */
  readonly standing: AnchorStanding;
  /** What that stretch says now, if it is open and says something else than when it was made. */
  readonly readsNow: string | null;
}

/** When somebody supervises, seen from today. */
export type Supervision =
  /** The placement is on. */
  | "present"
  /** It has not begun. */
  | "future"
  /** It is over by now. */
  | "past";

/** Somebody who supervises in a placement. */
export interface SupervisorItem {
  readonly id: ItemId;
  readonly supervisor: PlacementSupervisor;
}

/** What somebody is to a trainee in a placement. */
export type SupervisorRole =
  | "clinical"
  | "educational"
  /** Named by the programme, for its own part. */
  | "named"
  | "fellow"
  /** Somebody outside of the NHS who takes part. */
  | "partner"
  | "programmeDirector"
  | "administrator";

/** Somebody who supervises this person in a placement: whom to share with and to ask first. */
export interface SupervisorView {
  /** The line of the record that names them. */
  readonly id: ItemId;
  /** Who it is, if they have an account that this device has heard of. */
  readonly person: Person | null;
  readonly name: string;
  /** What they are to this person. */
  readonly role: SupervisorRole;
  /** The part of the placement, if it is one part only. */
  readonly part: string;
  readonly placement: ItemId;
  /** Where: the trust, practice or body. */
  readonly organisation: string;
  /** The first and the last day of it. */
  readonly start: CalendarDate;
  readonly end: CalendarDate;
  readonly supervision: Supervision;
  /** That the placement is not on today, in a sentence. */
  readonly note: string | null;
}

/** How far long work has come. */
export type SyncProgress =
  /** A round trip of a sync was taken in. */
  | {
      readonly type: "exchanged";
      /** Entries stored by the server so far. */
      readonly pushed: Count;
      /** Entries and people that came so far. */
      readonly pulled: Count;
      /** Whether more will follow. */
      readonly more: boolean;
    }
  /** A part of an attachment was sent. */
  | {
      readonly type: "uploaded";
      /** Bytes of it that the server has. */
      readonly bytes: Amount;
      readonly total: Amount;
    }
  /** A part of a download arrived. */
  | {
      readonly type: "downloaded";
      /** Bytes that are here. */
      readonly bytes: Amount;
      readonly total: Amount;
    }
  /** A file of an export was written or read back. */
  | {
      readonly type: "copied";
      /** Bytes of files that are done. */
      readonly bytes: Amount;
      readonly total: Amount;
    };

/** What a sync did. */
export interface SyncReport {
  /** Requests that were answered. */
  readonly roundTrips: Count;
  /** Bytes of the requests. */
  readonly bytesUp: Amount;
  /** Bytes of the answers. */
  readonly bytesDown: Amount;
  /** Entries the server stored. */
  readonly pushed: Count;
  /** Entries it had already. */
  readonly duplicates: Count;
  /** Entries and people that came. */
  readonly pulled: Count;
  /** Entries of anybody that a restored server has again from this device. */
  readonly brought: Count;
  /** Entries of anybody that it lacks and did not take, or that no request has room for. */
  readonly notBrought: Count;
  /** Entries the server refused, and those that were built on them. */
  readonly quarantined: Count;
  /**
   * Entries that are too large for the way, by themselves. They are tried again later, and what
   * else waits goes on.
   */
  readonly held: Count;
  /** Entries that still wait to be stored. */
  readonly waiting: Count;
  /** Files of attachments that this device sent to their end. */
  readonly uploaded: Count;
  /** Files that it is not known to have yet. */
  readonly uploadsWaiting: Count;
  /** Whether there is more to do that the budget did not allow. */
  readonly more: boolean;
  /** How long the server asks to wait before the next sync. */
  readonly nextAllowedIn: Duration;
  /** What is in the way of one of those that are held. */
  readonly heldBy: Obstacle | null;
}

/** How this device stands with the server. */
export interface SyncState {
  /** When an exchange last succeeded, by this device's clock. */
  readonly lastSuccess: Timestamp | null;
  /** Why the last one did not, if it did not. */
  readonly lastError: CoreError | null;
  /** When that was, by this device's clock. */
  readonly failedAt: Timestamp | null;
  /** Whether the host says that there is a network, and nothing was in the way last time. */
  readonly online: boolean;
  /** Whether an exchange is under way. */
  readonly syncing: boolean;
  /** When the next will be attempted, if it is known. */
  readonly nextAttempt: Timestamp | null;
  /** Entries that wait to be stored by the server. */
  readonly waitingEntries: Count;
  /** Documents with work in them that the server is not known to have. */
  readonly waitingDocuments: Count;
  /**
   * How many of these are held up by an entry that does not get through on this way; each tells why
   * in its status.
   */
  readonly heldDocuments: Count;
  /** Files of attachments that belong to something. */
  readonly attachments: Count;
  /** How many of these the server has, as far as this device knows. */
  readonly attachmentsStored: Count;
  /**
   * How many of these the server refused when they were last offered. Why, the list of what is
   * attached says of each.
   */
  readonly attachmentsRefused: Count;
}

export type Tags = readonly ProgrammeTag[];

/** A thing that was taken back. */
export interface TakenBack {
  readonly noun: Noun;
  /** What it says first, so that a person knows it again. May be empty. */
  readonly label: string;
  /** Device clock when it was taken back. */
  readonly at: Timestamp;
}

/** Something that was taken back from a plan. */
export interface TakenBackItem {
  readonly id: ItemId;
  readonly thing: TakenBack;
}

export type TakenBackItems = readonly TakenBackItem[];

export type Tallies = readonly TallyItem[];

/** A tally sheet of a plan. */
export interface TallyItem {
  readonly id: ItemId;
  readonly tally: TallySheet;
}

/** A tally sheet: a numerator and a denominator that several people fill tick by tick. */
export interface TallySheet {
  /** The measure it is of. */
  readonly measure: ItemId;
  /** The day, or the first day of the period. */
  readonly at: CalendarDate;
  /** The group it is of, where a measure is looked at by group. */
  readonly group: string;
  /** What each device counted; the sheet says the sum. */
  readonly ticks: DeviceCounts;
}

/** What one field of this is to say. */
export type TallySheetEdit =
  /** The measure it is of. */
  | { readonly type: "measure"; readonly value: ItemId }
  /** The day, or the first day of the period. */
  | { readonly type: "at"; readonly value: CalendarDate }
  /** The group it is of, where a measure is looked at by group. */
  | { readonly type: "group"; readonly value: string }
  /** What each device counted; the sheet says the sum. */
  | { readonly type: "ticks"; readonly value: CountOfDevice };

/** Where a measure of a plan is meant to be. */
export interface TargetItem {
  readonly id: ItemId;
  readonly target: MeasureTarget;
}

export type Targets = readonly TargetItem[];

export type Team = readonly TeamMemberItem[];

/** Somebody who takes part, with an account or without. */
export interface TeamMember {
  /** The role: "ward clerk", "supervisor", "patient partner". */
  readonly role: string;
  /** Who it is, if they have an account. */
  readonly person: PersonId | null;
  /** What they see to. */
  readonly part: string;
}

/** What one field of this is to say. */
export type TeamMemberEdit =
  /** The role: "ward clerk", "supervisor", "patient partner". */
  | { readonly type: "role"; readonly value: string }
  /** Who it is, if they have an account. */
  | { readonly type: "person"; readonly value: PersonId | null }
  /** What they see to. */
  | { readonly type: "part"; readonly value: string };

/** Somebody who takes part in a plan. */
export interface TeamMemberItem {
  readonly id: ItemId;
  readonly member: TeamMember;
}

/** A fact that says little alone. */
export type TellingFact =
  | "sex"
  /** An age, or the decade of a life. */
  | "ageBand"
  | "date"
  | "place"
  | "condition"
  | "job";

/** A way to reflect: prompts in their order. */
export interface Template {
  readonly key: string;
  /** Its version; a reflection stays with the one it was started from. */
  readonly version: TemplateVersion;
  readonly title: string;
  /** What it is good for, in a sentence. */
  readonly purpose: string;
  readonly prompts: readonly Prompt[];
}

export type TemplateVersion = number & { readonly [of]: "TemplateVersion" };

/** A text that several devices write together. */
export type TextField =
  /** A reflection's answer to the prompt with this key. */
  | { readonly type: "answer"; readonly value: string }
  | { readonly type: "section"; readonly value: ProjectSection }
  | { readonly type: "aimSentence" }
  /** A text of a thing in a plan: a cycle, a driver. */
  | { readonly type: "item"; readonly value: ItemText }
  /** The body of a comment. */
  | { readonly type: "comment"; readonly value: ItemId };

/** A text of a thing in a plan, which people write together. */
export interface TextOfItem {
  /** What kind of thing: a cycle, a driver. */
  readonly noun: Noun;
  readonly id: ItemId;
  /** The key of the field: `plan`, `name`. */
  readonly field: string;
}

/** A part of a text, and who wrote it. */
export interface TextPart {
  /** Who, if this device has heard of them. */
  readonly by: Person | null;
  readonly text: string;
}

/** A text of a document. */
export type TextPlace =
  | { readonly type: "title" }
  /** An answer to the prompt with this key. */
  | { readonly type: "answer"; readonly value: string }
  /** What the document is about. */
  | { readonly type: "tagged"; readonly value: ProgrammeTag }
  /** Where a project is done. */
  | { readonly type: "setting" }
  | { readonly type: "section"; readonly value: ProjectSection }
  | { readonly type: "aimSentence" }
  /** What is to be signed of the personal record. */
  | { readonly type: "signed" }
  /** What is said to who is asked. */
  | { readonly type: "message" }
  /** The name of a file, which is this. */
  | { readonly type: "fileName"; readonly value: string }
  /** A text of a thing in a plan. */
  | { readonly type: "item"; readonly what: Noun; readonly id: ItemId };

/** The characters of a text from one to before another, counted from 0 in Unicode code points. */
export interface TextRange {
  readonly start: Count;
  /** The character after its last one. */
  readonly end: Count;
}

/** A stretch of a text, with what it said when it was marked. */
export interface TextSpan {
  /** Its first character, by a name that it keeps. */
  readonly start: Mark;
  /** Its last character, by a name that it keeps. */
  readonly end: Mark;
  /** The beginning of what it said. */
  readonly quote: string;
}

/** A thread that runs through all modules. */
export interface Theme {
  readonly key: string;
  readonly title: string;
  /** What it is, in a sentence. */
  readonly purpose: string;
}

/** A comment with all answers to it, oldest first. */
export interface ThreadView {
  /** The comment it begins with. */
  readonly place: CommentRef;
  /** None if that comment is not here: its answers are to a comment that is not here. */
  readonly first: RemarkView | null;
  readonly answers: readonly RemarkView[];
  /** The part it is about: `problem`, `measures/{id}/unit`. Empty for the whole. */
  readonly anchor: Place;
  /** What the stretch of text it is about said, if it is about one. */
  readonly quote: string | null;
  /** Where that stands now. */
  readonly standing: AnchorStanding;
  /** Who settled it, if this device has heard of them. */
  readonly resolvedBy: Person | null;
  /** When it was settled; none while it is open. */
  readonly resolvedAt: Timestamp | null;
  /** Whether it is open and somebody else had the last word. */
  readonly waits: boolean;
}

/** What the holder of a ticket said. An endorsement is no sign-off. */
export interface TicketAnswer {
  readonly id: ItemId;
  /** A comment or an endorsement. */
  readonly deed: TicketDeed;
  /** As they call themselves; nobody has checked it. */
  readonly name: string;
  readonly text: string;
  /** Server clock when it came. */
  readonly at: Timestamp;
}

/** What the holder of a ticket did with it. */
export type TicketDeed =
  | "open"
  /** They said something about what it shows. */
  | "comment"
  /** They stand behind what it shows. */
  | "endorse";

/** A part of what a ticket shows. */
export interface TicketPart {
  /** What it is about. Empty for what stands before all headings. */
  readonly heading: string;
  readonly text: string;
}

/** What the holder of a ticket may do. Each includes those before it. */
export type TicketRight =
  /** Read what it shows. */
  | "read"
  /** Say something about it as well. */
  | "comment"
  /** Stand behind it as well. That is no sign-off: nobody has checked who they are. */
  | "endorse";

/** What a ticket shows: a text as it stood when the ticket was made, without history. */
export interface TicketSnapshot {
  /** Of what kind of document it is the text. */
  readonly kind: DocumentKind;
  readonly title: string;
  /** The name of who made the ticket. */
  readonly from: string;
  /** What they ask its holder for. */
  readonly purpose: string;
  /** Device clock when it was made. */
  readonly at: Timestamp;
  readonly parts: readonly TicketPart[];
}

/** What has become of a ticket. */
export type TicketStanding =
  /** Its link can be opened. */
  | "open"
  /** It was opened as often as it could be. Who opened it can still answer. */
  | "usedUp"
  /** Its time is over. */
  | "expired"
  /** Its owner ended it, or the server knows it no more. */
  | "ended";

/** A ticket as its owner sees it. */
export interface TicketView {
  readonly id: ItemId;
  /** The document whose text it shows. */
  readonly document: DocumentId;
  /** What that was called. */
  readonly title: string;
  /** What its holder is asked for. */
  readonly purpose: string;
  readonly right: TicketRight;
  readonly standing: TicketStanding;
  /** Server clock when it was made. */
  readonly madeAt: Timestamp;
  /** Server clock from when it opens no more. */
  readonly expiresAt: Timestamp;
  /** How often it could be opened. */
  readonly uses: Count;
  readonly usesLeft: Count;
  /** When its owner ended it. */
  readonly endedAt: Timestamp | null;
  /** Who opened it, in the order in which they did. */
  readonly visits: readonly TicketVisit[];
  /** What they said, in the order in which it came. */
  readonly answers: readonly TicketAnswer[];
  /** What to hand to its holder. Who has it can open the ticket. */
  readonly link: string;
}

/** That somebody opened a ticket. */
export interface TicketVisit {
  readonly id: ItemId;
  /** As they call themselves; nobody has checked it. */
  readonly name: string;
  /** Server clock when they did. */
  readonly at: Timestamp;
}

/** A moment, to the millisecond. */
export type Timestamp = Date;

/** Why a connection is not safe. */
export type TlsFault =
  /** The address does not begin with `https://`. */
  | "plain"
  /** What listens there speaks without encryption. */
  | "notTls"
  /** Or the clock of this device is wrong. */
  | "expired"
  /** Or the clock of this device is wrong. */
  | "notYetValid"
  /** The certificate is for another name. */
  | "wrongName"
  /** It is signed by itself, or by an authority that this device does not know. */
  | "unknownIssuer"
  | "revoked"
  /** Anything else that is wrong with the certificate. */
  | "badCertificate"
  /** The two sides could not agree on how to encrypt. */
  | "noAgreement";

/** What kind of thing changed. */
export type Topic =
  /** Documents and what screens show of them. */
  | "documents"
  /** What is typed and not yet in a document. */
  | "drafts"
  /** How far entries have come on their way to the server and to others. */
  | "status"
  /** Who may do what with a document. */
  | "members"
  /** Work the server refused. */
  | "quarantine"
  /** People on the programme. */
  | "people"
  /** Content packs and their files. */
  | "packs"
  /** How this device stands with the server. */
  | "sync"
  /** Facts about the account. */
  | "account"
  /** Who else has a plan open. */
  | "company";

/** That something of a topic changed. */
export interface TopicChange {
  /** What kind of thing. */
  readonly topic: Topic;
  /** The documents concerned. Not every topic has documents. */
  readonly documents: readonly DocumentId[];
}

/** A post in training, for a time at a place. */
export interface TrainingPlacement {
  /** The trust, practice or body. */
  readonly organisation: string;
  /** What kind of body it is. */
  readonly kind: OrganisationKind | null;
  /** Its code in the directory of the NHS, if it has one. */
  readonly ods: string;
  /** The specialty, as people say it. */
  readonly specialty: string;
  /** The grade: F1, F2, CT1, ST3. */
  readonly grade: string;
  /** The foundation school or deanery, by whose figures the log is counted. */
  readonly school: string;
  /** The first day of it. */
  readonly start: CalendarDate;
  /** The last day of it. */
  readonly end: CalendarDate;
  /** Whole-time equivalent, from 0.2 to 1. None: full time. */
  readonly wte: Value | null;
  /** How its time is divided between settings. */
  readonly split: Split | null;
  /** Whether it runs alongside others. */
  readonly course: PlacementCourse;
}

/** What one field of this is to say. */
export type TrainingPlacementEdit =
  /** The trust, practice or body. */
  | { readonly type: "organisation"; readonly value: string }
  /** What kind of body it is. */
  | { readonly type: "kind"; readonly value: OrganisationKind | null }
  /** Its code in the directory of the NHS, if it has one. */
  | { readonly type: "ods"; readonly value: string }
  /** The specialty, as people say it. */
  | { readonly type: "specialty"; readonly value: string }
  /** The grade: F1, F2, CT1, ST3. */
  | { readonly type: "grade"; readonly value: string }
  /** The foundation school or deanery, by whose figures the log is counted. */
  | { readonly type: "school"; readonly value: string }
  /** The first day of it. */
  | { readonly type: "start"; readonly value: CalendarDate }
  /** The last day of it. */
  | { readonly type: "end"; readonly value: CalendarDate }
  /** Whole-time equivalent, from 0.2 to 1. None: full time. */
  | { readonly type: "wte"; readonly value: Value | null }
  /** How its time is divided between settings. */
  | { readonly type: "split"; readonly value: Split | null }
  /** Whether it runs alongside others. */
  | { readonly type: "course"; readonly value: PlacementCourse };

/** What happened to a text field, besides typing. */
export type TypingEvent =
  /** The document changed on this device, here or because something arrived. */
  | { readonly type: "changed" }
  /** Whether another person is in the same document. */
  | { readonly type: "others"; readonly present: boolean }
  /** The text must be durable at once. */
  | { readonly type: "flush" }
  /** The person left the field, or the text must be part of the document at once. */
  | { readonly type: "leave" }
  /** The field goes away. What was typed is settled, and nothing more is taken. */
  | { readonly type: "close" }
  /** The core is about to be suspended: drafts can still be saved, and nothing else is begun. */
  | { readonly type: "suspend" }
  /** The core is open again. */
  | { readonly type: "resume" };

/** How long a person pauses before what they typed becomes part of the document. */
export interface TypingPauses {
  readonly alone: Duration;
  /** While another person is in the same document. */
  readonly together: Duration;
}

/** What an app shows of a text field, and when its driver has to work again. */
export interface TypingState {
  /** Why the newest text is not durable or not settled; none if it is or will be. */
  readonly failure: CoreError | null;
  /** When the next step is due. None: only something that happens makes one due. */
  readonly due: Duration | null;
  /** Whether a newer text waits to be shown. */
  readonly newer: boolean;
  /**
   * Whether everything that can be done for its text by now is done: it is settled, or what failed
   * would fail again.
   */
  readonly rests: boolean;
  /** Whether it was closed and rests: its driver is not needed any more. */
  readonly closed: boolean;
}

/** What is on this device alone. */
export interface Unsent {
  /** Documents of which something waits for the server's answer. */
  readonly documents: Count;
  /** Texts that were typed and are no part of their document yet. */
  readonly drafts: Count;
  /** Attached files that the server does not have whole. */
  readonly files: Count;
  /** Pieces of refused work that were not dealt with. */
  readonly refused: Count;
  /** What confirms that exactly this may be lost; none if there is nothing. */
  readonly confirmation: string | null;
}

/** How far clocks are ahead of UTC, as `+01:00`. */
export type UtcOffset = string;

export type Value = ObservedValue;

export type Version = string & { readonly [of]: "Version" };

/** What of a document waits for this person. */
export interface WaitingAnswers {
  /** Open threads in which somebody else had the last word. */
  readonly threads: Count;
  /** Suggestions of others that nobody has decided about. */
  readonly suggestions: Count;
}

export type Whole = Count;

/** Who signs on the trainee's own phone. */
export interface WitnessedSigner {
  readonly name: string;
  /** The person, if they are on the programme. */
  readonly person: PersonId | null;
  /** How the trainee knew them: "works on this ward", "GMC number on the badge". */
  readonly knownBy: string;
}

/** Other hours in a placement, from a day on. */
export interface WteChange {
  /** The placement it is of. */
  readonly placement: ItemId;
  /** The first day of it. */
  readonly from: CalendarDate;
  /** Whole-time equivalent from then on, from 0.2 to 1. */
  readonly wte: Value;
}

/** What one field of this is to say. */
export type WteChangeEdit =
  /** The placement it is of. */
  | { readonly type: "placement"; readonly value: ItemId }
  /** The first day of it. */
  | { readonly type: "from"; readonly value: CalendarDate }
  /** Whole-time equivalent from then on, from 0.2 to 1. */
  | { readonly type: "wte"; readonly value: Value };

/** Other hours in a placement. */
export interface WteChangeItem {
  readonly id: ItemId;
  readonly change: WteChange;
}
