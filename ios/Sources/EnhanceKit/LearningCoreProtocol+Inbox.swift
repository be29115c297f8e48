import Foundation

/// What an app asks of people who help each other along: what waits, whose plans and copies a
/// fellow sees, and who supervises.
public protocol InboxProtocol: Actor {
  /// What waits for this person now, the newest first, and how much there is of each kind. At most
  /// `limit`, of what comes after a place.
  ///
  /// Time alone makes things wait: read it again when the app comes to the screen.
  func inbox(after: InboxPosition?, limit: Int) throws -> Inbox

  /// How much waits now, by kind: the number of a badge.
  func inboxCounts() throws -> InboxCounts

  /// Says that this person has seen something that waits. Of a copy, a request or a sign-off the
  /// other side is told; the rest is for this person's own devices.
  ///
  /// What has to be done is refused with `CoreError.notAllowed`, with what makes it leave.
  func markInboxSeen(_ item: ItemId) throws

  /// The trainees whose plans this person is a member of, or who shared copies with them.
  func cohort() throws -> [CohortTrainee]

  /// The cohort as CSV: a line for each plan.
  func cohortCsv() throws -> String

  /// Lets the owner of a plan know that this person, a supervisor or a fellow, waits for
  /// something in it: once, and not again for a week.
  ///
  /// - Parameter anchor: A section's name or an item's id; empty for the whole plan.
  @discardableResult
  func nudge(_ project: DocumentId, anchor: String, why: String) throws -> ItemId

  /// What this person nudged about a plan or a request within the week, and whether it has still to
  /// go out. Where there is nothing they may nudge.
  func ownNudge(_ document: DocumentId) throws -> OwnNudge?

  /// Looks through the words of a nudge for what may tell who somebody is.
  ///
  /// - Parameter document: A plan, or a request for a sign-off.
  func checkBeforeNudge(_ document: DocumentId, why: String) throws -> SharingCheck

  /// Nudges in words in which probable identifiers were found and acknowledged.
  @discardableResult
  func nudgeAcknowledged(
    _ document: DocumentId, anchor: String, why: String, acknowledged: Sha256
  ) throws -> ItemId

  /// Who supervises this person as their placements say: whom to share with and to ask first.
  func supervisors() throws -> [SupervisorView]
}

extension LearningCoreProtocol {
  public func inbox(limit: Int = 50) throws -> Inbox {
    try inbox(after: nil, limit: limit)
  }

  @discardableResult
  public func nudge(_ project: DocumentId, why: String) throws -> ItemId {
    try nudge(project, anchor: "", why: why)
  }

  /// The first of the ``inbox(after:limit:)``, now and whenever it changes.
  public nonisolated func watchInbox(
    limit: Int = 50
  ) -> AsyncThrowingStream<Inbox, any Error> {
    watch(.documents, .status, .members, .people, .account) {
      try await self.inbox(limit: limit)
    }
  }

  /// The ``inboxCounts()``, now and whenever they change.
  public nonisolated func watchInboxCounts() -> AsyncThrowingStream<InboxCounts, any Error> {
    watch(.documents, .status, .members, .people, .account) { try await self.inboxCounts() }
  }
}
