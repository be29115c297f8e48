import Foundation

/// Everything an app asks of an opened core. ``LearningCore`` does it; `FakeLearningCore` of the
/// product EnhanceKitTesting does it in memory, for previews and for tests of view models.
///
/// What needs no network throws nothing but ``CoreError``. What needs one ends soon after its task
/// is cancelled, with `CancellationError`; what was done by then stays done.
///
/// `throws(CoreError)` would say so, but Swift 6.0 stops when an app catches
/// `CoreError.storage(.full, _, _)` from such a call.
///
/// What belongs to a person's year, ``PersonalRecordProtocol``, ``AttachmentProtocol``,
/// ``SignOffProtocol`` and ``PaperProtocol`` list; what people say to each other, and what waits
/// for them, ``AnswersProtocol`` and ``InboxProtocol``; whose device it is ``AccountProtocol``, who
/// takes part in a plan ``MembersProtocol``, and who is invited to what and has copies
/// ``JoiningProtocol``. What somebody without an account is shown, ``TicketsProtocol`` lists.
public protocol LearningCoreProtocol: PersonalRecordProtocol, AttachmentProtocol, SignOffProtocol,
  PaperProtocol, AnswersProtocol, InboxProtocol, ChartsProtocol, AccountProtocol, MembersProtocol,
  JoiningProtocol, TicketsProtocol
{
  // MARK: Reflections

  /// Begins a reflection from a template, in the version that is in use now.
  ///
  /// It is private. On a device that has no content pack yet any template can be named, so that a
  /// person need not wait with what is on their mind.
  ///
  /// - Parameters:
  ///   - template: The template's key.
  ///   - title: May be empty.
  ///   - promptedBy: The activity or the pause point that asked for it.
  func createReflection(
    template: String, title: String, promptedBy: String?
  ) throws -> DocumentId

  /// This person's reflections, changed last first. At most `limit`, of those after a place.
  func reflections(after: ListPosition?, limit: Int) throws -> Portion<DocumentSummary>

  /// A reflection as its screen shows it, with what was typed and is not settled.
  func reflection(_ id: DocumentId) throws -> ReflectionView

  /// Edits a reflection.
  ///
  /// What is returned is to be handed back by a screen that goes on showing what it showed and what
  /// was typed into it; one that reads it again hands back that version.
  ///
  /// - Parameter base: The version the screen showed; none means as it stands.
  @discardableResult
  func editReflection(
    _ id: DocumentId, base: Version?, edits: [ReflectionEdit]
  ) throws -> Version

  /// Shares a reflection with a person: what was typed is settled, and they get a copy of the text
  /// as it stands. It never changes; sharing again makes another one. Says which document it is.
  ///
  /// With a probable identifier in the text nothing is shared: `CoreError.notAllowed` with the code
  /// `unacknowledged`. Then show what ``checkBeforeSharing(_:)`` finds.
  @discardableResult
  func shareReflection(_ id: DocumentId, with person: PersonId) throws -> DocumentId

  /// Looks through a reflection or a project for what may tell who somebody is. That nothing was
  /// found does not mean that nobody can be told.
  func checkBeforeSharing(_ id: DocumentId) throws -> SharingCheck

  /// Shares a reflection in which probable identifiers were found and acknowledged.
  ///
  /// - Parameter acknowledged: Comes with the check the person has seen, and says nothing of the
  ///   text after an edit.
  @discardableResult
  func shareReflectionAcknowledged(
    _ id: DocumentId, with person: PersonId, acknowledged: Sha256
  ) throws -> DocumentId

  /// Looks through a reflection that is to be shared with some of its files. Nobody looks through a
  /// picture, so that each file is counted among what is asked about; their names are looked through
  /// with the texts.
  func checkBeforeSharingWithFiles(_ id: DocumentId, files: [ItemId]) throws -> SharingCheck

  /// Shares a reflection with some of its files, which must be on this device. Its reader lists and
  /// fetches them under the id of the copy; they are destroyed with it.
  ///
  /// - Parameter acknowledged: Comes with the check of the same files.
  @discardableResult
  func shareReflectionWithFiles(
    _ id: DocumentId, with person: PersonId, files: [ItemId], acknowledged: Sha256
  ) throws -> DocumentId

  /// Reflections that others have shared with this person, newest first.
  func sharedWithMe() throws -> [DocumentSummary]

  /// Copies that this person has shared, newest first; also those whose reflection is deleted.
  func sharedByMe() throws -> [DocumentSummary]

  /// A copy of a reflection, shared with this person or by them.
  func sharedReflection(_ id: DocumentId) throws -> SharedView

  // MARK: Change projects

  /// Begins a change project.
  ///
  /// - Parameters:
  ///   - topic: The key of its domain; may be empty.
  ///   - setting: Where it takes place; may be empty.
  func createProject(
    title: String, topic: String, setting: String
  ) throws -> DocumentId

  /// Begins a project from a recipe. Without a title it has the recipe's; `setting` may be empty.
  func createProjectFrom(
    _ recipe: RecipeSource, title: String, setting: String
  ) throws -> DocumentId

  /// The recipes of the installed content pack.
  func recipes() throws -> [RecipeSummary]

  /// A project as a recipe for others: its structure and texts without data, names or accounts,
  /// as a text that can be kept in a file. Somebody has to read it for names first.
  func recipe(_ id: DocumentId) throws -> String

  /// The chart of a measure of a project, computed.
  ///
  /// - Parameter width: How wide its picture is, from 240 to 4,000 pixels; text in it is 12 pixels
  ///   high at whatever width.
  func chart(_ id: DocumentId, measure: ItemId, width: Int) throws -> ChartView

  /// A project as one page of HTML for a panel: self-contained, fit for printing on A4, and the
  /// same bytes whenever and wherever it is made of the same version.
  func projectPage(_ id: DocumentId) throws -> String

  /// The page of a project in which probable identifiers were found and acknowledged.
  func projectPageAcknowledged(_ id: DocumentId, acknowledged: Sha256) throws -> String

  /// Whether such a page still agrees with its plan, which must be here.
  func verifyPage(_ html: String) throws -> PageVerdict

  /// What a project still lacks to be a good one, and what would satisfy it.
  func planChecks(_ id: DocumentId) throws -> [PlanCheck]

  /// What in a project that others read may tell who somebody is. They read on as it is written, so
  /// that it is said at once and keeps nobody from writing; nothing where nobody else reads it, which
  /// costs next to nothing to ask.
  func findings(of project: DocumentId) throws -> [Finding]

  /// The projects this person takes part in, changed last first.
  /// At most `limit`, of those after a place.
  func projects(after: ListPosition?, limit: Int) throws -> Portion<DocumentSummary>

  /// A project as its screen shows it, with its members and comments.
  func project(_ id: DocumentId) throws -> ProjectView

  /// Edits a project.
  ///
  /// What is returned is to be handed back by a screen that goes on showing what it showed and what
  /// was typed into it; one that reads the project again hands back that version.
  ///
  /// - Parameter base: The version the screen showed; none means as it stands.
  @discardableResult
  func editProject(
    _ id: DocumentId, base: Version?, edits: [ProjectEdit]
  ) throws -> Version

  /// Ticks on a tally sheet of a project: so many more of so many more, on top of what this device
  /// has counted. Negative numbers take its own ticks back. Answers what it has counted now.
  @discardableResult
  func tick(
    _ project: DocumentId, tally: ItemId, numerator: Int, denominator: Int
  ) throws -> ObservedValue

  /// A fresh id, for an item that is about to be added to a project.
  func newItemId() throws -> ItemId

  /// Says something about a plan or a shared copy.
  ///
  /// - Parameter anchor: A section's name or an item's id, in a copy the key of a prompt; empty for
  ///   the whole.
  @discardableResult
  func comment(_ project: DocumentId, body: String, anchor: String) throws -> ItemId

  /// Changes this person's own comments on a document, or settles anybody's.
  func editComments(_ project: DocumentId, edits: [CommentEdit]) throws

  /// Every change of a project, oldest first.
  func history(_ id: DocumentId) throws -> [HistoryView]

  /// What was done to a project, newest first, by person and sitting, in words. At most `limit`
  /// sittings, of those before the one that ended with a version.
  func sittings(
    _ id: DocumentId, before: Version?, limit: Int
  ) throws -> Portion<SittingView>

  /// A project as it was at an earlier version.
  func projectAt(_ id: DocumentId, version: Version) throws -> ChangeProject

  /// Who wrote which part of a text. The parts together are the text.
  func textAuthors(_ id: DocumentId, field: TextField) throws -> [TextPart]

  /// Who wrote each field last, by its path such as `aim/direction`.
  func fieldAuthors(_ id: DocumentId) throws -> [String: Person?]

  // MARK: Every kind of document

  /// Keeps what a person is typing. Durable when this returns, and not yet in any history.
  ///
  /// An app seldom calls this itself: see ``typing(_:field:base:pause:)``. A text that is too long
  /// is kept as well; `CoreError.tooLarge` says so while the person can still shorten it.
  func autosave(
    _ id: DocumentId, field: DraftField, base: Version, text: String
  ) throws

  /// Makes what was typed part of the document: one change, merged by character with what arrived
  /// since. Without drafts nothing is written. If a limit is in the way, the drafts stay.
  @discardableResult
  func settle(_ id: DocumentId) throws -> Version

  /// Documents in which something was typed and is not settled.
  func unsettled() throws -> [DocumentId]

  /// Begins to take in what a person types into a field.
  ///
  /// - Parameters:
  ///   - base: The version whose text the field shows, or on which the draft that it shows was
  ///     typed.
  ///   - pause: How long nothing must be typed before the text becomes part of the document; the
  ///     usual time if none is named.
  nonisolated func typing(
    _ id: DocumentId, field: DraftField, base: Version, pause: Duration?
  ) -> Typing

  /// Deletes a document for ever: its key is destroyed, and nothing but its id is kept.
  ///
  /// Only its owner can. Copies of a reflection that were shared stay until they are deleted. A
  /// project that others can read is not deleted: the error says who they are.
  func delete(_ id: DocumentId) throws

  /// How far a document has come: saved here, sent, stored by the server, seen by others.
  func status(_ id: DocumentId) throws -> DocumentStatus

  /// What is in the way of a document of which something is too large for it, if it is held.
  func heldBy(_ id: DocumentId) throws -> Obstacle?

  /// Who can see a document: everybody with a right to it or to a copy of it, its owner first.
  func readers(_ id: DocumentId) throws -> [Reader]

  /// Lets the owner of a document know that this person has seen it as it is now.
  func markSeen(_ id: DocumentId) throws

  /// Finds words in any text a person types; the last one may be unfinished.
  ///
  /// What was saved is found at once; what was typed and is not settled is not.
  func search(
    _ query: String, offset: Int, limit: Int, order: SearchOrder
  ) throws -> Portion<Hit>

  /// Refused work that the person has not dealt with, last first.
  func quarantined() throws -> [QuarantineSummary]

  /// Refused work to be read, whether or not it was dealt with.
  func quarantinedItem(_ id: QuarantineId) throws -> QuarantineView

  /// Does refused work once more, as a fresh edit of the document as it is now. Texts are merged by
  /// character with what was written since.
  @discardableResult
  func replay(_ id: QuarantineId) throws -> Version

  /// Notes that the person has dealt with refused work. It stays readable and exportable.
  func dismiss(_ id: QuarantineId) throws

  // MARK: The programme, and this person's way through it

  /// The programme; none before a content pack is here.
  func programme() throws -> Programme?

  /// The modules with this person's progress, in the programme's order.
  func modules() throws -> [ModuleSummary]

  /// A module with its page, its outcomes and its activities.
  func module(_ key: String) throws -> ModuleView

  /// A page of the handbook, a module or an activity.
  func page(_ key: String) throws -> PageView

  /// The ways to reflect, in the programme's order.
  func templates() throws -> [Template]

  /// Notes that an activity was begun. The first time stands.
  func startActivity(_ key: String) throws

  /// Notes that an activity was completed. The first time stands.
  func completeActivity(_ key: String) throws

  /// Notes time spent learning.
  @discardableResult
  func addSession(_ session: NewSession) throws -> ItemId

  /// Takes a session out of the learning log again.
  func removeSession(_ id: ItemId) throws

  /// The learning log of the training year of today: the sessions, newest first, and what they amount to.
  func learningLog() throws -> LearningLog

  /// The content packs that are here or that the server offers, by key.
  func packs() throws -> [PackState]

  /// Fetches the newest version of a content pack and puts it to use. Goes on where an earlier
  /// attempt stopped. The version in use stays in use until the new one is here, whole and checked.
  ///
  /// - Parameter onProgress: Hears how far it has come, on a thread of the core.
  @discardableResult
  func updatePack(_ key: String, onProgress: @escaping OnProgress) async throws -> PackUpdate

  /// Something an activity uses: how large it is, and where, if it is here.
  func media(_ resource: String) throws -> MediaView

  /// The file of something an activity uses, for a host that has no files: none if it is not here,
  /// or has more than 32 MiB.
  func mediaBytes(_ resource: String) throws -> Data?

  /// Fetches the file of something an activity uses, and says where it is then. Goes on where an
  /// earlier attempt stopped.
  ///
  /// - Parameter onProgress: Hears how far it has come, on a thread of the core.
  func fetchMedia(_ resource: String, onProgress: @escaping OnProgress) async throws -> URL

  // MARK: The network

  /// Exchanges with the server until nothing waits on either side, or the budget is spent.
  ///
  /// However it ends, everything written on this device stays, and what was taken in stays taken
  /// in.
  ///
  /// - Parameter onProgress: Hears how far it has come, on a thread of the core.
  @discardableResult
  func sync(budget: Budget, onProgress: @escaping OnProgress) async throws -> SyncReport

  /// Syncs by itself from now on: soon after something was written, at once when the network or the
  /// person is back, now and then while the app is on the screen, and ever more rarely while the
  /// server cannot be reached. Goes on until the task is cancelled, and throws `CancellationError`
  /// then. See ``setConditions(_:)``.
  func keepInSync() async throws -> Never

  /// Tells the core what the phone is like at the moment; ``keepInSync()`` heeds it.
  func setConditions(_ conditions: Conditions) throws

  /// How this device stands with the server.
  func syncState() throws -> SyncState

  // MARK: Changes, and letting go

  /// Every set of changes from now on, in order and none left out. Ends when the core is closed.
  nonisolated var changes: AsyncStream<Changes> { get }

  /// What `read` finds: at once, and again after each change of these topics and when the core was
  /// resumed. A slow reader gets the newest only, and equal values come once. Ends with what `read`
  /// throws, which a core that was closed or signed out does at once; while the core is suspended
  /// it waits.
  ///
  ///     for try await newest in core.watch(.documents, read: { try await core.reflections() }) {
  ///       show(newest)
  ///     }
  nonisolated func watch<Value: Equatable & Sendable>(
    _ topics: Topic..., read: @escaping @Sendable () async throws -> Value
  ) -> AsyncThrowingStream<Value, any Error>

  /// Lets go of the folder before the operating system freezes the app: what is under way on the
  /// network ends, the database is closed and its lock given back. iOS ends an app that it finds
  /// frozen with a locked file.
  ///
  /// What is being typed is saved first. Calls that have not begun are not waited for; they are
  /// answered with `CoreError.suspended`, as is everything until ``resumeCore()``.
  nonisolated func suspendCore() async

  /// Opens the folder again after ``suspendCore()``. Does nothing if it is open. Those who watch
  /// are shown what is there now.
  func resumeCore() throws

  /// Lets go of the folder for good, once what was asked before is done. What is being typed is
  /// saved first. Everything is answered with `CoreError.suspended` from now on, and streams end.
  /// Doing it twice is doing it once.
  func close()
}

/// Hears how far long work has come. Called on a thread of the core; it should be quick.
public typealias OnProgress = @Sendable (SyncProgress) -> Void
